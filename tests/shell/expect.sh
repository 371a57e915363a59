# Helpers of the shell tests: run the program, compare what it says. Sourced with
#   $1 = the program, $2 = the source folder.
set -u
program=$(readlink -f "$1")
source_dir=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
checks=0
failures=0

fail() {
  failures=$((failures + 1))
  echo "FAILED: $*" >&2
}

# double11 ARGS...: runs the program; out, err and code hold the result.
double11() {
  "$program" "$@" >"$work/out" 2>"$work/err"
  code=$?
  out=$(cat "$work/out")
  err=$(cat "$work/err")
}

expect_code() {
  checks=$((checks + 1))
  [ "$code" -eq "$1" ] || fail "exit $code instead of $1; stdout: ${out:0:600} stderr: ${err:0:600}"
}

# expect_in TEXT PATTERN: the fixed string is in the text.
expect_in() {
  checks=$((checks + 1))
  case "$1" in
    *"$2"*) ;;
    *) fail "\"$2\" is not in: ${1:0:1200}" ;;
  esac
}

expect_equal() {
  checks=$((checks + 1))
  [ "$1" = "$2" ] || fail "\"${1:0:300}\" is not \"${2:0:300}\""
}

expect_different() {
  checks=$((checks + 1))
  [ "$1" != "$2" ] || fail "both are \"${1:0:300}\""
}

# The last command of every shell test.
finish() {
  echo "$checks checks, $failures failed"
  [ "$failures" -eq 0 ] && [ "$checks" -gt 0 ]
}
