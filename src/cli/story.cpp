#include "cli/story.hpp"

#include <double11/version.hpp>

#include <utility>

#include <nlohmann/json.hpp>

#include "cli/pages.hpp"
#include "cli/story_text.hpp"
#include "report/assembled.hpp"
#include "report/text_parts.hpp"

namespace double11::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string name_of(StoryTimeline::Unit unit) {
  switch (unit) {
    case StoryTimeline::Unit::per_second:
      return "per_second";
    case StoryTimeline::Unit::people:
      return "people";
    case StoryTimeline::Unit::nanoseconds:
      return "nanoseconds";
  }
  return "";
}

Json document_of(const std::string& paragraph) {
  return {{"kind", "text"}, {"text", paragraph}};
}

Json document_of(const StoryTable& table) {
  return {{"kind", "table"},
          {"caption", table.caption},
          {"titles", table.titles},
          {"rows", table.rows}};
}

Json document_of(const StoryBars& bars) {
  Json list = Json::array();
  for (const StoryBars::Bar& bar : bars.bars) {
    list.push_back({{"label", bar.label}, {"value", bar.value}, {"text", bar.text}});
  }
  return {{"kind", "bars"}, {"caption", bars.caption}, {"bars", std::move(list)}};
}

Json document_of(const StoryTimeline& timeline) {
  return {{"kind", "timeline"},
          {"caption", timeline.caption},
          {"label", timeline.label},
          {"unit", name_of(timeline.unit)},
          {"spacing_ns", timeline.spacing.count()},
          {"values", timeline.values},
          {"mark", timeline.mark},
          {"mark_label", timeline.mark_label}};
}

}  // namespace

Story::Story(std::string name, std::string question)
    : name_(std::move(name)), question_(std::move(question)) {}

std::string Story::text() const {
  std::string text = report::wrapped(name_ + ": " + question_);
  if (interrupted_) {
    text += parts_.empty() ? "\nINTERRUPTED: nothing was measured to its end.\n"
                           : "\nINTERRUPTED: what follows is not the whole story.\n";
  }
  if (!answer_.empty()) text += "\n" + report::wrapped(answer_);
  for (const auto& part : parts_) {
    text += "\n" + std::visit([](const auto& one) { return text_of(one); }, part);
  }
  if (!sources_.empty()) text += "\n";
  for (const std::string& source : sources_) text += report::wrapped("Source: " + source, "  ");
  if (!next_.empty()) text += "\nNext:\n";
  for (const Next& one : next_) {
    text += report::wrapped_command("  " + one.command, "    ") +
            report::wrapped("      " + one.why, "      ");
  }
  return text;
}

std::string Story::json() const {
  Json parts = Json::array();
  for (const auto& part : parts_) {
    parts.push_back(std::visit([](const auto& one) { return document_of(one); }, part));
  }
  Json next = Json::array();
  for (const Next& one : next_) next.push_back({{"command", one.command}, {"why", one.why}});
  const Json document{{"name", name_},
                      {"question", question_},
                      {"answer", answer_},
                      {"parts", parts},
                      {"sources", sources_},
                      {"next", next},
                      {"interrupted", interrupted_}};
  return document.dump(1);
}

std::string json_of(const std::vector<Story>& stories) {
  Json demos = Json::array();
  for (const Story& story : stories) demos.push_back(Json::parse(story.json()));
  const Json document{{"schema_version", 1},
                      {"program", "double11"},
                      {"version", kVersion},
                      {"kind", "demo"},
                      {"demos", std::move(demos)}};
  return document.dump(1) + "\n";
}

std::string demo_page_of(std::string_view json) {
  return report::assembled({"double11 demo", kDemoScript, true, kDemoStyle}, json);
}

}  // namespace double11::cli
