#pragma once
// The results of `double11 sweep`: text, JSON, and the same JSON as a page.

#include <double11/study/scaling_findings.hpp>
#include <double11/study/sweep_result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace double11::cli {

/// The page that shows a JSON text of study::json_of() or json_of().
std::string sweep_page_of(std::string_view json);

/// The report on a sweep: findings, table, laws, the next command. `next` is the command line that
/// runs the best combination, "" for none. With `brief` the findings alone.
std::string text_of(const study::SweepResult& result, const std::vector<study::SweepLaw>& laws,
                    const std::string& next, bool brief);

/// The report on points that were given, and its JSON document.
std::string text_of(const study::ScalingFindings& findings, const std::string& name, bool brief);
std::string json_of(const study::ScalingFindings& findings, const std::string& name,
                    const std::string& command, const std::string& text);

}  // namespace double11::cli
