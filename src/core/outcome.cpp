#include <double11/core/outcome.hpp>

namespace double11 {
namespace {

struct OutcomeText {
  std::string_view name;
  std::string_view meaning;
};

constexpr std::array<OutcomeText, kOutcomes> kOutcomeText{{
    {"dispatched", "paid, has a parcel, a warehouse and an ETA"},
    {"sold_out", "a line of the basket had too little stock left"},
    {"declined", "the payment channel said no; the stock went back"},
    {"expired", "the payment did not answer in time; the stock went back"},
    {"refunded", "paid after the reservation had ended; the money went back"},
    {"throttled",
     "refused at the door: a bot, too many clicks or units of one buyer, or a rate limit"},
    {"shed", "refused because a queue was full"},
    {"duplicate", "the second click of a double click on an order that is there already"},
    {"abandoned", "lost patience in a queue, or was left there when the run was interrupted"},
}};
constexpr std::array<std::string_view, kFunnelSteps> kFunnelNames{"offered", "admitted", "reserved",
                                                                  "paid", "dispatched"};
constexpr std::array<std::string_view, kFunnelSteps> kFunnelMeanings{
    "order attempts that reached the system, at their planned times", "let in: they hold a credit",
    "every line of the basket is reserved", "the payment was approved in time",
    "a parcel, a warehouse and an ETA are assigned"};
constexpr std::array<std::string_view, kStages> kStageNames{"admission", "inventory", "payment",
                                                            "logistics"};

}  // namespace

std::string_view name_of(Outcome outcome) {
  return kOutcomeText[index_of(outcome)].name;
}
std::string_view meaning_of(Outcome outcome) {
  return kOutcomeText[index_of(outcome)].meaning;
}
std::string_view meaning_of(Funnel step) {
  return kFunnelMeanings[index_of(step)];
}
std::string_view name_of(Funnel step) {
  return kFunnelNames[index_of(step)];
}
std::string_view name_of(Stage stage) {
  return kStageNames[index_of(stage)];
}

}  // namespace double11
