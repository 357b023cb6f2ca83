// An argument vector as one string for a POSIX shell (sh, bash, dash, ksh, zsh): the only place where quoting is done.
// SSH carries a command as one string that the user's login shell on the host takes apart again. Pure.
// Login shells that are not POSIX (csh, fish) are not served: they treat newlines or backslashes otherwise.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fsm/observation.h"

namespace interlock {

// One word. Must not contain NUL; quote_command() checks that.
[[nodiscard]] std::string quote(std::string_view word);

// All words, with blanks between. Refused (Cause::internal): no words, an empty command name, a NUL byte.
[[nodiscard]] Result<std::string> quote_command(const std::vector<std::string>& argv);

// For people, in messages: the command, shortened.
[[nodiscard]] std::string brief_command(const std::vector<std::string>& argv);

}  // namespace interlock
