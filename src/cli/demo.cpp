// double11 demo: short told stories that run, draw and explain.
#include "cli/demo.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/result_files.hpp"

namespace double11::cli {
namespace {

constexpr std::string_view kAll = "all";

struct NamedDemo {
  std::string_view name;
  std::string_view question;
  Demo tell;
};

// In the order in which they are best read.
constexpr std::array<NamedDemo, 8> kDemos{{
    {"coordinated-omission", "Why does a load test say 1 ms while users wait 100 s?",
     demo_coordinated_omission},
    {"hot-counter", "What does it cost when every core wants the same counter?", demo_hot_counter},
    {"retry-storm", "Why does a shop stay down when nothing is broken any more?", demo_retry_storm},
    {"littles-law", "How many orders are in flight, and who could check that?", demo_littles_law},
    {"knee", "How much load is too much, and why so suddenly?", demo_knee},
    {"queue-hop", "What does it cost to hand an order to another core?", demo_queue_hop},
    {"open-closed", "Why was the load test fine and the sale was not?", demo_open_closed},
    {"waiting-room", "What is a waiting room good for, and what is it not?", demo_waiting_room},
}};

std::string list_of_demos() {
  std::string text;
  for (const NamedDemo& demo : kDemos) text += fmt::format("{:<21} {}\n", demo.name, demo.question);
  return text + "\nNext: double11 demo " + std::string(kDemos.front().name) +
         "   (all of them: double11 demo all)\n";
}

struct DemoCommand {
  std::string name;
  ResultFiles files;
  bool quiet = false;
  bool no_color = false;  // stories have none

  int operator()() {
    if (name.empty()) {
      if (files.wants_any()) {
        fmt::print(stderr, "double11: --json and --html need the NAME of a demo, or {}\n", kAll);
        return kUsageError;
      }
      print_out(list_of_demos());
      return kOk;
    }
    const std::vector<NamedDemo> chosen = demos_named();
    if (chosen.empty()) return complain();
    if (!files.check()) return kUsageError;
    files.open();

    const Interrupt interrupt;
    std::vector<Story> stories;
    for (const NamedDemo& demo : chosen) {
      if (interrupt.requested()) break;
      stories.push_back(told(demo, interrupt));
      files.tell((stories.size() > 1 ? "\n" + std::string(80, '-') + "\n" : "") +
                 stories.back().text());
    }
    files.write(json_of(stories), demo_page_of);
    // Who stops the last story when it has been told stops nothing.
    const bool is_whole = stories.size() == chosen.size() && !stories.back().is_interrupted();
    if (is_whole) return kOk;
    files.tell(fmt::format("\nINTERRUPTED in story {} of {}\n", stories.size(), chosen.size()));
    return kInterrupted;
  }

 private:
  [[nodiscard]] std::vector<NamedDemo> demos_named() const {
    std::vector<NamedDemo> chosen;
    std::copy_if(kDemos.begin(), kDemos.end(), std::back_inserter(chosen),
                 [this](const NamedDemo& demo) { return name == kAll || demo.name == name; });
    return chosen;
  }

  [[nodiscard]] int complain() const {
    std::string names;
    for (const NamedDemo& demo : kDemos) names += "\n  " + std::string(demo.name);
    fmt::print(stderr, "double11: found no demo \"{}\"; allowed are {} or one of:{}\n", name, kAll,
               names);
    return kUsageError;
  }

  [[nodiscard]] Story told(const NamedDemo& demo, const Interrupt& interrupt) const {
    Story story{std::string(demo.name), std::string(demo.question)};
    const DemoRunner runner(interrupt.requested(), quiet);
    try {
      demo.tell(story, runner);
    } catch (const DemoStopped&) {
      story.interrupt();
    }
    return story;
  }
};

}  // namespace

void add_demo(CLI::App& program, Chosen& chosen) {
  CLI::App* const command = program.add_subcommand(
      "demo", "Short told stories that run, draw and explain; without a name, their list");
  const auto demo = std::make_shared<DemoCommand>();
  command->add_option("NAME", demo->name, "Which story, or all");
  demo->files.add_to(*command);
  command->add_flag("--quiet", demo->quiet, "No progress");
  command->add_flag("--no-color", demo->no_color, "No colours (stories have none)");
  command->footer(
      "Examples:\n"
      "  double11 demo                                  the list\n"
      "  double11 demo coordinated-omission\n"
      "  double11 demo retry-storm --html storm.html    the same as a page\n"
      "  double11 demo all --html stories.html");
  command->callback([&chosen, demo] { chosen = [demo] { return (*demo)(); }; });
}

}  // namespace double11::cli
