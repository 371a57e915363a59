#include <double11/core/units.hpp>
#include <double11/report/network_text.hpp>

#include <cstdint>

#include <fmt/format.h>

#include "report/figures.hpp"
#include "report/network_laws.hpp"

namespace double11::report {
namespace {

using virtual_time::NetworkRecord;
using virtual_time::StationRecord;
using virtual_time::Times;

constexpr std::size_t kNameMost = 16;

// Names may have 60 characters; the table has room for fewer.
std::string short_name(std::string name) {
  if (name.size() > kNameMost) name.replace(kNameMost - 1, std::string::npos, 1, '~');
  return name;
}

std::string duration(double ns) {
  return short_duration(Duration(static_cast<std::int64_t>(ns)));
}

std::string duration(std::int64_t ns) {
  return short_duration(Duration(ns));
}

// A share of `whole`, which may be nothing.
std::string percent_of(std::int64_t part, std::int64_t whole) {
  const double share = whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
  return fmt::format("{:.3g}%", 100 * share);
}

std::string times_row(const std::string& name, const Times& times) {
  const auto& histogram = times.histogram;
  return fmt::format("{:<17}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}\n", short_name(name),
                     duration(times.moments.mean_ns()), duration(histogram.quantile(0.5)),
                     duration(histogram.quantile(0.9)), duration(histogram.quantile(0.99)),
                     duration(histogram.quantile(0.999)), duration(histogram.max()));
}

std::string times_head(const char* title) {
  return fmt::format("\n{:<17}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}\n", title, "mean", "p50", "p90",
                     "p99", "p99.9", "max");
}

std::string laws(const NetworkRecord& record) {
  const NetworkLaws laws = laws_of(record);
  return fmt::format(
      "\nLaws: Little's law is off by {} ns, conservation by {} jobs\n"
      "Fingerprint {:016x}; {} events\n",
      laws.little.off, laws.conservation.off, record.fingerprint(),
      grouped(static_cast<std::int64_t>(record.events)));
}

}  // namespace

std::string text_of(const NetworkRecord& record) {
  std::string text = fmt::format("Network: {} jobs in, {} out, {} lost, {} abandoned, {} inside\n",
                                 grouped(record.flow.entered), grouped(record.flow.completed),
                                 grouped(record.flow.lost), grouped(record.flow.abandoned),
                                 grouped(record.flow.inside));
  if (!record.has_figures()) {
    return text + fmt::format("Stopped at {}\n", short_duration(record.end)) + laws(record);
  }
  text += fmt::format("Statistics from {} to {}\n", text_of_duration(record.warm_up),
                      record.stopped ? short_duration(record.end) + ", where it was stopped"
                                     : text_of_duration(record.end));
  text += fmt::format("\n{:<17}{:>14}{:>10}{:>10}{:>10}{:>9}{:>9}\n", "Station", "arrivals",
                      "present", "waiting", "busy", "lost", "gave up");
  for (const StationRecord& station : record.stations) {
    text += fmt::format("{:<17}{:>14}{:>10}{:>10}{:>10}{:>9}{:>9}\n", short_name(station.name),
                        grouped(station.arrivals), four_digits(record.mean_of(station.present_ns)),
                        four_digits(record.mean_of(station.waiting_ns)),
                        four_digits(record.mean_of(station.busy_ns)),
                        percent_of(station.lost(), station.arrivals),
                        percent_of(station.abandoned, station.arrivals));
  }
  text += times_head("Wait of served");
  for (const StationRecord& station : record.stations) {
    text += times_row(station.name, station.wait_served);
  }
  text += times_head("Sojourn");
  for (const StationRecord& station : record.stations) {
    text += times_row(station.name, station.sojourn);
  }
  if (record.classes.size() > 1) {
    for (const auto& job_class : record.classes)
      text += times_row(job_class.name, job_class.sojourn);
  }
  text += times_row("whole network", record.sojourn);
  return text + laws(record);
}

}  // namespace double11::report
