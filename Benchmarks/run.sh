#!/usr/bin/env bash
# Sets up the Python peers in a virtual environment beside this script and times Kelvin against them.
set -euo pipefail
cd "$(dirname "$0")"
if [ ! -x .venv/bin/python ]; then
  python3 -m venv .venv
  .venv/bin/pip install --quiet -r requirements.txt
fi
swift build -c release --package-path .. --product kelvin-benchmarks
exec .venv/bin/python run.py "$@"
