#include "report/network_laws.hpp"

#include <double11/core/units.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

class NetworkLaw {
 public:
  NetworkLaw(const char* name, const char* unit) : name_(name), unit_(unit) {}

  void check(std::int64_t residual, const std::string& where, std::size_t replication) {
    ++checked_;
    if (residual == 0) return;
    off_ += std::abs(residual);
    if (violations_++ == 0) {
      offender_ = fmt::format("{}, replication {}, is off by {} {}", where, replication + 1,
                              residual, unit_);
    }
  }

  [[nodiscard]] Json json() const {
    return {{"name", name_},
            {"measured", fmt::format("off by {} {} in {} {}", grouped(off_), unit_, checked_,
                                     checked_ == 1 ? "check" : "checks")},
            {"off", off_},
            {"violations", violations_},
            {"offender", offender_}};
  }

 private:
  const char* name_;
  const char* unit_;
  std::int64_t checked_ = 0;
  std::int64_t off_ = 0;
  std::int64_t violations_ = 0;
  std::string offender_;
};

}  // namespace

Json laws_of(const std::vector<std::pair<std::size_t, const Json*>>& documents) {
  NetworkLaw little("Little's law", "ns");
  NetworkLaw conservation("conservation of jobs", "jobs");
  for (const auto& [replication, document] : documents) {
    for (const Json& station : document->at("stations")) {
      const auto name = station.at("name").get<std::string>();
      little.check(station.at("little_residual_ns").get<std::int64_t>(), name, replication);
      conservation.check(station.at("flow").at("residual").get<std::int64_t>(), name, replication);
    }
    conservation.check(document->at("flow").at("residual").get<std::int64_t>(), "the network",
                       replication);
  }
  return Json::array({little.json(), conservation.json()});
}

}  // namespace double11::report
