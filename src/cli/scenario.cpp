// double11 scenario: list, show, validate, explain, new, calibrate, schema.
#include <double11/scenario/describe.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/load.hpp>
#include <double11/scenario/shipped.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/output.hpp"
#include "cli/scenario_options.hpp"

namespace double11::cli {
namespace {

int list() {
  const auto files = scenario::shipped();
  for (const auto& file : files) {
    const scenario::Loaded loaded = scenario::load(file);
    print_out(fmt::format("{:<28} {}\n", file.stem().string(),
                          loaded.scenario
                              ? loaded.scenario->title
                              : "(has mistakes: double11 scenario validate lists them)"));
  }
  if (files.empty()) {
    fmt::print(stderr, "double11: found no scenarios; set DOUBLE11_SCENARIOS to their folder\n");
    return kRuntimeError;
  }
  return kOk;
}

int show(const ScenarioOptions& options) {
  const auto loaded = options.load();
  if (!loaded) return kUsageError;
  print_out(scenario::to_json(*loaded) + "\n");
  return kOk;
}

int validate(const std::vector<std::string>& names) {
  int code = kOk;
  for (const std::string& name : names) {
    const scenario::Loaded loaded = scenario::load(scenario::find(name).value_or(name));
    for (const scenario::Problem& problem : loaded.problems) {
      fmt::print(stderr, "double11: {}\n", scenario::text_of(problem));
    }
    if (loaded.scenario) {
      print_out(fmt::format("{}: valid, digest {}\n", name, scenario::digest_of(*loaded.scenario)));
    } else {
      code = kUsageError;
    }
  }
  return code;
}

int explain(const std::string& path, bool markdown) {
  if (markdown) {
    print_out(scenario::reference_page());
    return kOk;
  }
  if (path.empty()) {
    print_out(scenario::list_of_keys());
    return kOk;
  }
  if (const auto text = scenario::explain(path)) {
    print_out(*text);
    return kOk;
  }
  const std::string nearest = scenario::nearest_topic(path);
  fmt::print(stderr, "double11: unknown key \"{}\"{}\n", path,
             nearest.empty() ? "; \"double11 scenario explain\" lists all keys"
                             : fmt::format("; did you mean \"{}\"?", nearest));
  return kUsageError;
}

int create(const std::string& name) {
  const std::string text = scenario::starter(name);
  const scenario::Loaded loaded = scenario::parse(text, "scenario new " + name);
  for (const scenario::Problem& problem : loaded.problems) {
    fmt::print(stderr, "double11: {}\n", scenario::text_of(problem));
  }
  if (!loaded.scenario) return kUsageError;
  print_out(text);
  return kOk;
}

}  // namespace

void add_scenario(CLI::App& program, Chosen& chosen) {
  CLI::App* const group = program.add_subcommand(
      "scenario", "List, show, check, explain, start and calibrate scenario files");
  group->require_subcommand(1);

  group->add_subcommand("list", "The shipped scenarios")->callback([&chosen] { chosen = list; });

  CLI::App* const shown = group->add_subcommand("show", "A scenario with every key written out");
  const auto options = std::make_shared<ScenarioOptions>();
  options->add_to(*shown);
  shown->callback([&chosen, options] { chosen = [options] { return show(*options); }; });

  CLI::App* const validated = group->add_subcommand("validate", "Check files; list all mistakes");
  const auto names = std::make_shared<std::vector<std::string>>();
  validated->add_option("SCENARIO", *names, "Names or files")->required();
  validated->callback([&chosen, names] { chosen = [names] { return validate(*names); }; });

  CLI::App* const explained = group->add_subcommand(
      "explain", "What a key, a group of keys, a metric, an outcome or a stage means");
  const auto path = std::make_shared<std::string>();
  const auto markdown = std::make_shared<bool>(false);
  explained->add_option("KEY", *path,
                        "Such as payment.servers, payment or sold_out; none: all keys");
  explained->add_flag("--markdown", *markdown, "The whole reference page (docs/scenario.md)");
  explained->callback(
      [&chosen, path, markdown] { chosen = [=] { return explain(*path, *markdown); }; });

  CLI::App* const created =
      group->add_subcommand("new", "A small scenario to start from, on stdout");
  const auto name = std::make_shared<std::string>();
  created->add_option("NAME", *name, "Its name: letters, digits and dashes")->required();
  created->callback([&chosen, name] { chosen = [name] { return create(*name); }; });

  add_calibrate(*group, chosen);

  group->add_subcommand("schema", "JSON Schema of scenario files (docs/scenario.schema.json)")
      ->callback([&chosen] {
        chosen = [] {
          print_out(scenario::schema());
          return kOk;
        };
      });
  group->footer(
      "Examples:\n"
      "  double11 scenario new my-sale > my-sale.json\n"
      "  double11 scenario validate my-sale.json\n"
      "  double11 scenario explain payment\n"
      "  double11 scenario calibrate --from latencies.csv --scenario my-sale.json");
}

}  // namespace double11::cli
