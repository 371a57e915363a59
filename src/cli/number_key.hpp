#pragma once
// A numeric key of a scenario as a plain number that a study varies: "payment.servers",
// "traffic.curve[0].rate", "payment.channels[2].servers".

#include <double11/scenario/keys.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace double11::cli {

class NumberKey {
 public:
  /// The key of this path in this scenario, or a sentence that says what is wrong and what is
  /// allowed.
  static std::variant<NumberKey, std::string> find(const std::string& path,
                                                   const scenario::Scenario& scenario);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const scenario::Key& key() const { return *key_; }
  /// Counts, nanoseconds and fen have no fractions.
  [[nodiscard]] bool is_whole() const;
  /// What a first step from 0 is: 1, 1/s, 1 %, 1 ms, 1 yuan.
  [[nodiscard]] double unit() const;

  /// "no limit", where 0 stands for something else than very little; empty: it does not.
  [[nodiscard]] std::string_view meaning_of_zero() const;

  [[nodiscard]] double value_in(const scenario::Scenario& scenario) const;
  /// For people: "19,113", "325k/s", "80ms".
  [[nodiscard]] std::string text(double value) const;
  /// For --set and for loading, exactly: "payment.servers=19113".
  [[nodiscard]] std::string setting(double value) const;

 private:
  NumberKey(std::string path, const scenario::Key& key, std::size_t element)
      : path_(std::move(path)), key_(&key), element_(element) {}

  std::string path_;
  const scenario::Key* key_;
  std::size_t element_;
};

}  // namespace double11::cli
