# double11 scenario: list, show, validate, explain, new, schema.
source "$(dirname "$0")/../shell/expect.sh"

double11 scenario list
expect_code 0
for name in double11-2017-minute double11-2009 hot-item live-show smoke; do expect_in "$out" "$name"; done

# What show prints is a scenario again, and the same one.
double11 scenario validate smoke
before=${out##*digest }
double11 scenario show smoke
expect_code 0
printf '%s\n' "$out" >shown.json
double11 scenario validate shown.json
expect_code 0
expect_equal "${out##*digest }" "$before"

double11 scenario new my-sale
expect_code 0
printf '%s\n' "$out" >my-sale.json
double11 run my-sale.json --quiet
expect_code 0
double11 scenario new 'my sale'
expect_code 2

# Every mistake of a file at once.
cat >broken.json <<'JSON'
{"name": "broken", "durtion": "5s", "target": {"rate": 12},
 "traffic": {"curve": [{"at": "1s", "rate": "5/s"}, {"at": "0s", "rate": "5"}], "basket": [0.5]},
 "payment": {"servers": 0}}
JSON
double11 run broken.json
expect_code 2
expect_in "$err" 'broken.json: $.durtion: unknown key; did you mean "duration"?'
expect_in "$err" '$.target.rate: found 12'
expect_in "$err" '$.traffic.curve[0].at: found 1s; the first point must be at 0s'
expect_in "$err" '$.traffic.curve[1].rate: found "5"'
expect_in "$err" '$.traffic.curve[1].at: found 0s; must be later'
expect_in "$err" '$.traffic.basket: the shares add up to 0.5'
expect_in "$err" '$.payment.servers: found 0; allowed: count'
expect_equal "$(printf '%s\n' "$err" | wc -l)" 7
expect_equal "$out" ""

double11 scenario explain payment.servers
expect_code 0
expect_in "$out" "1 to 100M"
double11 scenario explain sold_out
expect_in "$out" "too little stock"
double11 scenario explain thresholds
expect_in "$out" "latency.dispatched.p99.9"
double11 scenario explain paymnt.servers
expect_code 2
expect_in "$err" 'did you mean "payment.servers"?'
double11 scenario schema
expect_code 0
expect_in "$out" "json-schema.org"
finish
