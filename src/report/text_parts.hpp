#pragma once
// Parts of the report for people, and what they are laid out with.

#include <double11/report/result.hpp>

#include <cstddef>
#include <string>

namespace double11::report {

/// Columns of a line.
inline constexpr std::size_t kWidth = 80;

/// "3.10%", or "-" of nothing.
std::string percent(double part, double whole);

/// Breaks a sentence into lines of at most kWidth columns, continued with `indent`; leading blanks
/// stay.
std::string wrapped(const std::string& sentence, const std::string& indent = "");

/// The same of a command: words in quotes stay whole, and lines that go on end with a backslash, so
/// that a shell takes what is copied.
std::string wrapped_command(const std::string& command, const std::string& indent);

/// Where the word that begins at `start` ends: at a blank, in a command not within quotes.
std::size_t end_of_word(const std::string& text, std::size_t start, bool is_command);

/// The thresholds, held or missed, and what they measured, a line each.
std::string checks_part(const Verdict& verdict);

/// That a sale was scaled; empty when it was not.
std::string scale_part(const Result& result);

/// How many assumptions the scenario states and how to read them; `again` as of text().
std::string assumptions_part(const Result& result, const std::string& again);

/// Published figures beside those of the run; empty when there are none.
std::string published_part(const Result& result);

/// What the door did with clicks; empty when there is none.
std::string door_part(const Result& result);

/// Clicks and what came of them; empty when every order is one click.
std::string clients_part(const Result& result);

/// Bots, the buyers who got most, early clicks and late ones; empty unless measured.
std::string fairness_part(const Result& result);

/// Payment channels; empty with a single one.
std::string channel_part(const Result& result);

/// Faults, and how long the sale took to recover; empty when there are none.
std::string fault_part(const Result& result);

/// Parcels by warehouse and their delivery; over days also promises, costs, carriers and backlog.
std::string logistics_part(const Result& result);

}  // namespace double11::report
