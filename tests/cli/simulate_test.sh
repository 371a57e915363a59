# Virtual time from the shell: the same result for any number of workers, exit codes, networks.
source "$(dirname "$0")/../shell/expect.sh"

fingerprint_of() { sed -n 's/^ "fingerprint": "\([0-9a-f]*\)",$/\1/p' "$1"; }

double11 simulate smoke --workers 1 --json one.json
expect_code 0
expect_in "$out" "PASS  smoke"
expect_in "$out" "virtual time, fingerprint"
expect_in "$out" "Audit: 0 of 11 laws broken"
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""
double11 simulate smoke --workers 3 --json three.json --quiet
expect_code 0
double11 simulate smoke --seed 12 --json other.json --quiet
expect_code 0
expect_different "$(fingerprint_of one.json)" ""
expect_equal "$(fingerprint_of one.json)" "$(fingerprint_of three.json)"
expect_different "$(fingerprint_of one.json)" "$(fingerprint_of other.json)"

# What cannot be met is missed, with stage and setting.
double11 simulate smoke --set payment.servers=10 --set 'thresholds=["paid.rate.peak >= 3k/s"]'
expect_code 3
expect_in "$out" "First to give way: payment"
expect_in "$out" "--set payment.servers="

# Quiet: the verdict with its thresholds, and nothing of the report.
for command in run simulate; do
  double11 "$command" smoke --quiet
  expect_code 0
  expect_equal "$(printf '%s\n' "$out" | grep -c '^  ok ')" "$(printf '%s\n' "$out" | tail -n +3 | wc -l)"
  expect_in "$out" "audit.violations == 0"
  expect_equal "$err" ""
  double11 "$command" --help
  expect_in "$(printf '%s' "$out" | tr -s ' \n' ' ')" "Print only the verdict with its thresholds"
done

# A screen shows one sale.
double11 simulate smoke --replications 2 --screen 127.0.0.1:0
expect_code 2
expect_in "$err" "--screen: found 2 replications; a screen shows one sale: leave out --screen, or --replications"
expect_equal "$out" ""

# Smaller, shorter, several times.
double11 simulate smoke --scale 0.1 --until 500ms --replications 5 --quiet
expect_in "$out" "Replications 5"
expect_in "$out" "of 5 passed"

# Nothing comes after the duration, so that an end beyond it is a mistake: in a sale and in a network.
double11 simulate smoke --until 5000s --json no.json
expect_code 2
expect_in "$err" "$.simulate.until: found 5000s; must not be after the scenario's duration (2s)"
expect_equal "$out" ""
expect_equal "$(ls no.json 2>&1 | grep -c 'No such file')" 1

# A network of queues, and what it is not for.
cat >queue.json <<'JSON'
{"name": "queue", "duration": "100s", "traffic": {"curve": [{"at": "0s", "rate": "8/s"}]},
 "network": {"stations": [{"name": "till", "servers": 1,
   "service": {"distribution": "exponential", "mean": "100ms"}}]}}
JSON
double11 simulate queue.json --replications 4 --json queue-result.json
expect_code 0
expect_in "$out" "till.wait.mean"
expect_in "$out" "Little's law is off by 0 ns"
expect_in "$(cat queue-result.json)" '"laws_hold": true'
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""
double11 simulate queue.json --until 5000s --replications 4 --quiet
expect_code 2
expect_in "$err" "$.simulate.until: found 5000s; must not be after the scenario's duration (100s)"
double11 run queue.json
expect_code 2
expect_in "$err" "simulate"

# Ctrl-C: the report is printed, the audit holds.
mkfifo progress
set -m
# interrupted TEXT ARGUMENT...: simulate, interrupted once its progress begins with TEXT.
interrupted() {
  local text=$1 pid first
  shift
  "$program" simulate "$@" >stopped 2>progress &
  pid=$!
  read -r first <progress
  expect_in "$first" "$text"
  kill -INT "$pid"
  wait "$pid"
  code=$?
  out=$(cat stopped)
  err=""
}
interrupted "of 1d" double11-2009 --duration 24h
expect_code 130
expect_in "$out" "INTERRUPTED  double11-2009"
expect_in "$out" "Audit: 0 of 11 laws broken"

# So it is for replications of a network that are not all done.
interrupted "replication " queue.json --replications 10000
expect_code 130
expect_in "$out" "INTERRUPTED  queue"
expect_in "$out" " of 10000 replications finished: the figures are of these alone"
expect_in "$out" "Laws: Little's law is off by 0 ns"

# So it is for a single simulation, of the part that ran.
interrupted "of 400d" queue.json --duration 400d
expect_code 130
expect_in "$out" "0 of 1 replication finished: the figures are of the part that ran"
expect_in "$out" ", where it was stopped"
expect_in "$out" "Wait of served"

# Within the warm-up there are no figures.
interrupted "of 400d" queue.json --duration 400d --set simulate.warm_up=399d --json part.json
expect_code 130
expect_in "$out" "0 of 1 replication finished: there are no figures"
expect_in "$out" "Laws: Little's law is off by 0 ns"
expect_in "$(cat part.json)" '"figures": null'
double11 simulate queue.json --replications 2 --quiet --baseline part.json
expect_code 2
expect_in "$err" "part.json was interrupted; a part says nothing of the whole"
finish
