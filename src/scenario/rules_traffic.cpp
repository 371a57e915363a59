// Rules between the keys of the group `traffic`.
#include <double11/core/units.hpp>
#include <double11/scenario/limits.hpp>
#include <double11/scenario/shows.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>

#include <fmt/format.h>

#include "scenario/named_shares.hpp"
#include "scenario/rules.hpp"

namespace double11::scenario {
namespace {

// What may still multiply the rate of a point: the crest of the wave, and simulate.scale.
double further_factor(const Scenario& scenario) {
  return (1 + scenario.traffic.wave.amplitude) * std::max(1.0, scenario.simulate.scale);
}

void check_curve(const Scenario& scenario, const Complain& complain) {
  const Traffic& traffic = scenario.traffic;
  const double further = further_factor(scenario);
  for (std::size_t i = 0; i < traffic.curve.size(); ++i) {
    const CurvePoint& point = traffic.curve[i];
    const std::string path = fmt::format("traffic.curve[{}]", i);
    if (i == 0 && point.at.count() != 0) {
      complain(path + ".at",
               fmt::format("found {}; the first point must be at 0s", text_of_duration(point.at)),
               {});
    }
    if (i > 0 && point.at <= traffic.curve[i - 1].at) {
      complain(path + ".at",
               fmt::format("found {}; must be later than the point before it ({})",
                           text_of_duration(point.at), text_of_duration(traffic.curve[i - 1].at)),
               {fmt::format("traffic.curve[{}].at", i - 1)});
    }
    if (point.rate_per_s * traffic.scale * further > kRateMaxPerS) {
      const std::string more =
          further > 1 ? fmt::format(" times {:.6g} by traffic.wave and simulate.scale", further)
                      : std::string();
      complain(path + ".rate",
               fmt::format("found {} times traffic.scale {}{}; allowed: a product up to {}",
                           text_of_rate(point.rate_per_s), traffic.scale, more,
                           text_of_rate(kRateMaxPerS)),
               {"traffic.scale", "traffic.wave", "simulate.scale"});
    }
  }
}

// Highest rate of the curve, and what the moments of all shows add to it if they coincide.
double highest_of_curve(const Scenario& scenario) {
  double highest = 0;
  for (const CurvePoint& point : scenario.traffic.curve) {
    highest = std::max(highest, point.rate_per_s);
  }
  return highest * scenario.traffic.scale * further_factor(scenario);
}

double highest_of_shows(const Scenario& scenario) {
  double sum = 0;
  for (const Reveal& reveal : scenario.traffic.reveals) {
    sum += expected_clicks(scenario.traffic, reveal) / seconds_of(reveal.reaction_mean);
  }
  return sum * std::max(1.0, scenario.simulate.scale);
}

void check_segments(const Scenario& scenario, const Complain& complain) {
  const auto& segments = scenario.traffic.segments;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const Segment& segment = segments[i];
    double sum = 0;
    for (const double share : segment.basket) sum += share;
    if (sum != 0) {
      check_shares(fmt::format("traffic.segments[{}].basket", i), sum, complain);
    }
    if (segment.price_reach.fen > 0 && segment.price_reach < scenario.catalogue.price_min) {
      complain(fmt::format("traffic.segments[{}].price_reach", i),
               fmt::format("found {}; must not be below catalogue.price_min ({}), or 0 fen for no "
                           "limit",
                           text_of_money(segment.price_reach),
                           text_of_money(scenario.catalogue.price_min)),
               {"catalogue.price_min"});
    }
  }
}

// Points of one show rise in time. Returns the last point of each show.
std::map<std::string, std::size_t> check_viewers(const Traffic& traffic, const Complain& complain) {
  std::map<std::string, std::size_t> last;
  for (std::size_t i = 0; i < traffic.viewers.size(); ++i) {
    const ViewerPoint& point = traffic.viewers[i];
    const auto [found, is_first] = last.try_emplace(point.show, i);
    const ViewerPoint& before = traffic.viewers[found->second];
    if (!is_first && point.at <= before.at) {
      complain(fmt::format("traffic.shows.viewers[{}].at", i),
               fmt::format("found {}; must be later than the point of this show before it ({})",
                           text_of_duration(point.at), text_of_duration(before.at)),
               {fmt::format("traffic.shows.viewers[{}]", found->second)});
    }
    found->second = i;
  }
  return last;
}

void check_shows(const Scenario& scenario, const Complain& complain) {
  const Traffic& traffic = scenario.traffic;
  const auto shows = check_viewers(traffic, complain);
  for (std::size_t i = 0; i < traffic.reveals.size(); ++i) {
    const Reveal& reveal = traffic.reveals[i];
    const std::string path = fmt::format("traffic.shows.reveals[{}]", i);
    if (shows.count(reveal.show) == 0) {
      complain(path + ".show",
               fmt::format("found \"{}\"; traffic.shows.viewers has no such show", reveal.show),
               {"traffic.shows.viewers"});
    }
    if (reveal.sku >= scenario.catalogue.skus) {
      complain(path + ".sku",
               fmt::format("found {}; must be below catalogue.skus ({})", reveal.sku,
                           text_of_count(scenario.catalogue.skus)),
               {"catalogue.skus"});
    }
  }
  if (traffic.reveals.empty()) return;
  if (traffic.arrivals != Arrivals::poisson) {
    complain("traffic.shows.reveals",
             "has no effect here: it applies when traffic.arrivals is poisson",
             {"traffic.arrivals"});
  }
  const double curve = highest_of_curve(scenario);
  const double more = highest_of_shows(scenario);
  if (curve <= kRateMaxPerS && curve + more > kRateMaxPerS) {
    complain("traffic.shows.reveals",
             fmt::format("could add {} to the {} of the curve; allowed: a sum up to {}",
                         text_of_rate(more), text_of_rate(curve), text_of_rate(kRateMaxPerS)),
             {"traffic", "simulate.scale"});
  }
}

void check_bots(const Scenario& scenario, const Complain& complain) {
  const Bots& bots = scenario.traffic.bots;
  if (bots.share == 0) return;
  if (bots.count >= scenario.traffic.buyers) {
    complain("traffic.bots.count",
             fmt::format("found {}; must be below traffic.buyers ({})", text_of_count(bots.count),
                         text_of_count(scenario.traffic.buyers)),
             {"traffic.buyers", "traffic.bots.share"});
  }
  if (bots.aim > scenario.catalogue.skus) {
    complain("traffic.bots.aim",
             fmt::format("found {}; must not be above catalogue.skus ({})", text_of_count(bots.aim),
                         text_of_count(scenario.catalogue.skus)),
             {"catalogue.skus", "traffic.bots.share"});
  }
}

// Orders that have happened are as many as they were.
void check_replay(const Scenario& scenario, const Complain& complain) {
  const Traffic& traffic = scenario.traffic;
  if (!traffic.replay.empty() && (traffic.scale != 1 || scenario.simulate.scale != 1)) {
    complain(traffic.scale != 1 ? "traffic.scale" : "simulate.scale",
             "must be 1 with traffic.replay: a file of orders is neither thinned nor multiplied",
             {"traffic.replay", "traffic.scale", "simulate.scale"});
  }
}

}  // namespace

void check_traffic(const Scenario& scenario, const Complain& complain) {
  const Traffic& traffic = scenario.traffic;
  check_curve(scenario, complain);
  double basket = 0;
  for (const double share : traffic.basket) basket += share;
  check_shares("traffic.basket", basket, complain);
  check_named_shares("region", "traffic.regions", traffic.regions, complain);
  check_named_shares("segment", "traffic.segments", traffic.segments, complain);
  check_segments(scenario, complain);
  check_shows(scenario, complain);
  check_bots(scenario, complain);
  check_replay(scenario, complain);
}

double highest_rate_per_s(const Scenario& scenario) {
  return highest_of_curve(scenario) + highest_of_shows(scenario);
}

LargestBasket largest_basket(const Traffic& traffic) {
  LargestBasket largest{static_cast<std::int64_t>(traffic.basket.size()), traffic.quantity_max};
  for (const Segment& segment : traffic.segments) {
    for (std::size_t i = 0; i < segment.basket.size(); ++i) {
      if (segment.basket[i] > 0) {
        largest.lines = std::max(largest.lines, static_cast<std::int64_t>(i + 1));
      }
    }
  }
  if (traffic.bots.share > 0) {
    largest.quantity = std::max(largest.quantity, traffic.bots.quantity_max);
  }
  for (const Reveal& reveal : traffic.reveals) {
    largest.quantity = std::max(largest.quantity, reveal.quantity);
  }
  return largest;
}

}  // namespace double11::scenario
