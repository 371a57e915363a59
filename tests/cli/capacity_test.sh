# The limit of a scenario by any number in it: against theory, up and down, on the clock and in
# virtual time; what is asked wrongly, JSON and HTML, interruption.
source "$(dirname "$0")/../shell/expect.sh"

# field FILE PATH: a value of the JSON, such as limit.passes.
field() {
  python3 -c 'import json, sys
value = json.load(open(sys.argv[1]))
for part in sys.argv[2].split("."): value = value[part]
print(value)' "$1" "$2"
}

# within FILE SHARE VALUE: the limit's range is within the share of the value.
within() {
  checks=$((checks + 1))
  python3 -c 'import json, sys
limit = json.load(open(sys.argv[1]))["limit"]
share, value = map(float, sys.argv[2:4])
sys.exit(any(abs(limit[side] / value - 1) > share for side in ("passes", "fails")))' "$@" ||
    fail "the limit is $(field "$1" limit.passes), not within $2 of $3"
}

# Little's law: 256,000 payments/s of which 3 % are declined, each a mean of
# 60 ms exp(sigma^2 / 2), sigma = ln(250 / 60) / 2.3263, need 19,113 servers. 2 % for the
# tolerance and the best second, which is above the mean, the more so the smaller the scale; at full
# size it is 1 % (capacity_full_size_test.sh).
theory=$(python3 -c 'import math; sigma = math.log(250 / 60) / 2.3263479
print(256000 / 0.97 * 0.060 * math.exp(sigma * sigma / 2))')
double11 capacity double11-2017-minute --by payment.servers --only "paid.rate.peak >= 256k/s" \
  --scale 0.2 --duration 10s --json payment.json --html payment.html
expect_code 0
expect_in "$out" "FOUND  double11-2017-minute"
expect_in "$out" "Gives way there: payment"
expect_in "$out" "4 of 4 seeds pass"
expect_in "$out" "Next: double11 simulate double11-2017-minute"
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""
expect_equal "$(field payment.json limit.is)" lowest
expect_equal "$(field payment.json limit.confidence)" 0.875
within payment.json 0.02 "$theory"
expect_in "$(cat payment.html)" "Content-Security-Policy"
expect_in "$(cat payment.html)" '"kind":"capacity"'

# The rate, upwards: half the channel's servers, half the rate.
rate=(--only "outcome.shed.count == 0" --only "latency.dispatched.p99 < 300ms")
double11 capacity smoke "${rate[@]}" --set payment.servers=400 --json whole.json --quiet
expect_code 0
expect_in "$out" "at the peak of the curve) or less passes"
expect_equal "$(field whole.json limit.is)" highest
expect_equal "$err" ""

# The same to the byte each time but for the clock.
without_clock() { sed -E '/"(wall_s|machine_per_s|load_1min)"/d' "$1"; }
double11 capacity smoke "${rate[@]}" --set payment.servers=400 --json again.json --quiet --set run.workers=2
expect_equal "$(without_clock again.json | grep -v '"command"')" \
  "$(without_clock whole.json | grep -v '"command"')"

# A share, a duration, an element of a list; bounds.
double11 capacity smoke --by payment.decline_probability --only "outcome.declined.share < 10%" \
  --json share.json --quiet
expect_code 0
expect_equal "$(field share.json limit.is)" highest
double11 capacity smoke --by "traffic.curve[1].rate" --from 6k/s --to 60k/s --json curve.json --quiet \
  --only "outcome.shed.count == 0"
expect_code 0
expect_in "$(field curve.json finding)" "traffic.curve[1].rate"
double11 capacity smoke --by payment.servers --only "offered.count > 10" --quiet
expect_code 0
expect_in "$out" "ALL PASS"
double11 capacity smoke --by payment.servers --only "offered.count > 100M" --quiet
expect_code 3
expect_in "$out" "NONE PASSES"
expect_in "$out" "values from 1 to 2,048,000"
# Where it could look farther it says how, and only there.
expect_in "$out" "  looks higher."
double11 capacity smoke --by payment.decline_probability --only "offered.count > 10" --quiet
expect_in "$out" "values from 0% to 100% all pass."
expect_equal "$(printf '%s' "$out" | grep farther)" ""

# What was served: a warning where nothing asks for it, or only for an amount that more traffic brings.
double11 capacity smoke --by payment.servers --only "latency.dispatched.p99 < 250ms" --json fast.json
expect_code 0
expect_in "$out" "Warning: No threshold asks what was served"
expect_in "$(field fast.json warning)" "of the orders are dispatched"
double11 capacity smoke --json own.json --html own.html
expect_in "$out" "Warning: No threshold asks for a share of the orders"
expect_in "$(field own.json warning)" ", elsewhere up to 84"
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""
double11 capacity smoke --only "dispatched.share >= 60%" --only "latency.dispatched.p99 < 1s" --json served.json
expect_equal "$(field served.json warning)" ""
expect_equal "$(printf '%s' "$out" | grep Warning)" ""
expect_equal "$(field payment.json warning)" ""

# consistent FILE CODE: what was found is what the trials say, whatever this machine did to them.
consistent() {
  expect_equal "$(python3 "$(dirname "$0")/capacity_rows.py" "$@" 2>&1)" "consistent"
}
python3 - <<'EOF'
import json
result = json.load(open("whole.json"))
result["limit"]["passes"] = min(trial["value"] for trial in result["trials"])
json.dump(result, open("thin.json", "w"))
result["confirm"] = 0
json.dump(result, open("too_low.json", "w"))
EOF
expect_in "$(python3 "$(dirname "$0")/capacity_rows.py" thin.json 0 2>&1)" "few were judged at"
expect_in "$(python3 "$(dirname "$0")/capacity_rows.py" too_low.json 0 2>&1)" "pass and nothing contradicts them"
for file in payment whole share curve fast own served; do consistent $file.json 0; done

# On the clock.
double11 capacity smoke --mode run --by target.rate --set traffic.curve='[{"at":"0s","rate":"100k/s"}]' \
  --set 'thresholds=[]' --from 1/s --to 1G/s --tolerance 0.2 --confirm 1 --json run.json
consistent run.json "$code"
expect_in "$(field run.json mode)" run
expect_in "$out" "For the machine's limit: --pace real --by simulate.scale"
expect_in "$out" "other runs on either side"
expect_equal "$(printf '%s' "$err" | grep -i 'seed')" ""
expect_equal "$(printf '%s' "$out" | grep -i 'seeds')" ""

# At pace real a trial that is not on time is INVALID, which says nothing of the scenario: it is
# repeated, and at last not judged. No machine releases orders to the microsecond.
double11 capacity smoke --mode run --pace real --duration 200ms --by simulate.scale --only "offered.count > 0" \
  --set run.generator_lag_limit=1us --confirm 0 --to 2 --from 0.5 --json late.json --html late.html
expect_code 5
expect_in "$out" "NOT JUDGED  smoke"
expect_in "$out" "Nothing could be judged: all 9 trials were INVALID"
expect_in "$out" "not judged: INVALID 3 times"
expect_in "$err" "trial 3: simulate.scale=1 again  INVALID"
expect_equal "$(printf '%s' "$out" | grep -E 'Warning|Outcomes')" ""
expect_equal "$(field late.json gives_way.blamed)" machine
consistent late.json 5
# One that is on time at a small scale only: more of the traffic is the machine's limit, and that is
# no limit of the scenario, which promises nothing that it does not keep.
double11 capacity smoke --mode run --pace real --duration 100ms --by simulate.scale --only "offered.count > 0" \
  --set run.generator_lag_limit=1ms --set traffic.scale=1000 --confirm 1 --tolerance 0.5 --to 16 --json machine.json
case $code in 0 | 3 | 5) checks=$((checks + 1)) ;; *) fail "exit $code: $err" ;; esac
consistent machine.json "$code"

# Where no order arrives there is nothing to judge, either; in virtual time once is enough.
double11 capacity smoke --by duration --only "offered.count > 0" --from 1ms --to 2s --set traffic.scale=0.02 --json few.json
expect_code 5
expect_in "$out" "NOT JUDGED  smoke"
expect_in "$out" "and less could not be judged, so no"
expect_in "$out" "no order arrived"
expect_equal "$(printf '%s' "$err" | grep -c again)" 0
consistent few.json 5
double11 capacity smoke --only "offered.count > 0" --set traffic.scale=0.02 --duration 33ms --to 1 --quiet --json most.json
expect_code 0
expect_in "$(field most.json finding)" "from 0.01 to 1, but for 1 that could not be judged, all pass"
consistent most.json 0

# The command under "Next" repeats the trial, in every mode: a tenth of the orders there, too.
double11 capacity smoke --mode run --scale 0.1 --by target.rate --set 'thresholds=[]' --from 1/s --to 2/s \
  --confirm 0 --json scaled.json
expect_code 0
expect_in "$out" "At scale 0.1"
next=$(printf '%s' "$out" | sed -n '/^Next: /,$p' | tr -d '\\\n' | sed 's/^Next: double11 //')
eval "double11 $next --json next.json --quiet"
expect_code 0
expect_equal "$(field next.json run.scale)" 0.1
double11 simulate smoke --scale 0.1 --json tenth.json --quiet
expect_equal "$(field next.json funnel.offered.count)" "$(field tenth.json funnel.offered.count)"

# A network of queues: the fewest servers for a mean wait below 50 ms are those of Erlang C, and the
# highest rate lies where it says (how exactly: tests/study/network_limits_test.cpp).
cat >tills.json <<'JSON'
{"name": "tills", "duration": "2h", "simulate": {"warm_up": "1min"},
 "thresholds": ["stations[till].wait.mean < 40ms"], "traffic": {"curve": [{"at": "0s", "rate": "20/s"}]},
 "network": {"stations": [
  {"name": "till", "servers": 20, "service": {"distribution": "exponential", "mean": "300ms"}}]}}
JSON
erlang=$(python3 -c '
def wait(rate, servers, service=0.3):
    load, blocked = rate * service, 1.0
    for k in range(1, servers + 1): blocked = load * blocked / (k + load * blocked)
    waits = blocked / (1 - load / servers * (1 - blocked))
    return waits * service / (servers - load)
servers = next(c for c in range(7, 30) if wait(20, c) < 0.04)
low, high = 1.0, 20 / 0.3
for _ in range(60):
    middle = (low + high) / 2
    low, high = (middle, high) if wait(middle, 20) < 0.04 else (low, middle)
print(servers, low / 20)')
double11 capacity tills.json --by 'network.stations[till].servers' --json tills-out.json --html tills.html
expect_code 0
expect_in "$out" "FOUND  tills"
expect_in "$out" "Gives way there: till: the busiest station"
expect_in "$out" "Ladder: sojourn of a job, s, of the first trial"
expect_in "$out" "A limit of the model (stations, servers, queues) in virtual time"
expect_in "$out" "Next: double11 simulate tills.json --set 'network.stations[till].servers=${erlang% *}'"
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""
expect_equal "$(printf '%s' "$out" | grep Warning)" ""
expect_equal "$(field tills-out.json limit.passes)" "${erlang% *}.0"
expect_equal "$(field tills-out.json limit.fails)" "$((${erlang% *} - 1)).0"
expect_equal "$(field tills-out.json of)" network
expect_equal "$(field tills-out.json gives_way.blamed)" till
expect_in "$(cat tills.html)" '"kind":"capacity"'
eval "double11 simulate tills.json --set 'network.stations[till].servers=${erlang% *}' --quiet"
expect_code 0
double11 capacity tills.json --json rate.json --quiet
expect_code 0
expect_in "$out" "at the peak of the curve) or less passes"
within rate.json 0.02 "${erlang#* }"
# Jobs that are lost or give up shorten the wait of the others.
impatient=(tills.json --by 'network.stations[0].servers' --set 'network.stations[0].servers=4'
  --set 'network.stations[0].patience={"distribution":"exponential","mean":"100ms"}')
double11 capacity "${impatient[@]}" --quiet --json given-up.json
expect_code 0
expect_in "$(field given-up.json warning)" "No threshold asks for a share of the jobs"
double11 capacity "${impatient[@]}" --only "completed.share >= 99%" --json completed.json
expect_code 0
expect_equal "$(field completed.json warning)" ""
expect_equal "$(printf '%s' "$out" | grep -c 'target.rate')" 0
# Users of a closed network, upwards.
double11 capacity tills.json --set network.population=50 --set network.think='{"distribution":"exponential","mean":"1s"}' \
  --by network.population --only "sojourn.p99 < 2s" --confirm 0 --json users.json --quiet
expect_code 0
expect_equal "$(field users.json limit.is)" highest

# What cannot be searched for.
refuse() {
  local wanted=$1
  shift
  double11 capacity "$@"
  expect_code 2
  expect_in "$err" "$wanted"
  expect_equal "$out" ""
}
refuse "found no key \"payment.server\"; allowed are numeric keys, such as payment.servers" smoke --by payment.server
refuse "found no key \"nope\"; allowed are numeric keys (double11 scenario explain lists them)" smoke --by nope
refuse "allowed are keys with a number" smoke --by payment.discipline
refuse "allowed is one of them, such as traffic.curve[0].rate" smoke --by "traffic.curve[].rate"
refuse "in virtual time any number of workers gives the same result" smoke --by run.workers
refuse "seeds are what chance is" smoke --by seed
refuse "--tolerance" smoke --tolerance nan
refuse "unknown metric" smoke --only "paid.rate >= 3/s"
refuse "neither a target nor thresholds" smoke --set 'thresholds=[]' --set target.rate=0/s
refuse "must be below" smoke --by payment.servers --from 20 --to 10
refuse "--from many: \$.payment.servers: found" smoke --by payment.servers --from many
refuse "--to -3: \$.payment.servers: found" smoke --by payment.servers --to=-3
refuse "--pace: means nothing in virtual time; allowed with --mode run" smoke --pace real
refuse "tills has no thresholds of networks, so that everything passes; allowed: --only \"sojourn.p99 < 1s\"" tills.json --set 'thresholds=[]'
refuse "--mode run: tills is a network of queues, which is simulated only" tills.json --mode run
refuse "--by payment.servers has no effect: tills is a network of queues; allowed are keys of network" tills.json \
  --by payment.servers
refuse "--by network.stations[desk].servers: there is no such station; allowed: till" tills.json \
  --by 'network.stations[desk].servers'
refuse "found no key \"network.station[0].servers\"; allowed are numeric keys, such as network.stations[].servers" \
  tills.json --by 'network.station[0].servers'
refuse "found no key \"nope\"; allowed are numeric keys (double11 scenario explain lists them)" tills.json --by nope
refuse "tills is a closed network of queues, whose traffic is its users" tills.json --set network.population=5
refuse "tills has no thresholds of networks, so" tills.json --set 'thresholds=["paid.count > 3"]'
refuse "--only paid.count > 3: it is of sales, and tills is a network of queues; allowed are such as sojourn.p99" tills.json \
  --only "paid.count > 3"
refuse "--only: \$.thresholds[0]: found sojourn.p99; it is measured in networks of queues" smoke --only "sojourn.p99 < 1s"
refuse "--by network.population: found 0, which is no small value: it means an open network" tills.json \
  --by network.population
# An element of a list that is not there: what is, and what is allowed.
refuse "payment.calendar[0].servers: payment.calendar of smoke has no elements; allowed are keys that are there, such as \
payment.servers, or a scenario with elements: --set payment.calendar=[...]" smoke --by "payment.calendar[0].servers"
refuse "traffic.curve of smoke has 2 elements, [0] to [1]; allowed is one of them, such as traffic.curve[0].rate" \
  smoke --by "traffic.curve[2].rate"
refuse "traffic.curve of smoke has 1 element, [0]; allowed" smoke --set 'traffic.curve=[{"at":"0s","rate":"1k/s"}]' \
  --by "traffic.curve[].rate"
refuse "has no elements; allowed are keys that are there, or a" smoke --by "logistics.carriers[0].parcels_per_day"
refuse "--by traffic.segments[0].share: \$.traffic.segments[0].share: there is no such group or list element" \
  smoke --by "traffic.segments[0].share"
refuse 'found value "60", which is 6,000 %; dispatched.share takes a share of at most 100%; did you mean 60%?' \
  smoke --only "dispatched.share >= 60"
# Where 0 is off: not the small end of a search.
refuse "found 0/s, which is no small value: it means no waiting room" smoke --by admission.waiting_room.rate
expect_in "$err" "allowed: --set admission.waiting_room.rate=VALUE, or --from and --to"
refuse "it means no limit" smoke --by admission.rate_limit.rate --only "dispatched.share >= 60%"
refuse "it means no limit" smoke --by admission.rate_limit.rate --from 0/s --to 9k/s
refuse "found 0s, which is no small value: it means the whole duration" smoke --by simulate.until
double11 capacity smoke --by admission.rate_limit.rate --only "dispatched.share >= 60%" --from 100/s --to 100k/s --quiet
expect_code 0
expect_in "$out" "or more passes"
double11 capacity smoke --by admission.rate_limit.rate --only "dispatched.share >= 60%" \
  --set admission.rate_limit.rate=5k/s --quiet --json on.json
expect_code 0
expect_equal "$(field on.json limit.is)" lowest
refuse "" smoke --tolerance 0
refuse "" smoke --mode later
refuse "found no scenario" nowhere

# Interrupted: the ladder so far.
mkfifo "$work/progress"
set -m
"$program" capacity smoke --mode run --pace real --by simulate.scale --only "offered.count > 0" >"$work/out" 2>"$work/progress" &
pid=$!
exec 3<"$work/progress"
read -r first <&3
expect_in "$first" "trial 1: simulate.scale=1"
kill -INT "$pid"
cat <&3 >/dev/null
exec 3<&-
wait "$pid"
code=$?
out=$(cat "$work/out")
expect_code 130
expect_in "$out" "INTERRUPTED  smoke"
expect_in "$out" "Ladder"
finish
