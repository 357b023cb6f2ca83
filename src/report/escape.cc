#include "src/report/escape.h"

#include <fmt/format.h>

#include "src/report/layout.h"

namespace interlock::report {
namespace {

std::string replace_each(const std::string& text, char c, std::string_view by) {
  std::string out;
  for (const char x : text)
    if (x == c)
      out += by;
    else
      out += x;
  return out;
}

}  // namespace

std::string xml(std::string_view text) {
  std::string out;
  std::size_t plain = 0;  // where the text not yet copied begins
  const auto copy = [&](std::size_t to) { out += printable(text.substr(plain, to - plain)); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char* by = nullptr;
    switch (text[i]) {
      case '&': by = "&amp;"; break;
      case '<': by = "&lt;"; break;
      case '>': by = "&gt;"; break;
      case '"': by = "&quot;"; break;
      case '\'': by = "&#39;"; break;
      case '\n': by = "\n"; break;
      case '\t': by = "\t"; break;
      default: continue;  // not markup
    }
    copy(i);
    out += by;
    plain = i + 1;
  }
  copy(text.size());
  return out;
}

std::string prometheus_label(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '\\' || c == '"') out += '\\';
    out += c;
  }
  return out;
}

std::string nagios_line(std::string_view text) { return replace_each(printable(text), '|', "/"); }

std::string tap_line(std::string_view text) { return replace_each(replace_each(printable(text), '\\', "\\\\"), '#', "\\#"); }

// Control characters below U+0020 are escaped by JSON itself; the others stand in strings only, and may be.
std::string json_text(const Json& json, int indent) {
  const std::string text = json.dump(indent, ' ', false, Json::error_handler_t::replace);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = next_character(text, at);
    if (c < 0x7F || !is_control(c)) out += text.substr(from, at - from);
    else if (c < 0x10000) out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else out += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (static_cast<unsigned>(c) - 0x10000) / 0x400, 0xDC00 + static_cast<unsigned>(c) % 0x400);
  }
  return out;
}

}  // namespace interlock::report
