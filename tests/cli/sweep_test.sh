# Sweeps from the shell: tables in both times, laws, points of one's own, bad input before anything
# runs, Ctrl-C.
source "$(dirname "$0")/../shell/expect.sh"

# Every combination, in virtual time; the same again gives the same.
double11 sweep smoke --vary payment.servers=10,100,1k --vary payment.timeout=1s,2s \
  --metric paid.rate.mean --metric outcome.expired.share --repeat 2 --json sweep.json \
  --html sweep.html
expect_code 0
expect_in "$out" "sweep of smoke, virtual time: 6 combinations, 2 rounds each"
expect_in "$out" "Scaling of paid.rate.mean over payment.servers at payment.timeout=1s"
expect_in "$out" "Next: double11 simulate smoke --set payment.servers="
expect_in "$err" "round 2 of 2, 6 of 6"
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""
expect_in "$(cat sweep.html)" "Content-Security-Policy"
expect_equal "$(/usr/bin/python3 -c '
import json
r = json.load(open("sweep.json"))
print(len(r["combinations"]), len(r["laws"]), len(r["combinations"][0]["verdicts"]), r["mode"])
')" "6 2 2 simulate"
first=$out
double11 sweep smoke --vary payment.servers=10,100,1k --vary payment.timeout=1s,2s \
  --metric paid.rate.mean --metric outcome.expired.share --repeat 2 --quiet
expect_code 0
expect_equal "$err" ""
expect_in "$first" "$out"

# In wall-clock time where the key is of the machine; JSON to stdout.
double11 sweep smoke --vary run.workers=1..3 --repeat 1 --json -
expect_code 0
expect_in "$err" "sweep of smoke, wall-clock time: 3 combinations, 1 round each"
expect_in "$err" "reserved.rate.machine"
expect_equal "$(printf '%s' "$out" | python3 -c '
import json, sys
r = json.load(sys.stdin)
print(r["mode"], r["laws"][0]["over"], r["laws"][0]["usl"])
')" "run run.workers None"
double11 sweep smoke --vary inventory.strategy=escrow,mutex --repeat 1 --quiet
expect_code 0
expect_in "$out" "wall-clock time: 2 combinations"

# A scale is carried out on the clock as in virtual time.
double11 sweep smoke --mode run --vary simulate.scale=0.05,0.5 --metric offered.count --repeat 1 --json scale.json
expect_code 0
expect_equal "$(/usr/bin/python3 -c '
import json
small, large = json.load(open("scale.json"))["combinations"]
print(5 * small["metrics"]["offered.count"]["median"] < large["metrics"]["offered.count"]["median"])
')" True

# Then all figures are of a part, and so are the servers of the laws.
double11 sweep smoke --scale 0.1 --vary payment.servers=50,100,200 --metric paid.rate.peak --json part.json --html part.html
expect_code 0
expect_in "$out" "Scaled: 0.1 times that sale, and so are the counts, rates and money below"
expect_in "$out" "All of it is of the part at scale 0.1: 50 servers are 5 there."
expect_in "$out" "Left out: 200 servers of the whole sale."
expect_in "$(cat part.html)" "Scaled: 0.1 times that sale"
expect_equal "$(/usr/bin/python3 -c '
import json
r = json.load(open("part.json"))
law = r["laws"][0]
print(r["scale"], [c["capacity"] for c in r["combinations"]], sorted({n for n, _ in law["points"]}))
')" "0.1 [5.0, 10.0, 20.0] [5.0, 10.0]"

# Points of one's own: SPEC SDM91, and where there is too little.
printf 'n,throughput\n1,64.9\n18,995.9\n36,1652.4\n72,1853.2\n108,1828.9\n144,1775.0\n216,1702.2\n' >spec.csv
double11 sweep --fit spec.csv --json fit.json --html fit.html
expect_code 0
expect_in "$out" "2.77 % of the work is serial"
expect_in "$out" "The peak is at 96.5 units"
expect_in "$out" "0.0277285"
expect_in "$out" "residual std. error 82.8"
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""
expect_equal "$(/usr/bin/python3 -c '
import json
law = json.load(open("fit.json"))["laws"][0]
print(law["preferred"], "%.7f" % law["usl"]["sigma"]["value"], "%.2f" % law["peak"]["value"])
')" "usl 0.0277285 96.52"
printf 'n,throughput\n1,10\n2,19\n' >two.csv
double11 sweep --fit two.csv
expect_code 0
expect_in "$out" "Only 2 different capacities are left to fit"
expect_in "$out" "Nothing is fitted."
printf 'n,throughput\n1,10\n2,"1,000"\n' >comma.csv
double11 sweep --fit comma.csv
expect_code 2
expect_in "$err" "line 3: found 3 fields"
expect_equal "$out" ""
printf 'n,throughput\n1,10\n' >one.csv
double11 sweep --fit one.csv
expect_in "$out" "scaling of one.csv: 1 point, 1 different n"
# Far from one unit: a refusal in all three, and no number of a law.
printf 'n,throughput\n16,1000\n32,900\n64,850\n128,820\n' >far.csv
double11 sweep --fit far.csv --json far.json --html far.html
expect_code 0
expect_in "$out" "These points say nothing of one unit alone: they begin at 16 units"
expect_equal "$(printf '%s' "$out" | grep -cE 'alone does|lambda|the law')" 0
expect_in "$(cat far.html)" "These points say nothing of one unit alone"
expect_equal "$(/usr/bin/python3 -c '
import json
law = json.load(open("far.json"))["laws"][0]
print(law["preferred"], law["amdahl"], law["usl"], law["words"][0][:44])
')" "None None None These points say nothing of one unit alone: "

# A network of queues: servers are full up to 8, so each number of completions is Poisson with the mean
# servers / 100 ms * time, to be checked by z; from 16 on the traffic sets the throughput.
cat >shop.json <<'JSON'
{"name": "shop", "duration": "100s", "simulate": {"warm_up": "5s"}, "traffic": {"curve": [{"at": "0s", "rate": "100/s"}]},
 "network": {"stations": [
  {"name": "till", "servers": 4, "service": {"distribution": "exponential", "mean": "100ms"}},
  {"name": "door", "servers": 30, "queue_limit": 20, "patience": {"distribution": "constant", "mean": "1s"},
   "service": {"distribution": "exponential", "mean": "200ms"}}]}}
JSON
double11 sweep shop.json --vary 'network.stations[till].servers=1,2,4,8,16' --repeat 2 --json shop-sweep.json \
  --html shop-sweep.html
expect_code 0
expect_in "$out" "sweep of shop, virtual time: 5 combinations, 2 rounds each"
expect_in "$out" "Scaling of throughput.rate.mean over network.stations[till].servers"
expect_in "$out" "Left out: 16 servers. There nearly all that came found room"
expect_in "$out" "One server alone does 10"
expect_in "$out" "Next: double11 simulate shop.json --set 'network.stations[till].servers=16'"
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""
expect_in "$(cat shop-sweep.html)" "Content-Security-Policy"
expect_equal "$(/usr/bin/python3 -c '
import json
r = json.load(open("shop-sweep.json"))
print(r["mode"], [m["name"] for m in r["metrics"]], [c["capacity"] for c in r["combinations"]])
z = [(x - 10 * n) * 95 / (10 * n * 95) ** 0.5 for n, x in r["laws"][0]["points"]]
# 0.998 of the chi-squared law with eight degrees.
print(r["laws"][0]["left_out"], len(z), max(map(abs, z)) < 4, 0.85 < sum(one * one for one in z) < 26.1)
')" "simulate ['throughput.rate.mean', 'sojourn.mean', 'sojourn.p99', 'busy.share', 'lost.share', 'abandoned.share'] [1.0, 2.0, 4.0, 8.0, 16.0]
['16'] 8 True True"
double11 sweep shop.json --vary 'network.stations[0].servers=2,16' --vary traffic.scale=0.5,1 --quiet --json two.json \
  --metric 'stations[till].wait.p99' --set 'thresholds=["stations[till].wait.p99 < 1s"]'
expect_code 0
expect_in "$out" "2 of 4 combinations pass: network.stations[0].servers=16 traffic.scale=0.5,"
# The users of a closed network bring what is taken: all of its points count.
double11 sweep shop.json --set network.population=50 --set network.think='{"distribution":"exponential","mean":"1s"}' \
  --vary network.population=1,2,4,8,50 --over network.population --quiet
expect_code 0
expect_in "$out" "Scaling of throughput.rate.mean over network.population"
expect_equal "$(printf '%s' "$out" | grep -c 'Left out')" 0
refuse() {
  local wanted=$1
  shift
  double11 sweep shop.json "$@"
  expect_code 2
  expect_equal "$err" "double11: $wanted"
  expect_equal "$out" ""
}
refuse "--mode run: shop is a network of queues, which is simulated only; allowed: --mode simulate" \
  --vary 'network.stations[till].servers=1,2' --mode run
refuse "--vary network.stations[tills].servers: there is no such station; allowed: till, door" \
  --vary 'network.stations[tills].servers=1,2'
refuse "--metric stations[tills].wait.mean: there is no such metric; docs/scenario.md lists them, for example \
sojourn.p99 or stations[0].wait.mean" --vary seed=1,2 --metric 'stations[tills].wait.mean'
for key in payment.servers run.workers inventory.strategy; do
  double11 sweep shop.json --vary "$key=1,2"
  expect_code 2
  expect_in "$err" "--vary $key has no effect: shop is a network of queues; allowed are keys of network"
done
refuse "shop is a network of queues in some combinations and a sale in others" \
  --vary 'network.stations=[],[{"name":"a"}]'

# What is wrong is said before anything runs, all of it.
double11 sweep smoke --vary payment.servers=-1,10 --vary payment.timeout=fast,1s
expect_code 2
expect_in "$err" "--vary payment.servers=-1"
expect_in "$err" "--vary payment.timeout=fast"
expect_equal "$(printf '%s\n' "$err" | grep -c 'payment.timeout=fast')" 1
expect_equal "$out" ""
double11 sweep smoke --vary payment.server=1,2,4
expect_code 2
expect_equal "$err" 'double11: --vary payment.server: unknown key; did you mean "payment.servers"?'
for bad in "run.workers" "run.workers=" "run.workers=8..1" "run.workers=1,1" "payment.servers=1..1M"; do
  double11 sweep smoke --vary "$bad"
  expect_code 2
  expect_in "$err" "--vary $bad"
done
double11 sweep smoke
expect_code 2
expect_in "$err" "nothing varies"
double11 sweep
expect_code 2
expect_in "$err" "--fit FILE"
double11 sweep smoke --fit spec.csv --json both.json
expect_code 2
expect_in "$err" "found with SCENARIO; allowed with --json, --html, --quiet, --no-color"
expect_equal "$(ls both.json 2>&1 | grep -c 'No such file')" 1
for option in "--vary seed=1,2" "--set seed=3" "--metric paid.rate.mean" "--mode run" "--scale 0.1" \
  "--repeat 2" "--over n" "--seed 4" "--duration 1s"; do
  double11 sweep --fit spec.csv $option
  expect_code 2
  expect_equal "$out" ""
  expect_in "$err" "found with ${option% *}; allowed with"
done
double11 sweep --fit spec.csv --vary seed=1,2 --mode run
expect_equal "$(printf '%s\n' "$err" | wc -l)" 1
expect_in "$err" "found with --vary, --mode;"
double11 sweep --fit spec.csv --quiet --no-color
expect_code 0
double11 sweep no-such-sale --vary seed=1,2
expect_code 2
expect_in "$err" "no-such-sale"
double11 sweep smoke --vary seed=1,2 --vary seed=3,4
expect_code 2
expect_in "$err" "varies twice"
double11 sweep smoke --vary seed=1,2 --metric paid.rate
expect_code 2
expect_in "$err" "no such metric"
double11 sweep smoke --vary seed=1,2 --metric paid.rate.machine
expect_code 2
expect_in "$err" "no meaning in virtual time"
double11 sweep smoke --vary run.workers=1,2 --mode simulate
expect_code 2
expect_in "$err" "changes nothing in virtual time"
double11 sweep smoke --vary seed=1,2 --over payment.servers
expect_code 2
expect_in "$err" "does not vary"
# Seeds are no amount: neither laws nor a plateau.
double11 sweep smoke --vary seed=1,2,3 --over seed
expect_code 2
expect_in "$err" "--over seed: seeds are what chance is, and no capacity; allowed are keys of --vary that are a count"
double11 sweep smoke --vary payment.timeout=1s,2s --over payment.timeout
expect_code 2
expect_in "$err" "--over payment.timeout: more of it is no more capacity"
double11 sweep smoke --vary seed=1,2,3 --metric paid.rate.mean --quiet
expect_code 0
expect_in "$out" ": what chance does to it."
expect_equal "$(printf '%s' "$out" | grep -E 'highest|depend|From|law')" ""
double11 sweep --fit nowhere.csv
expect_code 2
expect_in "$err" "cannot read nowhere.csv: No such file"
double11 sweep --fit .
expect_code 2
expect_in "$err" "double11: cannot read .: Is a directory"
printf 'n,throughput\n0,10\n2,x\n' >bad.csv
double11 sweep --fit bad.csv
expect_code 2
expect_in "$err" "line 2: n"
expect_in "$err" "line 3: throughput"
double11 sweep smoke --vary seed=1,2 --json /no/such/folder/x.json
expect_code 1

# Ctrl-C after the first trial: the table of what there is, exit 130.
mkfifo "$work/progress"
set -m
"$program" sweep double11-2009 --vary run.workers=1..2 --duration 5s --set run.pace=real \
  --repeat 100 >"$work/out" 2>"$work/progress" &
pid=$!
exec 3<"$work/progress"
read -r first <&3
expect_in "$first" "round 1 of 100, 1 of 2"
kill -INT "$pid"
cat <&3 >/dev/null
wait "$pid"
code=$?
out=$(cat "$work/out")
err=""
expect_code 130
expect_in "$out" "INTERRUPTED"
expect_in "$out" "run.workers"
finish
