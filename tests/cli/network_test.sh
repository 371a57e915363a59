# Networks of queues from the shell: the report as a page, saved results again, and what they have not.
source "$(dirname "$0")/../shell/expect.sh"

cat >queue.json <<'JSON'
{"name": "queue", "duration": "100s", "traffic": {"curve": [{"at": "0s", "rate": "8/s"}]},
 "network": {"stations": [{"name": "till", "servers": 1,
   "service": {"distribution": "exponential", "mean": "100ms"}}]}}
JSON

# The result says how it came out, how to make it again, and what was printed.
double11 simulate queue.json --replications 3 --json result.json --html page.html
expect_code 0
printed=$out
expect_in "$printed" "PASS  queue"
expect_in "$(cat result.json)" '"status": "PASS"'
expect_in "$(cat result.json)" '"command": "double11 simulate queue.json --set simulate.replications=3"'
double11 report result.json
expect_code 0
expect_equal "$out" "$printed"

# The page is made of the result, whenever that is.
expect_in "$(cat page.html)" '<title>double11 report</title>'
double11 report result.json --html again.html
expect_code 0
expect_equal "$out" ""
expect_equal "$(cmp page.html again.html 2>&1)" ""
double11 simulate queue.json --quiet --html -
expect_code 0
expect_in "$out" "<!DOCTYPE html>"
expect_equal "$(printf '%s' "$err" | head -1)" "PASS  queue"

# With --quiet the whole report is saved all the same.
double11 simulate queue.json --quiet --json quiet.json
expect_equal "$out" "PASS  queue"
double11 report quiet.json
expect_in "$out" "Little's law is off by 0 ns"

# Thresholds are judged as in a sale: M/M/1 with a load of 0.8 has a mean sojourn of 0.5 s.
double11 simulate queue.json --set 'thresholds=["sojourn.mean < 2s","stations[till].busy.share > 60%"]'
expect_code 0
expect_in "$out" "PASS  queue"
expect_in "$out" "  ok     sojourn.mean < 2s"
double11 simulate queue.json --replications 3 --set 'thresholds=["sojourn.mean < 1ms"]' --json missed.json --html missed.html
expect_code 3
expect_in "$out" "MISSED  queue"
expect_in "$out" "  MISSED sojourn.mean < 1ms"
expect_in "$out" "0 of 3 replications passed; above is the first of them"
expect_in "$out" "First to give way: till: the busiest station"
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""
expect_in "$(cat missed.json)" '"status": "MISSED"'
expect_in "$(cat missed.json)" '"passed": 0'
expect_in "$(cat missed.html)" '"expression":"sojourn.mean \u003c 1ms"'
double11 simulate queue.json --set 'network.stations[till].service={"distribution":"constant","mean":"200s"}' \
  --set 'thresholds=["sojourn.mean < 1s"]' --quiet
expect_code 5
expect_in "$out" "DOUBT  no job was completed after the warm-up"
double11 simulate queue.json --set 'thresholds=["paid.count > 0", "sojourn.mean < 2s"]' --quiet
expect_code 0
expect_in "$out" "  ok     sojourn.mean < 2s"
expect_in "$out" "  -      paid.count > 0                                 of sales, not judged"
double11 simulate queue.json --set 'thresholds=["stations[desk].wait.mean < 1s"]'
expect_code 2
expect_in "$err" "there is no such station; allowed: till"
double11 simulate smoke --set 'thresholds=["sojourn.p99 < 1s"]'
expect_code 2
expect_in "$err" "it is measured in networks of queues (network.stations)"

# What only sales have, and what is no result.
double11 report result.json --hgrm paid
expect_code 2
expect_in "$err" "--hgrm: result.json is of a network of queues; needs that of a sale"
double11 simulate queue.json --speed 2 --html no.html
expect_code 2
expect_in "$err" "--speed: queue is a network of queues; needs a sale"
expect_equal "$(ls no.html 2>&1 | grep -c 'No such file')" 1
echo '{"program": "double11", "kind": "network"}' >empty.json
double11 report empty.json
expect_code 2
expect_in "$err" "empty.json lacks what the result of a network has (replications)"
echo '{"program": "double11", "kind": "network", "replications": [{}]}' >torn.json
double11 report torn.json --html torn.html
expect_code 2
expect_in "$err" "torn.json lacks what a result has"
double11 report torn.json
expect_code 2
expect_in "$err" "torn.json has no text"
echo '{"program": "double11", "kind": "sweep"}' >sweep.json
double11 report sweep.json
expect_code 2
expect_in "$err" "sweep.json is neither the result of a sale nor that of a network"
for path in nowhere.json .; do
  double11 report "$path"
  expect_code 2
  expect_in "$err" "cannot read $path"
done
finish
