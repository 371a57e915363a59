# Every documented exit code, and what the program says with it.
source "$(dirname "$0")/../shell/expect.sh"

double11 run smoke
expect_code 0
expect_in "$out" "PASS  smoke"
expect_in "$out" "Audit: 0 of 10 laws broken"

double11 run smoke --json /dev/full --quiet
expect_code 1
expect_in "$err" "No space left on device"
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
