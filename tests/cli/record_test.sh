# Record and replay: the same orders, the same totals; a bad file is refused line by line.
source "$(dirname "$0")/../shell/expect.sh"

# What a result says of the orders: the stream, the funnel, outcomes, money, the fingerprint.
totals_of() {
  grep -E '"(stream|fingerprint|turnover|captured|refunded|order_stream)[a-z_]*"|"(orders|count)":' "$1" |
    tr -d ' ,'
}

double11 simulate smoke --record smoke.csv --json planned.json --quiet
expect_code 0
expect_equal "$(head -n 1 smoke.csv)" "at,buyer,sku,quantity,price,region,order"
expect_equal "$(ls)" "$(printf 'err\nout\nplanned.json\nsmoke.csv')"
double11 simulate smoke --set traffic.replay=smoke.csv --json replayed.json --workers 3 --quiet
expect_code 0
expect_different "$(totals_of planned.json)" ""
expect_equal "$(totals_of planned.json)" "$(totals_of replayed.json)"

# A recording of the replay is the same file; the live run has the same orders.
double11 run smoke --set traffic.replay=smoke.csv --record again.csv
expect_code 0
expect_in "$out" "replayed arrivals"
expect_in "$out" "the same orders, other chances"
expect_equal "$(cksum <smoke.csv)" "$(cksum <again.csv)"

# Shorter than the file.
double11 simulate smoke --set traffic.replay=smoke.csv --until 200ms --record short.csv --quiet
expect_code 3
expect_equal "$(head -n "$(wc -l <short.csv)" smoke.csv)" "$(cat short.csv)"

# A scenario beside its file runs from anywhere.
mkdir -p sale/elsewhere
mv smoke.csv sale/
cat >sale/sale.json <<'JSON'
{"name": "sale", "duration": "1s",
 "traffic": {"curve": [{"at": "0s", "rate": "0/s"}], "replay": "orders.csv",
             "regions": [{"name": "a", "share": 0.5}, {"name": "b", "share": 0.5}]},
 "logistics": {"warehouses": [{"name": "w", "region": "a", "capacity": "1k/s"}]}}
JSON
printf 'at,buyer,sku,quantity,price,region\n0,1,2,1,9.90,a\n0,1,3,1,0.10,a\n0.25,2,2,3,,b\n' >sale/orders.csv
(cd sale/elsewhere && "$program" simulate ../sale.json >result 2>&1)
expect_equal "$?" 2
expect_in "$(cat sale/elsewhere/result)" "../orders.csv: line 4, column 5 (price): found"
sed -i 's/3,,b/3,9.90,b/' sale/orders.csv
(cd sale/elsewhere && "$program" simulate ../sale.json >result 2>&1)
expect_equal "$?" 0
# 9.90 + 0.10 + 3 * 9.90 yuan.
expect_in "$(cat sale/elsewhere/result)" "3,970 = 3,970"

# Bad lines and paths, and what cannot be recorded.
printf 'at,buyer,sku,quantity,price,region\n0,1,2,1,,c\n0,1,x\n' >sale/orders.csv
double11 run sale/sale.json
expect_code 2
expect_in "$err" 'sale/orders.csv: line 2, column 6 (region): found "c"; allowed: the traffic.regions: a, b'
expect_in "$err" "sale/orders.csv: line 3: found 3 columns; allowed: 6"
double11 scenario validate sale/sale.json
expect_code 2
double11 simulate smoke --set traffic.replay=missing.csv
expect_code 2
expect_in "$err" "missing.csv: cannot be read"
double11 simulate smoke --record no/such/folder.csv
expect_code 1
expect_in "$err" "no/such/folder.csv"
cat >queue.json <<'JSON'
{"name": "queue", "duration": "1s", "traffic": {"curve": [{"at": "0s", "rate": "8/s"}]},
 "network": {"stations": [{"name": "till"}]}}
JSON
double11 simulate queue.json --record queue.csv
expect_code 2
expect_in "$err" "cannot be recorded"
double11 simulate smoke --record -
expect_code 2
expect_in "$err" "needs the name of a file"
# Ctrl-C while it is recorded: no file, nothing is run, and that is said. The first progress line
# says that signals are handled.
mkfifo "$work/progress"
set -m
"$program" run double11-2017-minute --record minute.csv >"$work/out" 2>"$work/progress" &
pid=$!
{
  read -r first
  kill -INT "$pid"
  rest=$(cat)
} <"$work/progress"
wait "$pid"
code=$?
out=$(cat "$work/out")
err=$rest
expect_code 130
expect_in "$err" "interrupted while minute.csv was recorded"
expect_equal "$(ls minute.csv* 2>/dev/null)" ""
finish
