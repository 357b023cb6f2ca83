#include "probes/sql_script.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace interlock {
namespace {

bool space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
bool digit(char c) { return c >= '0' && c <= '9'; }
bool word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c) || c == '_' || c == '$' || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

class Splitter {
 public:
  Splitter(std::string_view script, std::string_view file) : text_(script), file_(file), index_(script) {}

  std::vector<SqlStatement> split() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < text_.size()) step(true);
    finish();
    return std::move(statements_);
  }

  std::vector<SqlToken> tokens() {
    while (at_ < text_.size()) step(false);
    return std::move(now_.tokens);
  }

 private:
  [[nodiscard]] bool ahead(std::string_view what) const { return text_.substr(at_, what.size()) == what; }
  [[nodiscard]] char peek(std::size_t by) const { return at_ + by < text_.size() ? text_[at_ + by] : '\0'; }

  void step(bool splitting) {
    const char c = text_[at_];
    if (space(c)) {
      ++at_;
    } else if (splitting && ahead(delimiter_)) {
      at_ += delimiter_.size();
      finish();
    } else if (c == '#' || (ahead("--") && (at_ + 2 >= text_.size() || space(peek(2)) || static_cast<unsigned char>(peek(2)) < ' '))) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (ahead("/*!") || ahead("/*M!")) {
      open_conditional();
    } else if (ahead("/*")) {
      skip_comment();
    } else if (conditional_ > 0 && ahead("*/")) {
      --conditional_;
      significant(at_, 2);
      at_ += 2;
    } else if (splitting && c == '\\') {
      backslash();
    } else if (splitting && !started_ && client_command()) {
      return;
    } else {
      token(c);
    }
  }

  void significant(std::size_t offset, std::size_t length) {
    if (!started_) {
      started_ = true;
      now_.offset = offset;
    }
    now_.length = offset + length - now_.offset;
  }

  void trouble(std::string why) {
    if (now_.trouble.empty()) now_.trouble = std::move(why);
  }

  void add(SqlTokenKind kind, std::size_t end) {
    significant(at_, end - at_);
    now_.tokens.push_back(SqlToken{static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end - at_), kind});
    at_ = end;
  }

  void token(char c) {
    if (c == '\'' || c == '"') {
      add(SqlTokenKind::string, quoted_end(c, true));
    } else if (c == '`') {
      add(SqlTokenKind::quoted_name, quoted_end(c, false));
    } else if (c == '@') {
      add(SqlTokenKind::variable, variable_end());
    } else if (word_character(c) || (c == '.' && digit(peek(1)))) {
      std::size_t end = number_end();
      if (end > at_) return add(SqlTokenKind::number, end);
      end = at_;
      // A delimiter such as $$ may follow a word without a blank.
      while (end < text_.size() && word_character(text_[end]) && text_.substr(end, delimiter_.size()) != delimiter_) ++end;
      add(SqlTokenKind::word, std::max(end, at_ + 1));
    } else {
      add(SqlTokenKind::symbol, at_ + 1);
    }
  }

  // Past the closing quote; a doubled quote stays inside, and so does one after a backslash in a string.
  std::size_t quoted_end(char quote, bool backslash_escapes) {
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      if (backslash_escapes && text_[i] == '\\') {
        ++i;
      } else if (text_[i] == quote) {
        if (i + 1 >= text_.size() || text_[i + 1] != quote) return i + 1;
        ++i;
      }
    }
    std::string why = "a quote ";
    why += quote;
    trouble(why + " is never closed");
    return text_.size();
  }

  // Past a number at the present place, or the present place: names may start with digits.
  [[nodiscard]] std::size_t number_end() const {
    std::size_t i = at_;
    while (i < text_.size() && digit(text_[i])) ++i;
    if (i < text_.size() && text_[i] == '.') {
      ++i;
      while (i < text_.size() && digit(text_[i])) ++i;
    }
    if (i == at_) return at_;
    if (i < text_.size() && (text_[i] == 'e' || text_[i] == 'E')) {
      std::size_t j = i + 1;
      if (j < text_.size() && (text_[j] == '+' || text_[j] == '-')) ++j;
      const std::size_t digits = j;
      while (j < text_.size() && digit(text_[j])) ++j;
      if (j > digits) i = j;
    }
    return i < text_.size() && word_character(text_[i]) ? at_ : i;
  }

  std::size_t variable_end() {
    std::size_t i = at_;
    while (i < text_.size() && text_[i] == '@') ++i;
    if (i < text_.size() && (text_[i] == '\'' || text_[i] == '"' || text_[i] == '`')) {
      const std::size_t start = at_;
      at_ = i;
      const std::size_t end = quoted_end(text_[i], text_[i] != '`');
      at_ = start;
      return end;
    }
    while (i < text_.size() && (word_character(text_[i]) || text_[i] == '.')) ++i;
    return i;
  }

  void skip_comment() {
    const auto end = text_.find("*/", at_ + 2);
    if (end == std::string_view::npos) {
      significant(at_, text_.size() - at_);
      trouble("a comment is never closed");
      at_ = text_.size();
    } else {
      at_ = end + 2;
    }
  }

  // Read as code whatever the version number: which server runs the script is not known here.
  void open_conditional() {
    const std::size_t start = at_;
    at_ += ahead("/*M!") ? 4 : 3;
    while (at_ < text_.size() && digit(text_[at_])) ++at_;
    significant(start, at_ - start);
    ++conditional_;
  }

  void backslash() {
    if (peek(1) == 'g' || peek(1) == 'G') {
      at_ += 2;
      finish();
      return;
    }
    if (!started_) {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      now_.client_command = true;
      significant(at_, end - at_);
      at_ = end;
      finish();
      return;
    }
    trouble("a backslash outside quotes is a command of the mysql client");
    add(SqlTokenKind::symbol, at_ + 1);
  }

  // Commands of the mysql client that stand at the start of a statement and end with the line.
  bool client_command() {
    std::size_t end = at_;
    while (end < text_.size() && word_character(text_[end])) ++end;
    const std::string word = lower_ascii(text_.substr(at_, std::min<std::size_t>(end - at_, 16)));
    constexpr std::array<std::string_view, 17> kCommands{"delimiter", "source", "system", "tee", "notee", "pager", "nopager", "edit", "connect", "prompt", "rehash", "print", "ego", "go", "status", "charset", "clear"};
    if (std::find(kCommands.begin(), kCommands.end(), word) == kCommands.end()) return false;
    if (end < text_.size() && !space(text_[end]) && text_[end] != ';') return false;
    std::size_t line_end = std::min(text_.find('\n', at_), text_.size());
    if (word == "delimiter") return set_delimiter(end, line_end);
    now_.client_command = true;
    significant(at_, line_end - at_);
    at_ = line_end;
    finish();
    return true;
  }

  bool set_delimiter(std::size_t from, std::size_t line_end) {
    std::size_t begin = from;
    while (begin < line_end && space(text_[begin])) ++begin;
    std::size_t end = begin;
    while (end < line_end && !space(text_[end])) ++end;
    std::string_view given = text_.substr(begin, end - begin);
    constexpr std::size_t kMaxDelimiterBytes = 16;
    if (given.empty() || given.size() > kMaxDelimiterBytes || given.find('\\') != std::string_view::npos) {
      significant(at_, line_end - at_);
      trouble("DELIMITER without a usable delimiter");
      at_ = line_end;
      finish();
      return true;
    }
    delimiter_ = given;
    at_ = line_end;
    return true;
  }

  void finish() {
    if (!started_) {
      now_ = {};
      return;
    }
    if (conditional_ > 0) trouble("a conditional comment is not closed within the statement");
    conditional_ = 0;
    started_ = false;
    now_.at = index_.at(now_.offset);
    if (statements_.size() >= kMaxSqlStatements) {
      throw InputError(Diagnostic{std::string(file_), now_.at.line, now_.at.column, Severity::error, "too many statements",
                                  "at most " + std::to_string(kMaxSqlStatements), "split the script, or check that it is the right one"});
    }
    now_.tokens.shrink_to_fit();
    statements_.push_back(std::move(now_));
    now_ = {};
  }

  std::string_view text_, file_;
  LineIndex index_;
  std::size_t at_ = 0;
  std::string_view delimiter_ = ";";
  std::size_t conditional_ = 0;
  bool started_ = false;
  SqlStatement now_;
  std::vector<SqlStatement> statements_;
};

// The content of a quoted token.
std::string unquote(std::string_view raw, bool backslash_escapes) {
  std::string text;
  if (raw.empty()) return text;
  const char quote = raw.front();
  for (std::size_t i = 1; i + 1 < raw.size(); ++i) {
    if (backslash_escapes && raw[i] == '\\' && i + 2 < raw.size()) {
      constexpr std::string_view from = "0bnrtZ", to{"\0\b\n\r\t\x1A", 6};
      const auto known = from.find(raw[++i]);
      text += known == std::string_view::npos ? raw[i] : to[known];
    } else {
      text += raw[i];
      if (raw[i] == quote && raw[i + 1] == quote) ++i;
    }
  }
  return text;
}

}  // namespace

std::vector<SqlStatement> split_sql(std::string_view script, std::string_view file) {
  check_text(script, kSqlLimitBytes, file);
  return Splitter(script, file).split();
}

std::vector<SqlToken> sql_tokens(std::string_view text) { return Splitter(text, {}).tokens(); }

std::string_view SqlCursor::raw() const {
  return at_end() ? std::string_view{} : script_.substr(tokens_[next_].offset, tokens_[next_].length);
}

bool SqlCursor::is_word(std::string_view word) const { return is(SqlTokenKind::word) && equals_ignoring_case(raw(), word); }

bool SqlCursor::is_symbol(char symbol) const { return is(SqlTokenKind::symbol) && raw().front() == symbol; }

bool SqlCursor::accept(std::string_view word) {
  if (!is_word(word)) return false;
  ++next_;
  return true;
}

bool SqlCursor::accept_words(std::initializer_list<std::string_view> words) {
  const std::size_t start = next_;
  for (const std::string_view word : words) {
    if (!accept(word)) {
      next_ = start;
      return false;
    }
  }
  return true;
}

bool SqlCursor::contains(std::initializer_list<std::string_view> words) const {
  for (SqlCursor place = *this; !place.at_end(); place.skip()) {
    SqlCursor ahead = place;
    if (ahead.accept_words(words)) return true;
  }
  return false;
}

bool SqlCursor::accept_symbol(char symbol) {
  if (!is_symbol(symbol)) return false;
  ++next_;
  return true;
}

std::optional<std::string> SqlCursor::name() {
  if (is(SqlTokenKind::word)) {
    std::string text(raw());
    ++next_;
    return text;
  }
  if (is(SqlTokenKind::quoted_name)) {
    std::string text = unquote(raw(), false);
    ++next_;
    return text;
  }
  return std::nullopt;
}

std::optional<std::string> SqlCursor::string() {
  if (!is(SqlTokenKind::string)) return std::nullopt;
  std::string text = unquote(raw(), true);
  ++next_;
  return text;
}

std::optional<std::uint64_t> SqlCursor::number() {
  if (!is(SqlTokenKind::number)) return std::nullopt;
  const std::string_view text = raw();
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  ++next_;
  return value;
}

bool SqlCursor::skip_parentheses() {
  if (!is_symbol('(')) return false;
  std::size_t depth = 0;
  for (; !at_end(); ++next_) {
    if (is_symbol('(')) ++depth;
    if (is_symbol(')') && --depth == 0) {
      ++next_;
      return true;
    }
  }
  return false;
}

SqlCursor SqlCursor::until(char separator) {
  const std::size_t start = next_;
  std::size_t depth = 0;
  for (; !at_end(); ++next_) {
    if (is_symbol('(')) ++depth;
    if (is_symbol(')') && depth > 0) --depth;
    if (depth == 0 && is_symbol(separator)) break;
  }
  SqlCursor part(script_, tokens_.subspan(start, next_ - start));
  if (!at_end()) ++next_;
  return part;
}

std::optional<SqlCursor> SqlCursor::inside_parentheses() {
  const std::size_t start = next_;
  if (!skip_parentheses()) return std::nullopt;
  return SqlCursor(script_, tokens_.subspan(start + 1, next_ - start - 2));
}

std::string_view SqlCursor::text_from(std::size_t place) const {
  if (place >= next_ || next_ > tokens_.size()) return {};
  const SqlToken& last = tokens_[next_ - 1];
  return script_.substr(tokens_[place].offset, last.offset + last.length - tokens_[place].offset);
}

}  // namespace interlock
