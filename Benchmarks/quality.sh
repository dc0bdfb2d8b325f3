#!/usr/bin/env bash
# Sets up the Python peer and compares log loss on the real data sets in a folder: quality.sh DATA [...]
set -euo pipefail
data="$(cd "$1" && pwd)"; shift
cd "$(dirname "$0")"
if [ ! -x .venv/bin/python ]; then
  python3 -m venv .venv
  .venv/bin/pip install --quiet -r requirements.txt
fi
exec .venv/bin/python quality.py "$data" "$@"
