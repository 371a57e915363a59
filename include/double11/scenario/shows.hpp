#pragma once
// Live shows: what a reveal brings.

#include <double11/scenario/scenario.hpp>

#include <string>

namespace double11::scenario {

/// How many watch `show` at `at`: linear between its points, nobody before the first, as many as at
/// the last after it. Pure; any thread.
double viewers_at(const Traffic& traffic, const std::string& show, Duration at);

/// Expected orders of a reveal in all time: click_through of its viewers, times traffic.scale.
double expected_clicks(const Traffic& traffic, const Reveal& reveal);

}  // namespace double11::scenario
