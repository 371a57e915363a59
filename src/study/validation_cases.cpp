#include <double11/study/validation_cases.hpp>

#include "study/cases/case_builder.hpp"

namespace double11::study {

std::vector<ValidationCase> validation_cases() {
  std::vector<ValidationCase> cases;
  add_single_server_cases(cases);
  add_single_server_variants(cases);
  add_several_server_cases(cases);
  add_loss_cases(cases);
  add_impatience_cases(cases);
  add_network_cases(cases);
  add_selling_cases(cases);
  add_row_cases(cases);
  add_time_varying_cases(cases);
  return cases;
}

}  // namespace double11::study
