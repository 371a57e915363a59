#include <double11/scenario/shipped.hpp>

#include <algorithm>
#include <cstdlib>

namespace double11::scenario {
namespace fs = std::filesystem;

std::vector<fs::path> folders() {
  if (const char* const chosen = std::getenv("DOUBLE11_SCENARIOS")) return {fs::path(chosen)};
  std::vector<fs::path> all;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    all.push_back(program.parent_path().parent_path() / "share" / "double11" / "scenarios");
    // From build/<preset>/ up to the checkout.
    fs::path above = program.parent_path();
    for (int levels = 0; levels < 4 && above.has_relative_path(); ++levels) {
      above = above.parent_path();
      all.push_back(above / "scenarios");
    }
  }
  all.emplace_back("scenarios");
  return all;
}

std::vector<fs::path> shipped() {
  std::vector<fs::path> files;
  for (const fs::path& folder : folders()) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
      if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    if (!files.empty()) break;
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::optional<fs::path> find(const std::string& name_or_path) {
  std::error_code error;
  if (fs::is_regular_file(name_or_path, error)) return fs::path(name_or_path);
  for (const fs::path& file : shipped()) {
    if (file.stem() == name_or_path || file.filename() == name_or_path) return file;
  }
  return std::nullopt;
}

}  // namespace double11::scenario
