# Two results side by side: what is worse exits 6, another scenario is refused, files that are none
# are named.
source "$(dirname "$0")/../shell/expect.sh"

double11 simulate smoke --quiet --json before.json
expect_code 0
double11 simulate smoke --quiet --json after.json
double11 compare before.json after.json
expect_code 0
expect_in "$out" "PASS, was PASS"
expect_in "$out" "No regression."
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""

# The same shop with a slower channel is another scenario.
slow=(--set payment.latency.p50=80ms --set payment.latency.p99=400ms)
double11 simulate smoke --quiet --json slow.json "${slow[@]}"
double11 compare before.json slow.json
expect_code 2
expect_in "$err" "not the same scenario: payment.latency.p50, payment.latency.p99"
expect_equal "$out" ""
double11 compare before.json slow.json --any-scenario
expect_code 6
expect_in "$out" "latency.dispatched.p50"
expect_in "$out" "WORSE"
double11 compare slow.json before.json --any-scenario
expect_code 0
expect_in "$out" "better"
double11 compare before.json slow.json --any-scenario --json difference.json
expect_code 6
expect_in "$(cat difference.json)" '"regressed": true'
double11 compare before.json slow.json --any-scenario --json -
expect_in "$(head -c 1 "$work/out")" "{"

# In one step; the run's own verdict comes first.
double11 simulate smoke --quiet --baseline before.json
expect_code 0
expect_in "$out" "Against before.json"
double11 simulate smoke --quiet --baseline before.json --any-scenario "${slow[@]}"
expect_code 6
expect_in "$out" "Regressed."
double11 simulate smoke --quiet --baseline before.json "${slow[@]}"
expect_code 2
expect_in "$err" "before.json is of another scenario"
double11 simulate smoke --quiet --baseline before.json --any-scenario --set target.rate=900M/s
expect_code 3
double11 run smoke --quiet --json run.json
double11 run smoke --quiet --baseline run.json --threshold 10 --json -
expect_code 0
expect_in "$(head -c 1 "$work/out")" "{"
expect_in "$err" "Against run.json"

# The comparison is part of the result, and of its report.
double11 simulate smoke --baseline before.json --json held.json --html held.html
expect_code 0
expect_in "$out" "Against before.json"
expect_in "$(cat held.json)" '"file": "before.json"'
expect_in "$(cat held.html)" '"file":"before.json"'
double11 report held.json
expect_in "$out" "Against before.json"
double11 simulate smoke --quiet --baseline held.json
expect_code 0

# A verdict alone is a regression, too, and said to be the reason.
double11 simulate smoke --quiet --baseline before.json --any-scenario --set 'thresholds=["dispatched.count >= 1M"]' \
  --json verdict.json
expect_code 3
expect_in "$out" "Regressed: it was PASS and is MISSED."
double11 compare before.json verdict.json --any-scenario
expect_code 6

# A part says nothing of the whole, whichever side it is.
sed 's/"status": "PASS"/"status": "INTERRUPTED"/' before.json >part.json
for pair in "before.json part.json" "part.json before.json"; do
  double11 compare $pair
  expect_code 2
  expect_in "$err" "part.json was interrupted; a part says nothing of the whole"
done
double11 simulate smoke --quiet --baseline part.json
expect_code 2
expect_in "$err" "part.json was interrupted"

# Notes are no wider than the table.
double11 simulate smoke --quiet --json several.json --replications 2
double11 compare before.json several.json --any-scenario
expect_in "$out" "note: only the second has replications"
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""

# Files that have the words of a result, but not what a result has.
for text in '{"program": 7}' '{"program": "double11", "kind": 5, "funnel": {}}'; do
  printf '%s' "$text" >odd.json
  double11 compare before.json odd.json
  expect_code 2
  expect_in "$err" "odd.json"
  double11 report odd.json
  expect_code 2
  expect_in "$err" "odd.json"
done

# Networks, by their replications.
line="$source_dir/tests/bench/mm16.json"
double11 simulate "$line" --until 3s --replications 3 --quiet --json line.json
double11 compare line.json line.json
expect_code 0
expect_in "$out" "throughput_per_s"
double11 simulate "$line" --until 3s --replications 3 --quiet --baseline line.json
expect_code 0
expect_in "$out" "Against line.json"
double11 simulate "$line" --until 3s --quiet --baseline line.json
expect_code 2
expect_in "$err" "needs --replications of at least 2"
double11 simulate "$line" --until 3s --quiet --json single.json
double11 compare line.json single.json
expect_code 2
expect_in "$err" "single.json has one replication of a network"
double11 compare before.json line.json --any-scenario
expect_code 2
expect_in "$err" "one is of a network of queues, the other of a sale"
double11 simulate smoke --baseline line.json --any-scenario
expect_code 2
expect_in "$err" "line.json is of another kind"
expect_equal "$out" ""

# What is no result, before anything runs.
echo '{"program": "double11"}' >none.json
double11 compare before.json none.json
expect_code 2
expect_in "$err" "none.json is neither the result of a sale nor that of a network"
double11 compare before.json "$source_dir/scenarios/smoke.json"
expect_code 2
expect_in "$err" "is not the JSON of a result"
double11 run smoke --baseline nowhere.json
expect_code 2
expect_in "$err" "cannot read nowhere.json"
expect_equal "$out" ""
double11 compare before.json
expect_code 2
finish
