#pragma once
// What `scenario calibrate` tells people: how well what is drawn agrees with what was measured.

#include <double11/study/calibration.hpp>
#include <double11/study/fitted_law.hpp>
#include <double11/study/timings_file.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace double11::cli {

struct CalibrationReport {
  std::string from;
  std::string into;
  const study::TimingsRead* read = nullptr;
  std::vector<study::FittedLaw> laws;  ///< the nearest first; none: empirical
  std::size_t cells = 0;               ///< of the histogram
  std::int64_t draws = 0;
  std::vector<study::CalibrationFigure> figures;
  std::string next;  ///< command; may be empty
};

std::string text_of(const CalibrationReport& report, bool color);

}  // namespace double11::cli
