#pragma once
// The key table as documents: JSON Schema, explanations, the reference page, a starter file.

#include <optional>
#include <string>
#include <string_view>

namespace double11::scenario {

/// JSON Schema (draft 2020-12) of a scenario file; docs/scenario.schema.json is this text.
std::string schema();

/// What `scenario explain PATH` prints: the row of a key, the rows of a group ("payment"), the
/// metrics for "thresholds", or a metric, outcome, funnel step or stage by name (words.hpp).
/// Nothing when unknown.
std::optional<std::string> explain(std::string_view path);

/// What explain() knows that `words` may mean: a key, group or metric one of whose names is one of
/// the words, or is written nearly like them. Empty when nothing is.
std::string nearest_topic(std::string_view words);

/// One line per key; what `scenario explain` prints without a path.
std::string list_of_keys();

/// The reference page docs/scenario.md: every key, metric, funnel step and
/// outcome.
std::string reference_page();

/// A small valid scenario to start from, for `scenario new`.
std::string starter(std::string_view name);

}  // namespace double11::scenario
