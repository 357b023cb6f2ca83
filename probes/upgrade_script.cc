#include "probes/upgrade_script.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "fsm/text.h"
#include "probes/digest.h"
#include "probes/sql_set.h"
#include "probes/text.h"

namespace interlock {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kShownBytes = 100;

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool has_comma(SqlCursor cursor) {
  (void)cursor.until(',');
  return !cursor.at_end();
}

bool user_variable(std::string_view raw) { return raw.size() > 1 && raw[0] == '@' && raw[1] != '@'; }

// Whether the statement may set user variables: SET @x, SELECT … INTO @x, @x := ….
bool assigns(SqlCursor cursor, bool is_set) {
  bool after_into = false;
  for (; !cursor.at_end(); cursor.skip()) {
    const bool variable = cursor.is(SqlTokenKind::variable) && user_variable(cursor.raw());
    if (variable && (is_set || after_into)) return true;
    after_into = after_into ? (variable || cursor.is_symbol(',')) : cursor.is_word("into");
    SqlCursor ahead = cursor;
    if (variable && (ahead.skip(), ahead.accept_symbol(':')) && ahead.is_symbol('=')) return true;
  }
  return false;
}

SqlEffect effect_of_set(SqlCursor cursor, std::string& trouble) {
  const SqlSet set = read_sql_set(cursor);
  if (set.quoting) trouble = "it changes how quotes are read in all that follows";
  switch (set.scope) {
    case SqlSetScope::role: return SqlEffect::session;
    case SqlSetScope::server: return SqlEffect::schema;  // repeating it does no harm
    case SqlSetScope::unknown: return SqlEffect::opaque;
    case SqlSetScope::session: break;
  }
  // What may change something stored is not run again for a new connection. The user's variables are kept by themselves.
  if (!set.call && !set.locking) return SqlEffect::session;
  if (set.system_variables) trouble = "a setting of the connection comes from something that may change what is stored, and could not be set again";
  return SqlEffect::opaque;
}

// CREATE, ALTER, DROP, RENAME and the like.
SqlEffect effect_of_definition(SqlCursor cursor) {
  const bool alters = cursor.is_word("alter");
  if (alters && (cursor.contains({"exchange", "partition"}) || cursor.contains({"tablespace"}))) return SqlEffect::opaque;
  SqlCursor object = cursor;
  object.skip();
  object.accept_words({"or", "replace"});
  if (object.is_word("temporary")) return SqlEffect::temporary;
  if (alters || cursor.contains({"if", "exists"}) || cursor.contains({"if", "not", "exists"}) || cursor.contains({"or", "replace"}))
    return SqlEffect::schema;
  // Of these, an account or a database that is there already makes the second attempt fail.
  for (const auto kind : {"user"sv, "role"sv, "database"sv, "schema"sv, "server"sv, "logfile"sv, "undo"sv}) {
    if (object.is_word(kind)) return SqlEffect::opaque;
  }
  return SqlEffect::schema;
}

SqlEffect effect_of(SqlCursor cursor, std::string& trouble) {
  while (cursor.accept_symbol('(')) {
  }
  if (const SqlCursor acting = acting_statement(cursor); acting.place() != cursor.place()) {
    cursor = acting;
    while (cursor.accept_symbol('(')) {
    }
    if (cursor.is_word("set")) return SqlEffect::opaque;
  }
  const std::string word = lower_ascii(cursor.raw());
  if (one_of(word, {"insert", "update", "delete", "replace", "select", "with", "values", "do", "load", "show", "desc",
                    "describe", "explain", "checksum", "help"})) {
    return cursor.contains({"into", "outfile"}) || cursor.contains({"into", "dumpfile"}) ? SqlEffect::opaque
                                                                                          : SqlEffect::rows;
  }
  if (one_of(word, {"create", "alter", "drop", "rename"})) {
    SqlCursor next = cursor;
    next.skip();
    if (word == "drop" && next.is_word("prepare")) return SqlEffect::session;
    return effect_of_definition(cursor);
  }
  if (one_of(word, {"truncate", "grant", "revoke", "analyze", "optimize", "repair", "check", "flush"})) return SqlEffect::schema;
  if (word == "set") return effect_of_set(cursor, trouble);
  if (one_of(word, {"use", "prepare", "deallocate"})) return SqlEffect::session;
  if (one_of(word, {"begin", "commit", "start", "lock", "unlock"})) {
    if (!cursor.contains({"not", "atomic"})) return SqlEffect::transaction;
    return SqlEffect::opaque;
  }
  if (one_of(word, {"rollback", "savepoint", "release", "xa"}))
    trouble = "each statement is a transaction of its own here, so nothing can be rolled back by the script";
  else if (one_of(word, {"kill", "shutdown", "reset", "change", "purge", "handler", "stop"}))
    trouble = "it is no statement of an upgrade";
  return SqlEffect::opaque;
}

std::string beginning(std::string_view script, const SqlStatement& statement) {
  std::string text;
  std::size_t end = 0;
  for (const SqlToken& token : statement.tokens) {
    if (text.size() + token.length > kShownBytes) return one_line(text, kShownBytes) + " …";
    if (!text.empty() && token.offset > end) text += ' ';
    text += token.kind == SqlTokenKind::string ? "'…'" : std::string(script.substr(token.offset, token.length));
    end = token.offset + token.length;
  }
  return text;
}

void collect_names(UpgradeStatement& out, SqlCursor cursor) {
  while (!cursor.at_end()) {
    if (cursor.is(SqlTokenKind::variable) && user_variable(cursor.raw())) out.variables.emplace_back(cursor.raw());
    if (auto name = cursor.name()) {
      std::string lower = lower_case(*name);
      if (cursor.is_symbol('.')) out.qualifiers.push_back(lower);
      out.names.push_back(std::move(lower));
    } else {
      cursor.skip();
    }
  }
  for (auto* list : {&out.names, &out.qualifiers, &out.variables}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
}

UpgradeStatement read_statement(std::string_view script, const SqlStatement& statement) {
  UpgradeStatement out;
  out.offset = statement.offset;
  out.line = statement.at.line;
  out.text = script.substr(statement.offset, statement.length);
  out.sha256 = sha256_hex(out.text);
  out.shown = beginning(script, statement);
  if (statement.client_command) {
    out.shown = one_line(out.text, kShownBytes);
    out.trouble = "it is a command of the mysql client, not a statement";
    return out;
  }
  const SqlCursor cursor(script, statement.tokens);
  out.effect = effect_of(cursor, out.trouble);
  const SqlCursor acting = acting_statement(cursor);
  out.several = (acting.is_word("drop") || acting.is_word("rename")) && has_comma(acting);
  if (!statement.trouble.empty()) out.trouble = statement.trouble;
  collect_names(out, cursor);
  if (!assigns(cursor, acting.is_word("set"))) out.variables.clear();
  const auto names = [&](std::string_view word) { return std::binary_search(out.names.begin(), out.names.end(), word); };
  if (out.trouble.empty() && (names("row_count") || names("found_rows")))
    out.trouble = "it asks for the number of rows of the statement before, which the records kept in between change";
  return out;
}

Result<std::string> read_local_file(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    const Cause cause = errno == ENOENT ? Cause::missing : errno == EACCES ? Cause::denied : Cause::internal;
    return failure(cause, path + ": " + std::strerror(errno == 0 ? EIO : errno));
  }
  std::string text(kSqlLimitBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) return failure(Cause::internal, path + " cannot be read");
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace

std::string UpgradePlan::place(const UpgradeStatement& statement) const {
  return scripts[statement.script].file + ":" + std::to_string(statement.line);
}

UpgradePlan make_upgrade_plan(std::vector<SqlScript> scripts) {
  UpgradePlan plan;
  plan.scripts = std::move(scripts);
  std::string all;
  for (std::size_t i = 0; i < plan.scripts.size(); ++i) {
    const SqlScript& script = plan.scripts[i];
    for (const SqlStatement& statement : split_sql(script.text, script.file)) {
      if (statement.tokens.empty() && statement.trouble.empty() && !statement.client_command) continue;  // a comment
      UpgradeStatement out = read_statement(script.text, statement);
      out.script = i;
      out.number = plan.statements.size() + 1;
      all += out.sha256;
      plan.statements.push_back(std::move(out));
    }
  }
  plan.digest = sha256_hex(all);
  return plan;
}

Result<UpgradePlan> read_upgrade_plan(const std::vector<Json>& scripts) {
  std::vector<SqlScript> texts;
  for (const Json& path : scripts) {
    if (!path.is_string()) return failure(Cause::internal, "'scripts' must be a list of file names");
    auto text = read_local_file(path.get<std::string>());
    if (!text) return tl::unexpected(text.error());
    texts.push_back(SqlScript{path.get<std::string>(), std::move(*text)});
  }
  try {
    return make_upgrade_plan(std::move(texts));
  } catch (const InputError& wrong) {
    return failure(Cause::protocol, wrong.what());
  }
}

}  // namespace interlock
