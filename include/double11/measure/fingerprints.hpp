#pragma once
// What happened, boiled down: per stage and minute of scenario time one 64-bit sum over all events.
// Equal runs have equal sums whatever the order in which they were added up; where two runs differ,
// the first differing minute says from when on. The idea is that of OMNeT++'s fingerprints (its
// manual, chapter "Testing"), made independent of order and split by stage and time.

#include <double11/core/ids.hpp>
#include <double11/core/outcome.hpp>
#include <double11/core/random.hpp>
#include <double11/core/time.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::measure {

class Fingerprints {
 public:
  using Row = std::array<std::uint64_t, kStages>;

  /// An event of `stage`: the order, when, and what came of it. One thread at a time.
  void add(Stage stage, OrderId id, Instant at, std::uint64_t result) {
    const auto ns = static_cast<std::uint64_t>(nanoseconds_of(at));
    // Most events fall into the minute of the one before; that saves a division.
    if (ns - minute_begin_ns_ >= kMinuteNs || rows_.empty()) [[unlikely]]
      turn_to(ns);
    rows_[minute_][index_of(stage)] += print_of(id, ns, result);
  }

  /// Events of one stage that mostly come in one minute. They are added when this ends.
  class Tally {
   public:
    Tally(Fingerprints& fingerprints, Stage stage)
        : fingerprints_(fingerprints), stage_(index_of(stage)) {}
    Tally(const Tally&) = delete;
    Tally& operator=(const Tally&) = delete;
    ~Tally() { add_up(); }

    void add(OrderId id, Instant at, std::uint64_t result) {
      const auto ns = static_cast<std::uint64_t>(nanoseconds_of(at));
      if (ns - begin_ns_ >= length_ns_) [[unlikely]]
        turn_to(ns);
      sum_ += print_of(id, ns, result);
    }

   private:
    void add_up() {
      if (length_ns_ != 0) fingerprints_.rows_[minute_][stage_] += sum_;
      sum_ = 0;
    }
    void turn_to(std::uint64_t ns) {
      add_up();
      fingerprints_.turn_to(ns);
      minute_ = fingerprints_.minute_;
      begin_ns_ = fingerprints_.minute_begin_ns_;
      length_ns_ = kMinuteNs;
    }

    Fingerprints& fingerprints_;
    std::size_t stage_;
    std::size_t minute_ = 0;
    std::uint64_t begin_ns_ = 0;
    std::uint64_t length_ns_ = 0;  // none yet
    std::uint64_t sum_ = 0;
  };

  void merge(const Fingerprints& other);

  /// By minute, then by stage.
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

  /// One number for all.
  [[nodiscard]] std::uint64_t total() const;

  bool operator==(const Fingerprints& other) const { return rows_ == other.rows_; }

 private:
  static constexpr std::uint64_t kMinuteNs = 60'000'000'000;
  // Above any instant that a sale reaches (2^56 ns are 2.3 years).
  static constexpr unsigned kResultShift = 56;
  // Not 0 with any id or event that there is.
  static constexpr std::uint64_t kIdSalt = mix(1);
  static constexpr std::uint64_t kEventSalt = mix(2);

  static std::uint64_t print_of(OrderId id, std::uint64_t ns, std::uint64_t result) {
    return mix(fold(id.value ^ kIdSalt, (ns | (result << kResultShift)) ^ kEventSalt));
  }
  void turn_to(std::uint64_t ns);

  std::uint64_t minute_begin_ns_ = 0;
  std::size_t minute_ = 0;
  std::vector<Row> rows_;
};

}  // namespace double11::measure
