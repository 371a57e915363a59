// Somebody else's program: runs a scenario through the installed library.
#include <double11/live/run.hpp>
#include <double11/report/result.hpp>
#include <double11/scenario/load.hpp>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto loaded = double11::scenario::load(argv[1], {"run.workers=2"});
  if (!loaded.scenario) return 2;
  const auto record = double11::live::run(*loaded.scenario);
  const auto result = double11::report::conclude(*loaded.scenario, record);
  std::cout << double11::report::headline(result, false);
  return double11::report::exit_code_of(result.verdict.status);
}
