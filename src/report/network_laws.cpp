#include "report/network_laws.hpp"

#include <double11/core/units.hpp>

#include <cstdlib>

#include <fmt/format.h>

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;
using Numbered = std::vector<std::pair<std::size_t, const NetworkLaws*>>;

Json law_json(const char* name, const char* unit, const Numbered& all,
              NetworkLaw NetworkLaws::*which) {
  NetworkLaw sum;
  for (const auto& [replication, laws] : all) {
    const NetworkLaw& law = laws->*which;
    if (sum.violations == 0 && law.violations > 0) {
      sum.offender = fmt::format("{}, replication {}, is off by {} {}", law.offender,
                                 replication + 1, law.offence, unit);
    }
    sum.checked += law.checked;
    sum.off += law.off;
    sum.violations += law.violations;
  }
  return {{"name", name},
          {"measured", fmt::format("off by {} {} in {} {}", grouped(sum.off), unit, sum.checked,
                                   sum.checked == 1 ? "check" : "checks")},
          {"off", sum.off},
          {"violations", sum.violations},
          {"offender", sum.offender}};
}

}  // namespace

void NetworkLaw::check(std::int64_t residual, const std::string& where) {
  ++checked;
  if (residual == 0) return;
  off += std::abs(residual);
  if (violations++ > 0) return;
  offender = where;
  offence = residual;
}

NetworkLaws laws_of(const virtual_time::NetworkRecord& record) {
  NetworkLaws laws;
  for (const virtual_time::StationRecord& station : record.stations) {
    laws.little.check(station.little_residual(), station.name);
    laws.conservation.check(station.flow.residual(), station.name);
  }
  laws.conservation.check(record.flow.residual(), "the network");
  return laws;
}

Json json_of(const Numbered& laws) {
  return Json::array({law_json("Little's law", "ns", laws, &NetworkLaws::little),
                      law_json("conservation of jobs", "jobs", laws, &NetworkLaws::conservation)});
}

}  // namespace double11::report
