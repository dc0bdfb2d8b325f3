#!/usr/bin/env bash
# Sets up the Python peers and judges learned points on real data sets: learned_points.sh DATA RULES [...]
set -euo pipefail
data="$(cd "$1" && pwd)"; rules="$(cd "$2" && pwd)"; shift 2
cd "$(dirname "$0")"
source ./peers.sh
exec "$python" learned_points.py "$data" "$rules" "$@"
