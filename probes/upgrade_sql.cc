#include "probes/upgrade_sql.h"

#include <algorithm>

#include "probes/sql_catalog.h"
#include "probes/sql_set.h"

namespace interlock {
namespace {

using namespace std::string_view_literals;

constexpr const char* kLocking = "it takes locks that running nodes wait for";

SqlTypeChange additive(std::string reason) { return {SqlClass::additive, std::move(reason)}; }
SqlTypeChange destructive(std::string reason) { return {SqlClass::destructive, std::move(reason)}; }
SqlTypeChange unclassified(std::string reason) { return {SqlClass::unclassified, std::move(reason)}; }

bool several(SqlCursor cursor) {
  for (; !cursor.at_end(); cursor.skip())
    if (cursor.is_symbol(';')) return true;
  return false;
}

class Judge {
 public:
  explicit Judge(const SqlSchema* schema) : catalog_(schema) {}

  SqlTypeChange statement(std::string_view script, const SqlStatement& statement) {
    elsewhere_.clear();
    needs_schema = false;
    if (statement.client_command) return unclassified("a command of the mysql client: what it brings in cannot be seen");
    if (!statement.trouble.empty()) return unclassified("it cannot be read: " + statement.trouble);
    SqlCursor cursor(script, statement.tokens);
    if (cursor.at_end()) return additive("a comment only");
    SqlTypeChange change = first_word(cursor);
    if (is_safe(change.verdict) && !elsewhere_.empty()) {
      needs_schema = !catalog_.has_live();
      change = unclassified(catalog_.why_elsewhere(elsewhere_));
    }
    // Under another delimiter a ';' does not end the statement for the client, but it does for the server.
    if ((is_safe(change.verdict) || needs_schema) && several(cursor)) {
      needs_schema = false;
      return unclassified("more than one statement is sent at once, and only the first is judged");
    }
    return change;
  }

  // Each script runs in a connection of its own: what USE chose is gone.
  void new_session() { catalog_.use({}); }

  bool needs_schema = false;   // the last statement is unclassified only for want of the live schema

 private:
  // The table that a statement acts on.
  std::optional<SqlTableName> target(SqlCursor& cursor) {
    auto table = catalog_.read_table(cursor);
    if (table && !table->database.empty()) elsewhere_ = table->database;
    return table;
  }

  // What keeps a statement that reads from being harmless.
  static std::optional<SqlTypeChange> harm(SqlCursor cursor) {
    if (cursor.contains({"for", "update"}) || cursor.contains({"lock", "in"}) || cursor.contains({"for", "share"})) return unclassified(kLocking);
    if (const auto call = unknown_sql_call(cursor)) return unclassified("'" + *call + "' may be a stored function, which may do anything");
    return std::nullopt;
  }
  static std::optional<SqlTypeChange> harm_of_select(SqlCursor cursor) {
    while (!cursor.at_end() && !cursor.is_word("select")) cursor.skip();
    return harm(cursor);
  }

  SqlTypeChange first_word(SqlCursor cursor) {
    if (cursor.accept("create")) return create(cursor);
    if (cursor.accept("alter")) return alter(cursor);
    if (cursor.accept("insert")) return insert(cursor);
    if (cursor.accept("drop")) return drop(cursor);
    if (cursor.is_word("set")) return set(cursor);
    if (cursor.accept("select")) return select(cursor);
    if (cursor.accept("update")) return update(cursor);
    if (cursor.accept("delete")) return remove(cursor);
    if (cursor.accept("truncate")) return truncate(cursor);
    if (cursor.accept("rename")) return rename(cursor);
    if (cursor.accept("use")) return use(cursor);
    if (cursor.accept("replace")) return destructive("REPLACE deletes existing rows with the same key");
    if (cursor.accept("load")) return unclassified("LOAD reads a file that cannot be seen here");
    if (cursor.accept("call")) return unclassified("a stored procedure may do anything");
    if (cursor.is_word("prepare") || cursor.is_word("execute") || cursor.is_word("deallocate")) return unclassified("the statement is built while it runs and cannot be seen");
    if (cursor.accept("grant")) {
      if (cursor.contains({"identified"})) return unclassified("GRANT … IDENTIFIED may change a password that running nodes use");
      return unclassified("privileges are added, which neither the dump nor the way back covers");
    }
    if (cursor.accept("revoke")) return {SqlClass::narrowing, "privileges are taken away that running nodes may use"};
    return session(cursor);
  }

  // Statements that change nothing stored.
  SqlTypeChange session(SqlCursor cursor) {
    for (const std::string_view word : {"begin"sv, "commit"sv, "rollback"sv, "savepoint"sv, "release"sv, "show"sv, "desc"sv, "describe"sv, "checksum"sv}) {
      if (cursor.is_word(word)) return additive("nothing that is stored changes");
    }
    if (cursor.accept_words({"start", "transaction"}) || cursor.accept_words({"unlock", "tables"}) || cursor.accept_words({"flush", "privileges"}) ||
        cursor.accept_words({"analyze", "table"}) || cursor.accept_words({"check", "table"})) {
      return additive("nothing that is stored changes");
    }
    if (cursor.accept("explain") && !cursor.is_word("analyze")) return additive("nothing that is stored changes");
    if (cursor.accept("lock")) return unclassified(kLocking);
    if (cursor.accept("flush")) return unclassified("FLUSH may take locks that running nodes wait for");
    return unclassified("'" + std::string(head(cursor.raw(), 40)) + "' is no statement whose effect is known here");
  }

  SqlTypeChange use(SqlCursor cursor) {
    const auto database = cursor.name();
    if (!database) return unclassified("USE without a database");
    catalog_.use(*database);
    if (!catalog_.is_own(*database)) elsewhere_ = *database;
    return additive("only the database of the following statements is chosen");
  }

  SqlTypeChange set(SqlCursor cursor) {
    const SqlSet set = read_sql_set(cursor);
    if (set.password) return unclassified("a password changes that running nodes may use");
    if (set.scope == SqlSetScope::unknown) return unclassified("SET in a form of which it is not known whether it ends with the session");
    if (set.scope == SqlSetScope::server) return unclassified("a setting of the whole server changes");
    if (set.scope == SqlSetScope::role) return unclassified("the role of the session changes, and with it what these scripts may do");
    if (set.unlogged) return unclassified("what follows may not reach the other config databases");
    if (set.quoting) return unclassified("it may change how quotes are read in all that follows");
    if (set.copying) return unclassified(kLocking);
    if (set.locking) return unclassified(kLocking);
    if (set.call) return unclassified("'" + *set.call + "' may be a stored function, which may do anything");
    if (!set.statement) return additive("only the session is set up");
    if (set.statement->is_word("set")) return unclassified("SET STATEMENT … FOR SET is no statement whose effect is known here");
    return first_word(*set.statement);
  }

  SqlTypeChange select(SqlCursor cursor) {
    if (cursor.contains({"into", "outfile"}) || cursor.contains({"into", "dumpfile"})) return unclassified("it writes a file on the server");
    if (const auto harmful = harm(cursor)) return *harmful;
    return additive("nothing that is stored changes");
  }

  SqlTypeChange insert(SqlCursor cursor) {
    while (cursor.accept("low_priority") || cursor.accept("delayed") || cursor.accept("high_priority") || cursor.accept("ignore")) {
    }
    cursor.accept("into");
    const auto table = target(cursor);
    if (!table) return unclassified("INSERT without a table");
    if (cursor.contains({"on", "duplicate"}) && !catalog_.created(*table)) {
      return destructive("ON DUPLICATE KEY UPDATE changes existing rows of " + table->shown);
    }
    if (cursor.accept("partition")) cursor.skip_parentheses();
    SqlCursor columns = cursor;
    if (columns.skip_parentheses()) cursor = columns;
    if (const auto harmful = harm(cursor)) return *harmful;
    return additive("rows are added to " + table->shown);
  }

  SqlTypeChange update(SqlCursor cursor) {
    while (cursor.accept("low_priority") || cursor.accept("ignore")) {
    }
    const auto table = target(cursor);
    if (table && catalog_.created(*table) && (cursor.is_word("set") || cursor.is_word("as"))) {
      return additive("rows of " + table->shown + ", which these scripts created, are changed");
    }
    return destructive("UPDATE changes existing rows" + (table ? " of " + table->shown : std::string()));
  }

  SqlTypeChange remove(SqlCursor cursor) {
    while (cursor.accept("low_priority") || cursor.accept("quick") || cursor.accept("ignore")) {
    }
    if (!cursor.accept("from")) return destructive("DELETE removes existing rows");
    const auto table = target(cursor);
    const bool single = cursor.at_end() || cursor.is_word("where") || cursor.is_word("order") || cursor.is_word("limit");
    if (table && single && catalog_.created(*table)) return additive("rows of " + table->shown + ", which these scripts created, are removed");
    return destructive("DELETE removes existing rows" + (table ? " of " + table->shown : std::string()));
  }

  SqlTypeChange truncate(SqlCursor cursor) {
    cursor.accept("table");
    const auto table = target(cursor);
    if (table && catalog_.created(*table)) return additive(table->shown + ", which these scripts created, is emptied");
    return destructive("TRUNCATE removes existing rows" + (table ? " of " + table->shown : std::string()));
  }

  SqlTypeChange rename(SqlCursor cursor) {
    if (!cursor.accept("table")) return destructive("what is renamed is no longer found by running nodes");
    bool all_created = true;
    while (!cursor.at_end()) {
      SqlCursor one = cursor.until(',');
      const auto from = target(one);
      const auto to = one.accept("to") ? target(one) : std::nullopt;
      if (!from || !to) return unclassified("RENAME TABLE without two names");
      all_created = all_created && catalog_.created(*from);
      catalog_.drop(*from);
      if (all_created) catalog_.create(*to);
    }
    if (all_created) return additive("only tables that these scripts created are renamed");
    return destructive("a table is renamed: running nodes no longer find it");
  }

  SqlTypeChange alter(SqlCursor cursor) {
    if (cursor.accept("ignore")) return destructive("ALTER IGNORE removes rows that break a key");
    if (!cursor.accept("online")) cursor.accept("offline");
    if (!cursor.accept("table")) return unclassified("ALTER of something other than a table");
    cursor.accept_words({"if", "exists"});
    const auto table = target(cursor);
    if (!table) return unclassified("ALTER TABLE without a table");
    return judge_alter(cursor, *table, catalog_, needs_schema);
  }

  SqlTypeChange drop(SqlCursor cursor) {
    if (cursor.accept_words({"temporary", "table"})) return additive("a temporary table of this session goes");
    if (cursor.accept("table") || cursor.accept("tables")) {
      cursor.accept_words({"if", "exists"});
      while (!cursor.at_end()) {
        SqlCursor one = cursor.until(',');
        if (const auto table = target(one)) catalog_.drop(*table);
      }
      return destructive("DROP TABLE");
    }
    if (cursor.accept("index")) {
      (void)cursor.name();
      const auto table = cursor.accept("on") ? target(cursor) : std::nullopt;
      if (table && catalog_.created(*table)) return additive(table->shown + " was created by these scripts");
      return unclassified("an index is dropped; if it is unique, running nodes store duplicates");
    }
    if (cursor.accept("prepare")) return unclassified("the statement is built while it runs and cannot be seen");
    return destructive("DROP " + std::string(head(cursor.raw(), 40)) + " removes what running nodes may use");
  }

  SqlTypeChange create(SqlCursor cursor) {
    const bool replace = cursor.accept_words({"or", "replace"});
    if (cursor.accept("temporary")) return harm_of_select(cursor).value_or(additive("a temporary table of this session"));
    if (cursor.accept("table")) return create_table(cursor, replace);
    const bool unique = cursor.accept("unique");
    if (cursor.accept("index") || cursor.accept_words({"fulltext", "index"}) || cursor.accept_words({"spatial", "index"})) return create_index(cursor, unique);
    if (cursor.accept("database") || cursor.accept("schema")) return create_database(cursor, replace);
    if (cursor.accept("user") || cursor.accept("role")) {
      return unclassified(replace ? "an account is replaced that running nodes may use" : "an account is created, which neither the dump nor the way back covers");
    }
    for (SqlCursor look = cursor; !look.at_end() && !look.is_word("as"); look.skip()) {
      for (const std::string_view routine : {"trigger"sv, "procedure"sv, "function"sv, "event"sv, "package"sv}) {
        if (look.is_word(routine)) return unclassified("a stored " + std::string(routine) + " acts on its own later; what it does is not judged");
      }
      if (look.accept("view")) {
        look.accept_words({"if", "not", "exists"});
        (void)target(look);
        return replace ? unclassified("a view is replaced that running nodes may read") : additive("a view is created");
      }
    }
    return unclassified("CREATE of something that is not known here");
  }

  SqlTypeChange create_database(SqlCursor cursor, bool replace) {
    if (replace) return destructive("CREATE OR REPLACE DATABASE drops the present one");
    const bool unless_there = cursor.accept_words({"if", "not", "exists"});
    const auto name = cursor.name();
    if (unless_there && name && catalog_.is_own(*name)) return additive("the config database is there already and stays as it is");
    return unclassified("a database is created, which neither the dump nor the way back covers");
  }

  SqlTypeChange create_table(SqlCursor cursor, bool replace) {
    const bool unless_there = cursor.accept_words({"if", "not", "exists"});
    const auto table = target(cursor);
    if (!table) return unclassified("CREATE TABLE without a name");
    const bool there = catalog_.created(*table) || catalog_.live(*table) != nullptr;
    if (replace && !catalog_.created(*table) && (there || !catalog_.has_live())) {
      return destructive("CREATE OR REPLACE TABLE drops " + table->shown + " if it is there");
    }
    if (there && unless_there) return additive(table->shown + " is there already and stays as it is");
    if (there && !replace) return {SqlClass::failing, table->shown + " is there already: the statement would fail"};
    if (const auto harmful = harm_of_select(cursor)) return *harmful;
    const auto parent = catalog_.referred(cursor, *table);
    // Without the live schema, IF NOT EXISTS leaves open whether the table is new.
    if (!unless_there || catalog_.has_live()) catalog_.create(*table);
    if (parent) return narrowed_by_reference(*parent);
    return additive(table->shown + " is created");
  }

  SqlTypeChange create_index(SqlCursor cursor, bool unique) {
    cursor.accept_words({"if", "not", "exists"});
    (void)cursor.name();
    if (cursor.accept("using")) cursor.skip();
    const auto table = cursor.accept("on") ? target(cursor) : std::nullopt;
    if (!table) return unclassified("CREATE INDEX without a table");
    if (unique && !catalog_.created(*table)) {
      return {SqlClass::data_dependent, "a unique key on " + table->shown + " fails on rows that are equal, and on what running nodes insert"};
    }
    bool waits = false;
    for (cursor.skip_parentheses(); !cursor.at_end();) {
      if (!accept_way_of_altering(cursor, waits)) cursor.skip();
    }
    if (waits && !catalog_.created(*table)) return unclassified("it is told to lock or copy the table: running nodes wait until it is done");
    return additive("an index is added to " + table->shown);
  }

  SqlCatalog catalog_;
  std::string elsewhere_;   // a database that the statement acts on and that is not known to be the config database
};

// The beginning of a statement on one line. String literals may be passwords and are left out.
std::string summary(std::string_view script, const SqlStatement& statement) {
  constexpr std::size_t kMaxBytes = 120;
  if (statement.client_command) return std::string(head(script.substr(statement.offset, statement.length), 40));
  std::string text;
  std::size_t end = 0;
  for (const SqlToken& token : statement.tokens) {
    if (text.size() + std::min<std::size_t>(token.length, 64) > kMaxBytes) return text + " …";
    if (!text.empty() && token.offset > end) text += ' ';
    text += token.kind == SqlTokenKind::string ? "'…'" : std::string(head(script.substr(token.offset, token.length), 64));
    end = token.offset + token.length;
  }
  return text;
}

}  // namespace

const char* to_string(UpgradeVerdict verdict) {
  switch (verdict) {
    case UpgradeVerdict::widening_only: return "widening-only";
    case UpgradeVerdict::undecided: return "undecided";
    case UpgradeVerdict::unsafe: return "unsafe";
    case UpgradeVerdict::failing: return "failing";
  }
  return "?";
}

std::vector<const SqlJudgement*> UpgradeJudgement::unsafe() const {
  std::vector<const SqlJudgement*> found;
  for (const SqlJudgement& statement : statements) {
    if (!is_safe(statement.verdict)) found.push_back(&statement);
  }
  return found;
}

UpgradeJudgement judge_upgrade(const std::vector<SqlScript>& scripts, const SqlSchema* schema) {
  UpgradeJudgement result;
  Judge judge(schema);
  for (const SqlScript& script : scripts) {
    judge.new_session();
    for (const SqlStatement& statement : split_sql(script.text, script.file)) {
      SqlTypeChange change = judge.statement(script.text, statement);
      const bool undecided = judge.needs_schema;
      if (!is_safe(change.verdict)) {
        const UpgradeVerdict one = change.verdict == SqlClass::failing ? UpgradeVerdict::failing : undecided ? UpgradeVerdict::undecided : UpgradeVerdict::unsafe;
        result.verdict = std::max(result.verdict, one);
      }
      result.statements.push_back(SqlJudgement{script.file, statement.at, summary(script.text, statement), change.verdict, std::move(change.reason), undecided});
    }
  }
  return result;
}

std::vector<Diagnostic> to_diagnostics(const UpgradeJudgement& judgement) {
  std::vector<Diagnostic> diagnostics;
  for (const SqlJudgement* statement : judgement.unsafe()) {
    diagnostics.push_back(Diagnostic{statement->file, statement->at.line, statement->at.column, Severity::warning,
                                     std::string(to_string(statement->verdict)) + ": " + statement->reason + " [" + statement->text + "]",
                                     "additive or widening statements only",
                                     statement->verdict == SqlClass::failing ? "check the list of scripts, their order, and which database they are for"
                                     : statement->needs_schema ? "give --site SITE --host-role ROLE, the role that is the config database"
                                                             : "upgrade with service stopped, or change the script"});
  }
  return diagnostics;
}

}  // namespace interlock
