#!/usr/bin/env bash
# A whole CRM, generated: learn from its history as of decision times, and score its open leads. Run by
# `make demo`, which builds first.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p demo
[ -f datasets/crm/crm.db ] || .build/release/kelvin-crm --out datasets/crm --format sqlite
.build/release/kelvin-train fit --project datasets/crm/kelvin.yaml --model models/crm --quiet
.build/release/kelvin-score predict --model models/crm --project datasets/crm/kelvin.yaml \
  --out demo/crm-scored.csv --quiet
leads=$(sed ':a; s/\B[0-9]\{3\}\>/,&/; ta' <<< $(($(wc -l < demo/crm-scored.csv) - 1)))
cat <<TEXT

A whole CRM: leads, accounts and activities of a generated SQLite database (datasets/crm).
  Model    models/crm, from leads as they were known 0, 7 and 30 days after they came in
  Scores   demo/crm-scored.csv: $leads open leads, as of the end of the data
  .build/release/kelvin-train audit --project datasets/crm/kelvin.yaml    what is in its history
TEXT
