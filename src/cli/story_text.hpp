#pragma once
// The parts of a story as lines of at most 80 columns, in plain characters.

#include <string>

#include "cli/story.hpp"

namespace double11::cli {

std::string text_of(const std::string& paragraph);
std::string text_of(const StoryTable& table);
std::string text_of(const StoryBars& bars);
std::string text_of(const StoryTimeline& timeline);

}  // namespace double11::cli
