#include <double11/core/outcome.hpp>
#include <double11/scenario/words.hpp>

#include <fmt/format.h>

namespace double11::scenario {
namespace {

std::vector<Word> outcome_words() {
  using enum Word::Kind;
  return {
      {"dispatched",
       outcome,
       "The only good end: everything the buyer asked for is paid and on its way, once. Turnover, "
       "units sold and parcels count these orders and no others.",
       {"payment", "logistics"},
       {"smoke", "double11-2017-minute"}},
      {"sold_out",
       outcome,
       "All lines of a basket or none: one line without stock ends the order, and lines already "
       "reserved go back. Stock that comes back later (declined, expired) is sold to whoever asks "
       "next; what is left then although buyers were refused is reported as undersold.",
       {"catalogue.stock", "catalogue.hot", "inventory.strategy", "inventory.reservation_ttl"},
       {"hot-item"}},
      {"declined",
       outcome,
       "The channel answered in time, and no. With further attempts only the last answer counts.",
       {"payment.decline_probability", "payment.attempts"},
       {"smoke", "double11-2012"}},
      {"expired",
       outcome,
       "The shop stopped waiting, at the timeout of the payment or when the reservation ended, and "
       "the channel did not take money afterwards either.",
       {"payment.timeout", "inventory.reservation_ttl", "payment.slowdowns", "payment.breakdown"},
       {"smoke"}},
      {"refunded",
       outcome,
       "The shop, or the buyer, stopped waiting, and then the channel took the money after all: it "
       "goes back, and nothing is dispatched, for the stock may be somebody else's by now.",
       {"payment.timeout", "inventory.reservation_ttl", "payment.slowdowns", "payment.latency",
        "traffic.retry.timeout"},
       {"smoke", "retry-storm"}},
      {"throttled",
       outcome,
       "The door said no although there was room: to a bot, or by a limit on a buyer or on a rate.",
       {"admission.bot_filter", "admission.buyer_rate", "admission.buyer_units_most",
        "admission.rate_limit", "traffic.retry"},
       {"drop-with-bots", "eras-presale"}},
      {"shed",
       outcome,
       "There was no room: the queue for credits or the queue for payment servers was full. "
       "Refusing at once is cheaper for everybody than a wait that ends in nothing.",
       {"admission.in_flight_limit", "admission.queue_limit", "payment.queue_limit",
        "admission.waiting_room", "admission.control"},
       {"double11-2012"}},
      {"duplicate",
       outcome,
       "The second click of a double click, which the door knows by its key; it is answered with "
       "the first one's result, and costs no stock and no money.",
       {"traffic.double_clicks", "admission.second_clicks"},
       {"drop-with-bots"}},
      {"abandoned",
       outcome,
       "The buyer left a queue before it was his turn; or the run was interrupted while he waited.",
       {"payment.patience", "traffic.segments", "traffic.retry.timeout", "admission.control"},
       {"double11-2012"}},
  };
}

std::vector<Word> step_words() {
  using enum Word::Kind;
  return {
      {"offered",
       funnel_step,
       "The load as it was planned, whether or not anything keeps up with it: arrivals do not wait "
       "for the sale (open loop), and every latency counts from the planned instant.",
       {"traffic.curve", "traffic.arrivals", "traffic.scale"},
       {"double11-2020-second-26"}},
      {"admitted",
       funnel_step,
       "An order holds one of the credits from here to its end, so they bound memory and queues.",
       {"admission"},
       {"smoke"}},
      {"reserved",
       funnel_step,
       "The stock is held, for the reservation's time, and nobody else can have it. Published "
       "\"orders created per second\" are this step.",
       {"inventory", "catalogue"},
       {"double11-2017-minute"}},
      {"paid",
       funnel_step,
       "Capacity at the channel is servers divided by the mean latency (Little's law); what comes "
       "faster waits in its queue.",
       {"payment"},
       {"double11-2017-minute", "double11-2017-shaved"}},
      {"dispatched",
       funnel_step,
       "The last step; each paid order takes it, exactly once.",
       {"logistics"},
       {"smoke"}},
  };
}

std::vector<Word> stage_words() {
  using enum Word::Kind;
  return {
      {"admission",
       stage,
       "Lets orders in while there are credits; the others wait in a queue, and beyond that are "
       "shed. Before that a door may stand: filters, limits, a waiting room, overload controls.",
       {},
       {"smoke", "drop-with-bots"}},
      {"inventory",
       stage,
       "Holds the stock. Reserves all lines of a basket or none, and takes back what was not paid.",
       {},
       {"hot-item"}},
      {"payment",
       stage,
       "A station: orders wait for a server of the channel, which takes its time and says yes, no "
       "or, in time, nothing.",
       {},
       {"double11-2012"}},
      {"logistics",
       stage,
       "Gives each paid order a warehouse, a parcel and an ETA; a warehouse with a backlog says so "
       "in the ETA.",
       {},
       {"smoke"}},
  };
}

std::string_view name_of(Word::Kind kind) {
  switch (kind) {
    case Word::Kind::outcome:
      return "outcome";
    case Word::Kind::funnel_step:
      return "step of the funnel";
    case Word::Kind::stage:
      break;
  }
  return "stage";
}

// One line where there is one.
std::string_view short_meaning_of(const Word& word) {
  for (const Outcome outcome : kAllOutcomes) {
    if (word.kind == Word::Kind::outcome && double11::name_of(outcome) == word.name) {
      return meaning_of(outcome);
    }
  }
  for (const Funnel step : kFunnel) {
    if (word.kind == Word::Kind::funnel_step && double11::name_of(step) == word.name) {
      return meaning_of(step);
    }
  }
  return "";
}

std::string listed(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names)
    text += fmt::format("{}{}", text.empty() ? "" : ", ", name);
  return text;
}

}  // namespace

const std::vector<Word>& words() {
  static const std::vector<Word> all = [] {
    std::vector<Word> list = outcome_words();
    for (const Word& word : step_words()) list.push_back(word);
    for (const Word& word : stage_words()) list.push_back(word);
    return list;
  }();
  return all;
}

std::string explain_word(std::string_view name) {
  std::string text;
  for (const Word& word : words()) {
    if (word.name != name) continue;
    const std::string_view meaning = short_meaning_of(word);
    text += fmt::format("{}\n  {}{}{}\n  {}\n", word.name, name_of(word.kind),
                        meaning.empty() ? "" : ": ", meaning, word.meaning);
    if (!word.keys.empty()) text += fmt::format("  keys: {}\n", listed(word.keys));
    if (!word.shown_in.empty()) {
      text += fmt::format("  to see it: double11 simulate {}\n", listed(word.shown_in));
    }
  }
  return text;
}

}  // namespace double11::scenario
