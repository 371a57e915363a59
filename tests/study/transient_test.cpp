#include <double11/study/theory/mmc.hpp>
#include <double11/study/theory/transient.hpp>
#include <double11/study/theory/unlimited.hpp>

#include <cmath>
#include <numbers>
#include <vector>

#include "study/published.hpp"

namespace double11::study::theory {

TEST_CASE("M/M/1 fills up from empty") {
  const TransientQueue queue{[](double) { return 0.8; }, {}, 1, 1, 400, 0};
  const std::vector<double> times{1, 10, 50, 200};
  const double expected[] = {0.5515518583, 2.030281564, 3.405038978, 3.962982277};
  const auto points = transient_queue(queue, times);
  for (std::size_t i = 0; i < times.size(); ++i) {
    CAPTURE(times[i]);
    CHECK(points[i].mean_in_system == within(1e-8, expected[i]));
    // Nothing is lost, so who arrived is either here or gone.
    CHECK(points[i].mean_in_system + points[i].served == Approx(0.8 * times[i]).epsilon(1e-9));
  }
  CHECK(mm1(0.8, 1).mean_in_system == ten_digits(4));
}

TEST_CASE("a daily wave over 120 servers peaks hours after its arrivals") {
  const TransientQueue queue{[](double t) { return 80 + 60 * std::sin(2 * std::numbers::pi * t / 24); },
                             {},
                             1,
                             120,
                             1200,
                             0};
  const PeriodicPeak peak = periodic_peak(queue, 24, 3);
  CHECK(peak.peak_time == Approx(9.217).margin(1e-3));
  CHECK(peak.peak_time - 6 == Approx(3.217).margin(1e-3));
  CHECK(peak.peak == within(1e-7, 203.5277373));
  CHECK(peak.average == within(1e-7, 100.1936957));
}

TEST_CASE("with servers to spare the wave is that of Mt/M/infinity") {
  const TransientQueue queue{[](double t) { return 20 + 16 * std::sin(2 * std::numbers::pi * t / 24); },
                             {},
                             1,
                             120,
                             120,
                             0};
  const PeriodicPeak peak = periodic_peak(queue, 24, 3);
  const SinusoidOccupancy wave = mt_m_infinity(20, 16, 24, 1);
  CHECK(peak.peak == Approx(wave.peak).epsilon(1e-8));
  CHECK(peak.peak_time == Approx(6 + wave.lag).epsilon(1e-5));
  CHECK(peak.average == Approx(wave.mean).epsilon(1e-8));
}

TEST_CASE("a spike of two seconds over a hundred servers") {
  const TransientQueue queue{[](double t) { return t < 2 ? 400.0 : 60.0; }, {2}, 1, 100, 300, 0};
  const std::vector<double> times{2, 20};
  const auto points = transient_queue(queue, times);
  CHECK(points[0].mean_in_system == within(1e-7, 299.6666667));
  // A trapezoidal sum over the jump gives 316.3; a Runge-Kutta of fixed step and the conservation
  // of customers below give this.
  CHECK(points[1].lost == within(1e-9, 315.5193673867));
  CHECK(points[1].mean_in_system + points[1].served + points[1].lost ==
        Approx(400 * 2 + 60 * 18).epsilon(1e-9));
}

}  // namespace double11::study::theory
