#include "report/thinned.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace double11::report {
namespace {

constexpr std::size_t kCellsMost = 400;

}  // namespace

void thin_histogram(nlohmann::ordered_json& histogram) {
  auto& cells = histogram.at("cells");
  if (cells.size() <= kCellsMost) return;
  auto thin = nlohmann::ordered_json::array();
  // Those that took no time at all stay apart: they are no short wait.
  const std::size_t apart = cells[0].at(0) == 0 ? 1 : 0;
  if (apart == 1) thin.push_back(cells[0]);
  const std::size_t most = kCellsMost - apart;
  const std::size_t group = (cells.size() - apart + most - 1) / most;
  for (std::size_t i = apart; i < cells.size(); i += group) {
    const std::size_t end = std::min(i + group, cells.size());
    std::int64_t count = 0;
    for (std::size_t cell = i; cell < end; ++cell) count += cells[cell].at(1).get<std::int64_t>();
    thin.push_back({cells[end - 1].at(0), count});
  }
  cells = std::move(thin);
}

}  // namespace double11::report
