// A MySQL script as the mysql client would send it: statements with their tokens and places. Comments are left
// out, conditional comments (/*!50001 … */, /*M! … */) are read as code, DELIMITER is followed, and what the client
// itself would act on (SOURCE, \., system) is a statement of its own, marked. Source: MySQL 5.7 manual, "Comments",
// "mysql Client Commands". Pure; it judges nothing.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fsm/text.h"

namespace interlock {

inline constexpr std::size_t kSqlLimitBytes = 4 * 1024 * 1024;
inline constexpr std::size_t kMaxSqlStatements = 20'000;

enum class SqlTokenKind : std::uint8_t {
  word,         // keyword or plain name
  quoted_name,  // `name`
  string,       // '…' or "…"
  number,
  variable,     // @x or @@x
  symbol,       // one character
};

struct SqlToken {
  std::uint32_t offset = 0;   // into the script
  std::uint32_t length = 0;
  SqlTokenKind kind = SqlTokenKind::symbol;
};

struct SqlStatement {
  std::size_t offset = 0, length = 0;   // without delimiter, comments around it and blanks
  Position at;
  std::vector<SqlToken> tokens;
  bool client_command = false;          // acted on by the mysql client, never sent to the server
  std::string trouble;                  // why it cannot be read to its end; empty: it can
};

// Throws InputError for what is not text, is too long, or has too many statements.
[[nodiscard]] std::vector<SqlStatement> split_sql(std::string_view script, std::string_view file = {});

// The tokens of one text without splitting, for types as information_schema prints them.
[[nodiscard]] std::vector<SqlToken> sql_tokens(std::string_view text);

// A place within a statement's tokens. Copy it to look ahead.
class SqlCursor {
 public:
  SqlCursor(std::string_view script, std::span<const SqlToken> tokens) : script_(script), tokens_(tokens) {}

  [[nodiscard]] bool at_end() const { return next_ >= tokens_.size(); }
  [[nodiscard]] std::size_t place() const { return next_; }
  [[nodiscard]] std::string_view raw() const;              // of the next token; empty at the end
  [[nodiscard]] bool is(SqlTokenKind kind) const { return !at_end() && tokens_[next_].kind == kind; }
  [[nodiscard]] bool is_word(std::string_view word) const;  // an unquoted word, ignoring case
  [[nodiscard]] bool is_symbol(char symbol) const;
  bool accept(std::string_view word);
  bool accept_words(std::initializer_list<std::string_view> words);   // all or none
  [[nodiscard]] bool contains(std::initializer_list<std::string_view> words) const;   // anywhere ahead
  bool accept_symbol(char symbol);
  // A name, quoted or not, with its quotes resolved.
  [[nodiscard]] std::optional<std::string> name();
  // The content of a string token; adjacent ones are not joined.
  [[nodiscard]] std::optional<std::string> string();
  [[nodiscard]] std::optional<std::uint64_t> number();     // a whole number
  void skip() { if (!at_end()) ++next_; }
  bool skip_parentheses();   // from '(' past its ')'; false if there is no '(' or no end
  // The tokens up to the next `separator` outside parentheses, or all that are left; the separator is consumed.
  [[nodiscard]] SqlCursor until(char separator);
  // The next `count` tokens.
  [[nodiscard]] SqlCursor first(std::size_t count) const { return SqlCursor(script_, tokens_.subspan(next_, count)); }
  // The tokens within the parentheses that start here; they are consumed.
  [[nodiscard]] std::optional<SqlCursor> inside_parentheses();
  [[nodiscard]] std::string_view text_from(std::size_t place) const;   // raw text from a place up to here

 private:
  std::string_view script_;
  std::span<const SqlToken> tokens_;
  std::size_t next_ = 0;
};

}  // namespace interlock
