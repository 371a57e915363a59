#include <double11/scenario/shipped.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include "catch.hpp"

namespace double11::scenario {
namespace {

namespace fs = std::filesystem;

// A folder that $DOUBLE11_SCENARIOS names for the length of a test.
class ChosenFolder {
 public:
  ChosenFolder() {
    fs::create_directories(path_);
    setenv("DOUBLE11_SCENARIOS", path_.c_str(), 1);
  }
  ChosenFolder(const ChosenFolder&) = delete;
  ChosenFolder& operator=(const ChosenFolder&) = delete;
  ~ChosenFolder() {
    unsetenv("DOUBLE11_SCENARIOS");
    fs::remove_all(path_);
  }
  void put(const std::string& name) const { std::ofstream(path_ / name) << "{}"; }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_ = fs::temp_directory_path() / ("double11-shipped-" + std::to_string(getpid()));
};

}  // namespace

TEST_CASE("the chosen folder comes first, and its scenarios are sorted by name") {
  const ChosenFolder folder;
  for (const std::string name : {"b.json", "a.json", "c.json", "notes.txt"}) folder.put(name);
  REQUIRE_FALSE(folders().empty());
  CHECK(folders()[0] == folder.path());
  const auto files = shipped();
  REQUIRE(files.size() == 3);
  CHECK(files[0] == folder.path() / "a.json");
  CHECK(files[2] == folder.path() / "c.json");
}

TEST_CASE("a scenario is found by name, by file name and by path") {
  const ChosenFolder folder;
  folder.put("sale.json");
  CHECK(find("sale") == folder.path() / "sale.json");
  CHECK(find("sale.json") == folder.path() / "sale.json");
  CHECK(find((folder.path() / "sale.json").string()) == folder.path() / "sale.json");
  CHECK_FALSE(find("no-such-sale").has_value());
  CHECK_FALSE(find("").has_value());
  CHECK_FALSE(find(folder.path().string()).has_value());
}

TEST_CASE("a chosen folder that exists is the only one, even when it is empty") {
  const ChosenFolder folder;
  CHECK(shipped().empty());
}

TEST_CASE("the scenarios of the source folder can be chosen") {
  setenv("DOUBLE11_SCENARIOS", DOUBLE11_SOURCE_DIR "/scenarios", 1);
  CHECK(find("smoke").has_value());
  CHECK(shipped().size() >= 4);
  unsetenv("DOUBLE11_SCENARIOS");
}

}  // namespace double11::scenario
