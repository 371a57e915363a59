# double11 scenario calibrate, and the way there: report --hgrm.
source "$(dirname "$0")/../shell/expect.sh"

# Round trip: the latencies of a sale with no waiting are the channel's, whose law is known.
double11 simulate smoke --set payment.servers=1M --json result.json --quiet
expect_code 0
double11 report result.json --hgrm paid
expect_code 0
printf '%s\n' "$out" >paid.hgrm
expect_in "$out" "1/(1-Percentile)"
double11 scenario calibrate --from paid.hgrm --json piece.json
expect_code 0
expect_equal "$err" ""
expect_in "$out" "CALIBRATED  payment.latency"
expect_in "$out" "p99.9 rests on 8 of the times"
expect_equal "$(printf '%s' "$out" | awk 'length($0) > 80')" ""
python3 -m json.tool piece.json >/dev/null || fail "the piece is no JSON"
double11 scenario calibrate --from paid.hgrm --fit
expect_code 0
expect_in "$err" "Distance (Kolmogorov-Smirnov)"
expect_in "$out" '"distribution":"lognormal'
double11 report result.json --hgrm offered
expect_code 2
double11 report piece.json --hgrm paid
expect_code 2

# The whole scenario, calibrated, is a scenario; and again with the same measurements the same one.
double11 scenario calibrate --from paid.hgrm --scenario smoke --quiet
expect_code 0
expect_equal "$err" ""
printf '%s\n' "$out" >calibrated.json
double11 scenario validate calibrated.json
expect_code 0
double11 scenario calibrate --from paid.hgrm --scenario calibrated.json --quiet
expect_equal "$out" "$(cat calibrated.json)"
double11 simulate calibrated.json --quiet
expect_code 0
expect_in "$out" "PASS"

# Every law of measured times, from a pipe, in every form.
awk 'BEGIN { print "took_ms"; for (i = 1; i <= 20000; ++i) print 10 - 20 * log(i / 20001) }' >took.csv
double11 scenario calibrate --from - --into 'network.stations[db].service' <took.csv
expect_code 0
expect_in "$out" '{"station": "db", "value": '
double11 scenario calibrate --from took.csv --fit --into 'payment.channels[bank].latency' --no-color
expect_code 0
expect_in "$out" '{"name": "bank", "latency": {"distribution":'
awk 'BEGIN { for (i = 0; i < 10000; ++i) print (i % 5 ? 20 : 200) + i / 10000 }' >two.csv
double11 scenario calibrate --from two.csv --unit ms --fit
expect_code 0
expect_in "$err" "POOR FIT"

# Where it is open how a file is to be read, the report says how it was.
printf '12ms,300\n15ms,7\n' >counted.csv
double11 scenario calibrate --from counted.csv
expect_code 0
expect_in "$err" "Two columns without a header: read as a duration and how often it was"

# Bad input: file, line, what was found, what is allowed; nothing on stdout.
bad() {
  double11 scenario calibrate "$@"
  expect_code 2
  expect_equal "$out" ""
}
printf 'ms\n1\nx\n' >bad.csv
bad --from bad.csv
expect_in "$err" 'double11: bad.csv: line 3: found "x"; allowed: a duration, such as 12.5 or 12.5ms'
bad --from two.csv
expect_in "$err" 'two.csv: line 1: found "200"; allowed: a unit: --unit'
printf '1O0ms\n12ms\n' >first.csv
bad --from first.csv
expect_in "$err" 'double11: first.csv: line 1: found "1O0ms"; allowed: a duration, such as 12.5 or 12.5ms, or a header'
printf 'n,took_ms\n1,12\n' >columns.csv
bad --from columns.csv
expect_in "$err" 'columns.csv: line 1: found "n,took_ms"; allowed: a second column called count'
bad --from took.csv --unit us
expect_in "$err" 'took.csv: line 1: found "took_ms"; allowed: the unit of --unit, or no --unit'
bad --from paid.hgrm --unit us
expect_in "$err" 'paid.hgrm: line 1: found "#[Unit    = ms]"; allowed: the unit of --unit'
head -n 20 paid.hgrm >cut.hgrm
bad --from cut.hgrm
expect_in "$err" 'allowed: a file that goes on to the percentile 1: its end is missing'
bad --from missing.csv
expect_in "$err" "cannot read missing.csv: No such file"
bad --from .
expect_in "$err" "cannot read .: Is a directory"
bad --from took.csv --into payment.servers
expect_in "$err" 'found "payment.servers"; allowed: payment.latency'
bad --from took.csv --into 'payment.channels[bank].latency'
expect_in "$err" "allowed: with --fit"
bad --from took.csv --scenario double11-2012
expect_in "$err" "allowed: payment.channels["
bad --from took.csv --unit min
bad --from took.csv --cells 0
bad
finish
