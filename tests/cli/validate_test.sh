# Theory from the shell: a family by filter, the list, an unknown filter.
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
finish
