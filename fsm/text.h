// Text that came from outside: is it text at all, where in it is a byte, and how to change parts of it while
// every other byte stays. Pure; no I/O. Parsers call check_text first and may then rely on valid UTF-8
// without NUL bytes. It knows no format.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "fsm/diagnostic.h"

namespace interlock {

// Configuration files are written by hand; anything longer is a wrong file.
inline constexpr std::size_t kConfigLimitBytes = 4 * 1024 * 1024;

// Throws InputError with one diagnostic when `bytes` is longer than `limit_bytes`, is not UTF-8 (the line and
// column of the first bad byte are told) or holds a NUL byte. `file` only names it in the diagnostic.
void check_text(std::string_view bytes, std::size_t limit_bytes, std::string_view file = {});

struct Position {
  std::size_t line = 0;    // from 1; 0: nowhere
  std::size_t column = 0;  // from 1, in characters (code points)
  bool operator==(const Position&) const = default;
};

// Throws InputError about a place of a file.
[[noreturn]] void reject(std::string_view file, Position at, std::string message, std::string expected, std::string fix);

// Line and column of any byte, in about constant time however long the lines are.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);  // keeps a view: the text must outlive the index
  [[nodiscard]] Position at(std::size_t offset) const;

 private:
  [[nodiscard]] std::size_t characters_before(std::size_t offset) const;
  std::string_view text_;
  std::vector<std::size_t> line_starts_;
  std::vector<std::size_t> characters_;  // before each block of bytes
};

// Replaces `length` bytes from `offset`. Edits of one text do not overlap.
struct Edit {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string replacement;
};
[[nodiscard]] std::string apply_edits(std::string_view text, std::vector<Edit> edits);

// At most that many bytes from the start, never cutting a character in two. For quoting input in messages.
[[nodiscard]] std::string_view head(std::string_view text, std::size_t max_bytes);

// ASCII only: keywords of the formats read here are ASCII.
[[nodiscard]] std::string lower_ascii(std::string_view text);
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace interlock
