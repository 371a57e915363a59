#pragma once
// Scaling findings as JSON, for what is written as one document.

#include <double11/study/scaling_findings.hpp>

#include <nlohmann/json.hpp>

namespace double11::study {

/// The object that json_of() describes.
nlohmann::ordered_json document_of(const ScalingFindings& findings, const ScalingWords& words);

}  // namespace double11::study
