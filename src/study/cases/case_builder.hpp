#pragma once
// Writes validation cases: scenarios as JSON with little ceremony.

#include <double11/study/theory/queue_means.hpp>
#include <double11/study/validation_cases.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace double11::study {

using Json = nlohmann::ordered_json;

/// A percentile is reported as the upper edge of its histogram cell.
inline constexpr double kCellWidth = 1.0 / 128;

/// "12.5s", to whole nanoseconds.
std::string text_of_seconds(double seconds);
/// "0.8/s".
std::string text_of_rate(double per_s);

// Laws as scenarios write them; times in seconds.
Json exponential(double mean_s);
Json constant(double value_s);
Json uniform(double least_s, double most_s);
/// A law with a mean and one more parameter: erlang, gamma, weibull and pareto ("shape"),
/// lognormal_mean ("sigma"), hyperexponential ("scv").
Json law(const std::string& name, double mean_s, const std::string& parameter, double value);

Json station(Json service, std::int64_t servers = 1, const std::string& name = "queue");

struct Window {
  double warm_up_s = 0;
  double length_s = 0;
  std::int64_t replications = 10;
};
/// Long enough for `jobs` arrivals in all replications together and for ten relaxation times
/// before them; `variation` >= 1 stretches the warm-up for service or arrivals more variable than
/// exponential ones.
Window steady(double arrival_rate, double service_rate, std::int64_t servers, double jobs,
              double variation = 1);

class CaseBuilder {
 public:
  /// Poisson arrivals at `rate_per_s` for the whole window.
  CaseBuilder(const std::string& name, const std::string& family, double rate_per_s,
              const Window& window);

  CaseBuilder& add_station(Json station);
  /// Sets any key; `pointer` is a JSON pointer such as "/traffic/arrivals".
  CaseBuilder& set(const std::string& pointer, Json value);
  CaseBuilder& set_curve(std::initializer_list<std::pair<double, double>> points);

  CaseBuilder& expect(Expectation expectation);
  CaseBuilder& expect(const std::string& metric, double value) {
    return expect(Expectation{metric, value});
  }
  CaseBuilder& expect_percentile(const std::string& metric, double value) {
    return expect(Expectation{metric, value, Judgement::exact, kCellWidth});
  }
  /// Waits, sojourns and numbers of a station.
  CaseBuilder& expect_means(const theory::QueueMeans& means, const std::string& station = "queue");
  CaseBuilder& note(const std::string& text);
  /// Visits per arrival where that is not the number of stations.
  CaseBuilder& visits(double per_arrival);

  /// The finished case, appended to `cases`.
  void add_to(std::vector<ValidationCase>& cases) const;

 private:
  ValidationCase case_;
  Json scenario_;
  double arrivals_;  // over all replications
  double visits_ = 0;
};

// The parts of validation_cases(), each in a file of its own.
void add_single_server_cases(std::vector<ValidationCase>& cases);
void add_single_server_variants(std::vector<ValidationCase>& cases);
void add_several_server_cases(std::vector<ValidationCase>& cases);
void add_loss_cases(std::vector<ValidationCase>& cases);
void add_impatience_cases(std::vector<ValidationCase>& cases);
void add_network_cases(std::vector<ValidationCase>& cases);
void add_selling_cases(std::vector<ValidationCase>& cases);
void add_row_cases(std::vector<ValidationCase>& cases);
void add_time_varying_cases(std::vector<ValidationCase>& cases);

}  // namespace double11::study
