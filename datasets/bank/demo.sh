#!/usr/bin/env bash
# The main job on real leads: learn from three quarters of them, score the rest beside the rules, and
# see which of the two finds the buyers. Run by `make demo`, which builds first.
set -euo pipefail
cd "$(dirname "$0")/../.."
train=.build/release/kelvin-train
score=.build/release/kelvin-score
mkdir -p demo

"$train" fit --project datasets/bank/kelvin.yaml --model models/bank \
  --hold-out-file demo/held-out.csv --quiet
"$score" predict --model models/bank --data demo/held-out.csv --rules datasets/bank/rules.yaml \
  --all --out demo/scored.csv --quiet
"$score" compare --model models/bank --data demo/held-out.csv --rules datasets/bank/rules.yaml --brief \
  --report demo/report.html

model=$("$score" inspect --model models/bank --json | sed -n 's/.*"model" : "\(.*\)".*/\1/p')
learned=$("$score" inspect --model models/bank --json | sed -n 's/^  "algorithm" : "\(.*\)".*/\1/p')
learned=$(tr '[:upper:]' '[:lower:]' <<< "${learned:0:1}")${learned:1}
leads=$(sed ':a; s/\B[0-9]\{3\}\>/,&/; ta' <<< $(($(wc -l < demo/scored.csv) - 1)))
cat <<TEXT

Learned from three quarters of the leads in datasets/bank; compared on the other quarter.
  Model    $model, in models/bank: $learned
  Scores   demo/scored.csv: $leads leads with probability, score, band and the rules' points
  Report   demo/report.html: rules and model side by side, to be opened in a browser

What to do next
  head demo/scored.csv                                       the scored leads
  .build/release/kelvin-score inspect --model models/bank    what the model learned
  .build/release/kelvin-train init my-export.csv             start with your own leads
TEXT
