// Words that a shell reads back as they were.
#include <double11/report/shell_word.hpp>

#include "catch.hpp"

namespace double11::report {

TEST_CASE("shell words are quoted where a shell would change them") {
  CHECK(shell_word("payment.servers=3k") == "payment.servers=3k");
  CHECK(shell_word("") == "''");
  CHECK(shell_word("a b") == "'a b'");
  CHECK(shell_word(R"(payment.calendar=[{"at":"0s"}])") == R"('payment.calendar=[{"at":"0s"}]')");
  CHECK(shell_word("it's") == R"('it'\''s')");
  CHECK(shell_word("$HOME") == "'$HOME'");
}

}  // namespace double11::report
