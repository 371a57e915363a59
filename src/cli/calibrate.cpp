// double11 scenario calibrate: from measured durations to the piece of a scenario that draws such
// ones.
#include <double11/core/units.hpp>
#include <double11/report/shell_word.hpp>
#include <double11/scenario/load.hpp>
#include <double11/scenario/shipped.hpp>
#include <double11/study/calibration.hpp>
#include <double11/study/fitted_law.hpp>
#include <double11/study/timings_file.hpp>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/calibration_text.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/not_empty.hpp"
#include "cli/output.hpp"

namespace double11::cli {
namespace {

constexpr std::int64_t kDraws = 1'000'000;
constexpr std::uint64_t kSeed = 1;

struct CalibrateCommand {
  std::string from;
  std::string into = "payment.latency";
  std::string format;
  std::string unit;
  std::string column;
  std::string scenario_name;
  std::string json_path = "-";
  std::size_t cells = 500;
  bool fit = false;
  bool quiet = false;
  bool no_color = false;

  int operator()() const {
    const auto target = study::target_of(into);
    if (!target) {
      fmt::print(stderr,
                 "double11: --into: found \"{}\"; allowed: payment.latency, "
                 "payment.channels[NAME].latency or network.stations[NAME].service\n",
                 into);
      return kUsageError;
    }
    if (!fit && !target->has_histogram()) {
      fmt::print(stderr,
                 "double11: --into {}: a channel has no histogram; allowed: with --fit, the law "
                 "that comes nearest\n",
                 into);
      return kUsageError;
    }
    std::optional<scenario::Scenario> whole;
    if (!scenario_name.empty() && !(whole = load())) return kUsageError;
    const std::optional<study::TimingsRead> read = read_file(*target);
    if (!read) return kUsageError;

    CalibrationReport report;
    report.from = from;
    report.into = into;
    report.read = &*read;
    study::CalibratedLaw law;
    if (fit) {
      report.laws = study::fitted_laws(read->timings);
      law.law = report.laws.front().law;
    } else {
      law = study::empirical(read->timings, cells);
      report.cells = law.histogram.size();
    }
    std::string piece = study::piece_of(*target, law);
    scenario::Loaded loaded = study::with_piece(piece);
    if (whole) {
      if (!study::put_into(*whole, *target, law)) return refuse(*whole);
      piece = scenario::to_json(*whole) + "\n";
      loaded = scenario::parse(piece, scenario_name, {}, folder());
    }
    for (const scenario::Problem& problem : loaded.problems) {
      fmt::print(stderr, "double11: {}\n", scenario::text_of(problem));
    }
    if (!loaded.scenario) return kUsageError;
    report.draws = kDraws;
    report.figures = study::agreement(read->timings, law,
                                      study::drawn_from(*loaded.scenario, *target, kDraws, kSeed));
    report.next = next(whole.has_value());
    deliver(piece, text_of(report, use_color(no_color, json_path == "-" ? stderr : stdout)));
    return kOk;
  }

 private:
  [[nodiscard]] std::filesystem::path file_of_scenario() const {
    return scenario::find(scenario_name).value_or(scenario_name);
  }
  [[nodiscard]] std::filesystem::path folder() const { return file_of_scenario().parent_path(); }

  [[nodiscard]] std::optional<scenario::Scenario> load() const {
    scenario::Loaded loaded = scenario::load(file_of_scenario());
    for (const scenario::Problem& problem : loaded.problems) {
      fmt::print(stderr, "double11: {}\n", scenario::text_of(problem));
    }
    return loaded.scenario;
  }

  // Nothing after all mistakes have been printed.
  [[nodiscard]] std::optional<study::TimingsRead> read_file(
      const study::CalibrationTarget& target) const {
    study::TimingsOptions options;
    const bool is_hgrm = format.empty() ? from.ends_with(".hgrm") : format == "hgrm";
    options.format = is_hgrm ? study::TimingsFormat::hgrm : study::TimingsFormat::csv;
    options.unit_ns = study::unit_ns_of(unit).value_or(0);
    options.column = column;
    options.least_ns = target.least_ns();
    options.most_ns = target.most_ns();
    std::ifstream file;
    if (from != "-") {
      errno = 0;
      if (std::filesystem::is_directory(from)) {
        errno = EISDIR;
      } else {
        file.open(from, std::ios::binary);
      }
      if (!file.is_open()) {
        fmt::print(stderr, "double11: cannot read {}: {}\n", from, std::strerror(errno));
        return std::nullopt;
      }
    }
    study::TimingsRead read = study::read_timings(from == "-" ? std::cin : file, options);
    for (const std::string& mistake : read.mistakes) {
      fmt::print(stderr, "double11: {}: {}\n", from == "-" ? "stdin" : from, mistake);
    }
    if (!read.mistakes.empty()) return std::nullopt;
    return read;
  }

  [[nodiscard]] int refuse(const scenario::Scenario& scenario) const {
    std::string there;
    for (const auto& channel : scenario.payment.channels) {
      there += fmt::format(" payment.channels[{}].latency", channel.name);
    }
    for (const auto& station : scenario.network.stations) {
      there += fmt::format(" network.stations[{}].service", station.name);
    }
    fmt::print(stderr, "double11: --into {}: {} has no such duration; allowed:{}\n", into,
               scenario_name, there.empty() ? " payment.latency" : there);
    return kUsageError;
  }

  // The scenario that was written, or how to write one.
  [[nodiscard]] std::string next(bool whole) const {
    if (whole) return json_path == "-" ? "" : "double11 simulate " + report::shell_word(json_path);
    std::string line = "double11 scenario calibrate --from " + report::shell_word(from);
    if (into != "payment.latency") line += " --into " + report::shell_word(into);
    if (!format.empty()) line += " --format " + format;
    if (!unit.empty()) line += " --unit " + unit;
    if (!column.empty()) line += " --column " + report::shell_word(column);
    if (fit) line += " --fit";
    return line + " --scenario my-sale.json > calibrated.json";
  }

  void deliver(const std::string& piece, const std::string& report) const {
    if (json_path == "-") {
      print_out(piece);
      if (!quiet) fmt::print(stderr, "{}", report);
      return;
    }
    OutputFile(json_path).commit(piece);
    if (!quiet) print_out(report);
  }
};

}  // namespace

void add_calibrate(CLI::App& scenario, Chosen& chosen) {
  CLI::App* const command = scenario.add_subcommand(
      "calibrate", "From measured times to a piece of a scenario that draws such times");
  const auto run = std::make_shared<CalibrateCommand>();
  command
      ->add_option("--from", run->from,
                   "Measured service times: a CSV with a duration a line, or a duration and a "
                   "count; or an .hgrm of HdrHistogram; - for stdin")
      ->type_name("FILE")
      ->required()
      ->check(file_name());
  command
      ->add_option("--into", run->into,
                   "payment.latency (if nothing is said), payment.channels[NAME].latency or "
                   "network.stations[NAME].service")
      ->type_name("KEY");
  command
      ->add_option("--format", run->format, "csv or hgrm; without it the name of the file decides")
      ->check(CLI::IsMember({"csv", "hgrm"}));
  command
      ->add_option("--unit", run->unit,
                   "Of numbers, where the file does not say it: ns, us, ms or s")
      ->check(CLI::IsMember({"ns", "us", "ms", "s"}));
  command->add_option("--column", run->column, "Of a CSV with more columns, by its header")
      ->type_name("NAME")
      ->check(not_empty("the header of a column"));
  command->add_flag("--fit", run->fit, "The law that comes nearest instead of a histogram");
  command->add_option("--cells", run->cells, "Most cells of the histogram")
      ->type_name("COUNT")
      ->check(CLI::Range(1, 100'000));
  command
      ->add_option("--scenario", run->scenario_name,
                   "A scenario (a name or a file); prints all of it, calibrated")
      ->type_name("SCENARIO")
      ->check(not_empty("a name or a file"));
  command->add_option("--json", run->json_path, "Where the JSON goes; - is stdout, as without it")
      ->type_name("FILE")
      ->check(file_name());
  command->add_flag("--quiet", run->quiet, "Print only the JSON");
  command->add_flag("--no-color", run->no_color, "No colours (NO_COLOR does the same)");
  command->footer(
      "The JSON goes to stdout, the report beside it to stderr, or to stdout with\n"
      "--json FILE. Measure service times while little else goes on: a response time\n"
      "under load has waiting in it, which the simulation adds again.\n"
      "Examples:\n"
      "  double11 scenario calibrate --from latencies.csv --unit ms\n"
      "  double11 scenario calibrate --from paid.hgrm --scenario my-sale.json \\\n"
      "    > calibrated.json\n"
      "  double11 scenario calibrate --from db.csv --fit \\\n"
      "    --into 'network.stations[db].service'");
  command->callback([&chosen, run] { chosen = [run] { return (*run)(); }; });
}

}  // namespace double11::cli
