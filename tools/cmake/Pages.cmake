# The pages of the report, of sweeps and of the big screen, embedded: page_sources; those of the program:
# program_page_sources. Scripts in the order in which they need each other.
include(Embed)

function(in_folder result folder)
  set(files ${ARGN})
  list(TRANSFORM files PREPEND "${PROJECT_SOURCE_DIR}/src/${folder}/")
  list(JOIN files "," joined)
  set(${result} "${joined}" PARENT_SCOPE)
endfunction()

in_folder(shell page page.html)
in_folder(page_style page common.css)
in_folder(words_script page common.js words.js)
in_folder(page_script page common.js line_chart.js words.js)
in_folder(report_style report/page report.css)
in_folder(report_script report/page
  parts.js differences.js verdict.js time.js flow.js trade.js parcels.js origin.js contents.js report.js)
in_folder(network_style report/page network.css)
in_folder(network_script report/page
  parts.js differences.js origin.js contents.js network_banner.js network_tables.js network_figures.js network.js)
in_folder(compare_script report/page parts.js differences.js compare.js)
in_folder(capacity_script report/page parts.js ladder_chart.js capacity.js)
in_folder(sweep_style study/page sweep.css)
in_folder(sweep_script study/page scaling_chart.js sweep.js)
in_folder(screen_page screen/page screen.html)
in_folder(screen_style screen/page screen.css layout.css)
in_folder(screen_script screen/page
  model.js trouble.js counters.js theme.js head.js verdict.js banner.js numbers.js panel_chart.js
  rate.js latency.js funnel.js flow.js regions.js stream.js)
in_folder(demo_style cli/page demo.css)
in_folder(demo_script cli/page demo.js)
in_folder(parts_script report/page parts.js)

set(page_sources ${PROJECT_BINARY_DIR}/pages/texts.cpp
                 ${PROJECT_BINARY_DIR}/pages/report_pages.cpp
                 ${PROJECT_BINARY_DIR}/pages/study_pages.cpp
                 ${PROJECT_BINARY_DIR}/pages/screen_pages.cpp)
double11_embed(${PROJECT_BINARY_DIR}/pages/texts.cpp page/texts.hpp double11::page
  "kShell=${shell}"
  "kChartScript=${ChartJs_SCRIPT}")
double11_embed(${PROJECT_BINARY_DIR}/pages/report_pages.cpp report/pages.hpp double11::report
  "kStyle=${page_style},${report_style}"
  "kReportScript=${page_script},${report_script}"
  "kNetworkStyle=${network_style}"
  "kNetworkScript=${page_script},${network_script}"
  "kCompareScript=${words_script},${compare_script}"
  "kCapacityScript=${words_script},${capacity_script}")
double11_embed(${PROJECT_BINARY_DIR}/pages/study_pages.cpp study/pages.hpp double11::study
  "kSweepStyle=${sweep_style}"
  "kSweepScript=${words_script},${parts_script},${sweep_script}")
double11_embed(${PROJECT_BINARY_DIR}/pages/screen_pages.cpp screen/pages.hpp double11::screen
  "kScreenPage=${screen_page}"
  "kScreenStyle=${page_style},${screen_style}"
  "kScreenScript=${page_script},${screen_script}")

set(program_page_sources ${PROJECT_BINARY_DIR}/pages/program_pages.cpp)
double11_embed(${PROJECT_BINARY_DIR}/pages/program_pages.cpp cli/pages.hpp double11::cli
  "kDemoStyle=${demo_style}"
  "kDemoScript=${page_script},${parts_script},${demo_script}")
