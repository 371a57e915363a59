# The JSON result: same seed, same orders; another seed, other orders; files whole or not at all.
source "$(dirname "$0")/../shell/expect.sh"

stream_of() { sed -n 's/^ "order_stream": "\([0-9a-f]*\)",$/\1/p' "$1"; }

double11 run smoke --json first.json --quiet
expect_code 0
double11 run smoke --json second.json --quiet --workers 3 --placement staged
expect_code 0
double11 run smoke --json third.json --quiet --seed 12
expect_code 0
expect_in "$(head -n 2 first.json)" '"schema_version": 1'
expect_different "$(stream_of first.json)" ""
expect_equal "$(stream_of first.json)" "$(stream_of second.json)"
expect_different "$(stream_of first.json)" "$(stream_of third.json)"
expect_equal "$(find . -name '*.tmp')" ""

# A link stays a link, whether what it leads to is there or not.
mkdir results
ln -s results/new.json link.json
for _ in 1 2; do
  double11 run smoke --json link.json --quiet
  expect_code 0
  expect_equal "$(readlink link.json)" "results/new.json"
  expect_equal "$(stream_of results/new.json)" "$(stream_of first.json)"
done
double11 run smoke --json /dev/stdout --quiet
expect_in "$out" '"schema_version": 1'

# On stdout the JSON stands alone; the report goes to stderr.
double11 run smoke --json -
expect_code 0
expect_equal "$(head -c 1 "$work/out")" "{"
expect_in "$err" "PASS  smoke"

# Piped output has no colours and no redrawn lines.
double11 run smoke
expect_equal "$(printf '%s' "$out$err" | tr -cd '\033\r')" ""

# Nothing is wider than a terminal.
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""
finish
