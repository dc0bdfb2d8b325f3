#!/usr/bin/env bash
# Sets up the Python peers in a virtual environment beside this script and times Kelvin against them.
set -euo pipefail
cd "$(dirname "$0")"
source ./peers.sh
swift build -c release --package-path .. --product kelvin-benchmarks
swift build -c release --package-path .. --product kelvin-train
swift build -c release --package-path .. --product kelvin-crm
exec "$python" run.py "$@"
