// Text that comes from other machines, made fit for JSON and for one line of evidence. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace interlock {

// The text with every byte that is not valid UTF-8 replaced by U+FFFD, and NUL too.
[[nodiscard]] std::string valid_utf8(std::string_view bytes);

// One line of at most `limit` bytes: control characters become spaces, the rest "…".
[[nodiscard]] std::string one_line(std::string_view text, std::size_t limit = 200);

// The whole lines and the last unfinished one, without their ends.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

// A decimal number of at most 18 digits with nothing around it and no leading zero.
[[nodiscard]] std::optional<long long> whole_number(std::string_view text);

[[nodiscard]] std::string lower_case(std::string_view text);

}  // namespace interlock
