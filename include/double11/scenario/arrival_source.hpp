#pragma once
// Traffic of one's own: a program that links the library may plan the arrivals itself instead of
// the curve, the shows or a file. docs/extend.md has an example.
//
// The contract. Traffic is made slice by slice, by any worker, in any order and perhaps more than
// once: so what a slice holds depends on nothing but the slice. Of each order the source says when
// it is planned, within the slice and in rising order. It may say the buyer, the region and the
// basket (set_lines(), sku, quantity); of an order with no lines these are drawn as for the curve.
// Everything else, ids and prices too, is set by the traffic, so that draws, books and audit are
// those of any other sale. An order that breaks the contract ends the run with
// traffic::SourceError.

#include <double11/core/order.hpp>
#include <double11/core/time.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace double11::scenario {

class ArrivalSource {
 public:
  /// The span [start, end) of scenario time, a millisecond or less at the end of the traffic.
  struct Slice {
    std::uint64_t number = 0;  ///< from 0 on
    Instant start;
    Instant end;
    std::uint64_t seed = 0;  ///< that of the scenario; another one in each replication
  };

  virtual ~ArrivalSource() = default;

  /// One word or two, for reports; also part of the scenario's digest, so that results of different
  /// sources are not compared as if they were of one.
  [[nodiscard]] virtual std::string name() const = 0;

  /// Roughly how many orders come in all: it decides what is set aside for them, no result.
  [[nodiscard]] virtual double expected() const = 0;

  /// Appends the orders of `slice` to `into`, which is empty. Called by several threads at once.
  /// What it throws comes out of simulate() or run().
  virtual void plan(const Slice& slice, std::vector<Order>& into) const = 0;
};

}  // namespace double11::scenario
