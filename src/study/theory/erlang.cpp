#include <double11/core/ensure.hpp>
#include <double11/study/theory/erlang.hpp>

#include <cmath>

namespace double11::study::theory {

namespace {

double next_erlang_b(double loss, std::int64_t servers, double load) {
  return load * loss / (static_cast<double>(servers) + load * loss);
}

// Erlang C of `servers` servers from the loss formula of as many.
double wait_from_loss(double loss, std::int64_t servers, double load) {
  const double rho = load / static_cast<double>(servers);
  return rho >= 1 ? 1 : loss / (1 - rho * (1 - loss));
}

}  // namespace

double erlang_b(std::int64_t servers, double load) {
  ensure(servers >= 0 && load >= 0, "Erlang B needs a load and servers that are not negative");
  double loss = 1;
  for (std::int64_t k = 1; k <= servers; ++k) loss = next_erlang_b(loss, k, load);
  return loss;
}

double erlang_c(std::int64_t servers, double load) {
  ensure(servers >= 1, "Erlang C needs a server");
  if (load >= static_cast<double>(servers)) return 1;
  return wait_from_loss(erlang_b(servers, load), servers, load);
}

double erlang_b_load(std::int64_t servers, double loss) {
  ensure(servers >= 1 && loss > 0 && loss < 1, "an inverse of Erlang B needs a share and a server");
  // Loss is at least 1 - servers/load, which bounds the load from above; it grows with the load.
  double low = 0;
  double high = static_cast<double>(servers) / (1 - loss);
  for (int halving = 0; halving < 200; ++halving) {
    const double middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    (erlang_b(servers, middle) < loss ? low : high) = middle;
  }
  return high;
}

std::int64_t servers_for_loss(double load, double loss) {
  ensure(load > 0 && loss > 0 && loss < 1, "staffing needs a load and a share below one");
  std::int64_t servers = 0;
  for (double blocked = 1; blocked > loss;) blocked = next_erlang_b(blocked, ++servers, load);
  return servers;
}

std::int64_t servers_for_wait(double load, double wait_probability) {
  ensure(load > 0 && wait_probability > 0 && wait_probability < 1,
         "staffing needs a load and a share below one");
  std::int64_t servers = 0;
  double loss = 1;
  do {
    loss = next_erlang_b(loss, ++servers, load);
  } while (wait_from_loss(loss, servers, load) > wait_probability);
  return servers;
}

double square_root_staffing_beta(std::int64_t servers, double load) {
  ensure(load > 0, "the square-root rule needs a load");
  return (static_cast<double>(servers) - load) / std::sqrt(load);
}

}  // namespace double11::study::theory
