#pragma once
// Where a worker's wall-clock time goes: one account is open at any moment. Two clock readings per
// batch, none per order.

#include <double11/core/outcome.hpp>
#include <double11/core/time.hpp>

#include <array>
#include <chrono>
#include <cstddef>

namespace double11::live {

class TimeSheet {
 public:
  /// Accounts: the stages, then traffic, then everything else.
  static constexpr std::size_t kTraffic = kStages;
  static constexpr std::size_t kOther = kStages + 1;

  /// While it lives, time goes to `account`; afterwards to the one that was open before.
  class Entry {
   public:
    Entry(TimeSheet& sheet, std::size_t account) : sheet_(sheet), before_(sheet.open(account)) {}
    ~Entry() { sheet_.open(before_); }
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;

   private:
    TimeSheet& sheet_;
    std::size_t before_;
  };

  [[nodiscard]] Duration spent(std::size_t account) const { return spent_[account]; }

 private:
  std::size_t open(std::size_t account) {
    const auto now = std::chrono::steady_clock::now();
    spent_[open_] += now - since_;
    since_ = now;
    const std::size_t before = open_;
    open_ = account;
    return before;
  }

  std::array<Duration, kStages + 2> spent_{};
  std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
  std::size_t open_ = kOther;
};

}  // namespace double11::live
