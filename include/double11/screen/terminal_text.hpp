#pragma once
// The live view of a run as lines of text, for a terminal: whether the target holds, what each
// step and stage does now, what is lost, what is broken. Pure: the same arguments, the same lines.

#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/screen/tick.hpp>
#include <double11/screen/tick_history.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace double11::screen {

/// How the run is steered at this moment.
struct Controls {
  bool keys = false;    ///< somebody can press them
  bool steers = false;  ///< pause and speed are among them
  double limit = 0;     ///< Steering::speed()
  bool paused = false;
  bool touched = false;  ///< Steering::was_touched()
  bool ending = false;   ///< its end was asked for
  bool help = false;     ///< the keys are to be explained
};

/// What does not change while it runs.
struct Showing {
  const scenario::Scenario& scenario;
  measure::Runtime runtime;
  std::int64_t workers;
};

/// Where it is shown.
struct Place {
  std::size_t columns = 80;
  std::size_t rows = 24;
  bool color = false;
  bool utf8 = false;
};

/// At least one line, at most `place.rows`, none wider than `place.columns`. `history` has seen
/// `tick` last.
std::vector<std::string> terminal_lines(const Showing& showing, const Tick& tick,
                                        const TickHistory& history, const Controls& controls,
                                        const Place& place);

}  // namespace double11::screen
