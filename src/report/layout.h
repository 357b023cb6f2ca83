// Text on a page of fixed width: how wide it is on a terminal (Chinese characters take two columns), padding,
// clipping, wrapping, colours, and figures in words. Pure but for the time zone of this process, in which wall
// times are shown.
//
// Text from files and hosts may hold anything: what is wrapped or hung here is made harmless by printable(), what is put
// together otherwise passes through it as well, and commands write through harmless().
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fsm/observation.h"
#include "fsm/printable.h"

namespace interlock::report {

using interlock::next_character;
using interlock::printable;

// Lines as printable() has them, with their line feeds and tabs; and, when `coloured`, with the colours of Paint.
[[nodiscard]] std::string harmless(std::string_view text, bool coloured = false);

// Columns on a terminal: 0, 1 or 2 per character. Sequences of ESC [ … letter take none.
[[nodiscard]] std::size_t display_width(std::string_view text);
[[nodiscard]] std::string pad(std::string_view text, std::size_t columns);        // with spaces behind
[[nodiscard]] std::string pad_left(std::string_view text, std::size_t columns);   // with spaces before
[[nodiscard]] std::string clip(std::string_view text, std::size_t columns);       // ends in … when it was too long
// At least one line. Breaks at spaces and between Chinese characters, but not before closing marks, nor between a number
// and its unit, nor in a command that is to be copied, which is left longer than a line. A longer word is cut.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t columns);
// `text` wrapped behind `head`, all further lines indented by head's width. Ends with a line feed.
[[nodiscard]] std::string hang(std::string_view head, std::string_view text, std::size_t columns);
// The same, with `right` at the right end of the first line.
[[nodiscard]] std::string hang(std::string_view head, std::string_view text, std::size_t columns, std::string_view right);

inline constexpr std::size_t kPageColumns = 100;
// How wide the text is that is not live: kPageColumns, or what was set for a narrower terminal, before anything is shown.
[[nodiscard]] std::size_t page_columns();
void set_page_columns(std::size_t columns);

enum class Colour { green, red, yellow, cyan, dim, bold };

// Colours, or none: paint(Colour::red, "…").
class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}
  [[nodiscard]] std::string operator()(Colour colour, std::string_view text) const;

 private:
  bool on_;
};

[[nodiscard]] std::string duration(Millis length);              // 14 ms, 0.42 s, 13.7 s, 2 min 05 s, 1 h 02 min
[[nodiscard]] std::string micros(std::int64_t length_us);       // 850 µs, 12 ms, 1.20 s
[[nodiscard]] std::string clock_time(std::int64_t at_ms);       // 02:12:03.120, local
[[nodiscard]] std::string date_time(std::int64_t at_ms);        // 2020-11-20 02:12:03 +0800, local
[[nodiscard]] std::string iso_time(std::int64_t at_ms);         // 2020-11-19T18:12:03.120Z
[[nodiscard]] std::string grouped(std::uint64_t number);        // 25,114
[[nodiscard]] std::string seconds_between(double least_ms, double most_ms);  // 0.43 … 1.10; 0.43 when both are

}  // namespace interlock::report
