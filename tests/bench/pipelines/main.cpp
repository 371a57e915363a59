// One run of one of the pipelines that `double11 run` is measured against:
// pipeline_peers PEER THREADS SCENARIO [PATH=VALUE...]. Prints what it did as JSON.
#include <double11/scenario/load.hpp>
#include <double11/scenario/shipped.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/pipelines/peers.hpp"

namespace double11::bench {
namespace {

const std::map<std::string, Peer> kPeers{
    {"fused", fused_loop},          {"tbb", tbb_pipeline},          {"asio_posts", asio_posts},
    {"asio_strands", asio_strands}, {"mutex_queues", mutex_queues}, {"single", single_enqueues}};

int usage() {
  std::string names;
  for (const auto& [name, peer] : kPeers) names += " " + name;
  fmt::print(stderr, "usage: pipeline_peers PEER THREADS SCENARIO [PATH=VALUE...]\npeers:{}\n",
             names);
  return 2;
}

nlohmann::json result_of(const measure::RunRecord& record) {
  nlohmann::json outcomes;
  for (const Outcome outcome : kAllOutcomes) {
    outcomes[std::string(name_of(outcome))] = record.books.outcomes(outcome).count;
  }
  const measure::Histogram& paid = record.latency[index_of(Funnel::paid)];
  const double seconds = std::chrono::duration<double>(record.wall).count();
  return {{"offered", record.books.arrivals().count},
          {"order_stream", fmt::format("{:016x}", record.books.stream_print())},
          {"outcomes", outcomes},
          {"turnover_fen", record.books.turnover().fen},
          {"paid_ns", {{"mean", paid.mean()}, {"p99", paid.quantile(0.99)}, {"max", paid.max()}}},
          {"seconds", seconds}};
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 3 || !kPeers.contains(arguments[0])) return usage();
  const long threads = std::strtol(arguments[1].c_str(), nullptr, 10);
  const auto file = scenario::find(arguments[2]);
  if (threads < 1 || threads > 256 || !file) return usage();
  const scenario::Loaded loaded = scenario::load(*file, {arguments.begin() + 3, arguments.end()});
  for (const scenario::Problem& problem : loaded.problems) {
    fmt::print(stderr, "{}\n", text_of(problem));
  }
  if (!loaded.scenario) return 2;
  measure::RunRecord record(*loaded.scenario);
  const auto begin = std::chrono::steady_clock::now();
  kPeers.at(arguments[0])(*loaded.scenario, static_cast<std::uint32_t>(threads), record);
  record.wall = std::chrono::steady_clock::now() - begin;
  fmt::print("{}\n", result_of(record).dump());
  return 0;
}

}  // namespace
}  // namespace double11::bench

int main(int count, char** arguments) {
  try {
    return double11::bench::run({arguments + 1, arguments + count});
  } catch (const std::exception& error) {
    fmt::print(stderr, "pipeline_peers: {}\n", error.what());
    return 1;
  }
}
