#pragma once
// Replications of a simulated network: what can be said about all of them together. A record has
// megabytes of histograms; they are pooled as records come, and of each some kilobytes are kept.

#include <double11/report/replications.hpp>
#include <double11/report/verdict.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/virtual_time/network_record.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace double11::report {

class NetworkResult {
 public:
  /// For at most so many replications.
  explicit NetworkResult(std::size_t replications);
  ~NetworkResult();
  NetworkResult(const NetworkResult&) = delete;
  NetworkResult& operator=(const NetworkResult&) = delete;

  /// Replication number `replication` is done; once for each. Any thread at any time; the result is
  /// the same for every order. `verdict` is what judge() says of it, its status apart from laws and
  /// interruption, which are known here.
  void add(std::size_t replication, virtual_time::NetworkRecord record, Verdict verdict = {});

  /// Whether Little's law and the conservation of jobs hold exactly at every station of every
  /// replication.
  [[nodiscard]] bool laws_hold() const;
  /// Whether a replication was stopped before its time. Its laws count; its figures only when no
  /// other finished.
  [[nodiscard]] bool stopped() const;
  /// How many have not come.
  [[nodiscard]] std::size_t missing() const;
  /// A broken law outranks an interruption, as in a sale, and that what the thresholds say; of
  /// these the worst of all replications.
  [[nodiscard]] Status status() const;

  // The following need at least one replication, and none to come.

  /// The first of those that finished; without any, the first that was stopped after its warm-up;
  /// else the first.
  [[nodiscard]] const virtual_time::NetworkRecord& first() const;
  /// The main figures of every station and of the whole, over the replications that finished;
  /// without any, of the part of first() after its warm-up; none when there is no such part.
  [[nodiscard]] std::vector<Figure> figures() const;
  /// The report for people: the verdict with the thresholds of the first of them, that itself, and
  /// the figures when there are several. `brief`: without the first. How many finished is said when
  /// it is not all.
  [[nodiscard]] std::string text(const scenario::Scenario& scenario, bool brief = false) const;
  /// One JSON object with "schema_version", the figures, the pooled times and every replication.
  /// When all were stopped within their warm-up, there are nulls instead of figures and times.
  /// With `again`, the command line that makes it, the report for people is in it, too.
  [[nodiscard]] std::string json(const scenario::Scenario& scenario,
                                 const std::string& again = "") const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace double11::report
