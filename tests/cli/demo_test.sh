# The told stories: each runs, fits 80 columns, says no nan, and is the same as JSON and as a page.
source "$(dirname "$0")/../shell/expect.sh"

names="coordinated-omission hot-counter retry-storm littles-law knee queue-hop open-closed waiting-room"

double11 demo
expect_code 0
for name in $names; do expect_in "$out" "$name"; done
expect_in "$out" "Next: double11 demo"
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""

# All of them, as text, as JSON and as a page.
double11 demo all --json all.json --html all.html
expect_code 0
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""
expect_equal "$(printf '%s' "$out" | grep -iwE 'nan|inf|-nan')" ""
expect_in "$err" "round 1 of"
told=$out
for name in $names; do
  expect_in "$told" "$name: "
  expect_in "$(cat all.html)" "\"name\": \"$name\""
done
expect_equal "$(printf '%s\n' "$told" | grep -c '^Next:$')" 8
expect_equal "$(python3 - <<'PYTHON'
import json
demos = json.load(open("all.json"))["demos"]
for demo in demos:
    kinds = {part["kind"] for part in demo["parts"]}
    assert demo["answer"] and demo["sources"] and demo["next"] and "text" in kinds, demo["name"]
    # On a machine that is too busy for threads at once the hot counter says that it has no figure.
    without = any(part.get("text", "").startswith("No figure") for part in demo["parts"])
    assert (kinds & {"bars", "timeline"} or without) and "table" in kinds, demo["name"]
    assert all(part["bars"] for part in demo["parts"] if part["kind"] == "bars"), demo["name"]
    assert not demo["interrupted"]
print(len(demos))
PYTHON
)" 8
expect_in "$(cat all.html)" "Content-Security-Policy"
expect_equal "$(grep -cE '(src|href)="https?:' all.html)" 0

# The published figures of coordinated omission, each beside the one that is simulated here.
double11 demo coordinated-omission --quiet
expect_code 0
expect_equal "$err" ""
expect_in "$out" "22 of 22"
expect_in "$out" "one by one those"
row() { printf '%s\n' "$out" | grep -E "^  $1 " | tr -s ' '; }
expect_equal "$(row count)" " count 10001 10001 20000 20000"
expect_equal "$(row mean)" " mean 10.9989 ms 10.9989 ms 25.0005 s 25.0030 s"
expect_equal "$(row p30)" " p30 1.0000 ms 1.0000 ms 1.0000 ms 1.0000 ms"
expect_equal "$(row p50)" " p50 1.0000 ms 1.0000 ms 1.0000 ms 1.0000 ms"
expect_equal "$(row p75)" " p75 1.0000 ms 1.0000 ms 50.0000 s 50.0000 s"
expect_equal "$(row p90)" " p90 1.0000 ms 1.0000 ms 80.0000 s 80.0000 s"
expect_equal "$(row p99)" " p99 1.0000 ms 1.0000 ms 98.0000 s 98.0000 s"
expect_equal "$(row p99.99)" " p99.99 1.0000 ms 1.0000 ms 100.0000 s 99.9800 s"
expect_equal "$(row p99.999)" " p99.999 100.0000 s 100.0000 s 100.0000 s 100.0000 s"
expect_equal "$(row max)" " max 100.0000 s 100.0000 s 100.0000 s 100.0000 s"
expect_equal "$(row 'up to 5 ms')" " up to 5 ms 99.99% 99.99% 50.00% 50.00%"

# What is simulated is the same each time.
for name in retry-storm littles-law waiting-room; do
  double11 demo "$name" --quiet
  once=$out
  double11 demo "$name" --quiet
  expect_equal "$out" "$once"
done
expect_in "$told" "audit found 0 broken laws"
expect_in "$told" "off by 0 ns"
double11 demo waiting-room --quiet --json -
expect_code 0
expect_equal "$(printf '%s' "$out" | python3 -c 'import json, sys
parts = json.load(sys.stdin)["demos"][0]["parts"]
rows = [row for part in parts if part["kind"] == "table" for row in part["rows"]]
print([row[1:3] for row in rows if row[0] == "price of anarchy"])')" "[['2.000', '2.000']]"

# Bad input.
double11 demo no-such-story
expect_code 2
expect_in "$err" "no-such-story"
expect_in "$err" "coordinated-omission"
double11 demo knee --json same --html same
expect_code 2
expect_in "$err" "each needs its own"
double11 demo --json x.json
expect_code 2
double11 demo knee --html /no/such/folder/page.html
expect_code 1
expect_equal "$out" ""

# Ctrl-C: what is known is printed.
"$program" demo all >out 2>err &
pid=$!
until grep -q "round" err || ! kill -0 "$pid" 2>/dev/null; do :; done
kill -INT "$pid"
wait "$pid"
code=$?
out=$(cat out) err=$(cat err)
expect_code 130
expect_in "$out" "INTERRUPTED"
# Ctrl-C keeps what was measured: two loads were done when the third began.
mkfifo progress
set -m
"$program" demo knee >stopped 2>progress &
pid=$!
while read -r line <&3; do
  [[ $line == *"load 50%"* ]] && kill -INT "$pid"
done 3<progress
wait "$pid"
expect_equal "$?" 130
out=$(cat stopped)
expect_in "$out" "INTERRUPTED: what follows is not the whole story."
expect_equal "$(printf '%s\n' "$out" | grep -cE '^ *(10|30)% ')" 2
# And so do the stories that measure in rounds: those that are complete are shown, and how many.
stop_at() {
  local line=$1 story=$2
  : >said
  "$program" demo "$story" >stopped 2>progress &
  pid=$!
  while read -r said <&3; do
    printf '%s\n' "$said" >>said
    [[ $said == *"$line"* ]] && kill -INT "$pid"
  done 3<progress
  wait "$pid"
  expect_equal "$?" 130
  out=$(tr -s ' \n' '  ' <stopped)
  expect_in "$out" "INTERRUPTED: what follows is not the whole story."
  expect_equal "$(awk 'length($0) > 80' stopped)" ""
}
# complete WORDS PROGRESS: the figures are of all rounds of this progress, but perhaps the last one.
complete() {
  local begun shown
  begun=$(grep -c "$2" said)
  shown=$(printf '%s' "$out" | sed -nE "s|.*$1 ([0-9]+) rounds?[,:; ].*|\1|p")
  checks=$((checks + 1))
  [[ -n $shown && $shown -ge 1 && ($shown -eq $begun || $shown -eq $((begun - 1))) ]] ||
    fail "${shown:-no} rounds are shown of $begun that began: $out"
}
stop_at "round 3 of 5" hot-counter
complete "median of" "counters and pipelines"
complete "orders/s;" "counters and pipelines"
expect_in "$out" "escrow"
stop_at "measuring hops, round 2 of 5" queue-hop
complete "medians of" "measuring hops"
expect_equal "$(grep -c placement stopped)" 0
stop_at "both placements, round 2 of 5" queue-hop
complete "medians of" "measuring hops"
complete "of this machine;" "both placements"
expect_in "$out" "placement median least most"
finish
