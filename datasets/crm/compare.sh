#!/usr/bin/env bash
# Compares rules and model on examples of the generated CRM, and has every figure computed anew in Python
# with scikit-learn (Tests/ComparisonTests/Fixtures/comparison_figures.py names the versions).
#
#   datasets/crm/compare.sh [python3 with scikit-learn, scipy and statsmodels]
#
# BIN is the folder of the commands, WORK that of the files.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=${1:-python3}
bin=${BIN:-.build/release}
work=${WORK:-demo/crm-compare}
mkdir -p "$work"
[ -f datasets/crm/crm.db ] || "$bin"/kelvin-crm --out datasets/crm --leads 12000 --seed 1
"$bin"/kelvin-train features --project datasets/crm/kelvin.yaml --out "$work"/examples.csv --quiet
"$bin"/kelvin-train fit --data "$work"/examples.csv --id lead_id,decision_time --account account_id \
  --target outcome=won --exclude onboarding_owner --rules datasets/crm/rules.yaml \
  ${FIT:-} --hold-out 25% --hold-out-file "$work"/held-out.csv --model "$work"/model --quiet
"$bin"/kelvin-score predict --model "$work"/model --data "$work"/held-out.csv --all \
  --rules datasets/crm/rules.yaml --out "$work"/scored.csv --quiet
"$bin"/kelvin-score compare --model "$work"/model --data "$work"/held-out.csv \
  --rules datasets/crm/rules.yaml --json > "$work"/compare.json
"$python" Tests/ComparisonTests/Fixtures/comparison_figures.py check --scored "$work"/scored.csv \
  --leads "$work"/held-out.csv --id lead_id,decision_time --outcome outcome=won \
  --report "$work"/compare.json
