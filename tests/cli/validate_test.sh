# Theory from the shell: a family by filter, the list, an unknown filter, Ctrl-C.
source "$(dirname "$0")/../shell/expect.sh"

double11 validate --list
expect_code 0
expect_in "$out" "erlang_b_10_load_5_exponential"
double11 validate Erlang_B_10_load_5
expect_code 0
expect_in "$out" "all as theory says"
expect_in "$err" "1 of 1"
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""
double11 validate no-such-queue
expect_code 2
expect_in "$err" "no-such-queue"

# Ctrl-C after the first case: what is done is printed.
mkfifo "$work/progress"
set -m
"$program" validate --workers 1 >"$work/out" 2>"$work/progress" &
pid=$!
exec 3<"$work/progress"
read -r first <&3
kill -INT "$pid"
cat <&3 >/dev/null
wait "$pid"
code=$?
out=$(cat "$work/out")
err=""
expect_code 130
expect_in "$first" "1 of "
expect_in "$out" "$(echo "$first" | awk '{ print $4 }')"
expect_in "$out" "INTERRUPTED: the other cases were not simulated"
finish
