#!/usr/bin/env bash
# Sets up the Python peers and compares log loss on the real data sets in a folder: quality.sh DATA [...]
set -euo pipefail
data="$(cd "$1" && pwd)"; shift
cd "$(dirname "$0")"
source ./peers.sh
exec "$python" quality.py "$data" "$@"
