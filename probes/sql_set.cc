#include "probes/sql_set.h"

#include <algorithm>
#include <array>

namespace interlock {
namespace {

using namespace std::string_view_literals;

// Functions of the server without side effects; any other call may be a stored function, which may do anything.
constexpr std::array kPureFunctions{
    "abs"sv, "adddate"sv, "ascii"sv, "avg"sv, "cast"sv, "ceil"sv, "ceiling"sv, "char"sv, "char_length"sv, "coalesce"sv, "concat"sv,
    "concat_ws"sv, "connection_id"sv, "convert"sv, "count"sv, "curdate"sv, "current_date"sv, "current_time"sv, "current_timestamp"sv,
    "current_user"sv, "curtime"sv, "database"sv, "date"sv, "date_add"sv, "date_format"sv, "date_sub"sv, "default"sv, "elt"sv, "field"sv,
    "find_in_set"sv, "floor"sv, "format"sv, "found_rows"sv, "from_unixtime"sv, "greatest"sv, "group_concat"sv, "hex"sv, "if"sv, "ifnull"sv,
    "inet_aton"sv, "inet_ntoa"sv, "insert"sv, "instr"sv, "json_array"sv, "json_extract"sv, "json_object"sv, "json_unquote"sv,
    "last_insert_id"sv, "lcase"sv, "least"sv, "left"sv, "length"sv, "localtime"sv, "localtimestamp"sv, "locate"sv, "lower"sv, "lpad"sv,
    "ltrim"sv, "max"sv, "md5"sv, "mid"sv, "min"sv, "mod"sv, "now"sv, "nullif"sv, "position"sv, "pow"sv, "power"sv, "rand"sv, "repeat"sv,
    "replace"sv, "reverse"sv, "right"sv, "round"sv, "row_count"sv, "rpad"sv, "rtrim"sv, "schema"sv, "sha"sv, "sha1"sv, "sha2"sv, "sign"sv,
    "str_to_date"sv, "subdate"sv, "substr"sv, "substring"sv, "substring_index"sv, "sum"sv, "sysdate"sv, "timestamp"sv, "timestampdiff"sv,
    "trim"sv, "truncate"sv, "ucase"sv, "unhex"sv, "unix_timestamp"sv, "upper"sv, "user"sv, "utc_timestamp"sv, "uuid"sv, "values"sv,
    "version"sv, "year"sv,
    // Words that stand before a parenthesis without being functions.
    "all"sv, "and"sv, "any"sv, "as"sv, "between"sv, "by"sv, "distinct"sv, "else"sv, "exists"sv, "from"sv, "having"sv, "in"sv, "index"sv,
    "interval"sv, "join"sv, "key"sv, "like"sv, "not"sv, "on"sv, "or"sv, "select"sv, "set"sv, "some"sv, "then"sv, "union"sv, "using"sv,
    "value"sv, "when"sv, "where"sv, "xor"sv, "decimal"sv, "signed"sv, "unsigned"sv};

constexpr std::size_t kLookedAtBytes = 400;

std::string looked_at(const SqlCursor& cursor) { return lower_ascii(cursor.raw().substr(0, kLookedAtBytes)); }

// The tokens up to the next word FOR outside parentheses; the cursor then stands behind it. Nothing: there is none.
std::optional<SqlCursor> until_for(SqlCursor& cursor) {
  SqlCursor rest = cursor;
  std::size_t length = 0;
  for (; !rest.at_end(); ++length) {
    if (rest.is_word("for")) {
      SqlCursor part = cursor.first(length);
      rest.skip();
      cursor = rest;
      return part;
    }
    const std::size_t before = rest.place();
    if (rest.skip_parentheses()) {
      length += rest.place() - before - 1;
    } else {
      rest.skip();
    }
  }
  return std::nullopt;
}

class Reader {
 public:
  SqlSet read(SqlCursor cursor) {
    cursor.skip();
    SqlCursor ahead = cursor;
    if (ahead.accept("statement") && !ahead.is_symbol('=') && !ahead.is_symbol(':')) {
      const auto settings = until_for(ahead);
      if (!settings || ahead.at_end()) return unknown();
      list(*settings);
      set_.statement = ahead;
      return set_;
    }
    if (cursor.accept("role")) return of(SqlSetScope::role);
    if (cursor.accept_words({"default", "role"})) return of(SqlSetScope::server);
    ahead = cursor;
    const bool global = ahead.accept("global");
    if (!global && !ahead.accept("session")) ahead.accept("local");
    if (ahead.accept("transaction")) return of(global ? SqlSetScope::server : SqlSetScope::session);
    list(cursor);
    return set_;
  }

 private:
  SqlSet unknown() { return of(SqlSetScope::unknown); }
  SqlSet of(SqlSetScope scope) {
    set_.scope = std::max(set_.scope, scope);
    return set_;
  }

  void list(SqlCursor cursor) {
    if (cursor.at_end()) unknown();
    while (!cursor.at_end()) setting(cursor.until(','));
  }

  void setting(SqlCursor one) {
    if (one.is_word("names") || one.is_word("charset") || one.is_word("character")) {
      SqlCursor ahead = one;
      if (character_set(ahead)) return;
    }
    if (one.accept("password")) {
      set_.password = true;
      of(SqlSetScope::server);
      return;
    }
    const std::string name = variable(one);
    one.accept_symbol(':');
    if (name.empty() || !one.accept_symbol('=') || one.at_end()) {
      unknown();
      return;
    }
    value(one, name);
  }

  // NAMES utf8 COLLATE x, CHARACTER SET utf8.
  static bool character_set(SqlCursor& one) {
    if (!one.accept("names") && !one.accept("charset") && !one.accept_words({"character", "set"})) return false;
    if (!one.name() && !one.string()) return false;
    if (one.accept("collate") && !one.name() && !one.string()) return false;
    return one.at_end();
  }

  // The name of what is set, with its @ if it is the user's; empty: of no known form.
  std::string variable(SqlCursor& one) {
    std::string name;
    if (one.is(SqlTokenKind::variable)) {
      name = looked_at(one);
      one.skip();
      if (!name.starts_with("@@")) return name;
      name.erase(0, 2);
      if (const auto dot = name.find('.'); dot != std::string::npos) {
        if (!scoped(name.substr(0, dot))) return {};  // one of several caches of the server, for example
        name.erase(0, dot + 1);
      }
    } else {
      SqlCursor ahead = one;
      const std::string first = looked_at(one);
      ahead.skip();
      if (!ahead.is_symbol('=') && !ahead.is_symbol(':') && scoped(first)) one = ahead;
      name = lower_ascii(one.name().value_or(""));
    }
    set_.system_variables = true;
    set_.unlogged = set_.unlogged || name == "sql_log_bin";
    set_.copying = set_.copying || name == "old_alter_table" || name == "alter_algorithm";
    return name;
  }

  bool scoped(const std::string& word) {
    if (word == "session" || word == "local") return true;
    if (word != "global" && word != "persist" && word != "persist_only") return false;
    of(SqlSetScope::server);
    return true;
  }

  void value(SqlCursor one, const std::string& name) {
    const bool mode = name == "sql_mode";
    set_.locking = set_.locking || one.contains({"for", "update"}) || one.contains({"for", "share"}) || one.contains({"lock", "in"}) ||
                   one.contains({"next", "value"});
    if (!set_.call) set_.call = unknown_sql_call(one);
    for (; !one.at_end(); one.skip()) {
      const std::string raw = looked_at(one);
      if (mode && one.is(SqlTokenKind::number) && raw != "0") set_.quoting = true;  // the modes as bits
      if (!one.is(SqlTokenKind::string) && (!mode || one.is(SqlTokenKind::variable))) continue;
      for (const std::string_view word : {"ansi"sv, "no_backslash"sv, "oracle"sv, "mssql"sv, "postgresql"sv, "db2"sv, "maxdb"sv}) {
        set_.quoting = set_.quoting || raw.find(word) != std::string::npos;
      }
    }
  }

  SqlSet set_;
};

}  // namespace

SqlSet read_sql_set(SqlCursor cursor) { return Reader().read(cursor); }

SqlCursor acting_statement(SqlCursor cursor) {
  if (!cursor.is_word("set")) return cursor;
  const SqlSet set = read_sql_set(cursor);
  return set.statement ? *set.statement : cursor;
}

std::optional<std::string> unknown_sql_call(SqlCursor cursor) {
  bool qualified = false;
  while (!cursor.at_end()) {
    const bool name = cursor.is(SqlTokenKind::word) || cursor.is(SqlTokenKind::quoted_name);
    const std::string text = lower_ascii(cursor.raw().substr(0, 64));
    cursor.skip();
    // With a database before it, a name is that of a stored function even where the server has one called so.
    if (name && cursor.is_symbol('(') && (qualified || std::find(kPureFunctions.begin(), kPureFunctions.end(), text) == kPureFunctions.end())) return text;
    qualified = text == ".";
  }
  return std::nullopt;
}

}  // namespace interlock
