# Ctrl-C in the middle of a paced run: the report is printed, the audit holds, exit 130.
source "$(dirname "$0")/../shell/expect.sh"

double11 run double11-2009 --quiet --json "$work/before.json"
expect_code 0

mkfifo "$work/progress"
# Started through exec so that the signal reaches the program itself; SIGINT is ignored in
# background jobs unless job control is on.
set -m
"$program" run double11-2009 --pace real --baseline "$work/before.json" --any-scenario >"$work/out" 2>"$work/progress" &
pid=$!
# The first progress line says that the run is under way and signals are handled.
read -r first <"$work/progress"
expect_in "$first" "of 1min"
# Twice, as timeout(1) does: the second signal is no second request.
kill -INT "$pid"
kill -INT "$pid"
wait "$pid"
code=$?
out=$(cat "$work/out")
err=""
expect_code 130
expect_in "$out" "INTERRUPTED  double11-2009"
expect_in "$out" "Audit: 0 of 10 laws broken"
# Of a part nothing is said against the whole.
expect_in "$out" "Not compared with $work/before.json: interrupted."
finish
