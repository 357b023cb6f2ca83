// Text that came from anywhere, made harmless for whoever reads it on a terminal or in a rendering. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace interlock {

// The next character of `text` from `at`, which is moved behind it. U+FFFD for what is not UTF-8.
[[nodiscard]] char32_t next_character(std::string_view text, std::size_t& at);
// Whether it changes how others are displayed: C0, DEL, C1, marks and overrides of direction, line separators.
[[nodiscard]] bool is_control(char32_t c);
// One line without control characters, which are shown as \n, \x1b or \u202e; what is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string printable(std::string_view text);
// The same line by line, with line feeds and tabs as they are.
[[nodiscard]] std::string printable_lines(std::string_view text);

}  // namespace interlock
