#pragma once
// Finding scenario files by name.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace double11::scenario {

/// Folders that may hold shipped scenarios, best first: $DOUBLE11_SCENARIOS alone when it is set;
/// else the installed share folder next to the program, a `scenarios` folder above the program or
/// in the working directory.
std::vector<std::filesystem::path> folders();

/// All shipped scenario files (*.json of the first folder that has any), sorted by name.
std::vector<std::filesystem::path> shipped();

/// The file that `name_or_path` means: an existing path, or the name of a shipped scenario.
std::optional<std::filesystem::path> find(const std::string& name_or_path);

}  // namespace double11::scenario
