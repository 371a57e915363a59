#pragma once
// The words of a report explained: outcomes, steps of the funnel, stages. What each means, which
// keys lead to it, which shipped scenarios show it (a test simulates them and looks).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace double11::scenario {

struct Word {
  enum class Kind : std::uint8_t { outcome, funnel_step, stage };

  std::string_view name;
  Kind kind;
  std::string_view meaning;                ///< beyond the one line of meaning_of(); one paragraph
  std::vector<std::string_view> keys;      ///< keys and groups of keys of the scenario
  std::vector<std::string_view> shown_in;  ///< shipped scenarios
};

/// All words, outcomes first. Any thread.
const std::vector<Word>& words();

/// What `scenario explain` says about a word; "" when it is none. A word that is an outcome and a
/// step of the funnel has both said.
std::string explain_word(std::string_view name);

}  // namespace double11::scenario
