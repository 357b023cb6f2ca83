// HotDB's own error numbers in words, for probes and actions on its management port. Pure; any thread.
// Source: the vendor's manual, versions 2.5.6 to 2.5.8.
#pragma once

#include <string>
#include <string_view>

namespace interlock {

// "another reload is running" for 10186; "" for a number that is not HotDB's own.
[[nodiscard]] std::string_view hotdb_error_words(unsigned number);

// The server's text with those words before it, when there are any.
[[nodiscard]] std::string hotdb_error_text(unsigned number, std::string_view server_text);

}  // namespace interlock
