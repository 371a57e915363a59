// The check of a file of orders.
#include <double11/core/random.hpp>
#include <double11/core/units.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/limits.hpp>
#include <double11/scenario/order_file.hpp>
#include <double11/scenario/order_row.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>

namespace double11::scenario {
namespace {

constexpr std::size_t kProblemsMost = 20;

// As many as the highest rate of a curve brings.
constexpr auto kSliceOrdersMost =
    static_cast<std::int64_t>(kRateMaxPerS * 1e-9 * static_cast<double>(kSlice.count()));

std::uint64_t print_of(std::string_view line) {
  std::uint64_t print = line.size();
  for (std::size_t at = 0; at < line.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, line.data() + at, std::min<std::size_t>(8, line.size() - at));
    print = mix(print ^ word);
  }
  return print;
}

class Check {
 public:
  Check(const Scenario& scenario, std::string origin, Replay& replay,
        std::vector<std::uint32_t>& prices)
      : scenario_(scenario), origin_(std::move(origin)), replay_(replay), prices_(prices) {}

  std::vector<Problem> all() {
    OrderLines lines(replay_.file, 0);
    lines_ = &lines;
    std::string_view line;
    const bool any = lines.next(line);
    // The mark that some programs begin a text file with.
    if (any && line.substr(0, 3) == "\xEF\xBB\xBF") line.remove_prefix(3);
    replay_.has_order_column = any && line == kOrderColumnsAll;
    if (!any || (line != kOrderColumns && line != kOrderColumnsAll)) {
      complain(mistake_of(0, any ? line : "",
                          fmt::format("the header {}, or with ,order behind it", kOrderColumns)));
      return std::move(problems_);
    }
    OrderRowReader reader(scenario_, replay_.has_order_column);
    while (problems_.size() < kProblemsMost && lines.next(line)) {
      replay_.print = mix(replay_.print ^ print_of(line));
      const auto row = reader.read(line);
      if (const auto* const wrong = std::get_if<RowMistake>(&row)) {
        complain(*wrong);
      } else {
        take(std::get<OrderRow>(row));
      }
    }
    return std::move(problems_);
  }

 private:
  void complain(const RowMistake& wrong) {
    const std::int64_t line = std::max<std::int64_t>(1, lines_->number());
    problems_.push_back(
        {fmt::format("{}: {}", origin_, place_of(line, wrong.column)), "", wrong.message});
  }

  void take(const OrderRow& row) {
    const bool goes_on = replay_.orders > 0 && is_same_basket(last_, row);
    if (row.at_ns < last_.at_ns) {
      complain({1,
                "found an instant before that of the line before; lines must be in the order of "
                "time"});
    }
    if (goes_on) {
      check_same_basket(row);
    } else {
      begin_basket(row);
    }
    check_price(row);
    last_ = row;
  }

  void begin_basket(const OrderRow& row) {
    const auto slice = static_cast<std::uint64_t>(row.at_ns / kSlice.count());
    const bool is_first = replay_.orders == 0 || slice != slice_;
    in_slice_ = is_first ? 1 : in_slice_ + 1;
    if (in_slice_ == kSliceOrdersMost + 1) {
      complain({1, fmt::format("more than {} orders in one millisecond",
                               text_of_count(kSliceOrdersMost))});
    }
    if (replay_.marks.empty() || (is_first && replay_.orders - marked_ >= Replay::kMarkEvery)) {
      replay_.marks.push_back({slice, lines_->offset()});
      marked_ = replay_.orders;
    }
    slice_ = slice;
    basket_lines_ = 1;
    ++replay_.orders;
  }

  void check_same_basket(const OrderRow& row) {
    if (++basket_lines_ == kMaxLines + 1) {
      complain(
          {0, fmt::format("is line {} of a basket; allowed: up to {}", basket_lines_, kMaxLines)});
    }
    const auto differs = [&](std::size_t column) {
      complain({column, "differs from the line before, which is of the same basket"});
    };
    if (row.at_ns > last_.at_ns) differs(1);
    if (row.buyer != last_.buyer) differs(2);
    if (row.region != last_.region) differs(6);
  }

  void check_price(const OrderRow& row) {
    const MoneyFen price =
        row.price_fen != 0 ? MoneyFen{row.price_fen} : list_price_of(scenario_.catalogue, row.sku);
    std::uint32_t& known = prices_[row.sku.value];
    if (known != 0 && known != price.fen) {
      complain({5, fmt::format("found {}; SKU {} costs {} in a line above, and a SKU has one price "
                               "in a sale",
                               text_of_money(price), row.sku.value, text_of_money({known}))});
    }
    known = static_cast<std::uint32_t>(price.fen);
  }

  const Scenario& scenario_;
  std::string origin_;
  Replay& replay_;
  std::vector<std::uint32_t>& prices_;
  const OrderLines* lines_ = nullptr;
  std::vector<Problem> problems_;
  OrderRow last_;
  std::uint64_t slice_ = 0;
  std::int64_t in_slice_ = 0;
  std::int64_t marked_ = 0;
  std::size_t basket_lines_ = 0;
};

}  // namespace

std::vector<Problem> open_replay(Scenario& scenario, const std::filesystem::path& path) {
  const std::string origin = path.string();
  std::error_code error;
  const bool is_file = std::filesystem::is_regular_file(path, error);
  if (!is_file) {
    return {{origin, "",
             "cannot be read: " + (error ? error.message() : std::string("no ordinary file"))}};
  }
  const auto replay = std::make_shared<Replay>(path);
  if (!replay->file.is_open()) {
    return {{origin, "", fmt::format("cannot be read: {}", std::strerror(errno))}};
  }
  const auto prices = std::make_shared<std::vector<std::uint32_t>>(
      static_cast<std::size_t>(scenario.catalogue.skus));
  std::vector<Problem> problems = Check(scenario, origin, *replay, *prices).all();
  if (problems.empty()) {
    scenario.traffic.replayed = replay;
    scenario.catalogue.replayed_prices = prices;
  }
  return problems;
}

}  // namespace double11::scenario
