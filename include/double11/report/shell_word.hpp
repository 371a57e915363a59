#pragma once
// Settings as they are typed into a shell.

#include <string>

namespace double11::report {

/// `text` as one word of a POSIX shell: in quotes where it has characters that mean something
/// there. Pure; any thread.
[[nodiscard]] std::string shell_word(const std::string& text);

}  // namespace double11::report
