#pragma once
// From a scenario file (and --set overrides) to a Scenario, or to the list of all mistakes.

#include <double11/scenario/scenario.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace double11::scenario {

/// One mistake: where it is, what was found, what is allowed.
struct Problem {
  std::string origin;   ///< file name, or "--set payment.servers=x"
  std::string path;     ///< JSON path such as "$.traffic.curve[2].rate", or "" for the whole file
  std::string message;  ///< "found 12, allowed is a duration with a unit ..."
};

/// "file.json: $.payment.servers: found ..., allowed ...", without a newline.
std::string text_of(const Problem& problem);

/// A scenario, or every mistake found in one pass; never both, never neither.
struct Loaded {
  std::optional<Scenario> scenario;
  std::vector<Problem> problems;
};

/// Parses JSON text. `origin` names it in messages; each override is "path=value" and is checked
/// like the file (a value that is not JSON is taken as a string). Never throws on bad input. Files
/// that the text names are found from `folder` on, those of overrides from the working directory.
Loaded parse(std::string_view json_text, const std::string& origin,
             const std::vector<std::string>& overrides = {},
             const std::filesystem::path& folder = {});

/// Reads and parses the file; an unreadable or oversized (over 16 MiB) file is a Problem.
Loaded load(const std::filesystem::path& file, const std::vector<std::string>& overrides = {});

/// The scenario as JSON with every key written out, in table order, units in the values.
/// parse() of it gives the same scenario.
std::string to_json(const Scenario& scenario);

/// Fingerprint of to_json() and of the content of the file that it replays: 16 hexadecimal digits.
/// Same digest, same scenario.
std::string digest_of(const Scenario& scenario);

}  // namespace double11::scenario
