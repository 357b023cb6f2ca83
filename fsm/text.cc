#include "fsm/text.h"

#include <algorithm>
#include <cctype>

namespace interlock {
namespace {

constexpr std::size_t kBlockBytes = 256;

bool continues(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

// Length of the well-formed UTF-8 sequence at `offset`, 0 if there is none (overlong, surrogate, too high, cut).
std::size_t sequence_length(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
  const std::size_t left = text.size() - offset;
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return left >= 2 && continues(byte(1)) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (left < 3 || !continues(byte(1)) || !continues(byte(2))) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (left < 4 || !continues(byte(1)) || !continues(byte(2)) || !continues(byte(3))) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

std::string hex(unsigned char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  return std::string("0x") + digits[byte >> 4U] + digits[byte & 0xFU];
}

}  // namespace

void check_text(std::string_view bytes, std::size_t limit_bytes, std::string_view file) {
  if (bytes.size() > limit_bytes) {
    reject(std::string(file), "the file has " + std::to_string(bytes.size()) + " bytes", "at most " + std::to_string(limit_bytes) + " bytes",
           "check that this is the file that was meant");
  }
  const auto at = [bytes](std::size_t offset) { return LineIndex(bytes.substr(0, offset)).at(offset); };
  for (std::size_t offset = 0; offset < bytes.size();) {
    if (bytes[offset] == '\0') {
      reject(file, at(offset), "a NUL byte: this is not a text file", "UTF-8 text",
             "check that this is the file that was meant");
    }
    const std::size_t length = sequence_length(bytes, offset);
    if (length == 0) {
      reject(file, at(offset),
             "byte " + hex(static_cast<unsigned char>(bytes[offset])) + " is not valid UTF-8 here", "UTF-8 text",
             "convert the file, for example: iconv -f GB18030 -t UTF-8");
    }
    offset += length;
  }
}

void reject(std::string_view file, Position at, std::string message, std::string expected, std::string fix) {
  throw InputError(Diagnostic{std::string(file), at.line, at.column, Severity::error, std::move(message), std::move(expected), std::move(fix)});
}

LineIndex::LineIndex(std::string_view text) : text_(text) {
  line_starts_.push_back(0);
  characters_.reserve(text.size() / kBlockBytes + 1);
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % kBlockBytes == 0) characters_.push_back(characters);
    if (!continues(static_cast<unsigned char>(text[i]))) ++characters;
    if (text[i] == '\n') line_starts_.push_back(i + 1);
  }
}

std::size_t LineIndex::characters_before(std::size_t offset) const {
  if (characters_.empty()) return 0;
  const std::size_t block = std::min(offset / kBlockBytes, characters_.size() - 1);
  std::size_t characters = characters_[block];
  for (std::size_t i = block * kBlockBytes; i < offset; ++i) {
    if (!continues(static_cast<unsigned char>(text_[i]))) ++characters;
  }
  return characters;
}

Position LineIndex::at(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const std::size_t start = *(after - 1);
  return Position{static_cast<std::size_t>(after - line_starts_.begin()),
                  characters_before(offset) - characters_before(start) + 1};
}

std::string apply_edits(std::string_view text, std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.offset < b.offset; });
  std::string result;
  std::size_t done = 0;
  for (const Edit& edit : edits) {
    result += text.substr(done, edit.offset - done);
    result += edit.replacement;
    done = edit.offset + edit.length;
  }
  result += text.substr(done);
  return result;
}

std::string_view head(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && continues(static_cast<unsigned char>(text[max_bytes]))) --max_bytes;
  return text.substr(0, max_bytes);
}

std::string lower_ascii(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && lower_ascii(a) == lower_ascii(b);
}

}  // namespace interlock
