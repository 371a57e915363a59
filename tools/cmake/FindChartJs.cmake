# Chart.js: one script, and Debian's package brings no CMake files.
find_file(ChartJs_SCRIPT chart.min.js PATHS /usr/share/javascript/chart.js /usr/share/nodejs/chart.js/dist)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(ChartJs REQUIRED_VARS ChartJs_SCRIPT)
mark_as_advanced(ChartJs_SCRIPT)
