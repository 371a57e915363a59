#pragma once
// The parts of a story as lines of at most 80 columns, in plain characters.

#include <string>

#include "cli/story.hpp"

namespace double11::cli {

/// Broken into lines; those after the first begin with `indent`.
std::string wrapped(const std::string& text, const std::string& indent = "");
/// The same of a command; lines that go on end with a backslash.
std::string wrapped_command(const std::string& command, const std::string& indent);

std::string text_of(const std::string& paragraph);
std::string text_of(const StoryTable& table);
std::string text_of(const StoryBars& bars);
std::string text_of(const StoryTimeline& timeline);

}  // namespace double11::cli
