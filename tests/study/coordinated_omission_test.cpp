#include <double11/study/coordinated_omission.hpp>

#include <chrono>
#include <vector>

#include "study/published.hpp"

namespace double11::study {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::vector<Duration> stalled_client() {
  std::vector<Duration> times(10'000, milliseconds(1));
  times.emplace_back(seconds(100));
  return times;
}

}  // namespace

TEST_CASE("the published figures of a stalled client, raw and corrected") {
  const ExactTimes raw(stalled_client());
  const ExactTimes corrected(with_omitted(raw.sorted(), milliseconds(10)));
  CHECK(published_omission().size() == 11);
  for (const OmissionFigure& figure : published_omission()) {
    CAPTURE(figure.name);
    CHECK(agrees(figure, figure.raw, figure.of(raw)));
    CHECK(agrees(figure, figure.corrected, figure.of(corrected)));
  }
  // Exactly, as far as the published ones are exact.
  CHECK(raw.count() == 10'001);
  CHECK(raw.mean_s() == ten_digits(110.0 / 10'001));
  CHECK(corrected.count() == 20'000);
  CHECK(corrected.quantile(0.75) == seconds(50));
  CHECK(corrected.quantile(0.9) == seconds(80));
  CHECK(corrected.quantile(0.99) == seconds(98));
  CHECK(corrected.quantile(0.9999) == milliseconds(99'980));
  CHECK(corrected.share_up_to(milliseconds(5)) == 0.5);
}

TEST_CASE("what a stall held up is put beside it") {
  const std::vector<Duration> recorded{milliseconds(4), milliseconds(10), milliseconds(35)};
  const ExactTimes all(with_omitted(recorded, milliseconds(10)));
  CHECK(all.sorted() == std::vector<Duration>{milliseconds(4), milliseconds(10), milliseconds(15),
                                              milliseconds(25), milliseconds(35)});
  CHECK(with_omitted(std::vector<Duration>{milliseconds(20)}, milliseconds(10)).size() == 2);
  CHECK(with_omitted({}, milliseconds(10)).empty());
}

TEST_CASE("exact figures of a few times") {
  const ExactTimes times({seconds(3), seconds(1), seconds(2), seconds(4)});
  CHECK(times.mean_s() == 2.5);
  CHECK(times.quantile(0.25) == seconds(1));
  CHECK(times.quantile(0.250'1) == seconds(2));
  CHECK(times.quantile(1) == seconds(4));
  CHECK(times.quantile(1e-9) == seconds(1));
  CHECK(times.share_up_to(seconds(2)) == 0.5);
  CHECK(times.share_up_to(milliseconds(1)) == 0);
}

TEST_CASE("figures agree to a tenth of a percent, counts to one") {
  const OmissionFigure& count = published_omission()[0];
  CHECK(agrees(count, 20'000, 20'000));
  CHECK_FALSE(agrees(count, 20'000, 20'001));
  const OmissionFigure& mean = published_omission()[1];
  CHECK(agrees(mean, 25.0005, 25.003));
  CHECK_FALSE(agrees(mean, 25.0005, 25.03));
}

}  // namespace double11::study
