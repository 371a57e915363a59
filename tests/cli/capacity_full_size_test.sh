# The payment servers that hold 256,000 payments/s in the 2017 minute, at full size: what is found
# agrees with Little's law to 1 %, in virtual time. A scaled one is off by more (docs/study.md).
source "$(dirname "$0")/../shell/expect.sh"

# Its first ten seconds: the rush is above what is asked for from the start.
double11 capacity double11-2017-minute --by payment.servers --only "paid.rate.peak >= 256k/s" \
  --duration 10s --json payment.json
expect_code 0
expect_in "$out" "FOUND  double11-2017-minute"
expect_in "$out" "Gives way there: payment"

# 3 % of the attempts are declined; each is 60 ms exp(sigma^2 / 2), sigma = ln(250 / 60) / 2.3263.
expect_equal "$(python3 - 2>&1 <<'EOF'
import json, math
sigma = math.log(250 / 60) / 2.3263479
theory = 256000 / 0.97 * 0.060 * math.exp(sigma * sigma / 2)
result = json.load(open("payment.json"))
limit = result["limit"]
off = [limit[side] / theory - 1 for side in ("passes", "fails")]
print(all(abs(one) < 0.01 for one in off), limit["fails"] < limit["passes"], result["warning"])
EOF
)" "True True "
finish
