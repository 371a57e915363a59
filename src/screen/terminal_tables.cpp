// Steps of the funnel and stages: what each does now.
#include <double11/core/units.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "screen/bars.hpp"
#include "screen/terminal_parts.hpp"

namespace double11::screen {
namespace {

constexpr std::string_view kGrowing = "growing";

// Columns of the two tables that stand side by side.
struct Columns {
  std::size_t step;
  std::size_t rate;
  std::size_t total;
  std::size_t share;  // 0: is left out
  std::size_t gap;
  std::size_t stage;
  std::size_t waiting;
  std::size_t busy;
};

Columns columns_for(std::size_t width) {
  if (width < 78) return {10, 8, 8, 0, 2, 10, 8, 5};
  if (width < 99) return {12, 10, 15, 0, 5, 11, 11, 6};
  const std::size_t more = std::min<std::size_t>((width - 99) / 4, 10);
  return {12, 10 + more, 17 + more, 12, 8, 12 + more, 12, 8 + more};
}

bool has_busy(const View& view) {
  return !view.is_virtual();
}

void add_step(const View& view, const Columns& columns, Line& line, Funnel step) {
  const std::int64_t count = view.tick.funnel[index_of(step)];
  const scenario::Target& target = view.showing.scenario.target;
  const bool is_judged = target.rate_per_s > 0 && target.of == step;
  const Style style = is_judged ? Style::strong : Style::plain;
  line.left(name_of(step), columns.step, style);
  line.right(short_rate(view.judged(step)), columns.rate, style);
  line.right(count_in(count, columns.total - 1), columns.total, style);
  if (columns.share == 0) return;
  const std::int64_t offered = view.tick.funnel[index_of(Funnel::offered)];
  line.right(offered > 0 ? fmt::format("{:.2f}%", 100 * static_cast<double>(count) /
                                                      static_cast<double>(offered))
                         : "-",
             columns.share);
}

void add_stage(const View& view, const Columns& columns, Line& line, Stage stage) {
  const bool is_growing = view.history.growing() == stage;
  const Style style = is_growing ? Style::warn : Style::plain;
  line.left(name_of(stage), columns.stage, style);
  line.right(count_in(view.tick.queue[index_of(stage)], columns.waiting - 1), columns.waiting,
             style);
  if (has_busy(view)) {
    line.right(percent_text(view.tick.busy_share[index_of(stage)]), columns.busy, style);
  }
  if (is_growing) line.add(" ").add(kGrowing, style);
}

}  // namespace

Lines table_lines(const View& view) {
  const Columns columns = columns_for(view.width);
  Line head = view.line();
  head.left("orders", columns.step, Style::quiet)
      .right("now", columns.rate, Style::quiet)
      .right("total", columns.total, Style::quiet);
  if (columns.share > 0) head.right("of offered", columns.share, Style::quiet);
  head.to(head.columns() + columns.gap)
      .left("stage", columns.stage, Style::quiet)
      .right("waiting", columns.waiting, Style::quiet);
  if (has_busy(view)) head.right("busy", columns.busy, Style::quiet);
  Lines lines{head};
  for (const Funnel step : kFunnel) {
    Line line = view.line();
    add_step(view, columns, line, step);
    line.to(line.columns() + columns.gap);
    const std::size_t row = index_of(step);
    if (row < kStages) {
      add_stage(view, columns, line, kAllStages[row]);
    } else {
      line.left("in flight", columns.stage)
          .right(count_in(view.tick.in_flight, columns.waiting - 1), columns.waiting);
    }
    lines.push_back(line);
  }
  return lines;
}

Line rates_line(const View& view) {
  Line line = labelled(view, "Now");
  bool first = true;
  for (const Funnel step :
       {Funnel::dispatched, Funnel::offered, Funnel::paid, Funnel::reserved, Funnel::admitted}) {
    const std::string text = fmt::format("{} {}", name_of(step), short_rate(view.judged(step)));
    if (first) {
      line.add(text);
    } else {
      line.add_item(text);
    }
    first = false;
  }
  return line;
}

Line waiting_line(const View& view) {
  Line line = labelled(view, "Waiting");
  const std::optional<Stage> growing = view.history.growing();
  // The longest queue first, should there be no room for all.
  std::array<Stage, kStages> stages = kAllStages;
  std::stable_sort(stages.begin(), stages.end(), [&](Stage a, Stage b) {
    return view.tick.queue[index_of(a)] > view.tick.queue[index_of(b)];
  });
  bool first = true;
  for (const Stage stage : stages) {
    const std::string text =
        fmt::format("{} {}{}", name_of(stage), count_in(view.tick.queue[index_of(stage)], 9),
                    growing == stage ? fmt::format(" {}", kGrowing) : "");
    const Style style = growing == stage ? Style::warn : Style::plain;
    if (first) {
      line.add(text, style);
    } else {
      line.add_item(text, style);
    }
    first = false;
  }
  return line;
}

Line latency_line(const View& view) {
  const Tick& tick = view.tick;
  const auto text = [](const std::optional<Duration>& latency) {
    return latency ? short_duration(*latency) : std::string("-");
  };
  Line line = labelled(view, "Latency");
  // Fields, so that what stands behind does not move.
  line.left(fmt::format("p50 {}", text(tick.p50)), 13);
  line.left(fmt::format("p99 {}", text(tick.p99)), 13);
  const std::string servers =
      fmt::format("{} of {}", count_in(tick.servers_busy, 9), count_in(tick.servers, 9));
  constexpr std::string_view kLabel = "Payment ";
  constexpr std::size_t kBar = 10;
  if (line.room() < kLabel.size() + kBar + 1 + servers.size()) return line;
  const double share =
      tick.servers > 0 ? static_cast<double>(tick.servers_busy) / static_cast<double>(tick.servers)
                       : 0;
  line.add(kLabel, Style::quiet);
  add_bar(line, share, kBar);
  line.add(" ").add(servers);
  if (line.room() >= 8) line.add(" servers");
  return line;
}

}  // namespace double11::screen
