#pragma once
// Published measurements of throughput by capacity.

#include <double11/study/scaling_law.hpp>

#include <vector>

namespace double11::study {

/// SPEC SDM91 on a Sun SPARCcenter 2000 with 16 CPUs: scripts per hour by load (N. J. Gunther,
/// "Guerrilla Capacity Planning"; data set specsdm91 of the R package usl).
inline std::vector<ScalingPoint> spec_sdm91() {
  return {{1, 64.9},     {18, 995.9},   {36, 1652.4}, {72, 1853.2},
          {108, 1828.9}, {144, 1775.0}, {216, 1702.2}};
}

/// MySQL on a Cisco UCS server, queries per second by threads 1 to 32 (B. Schwartz, "Practical
/// Scalability Analysis with the Universal Scalability Law"; the test data of usl4j).
inline std::vector<ScalingPoint> cisco_mysql() {
  const double throughputs[] = {
      955.16,   1878.91,  2688.01,  3548.68,  4315.54,  5130.43,  5931.37, 6531.08,
      7219.8,   7867.61,  8278.71,  8646.7,   9047.84,  9426.55,  9645.37, 9897.24,
      10097.6,  10240.5,  10532.39, 10798.52, 11151.43, 11518.63, 11806,   12089.37,
      12075.41, 12177.29, 12211.41, 12158.93, 12155.27, 12118.04, 12140.4, 12074.39};
  std::vector<ScalingPoint> points;
  for (const double throughput : throughputs) {
    points.push_back({static_cast<double>(points.size() + 1), throughput});
  }
  return points;
}

/// The BRL-CAD ray tracer on an SGI Origin 2000 by processors (data set raytracer of the R package
/// usl).
inline std::vector<ScalingPoint> ray_tracer() {
  return {{1, 20},   {4, 78},   {8, 130},  {12, 170}, {16, 190}, {20, 200},
          {24, 210}, {28, 230}, {32, 260}, {48, 280}, {64, 310}};
}

}  // namespace double11::study
