#include "src/report/layout.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <ctime>

#include <fmt/format.h>

#include "src/report/typing.h"

namespace interlock::report {
namespace {

// All that Paint writes.
constexpr std::array<std::string_view, 7> kPainted{"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[36m"};

struct Range {
  char32_t first, last;
};
// Unicode's East Asian Wide and Fullwidth, in ranges wide enough for what is displayed here.
constexpr std::array<Range, 14> kWide{{{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},
                                       {0xA000, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60},
                                       {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F9FF}, {0x20000, 0x3FFFD}}};
constexpr std::array<Range, 5> kNarrowest{{{0x0300, 0x036F}, {0x200B, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}}};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t c) {
  for (const auto& r : ranges)
    if (c >= r.first && c <= r.last) return true;
  return false;
}

bool is_wide(char32_t c) { return c >= kWide.front().first && within(kWide, c); }
std::size_t columns_of(char32_t c) { return is_wide(c) ? 2 : within(kNarrowest, c) ? 0 : 1; }

// Behind an ESC [ … letter that begins at `at`; `at` itself when there is none.
std::size_t behind_sequence(std::string_view text, std::size_t at) {
  if (text[at] != '\x1b' || at + 1 >= text.size() || text[at + 1] != '[') return at;
  for (std::size_t i = at + 2; i < text.size(); ++i)
    if (text[i] >= '@' && text[i] <= '~') return i + 1;
  return text.size();
}

std::atomic<std::size_t> g_page_columns{kPageColumns};

// A line under construction, and where it can be broken.
struct Wrapped {
  std::string text;
  std::size_t width = 0;
  std::size_t break_at = 0;  // bytes; 0: nowhere
};

// Marks that neither a line begins with, nor ends with.
constexpr std::u32string_view kClosing = U"，。；：、）」』】》！？”’…,.;:!?)]", kOpening = U"（「『【《“‘";
bool among(std::u32string_view marks, char32_t c) { return marks.find(c) != std::u32string_view::npos; }

// Whether a unit begins at `at`, of a number that stands before the space before it.
bool is_unit_of_number(std::string_view text, std::size_t at, char32_t first) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (at < 2 || text[at - 1] != ' ' || std::isdigit(byte(at - 2)) == 0) return false;
  if (is_wide(first)) return true;
  for (const std::string_view unit : {"ms", "s", "min", "h", "µs"})
    if (text.substr(at).starts_with(unit) && (at + unit.size() == text.size() || std::isalnum(byte(at + unit.size())) == 0)) return true;
  return false;
}

// Whether a line may end between `before` and `c`, which stands at `at`.
bool may_break(std::string_view text, std::size_t at, char32_t before, char32_t c) {
  if (c == ' ' || among(kOpening, before)) return false;
  if (before == ' ') return !is_unit_of_number(text, at, c);
  return (is_wide(before) || is_wide(c)) && !among(kClosing, c);
}

std::string without_trailing_space(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::tm local(std::int64_t at_ms) {
  const std::time_t seconds = static_cast<std::time_t>(at_ms / 1000);
  std::tm parts{};
  localtime_r(&seconds, &parts);
  return parts;
}

}  // namespace

std::size_t page_columns() { return g_page_columns; }
void set_page_columns(std::size_t columns) { g_page_columns = columns; }

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t behind = behind_sequence(text, at); behind != at)
      at = behind;
    else
      width += columns_of(next_character(text, at));
  }
  return width;
}

std::string pad(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(text) + std::string(columns > width ? columns - width : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(columns > width ? columns - width : 0, ' ') + std::string(text);
}

std::string clip(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::string out;
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    if (const std::size_t behind = behind_sequence(text, at); behind != at) {
      at = behind;
    } else {
      const std::size_t wide = columns_of(next_character(text, at));
      if (width + wide > columns - 1) break;
      width += wide;
    }
    out += text.substr(from, at - from);
  }
  return out + "…" + (out.find('\x1b') == std::string::npos ? "" : "\x1b[0m");
}

std::vector<std::string> wrap(std::string_view any, std::size_t columns) {
  const std::string text = printable(any);
  std::vector<std::string> lines;
  Wrapped line;
  const auto flush = [&](std::size_t bytes) {
    std::string rest = line.text.substr(bytes);
    lines.push_back(without_trailing_space(line.text.substr(0, bytes)));
    rest.erase(0, rest.find_first_not_of(' ') == std::string::npos ? rest.size() : rest.find_first_not_of(' '));
    line = {rest, display_width(rest), 0};
  };
  char32_t before = 0;
  std::size_t whole = 0;  // behind the command that is being gone through
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = next_character(text, at);
    const std::size_t wide = columns_of(c);
    const bool inside = from < whole;
    if (!inside) whole = behind_command(text, from);
    if (!inside && !line.text.empty() && before != 0 && may_break(text, from, before, c)) line.break_at = line.text.size();
    if (line.width + wide > columns && c != ' ' && !line.text.empty() && (line.break_at != 0 || (!inside && line.width <= columns))) flush(line.break_at ? line.break_at : line.text.size());
    before = c;
    if (c == ' ' && line.text.empty() && !lines.empty()) continue;
    line.text += text.substr(from, at - from);
    line.width += wide;
  }
  if (!line.text.empty() || lines.empty()) lines.push_back(without_trailing_space(line.text));
  return lines;
}

std::string hang(std::string_view head, std::string_view text, std::size_t columns) {
  const std::size_t indent = display_width(head);
  constexpr std::size_t kLeast = 20;  // never narrower than can be read
  std::string out;
  for (const auto& line : wrap(text, columns > indent + kLeast ? columns - indent : kLeast))
    out += (out.empty() ? std::string(head) : std::string(indent, ' ')) + line + "\n";
  return out;
}

std::string hang(std::string_view head, std::string_view text, std::size_t columns, std::string_view right) {
  const std::size_t width = display_width(right);
  if (width == 0) return hang(head, text, columns);
  std::string out = hang(head, text, columns > width + 2 ? columns - width - 2 : columns);
  const std::size_t end = out.find('\n');
  const std::size_t used = display_width(std::string_view(out).substr(0, end));
  out.insert(end, std::string(used + width < columns ? columns - used - width : 1, ' ') + std::string(right));
  return out;
}

std::string harmless(std::string_view text, bool coloured) {
  if (!coloured) return printable_lines(text);
  std::string out;
  for (std::size_t at = 0, from = 0; at <= text.size(); ++at) {
    const auto code = std::find_if(kPainted.begin(), kPainted.end(), [&](std::string_view c) { return text.substr(at).starts_with(c); });
    if (at < text.size() && code == kPainted.end()) continue;
    out += printable_lines(text.substr(from, at - from));
    if (at == text.size()) break;
    out += *code;
    from = at + code->size();
    at = from - 1;
  }
  return out;
}

std::string Paint::operator()(Colour colour, std::string_view text) const {
  if (!on_ || text.empty()) return std::string(text);
  const char* code = "0";
  switch (colour) {
    case Colour::green: code = "32"; break;
    case Colour::red: code = "31"; break;
    case Colour::yellow: code = "33"; break;
    case Colour::cyan: code = "36"; break;
    case Colour::dim: code = "2"; break;
    case Colour::bold: code = "1"; break;
  }
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

std::string duration(Millis length) {
  const auto ms = length.count();
  if (ms < 100) return fmt::format("{} ms", ms < 0 ? 0 : ms);
  if (ms < 60'000 && ms % 1000 == 0) return fmt::format("{} s", ms / 1000);
  if (ms < 10'000) return fmt::format("{:.2f} s", static_cast<double>(ms) / 1000.0);
  if (ms < 60'000) return fmt::format("{:.1f} s", static_cast<double>(ms) / 1000.0);
  const auto s = ms / 1000;
  if (s < 3600) return s % 60 == 0 ? fmt::format("{} min", s / 60) : fmt::format("{} min {:02} s", s / 60, s % 60);
  return fmt::format("{} h {:02} min", s / 3600, s % 3600 / 60);
}

std::string micros(std::int64_t us) {
  if (us < 1000) return fmt::format("{} µs", us);
  if (us < 1'000'000) return fmt::format("{} ms", us / 1000);
  return fmt::format("{:.2f} s", static_cast<double>(us) / 1e6);
}

std::string clock_time(std::int64_t at_ms) {
  const std::tm t = local(at_ms);
  return fmt::format("{:02}:{:02}:{:02}.{:03}", t.tm_hour, t.tm_min, t.tm_sec, at_ms % 1000);
}

std::string date_time(std::int64_t at_ms) {
  const std::tm t = local(at_ms);
  const long minutes = t.tm_gmtoff / 60;
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} {}{:02}{:02}", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, minutes < 0 ? '-' : '+',
                     std::abs(minutes) / 60, std::abs(minutes) % 60);
}

std::string iso_time(std::int64_t at_ms) {
  const std::time_t seconds = static_cast<std::time_t>(at_ms / 1000);
  std::tm t{};
  gmtime_r(&seconds, &t);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, at_ms % 1000);
}

std::string seconds_between(double least_ms, double most_ms) {
  const std::string least = fmt::format("{:.2f}", least_ms / 1000.0), most = fmt::format("{:.2f}", most_ms / 1000.0);
  return least == most ? least : least + " … " + most;
}

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

}  // namespace interlock::report
