# Every documented exit code, and what the program says with it.
source "$(dirname "$0")/../shell/expect.sh"

double11 run smoke
expect_code 0
expect_in "$out" "PASS  smoke"
expect_in "$out" "Audit: 0 of 10 laws broken"

double11 run smoke --json /dev/full --quiet
expect_code 1
expect_in "$err" "No space left on device"
expect_in "$out" "PASS  smoke"
double11 run smoke --json "$work/none/result.json"
expect_code 1
expect_in "$err" "cannot write"

double11 run
expect_code 2
double11 simulat smoke
expect_code 2
expect_in "$err" 'unknown command "simulat"; there are: run simulate'
double11 scenario sho smoke
expect_code 2
expect_in "$err" 'unknown command "sho"; there are: list show'
double11 run smoke --no-such-option
expect_code 2
double11 run no-such-scenario
expect_code 2
expect_in "$err" "hot-item"
double11 run smoke --set payment.serverz=4
expect_code 2
expect_in "$err" 'did you mean "payment.servers"?'
expect_equal "$out" ""

# An option with an empty word is not one that was left out.
refuse_empty() {
  local option=$1 allowed=$2
  shift 2
  double11 "$@" "$option" ""
  expect_code 2
  expect_in "$err" "$option: found \"\", allowed: $allowed"
  expect_equal "$out" ""
}
double11 simulate smoke --json result.json
expect_code 0
for command in run simulate; do
  refuse_empty --screen "ADDR:PORT such as 127.0.0.1:8111" "$command" smoke
  refuse_empty --stay "a duration such as 30s or 10min" "$command" smoke
  refuse_empty --record "the name of a file" "$command" smoke
  refuse_empty --baseline "the name of a file" "$command" smoke
  # Without a baseline there is nothing that they could be of.
  for option in "--threshold 5%" --any-scenario; do
    # shellcheck disable=SC2086
    double11 "$command" smoke $option
    expect_code 2
    expect_in "$err" "${option%% *} requires --baseline"
    expect_equal "$out" ""
  done
done
for share in 5% 0.05 0 1000%; do
  double11 compare result.json result.json --threshold "$share"
  expect_code 0
done
for share in nan nan% -1% 1001% much ""; do
  double11 compare result.json result.json --threshold "$share"
  expect_code 2
  expect_in "$err" "--threshold: found \"$share\", allowed: a share such as 5% or 0.05"
  expect_equal "$out" ""
done
for option in --json --html; do
  for command in "run smoke" "simulate smoke" "compare result.json result.json" "capacity smoke" \
    "sweep smoke --vary seed=1,2" "demo knee"; do
    # shellcheck disable=SC2086
    refuse_empty "$option" "the name of a file" $command
  done
done
refuse_empty --html "the name of a file" report result.json
refuse_empty --fit "the name of a file" sweep
refuse_empty --over "a key that varies, or none" sweep smoke --vary seed=1,2
refuse_empty --from "a value of the key" capacity smoke
refuse_empty --to "a value of the key" capacity smoke
for option in --from --json; do
  refuse_empty "$option" "the name of a file" scenario calibrate --from "$work/none.csv"
done

# Something worse than before.
double11 simulate smoke --json before.json
double11 simulate smoke --set payment.latency.p50=80ms --set payment.latency.p99=400ms \
  --baseline before.json --any-scenario
expect_code 6

# The help lists all of them.
double11 --help
for code_and_word in "0 pass" "1 runtime error" "2 usage" "3 target" "4 audit" "theory disagrees" "5 run" \
  "6 worse" "130 interrupted"; do
  expect_in "$(printf '%s' "$out" | tr -s '\n' ' ')" "$code_and_word"
done

# An impossible target: the stage and the setting are named.
double11 run smoke --set target.rate=900M/s
expect_code 3
expect_in "$out" "MISSED reserved.rate.machine >= 900M/s"
expect_in "$out" "First to give way:"
expect_in "$out" "--set run.workers="

# Too few payment servers for the target, in scenario time: whatever the machine, 10 servers at
# 54 ms carry less than 200 payments per second.
double11 run smoke --set payment.servers=10 --set 'thresholds=["paid.rate.peak >= 3k/s"]'
expect_code 3
expect_in "$out" "First to give way: payment: 10 servers"
expect_in "$out" "--set payment.servers="

for canary in lost_order double_dispatch leaked_reservation lost_arrival forgotten_refund \
  wrong_amount stranded_payment lost_unit oversold_unit misfiled_outcome; do
  double11 run smoke --canary "$canary"
  expect_code 4
  expect_in "$out" "VIOLATED"
done

double11 run smoke --canary misfiled_patience --set payment.servers=100 \
  --set 'payment.patience={"distribution":"constant","mean":"20ms"}'
expect_code 4
expect_in "$out" "orders that lost patience"

# Nothing to measure.
double11 run smoke --set 'traffic.curve=[{"at": "0s", "rate": "0/s"}]'
expect_code 5
expect_in "$out" "INVALID"
expect_in "$out" "no order arrived"

finish
