// A plain C++ event loop as a peer of `double11 simulate`: std::priority_queue, std::mt19937_64 and
// the standard library's distributions. Prints one line of JSON.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "bench/five_stages.hpp"
#include "bench/multi_server.hpp"

namespace {

using namespace double11::bench;

constexpr const char* kUsage =
    "usage: event_loop mmc SERVERS RHO CUSTOMERS SEED\n"
    "       event_loop five_stages ORDERS_PER_S ORDERS SEED\n";

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void print_head(const char* model, long long customers, double seconds) {
  std::printf(
      "{\"tool\": \"event_loop\", \"model\": \"%s\", \"customers\": %lld, "
      "\"seconds\": %.6f, \"customers_per_s\": %.0f, \"estimates\": {",
      model, customers, seconds, static_cast<double>(customers) / seconds);
}

void print_estimate(const std::string& name, const BatchMeans& means, const char* after) {
  std::printf("\"%s\": {\"mean\": %.9g, \"standard_error\": %.9g}%s", name.c_str(), means.mean(),
              means.standard_error(), after);
}

void run_multi_server(const MultiServer& model) {
  const auto start = std::chrono::steady_clock::now();
  const MultiServerResult result = simulate(model);
  print_head("mmc", model.customers, seconds_since(start));
  print_estimate("wait", result.wait, ", ");
  print_estimate("waited", result.waited, "}}\n");
}

void run_five_stages(const FiveStages& model) {
  const auto start = std::chrono::steady_clock::now();
  const FiveStagesResult result = simulate(model);
  print_head("five_stages", model.orders, seconds_since(start));
  for (std::size_t i = 0; i < kStations.size(); ++i) {
    print_estimate("wait_" + std::string(kStations[i]) + "_ms", result.wait[i], ", ");
  }
  print_estimate("lost", result.lost, ", ");
  print_estimate("sojourn_ms", result.sojourn, "}}\n");
}

void run(const std::vector<std::string>& words) {
  if (words.size() == 5 && words[0] == "mmc") {
    run_multi_server(
        {std::stoi(words[1]), std::stod(words[2]), std::stoll(words[3]), std::stoull(words[4])});
  } else if (words.size() == 4 && words[0] == "five_stages") {
    run_five_stages({std::stod(words[1]), std::stoll(words[2]), std::stoull(words[3])});
  } else {
    throw std::invalid_argument("unknown model, or too few or too many numbers");
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run({argv + 1, argv + argc});
    return EXIT_SUCCESS;
  } catch (const std::logic_error& error) {
    std::fprintf(stderr, "event_loop: %s\n%s", error.what(), kUsage);
    return 2;
  }
}
