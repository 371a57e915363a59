# Help of every command fits an ordinary terminal and has all that it should.
source "$(dirname "$0")/../shell/expect.sh"

# commands_of COMMAND...: what its help lists under Subcommands.
commands_of() {
  "$program" "$@" --help | awk '/^Subcommands:/ { inside = 1; next }
    /^$/ { inside = 0 } inside && /^  [^ ]/ { print $1 }'
}

check_help() {
  double11 "$@" --help
  expect_code 0
  expect_equal "$err" ""
  expect_in "$out" "Usage: double11${*:+ }$*"
  expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""
  local command
  for command in $(commands_of "$@"); do check_help "$@" "$command"; done
}
check_help
[ "$checks" -ge 60 ] || fail "only $checks checks: some commands are not in the help"

# A description goes on where it began; a long name is broken after a comma.
double11 run --help
expect_in "$out" "
  --set PATH=VALUE            Change any key: PATH=VALUE, repeatable (double11
                              scenario explain lists the keys)
"
expect_in "$out" "
  --canary TEXT:{none,lost_order,double_dispatch,leaked_reservation,
    lost_arrival,"
finish
