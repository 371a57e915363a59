# Selling by read and write from two workers: the audit names the SKU.
source "$(dirname "$0")/../shell/expect.sh"

# Stock for the whole sale: a loaded machine may let two workers take turns for a while.
double11 run hot-item --workers 2 --set inventory.strategy=unsafe --set catalogue.hot.stock=450k
expect_code 4
expect_in "$out" "BROKEN per SKU"
expect_in "$(printf '%s' "$out" | tr -s '[:space:]' ' ')" "SKU 0: initial 450,000"

# The same sale under the other strategies is clean.
for strategy in owner_shard escrow shared_atomic mutex; do
  double11 run hot-item --workers 2 --set inventory.strategy=$strategy
  expect_code 0
  expect_in "$out" "Audit: 0 of 10 laws broken"
done
finish
