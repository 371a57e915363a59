#pragma once
// Live shows, bots and segments with baskets and reach of their own, at the extremes: values for
// random scenarios whose prices are 10 to 200 yuan, with 10,000 buyers. Priorities of segments
// differ, as payment.discipline may ask for.

#include <string>
#include <utility>
#include <vector>

namespace double11 {

/// Paths and the values to choose from, whatever the process of arrivals.
inline const std::vector<std::pair<std::string, std::vector<std::string>>> kCrowdExtremes{
    {"traffic.bots",
     {"{}", R"({"share":1,"count":1,"quantity_max":100})",
      R"({"share":0.3,"count":9999,"hot_share":0})",
      R"({"share":0.5,"count":40,"hot_share":0.7,"speed":100})"}},
    {"traffic.segments",
     {R"([{"name":"all","share":1,"price_reach":"10 yuan"},{"name":"no","share":0,"priority":1}])",
      R"([{"name":"rich","share":0.5,"basket":{"four":1}},)"
      R"({"name":"poor","share":0.5,"priority":1,"price_reach":"60 yuan"}])"}}};

/// Shows, each with the audience and the moments; only with Poisson arrivals.
inline const std::vector<std::vector<std::string>> kShowExtremes{
    {},
    {R"(traffic.shows.viewers=[{"at":"0s","viewers":100}])",
     R"(traffic.shows.reveals=[{"at":"0s","sku":0,"click_through":1,"reaction_mean":"1ms"}])"},
    {R"(traffic.shows.viewers=[{"at":"0s","viewers":0},{"at":"100ms","viewers":"10k"}])",
     R"(traffic.shows.reveals=[{"at":"1300us","sku":0,"click_through":1,"quantity":100},)"
     R"({"at":"40ms","sku":0,"click_through":0.05,"reaction_mean":"5ms"},)"
     R"({"at":"1h","sku":0,"click_through":1}])"}};

}  // namespace double11
