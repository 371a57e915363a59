// What becomes of orders, what is wrong, which keys there are.
#include <double11/core/units.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "screen/terminal_parts.hpp"

namespace double11::screen {
namespace {

struct Item {
  std::string text;
  Style style = Style::plain;
};

// As many lines as the items need, the label before the first.
Lines flow(const View& view, std::string_view label, const std::vector<Item>& items) {
  Lines lines{labelled(view, label)};
  const std::size_t indent = lines.front().columns();
  bool first = true;
  for (const Item& item : items) {
    const std::size_t gap = first ? 0 : 2;
    if (!first && columns_of(item.text, view.ink.utf8) + gap > lines.back().room()) {
      lines.push_back(view.line().to(indent));
      first = true;
    }
    lines.back().to(lines.back().columns() + (first ? 0 : 2)).add(item.text, item.style);
    first = false;
  }
  return lines;
}

std::vector<Item> outcome_items(const View& view, bool is_short) {
  const auto offered = static_cast<double>(view.tick.funnel[index_of(Funnel::offered)]);
  std::vector<Item> items;
  for (const Outcome outcome : kAllOutcomes) {
    const std::int64_t count = view.tick.outcomes[index_of(outcome)];
    if (outcome != Outcome::dispatched && count <= 0) continue;
    const auto exact = static_cast<double>(count);
    std::string text =
        fmt::format("{} {}", name_of(outcome), is_short ? short_count(exact) : grouped(count));
    if (outcome != Outcome::dispatched && offered > 0 && !is_short) {
      text += fmt::format(" ({:.2f}%)", exact / offered * 100);
    }
    items.push_back({std::move(text)});
  }
  return items;
}

std::string fault_text(const scenario::Fault& fault, Instant now) {
  const Duration left = fault.at + fault.duration - now.time_since_epoch();
  const std::string what =
      fault.factor == 0 ? "down" : fmt::format("at {:.3g}%", fault.factor * 100);
  return fmt::format("{} {}, {} left", fault.of, what, short_duration(left));
}

// The fault that comes next, or nothing.
std::string coming_text(const View& view) {
  const Duration now = view.tick.scenario_now.time_since_epoch();
  const scenario::Fault* next = nullptr;
  for (const scenario::Fault& fault : view.showing.scenario.faults) {
    if (fault.at > now && (next == nullptr || fault.at < next->at)) next = &fault;
  }
  return next == nullptr ? ""
                         : fmt::format("; next {} in {}", next->of, short_duration(next->at - now));
}

void add_key(Line& line, std::string_view key, std::string_view what) {
  if (line.room() < key.size() + what.size() + 4) return;
  line.to(line.columns() + (line.columns() == 0 ? 0 : 3));
  line.add(key, Style::strong).add(" ").add(what, Style::quiet);
}

}  // namespace

Lines outcome_lines(const View& view) {
  Lines lines = flow(view, "Outcomes", outcome_items(view, false));
  return lines.size() == 1 ? lines : flow(view, "Outcomes", outcome_items(view, true));
}

Line audit_line(const View& view) {
  Line line = labelled(view, "Audit");
  const auto& broken = view.history.broken();
  if (broken.empty()) {
    line.add("0 broken so far", Style::good);
    line.add_item("the laws are checked at the end", Style::quiet);
    return line;
  }
  std::string all = "BROKEN: " + broken.front();
  for (std::size_t i = 1; i < broken.size(); ++i) all += "; " + broken[i];
  line.add(cut(all, line.room(), view.ink.utf8), Style::bad);
  return line;
}

Lines fault_lines(const View& view) {
  const auto& faults = view.showing.scenario.faults;
  if (faults.empty()) return {};
  if (view.tick.faults.empty()) {
    Line line = labelled(view, "Faults");
    line.add("none now" + coming_text(view), Style::quiet);
    return {line};
  }
  // A scenario may have a thousand; those that find no room are counted.
  constexpr std::size_t kMost = 2;
  std::vector<Item> items;
  Lines fitting;
  for (const std::size_t i : view.tick.faults) {
    items.push_back({fault_text(faults[i], view.tick.scenario_now), Style::warn});
    const std::size_t left = view.tick.faults.size() - items.size();
    std::vector<Item> with_rest = items;
    if (left > 0) with_rest.push_back({fmt::format("and {} more", left), Style::warn});
    Lines lines = flow(view, "Faults", with_rest);
    if (lines.size() <= kMost) {
      fitting = std::move(lines);
    } else if (flow(view, "Faults", items).size() > kMost) {
      break;
    }
  }
  return fitting;
}

Lines key_lines(const View& view) {
  const Controls& controls = view.controls;
  if (!controls.keys) return {};
  if (!controls.help) {
    Line line = view.line();
    if (controls.steers) add_key(line, "p", controls.paused ? "go on" : "pause");
    add_key(line, "q", "end with the report");
    if (controls.steers) {
      add_key(line, "+", "faster");
      add_key(line, "-", "slower");
    }
    add_key(line, "?", "help");
    return {line};
  }
  constexpr std::size_t kKey = 10;
  const auto explained = [&view](std::string_view key, std::string_view what) {
    return view.line().left(key, kKey, Style::strong).add(what);
  };
  Lines lines;
  if (controls.steers) {
    lines.push_back(explained("p, space", "scenario time stands still, or goes on"));
    lines.push_back(explained("+ -", "how fast scenario time may pass at most"));
  }
  lines.push_back(explained("q", "the traffic ends, what is under way is finished, the report"));
  lines.push_back(explained("Ctrl-C", "the same; again after a second: all ends, no report"));
  lines.push_back(explained("? h", "closes this"));
  return lines;
}

}  // namespace double11::screen
