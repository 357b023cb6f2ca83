// ALTER TABLE, clause by clause. Declared in sql_catalog.h. Pure.
#include <algorithm>
#include <utility>

#include "probes/sql_catalog.h"

namespace interlock {
namespace {

std::string in_quotes(const std::string& name) { return "'" + std::string(head(name, 70)) + "'"; }

class Alter {
 public:
  Alter(const SqlTableName& table, SqlCatalog& catalog, bool& needs_schema) : table_(table), catalog_(catalog), needs_schema_(needs_schema) {}

  SqlTypeChange judge(SqlCursor cursor) {
    if (cursor.at_end()) return {SqlClass::unclassified, "ALTER TABLE without a clause"};
    // A table that these scripts made holds nothing that a running node knows.
    if (catalog_.created(table_)) return created(cursor);
    if (catalog_.has_live() && catalog_.live(table_) == nullptr) return {SqlClass::failing, catalog_.why_unknown(table_)};
    SqlTypeChange worst{SqlClass::additive, {}}, undecided;
    while (!cursor.at_end()) {
      SqlCursor part = cursor.until(',');
      wanting_ = false;
      SqlTypeChange change = clause(part);
      if (wanting_) {
        undecided = std::move(change);
      } else if (worst.reason.empty() || change.verdict > worst.verdict) {
        worst = std::move(change);
      }
    }
    // What is unsafe whatever the schema may be is told first.
    needs_schema_ = !undecided.reason.empty() && worst.verdict <= SqlClass::widening;
    return needs_schema_ ? undecided : worst;
  }

 private:
  SqlTypeChange created(SqlCursor cursor) {
    if (const auto parent = catalog_.referred(cursor, table_)) return narrowed_by_reference(*parent);
    while (!cursor.at_end()) {
      SqlCursor part = cursor.until(',');
      if (part.accept("rename") && !part.is_word("column") && !part.is_word("index") && !part.is_word("key")) {
        if (!part.accept("to")) part.accept("as");
        const auto name = catalog_.read_table(part);
        if (!name || catalog_.live(*name) != nullptr) return {SqlClass::unclassified, "the new name is in use"};
        if (!name->database.empty()) return {SqlClass::unclassified, catalog_.why_elsewhere(name->database)};
        catalog_.drop(table_);
        catalog_.create(*name);
        return {SqlClass::additive, table_.shown + " was created by these scripts"};
      }
    }
    return {SqlClass::additive, table_.shown + " was created by these scripts"};
  }

  SqlTypeChange clause(SqlCursor& part) {
    if (part.accept("add")) return add(part);
    if (part.accept("modify")) return modify(part);
    if (part.accept("change")) return change(part);
    if (part.accept("drop")) return drop(part);
    if (part.accept("alter")) return alter(part);
    if (part.accept("rename")) return rename(part);
    return option(part);
  }

  SqlTypeChange add(SqlCursor& part) {
    const bool named = part.accept("constraint");
    if (named && !part.is_word("primary") && !part.is_word("unique") && !part.is_word("foreign") && !part.is_word("check")) (void)part.name();
    if (part.accept_words({"primary", "key"})) return {SqlClass::data_dependent, "a primary key fails on rows that are not unique or hold NULL"};
    if (part.accept("unique")) return {SqlClass::data_dependent, "a unique key fails on rows that are equal, and on what running nodes insert"};
    if (part.accept_words({"foreign", "key"})) return {SqlClass::data_dependent, "a foreign key fails on rows without a parent, and on what running nodes insert"};
    if (part.accept("check")) return {SqlClass::data_dependent, "a check fails on rows that break it, and on what running nodes insert"};
    if (named) return {SqlClass::unclassified, "the constraint is of no known kind"};
    if (part.accept("index") || part.accept("key") || part.accept_words({"fulltext"}) || part.accept_words({"spatial"})) {
      return {SqlClass::additive, "an index is added"};
    }
    if (part.accept("partition")) return {SqlClass::additive, "a partition is added"};
    part.accept("column");
    const bool unless_there = part.accept_words({"if", "not", "exists"});
    if (part.is_symbol('(')) {
      auto inside = part.inside_parentheses();
      SqlTypeChange worst{SqlClass::additive, {}};
      while (inside && !inside->at_end()) {
        SqlCursor one = inside->until(',');
        SqlTypeChange next = add_column(one, unless_there);
        if (worst.reason.empty() || next.verdict > worst.verdict) worst = std::move(next);
      }
      return worst.reason.empty() ? SqlTypeChange{SqlClass::unclassified, "ADD without a column"} : worst;
    }
    return add_column(part, unless_there);
  }

  SqlTypeChange add_column(SqlCursor& part, bool unless_there) {
    auto name = part.name();
    if (!name) return {SqlClass::unclassified, "ADD without a column's name"};
    if (catalog_.live(table_, *name) != nullptr || catalog_.created(table_, *name)) {
      if (unless_there) return {SqlClass::additive, "column " + in_quotes(*name) + " is there already and stays as it is"};
      return {SqlClass::failing, "column " + in_quotes(*name) + " is there already: the statement would fail"};
    }
    const bool refers = part.contains({"references"});
    const SqlColumnDefinition definition = read_column_definition(part, *name);
    if (!definition.trouble.empty()) return {SqlClass::unclassified, "column " + in_quotes(*name) + ": " + definition.trouble};
    if (refers) return {SqlClass::data_dependent, "column " + in_quotes(*name) + " is added with a foreign key, which what running nodes delete may break"};
    if (!unless_there || catalog_.has_live()) catalog_.create(table_, *name);
    const SqlColumn& column = definition.column;
    if (definition.key && column.auto_increment) return {SqlClass::additive, "column " + in_quotes(*name) + " is added and numbered by the server"};
    if (definition.key) return {SqlClass::data_dependent, "column " + in_quotes(*name) + " is added with a key that the rows present break as soon as there are two"};
    if (!column.nullable && !column.default_value && !column.auto_increment && !column.generated) {
      return {SqlClass::data_dependent, "column " + in_quotes(*name) + " is NOT NULL without a DEFAULT: inserts of running nodes, which do not name it, fail in strict mode (add a DEFAULT)"};
    }
    return {SqlClass::additive, "column " + in_quotes(*name) + " is added"};
  }

  SqlTypeChange modify(SqlCursor& part) {
    part.accept("column");
    part.accept_words({"if", "exists"});
    auto name = part.name();
    if (!name) return {SqlClass::unclassified, "MODIFY without a column's name"};
    return redefine(part, *name, *name);
  }

  SqlTypeChange change(SqlCursor& part) {
    part.accept("column");
    part.accept_words({"if", "exists"});
    auto from = part.name();
    auto to = part.name();
    if (!from || !to) return {SqlClass::unclassified, "CHANGE without two names"};
    if (!equals_ignoring_case(*from, *to) && !catalog_.created(table_, *from)) {
      return {SqlClass::destructive, "column " + in_quotes(*from) + " is renamed to " + in_quotes(*to) + ": running nodes no longer find it"};
    }
    return redefine(part, *from, *to);
  }

  SqlTypeChange redefine(SqlCursor& part, const std::string& from, const std::string& to) {
    const SqlColumnDefinition definition = read_column_definition(part, to);
    if (!definition.trouble.empty()) return {SqlClass::unclassified, "column " + in_quotes(from) + ": " + definition.trouble};
    if (catalog_.created(table_, from)) {
      catalog_.create(table_, to);
      return {SqlClass::additive, "column " + in_quotes(from) + " was added by these scripts"};
    }
    SqlTable* table = catalog_.live(table_);
    SqlColumn* present = catalog_.live(table_, from);
    if (table == nullptr) {
      wanting_ = !catalog_.has_live();
      return {wanting_ ? SqlClass::unclassified : SqlClass::failing, catalog_.why_unknown(table_)};
    }
    if (present == nullptr) return {SqlClass::unclassified, "column " + in_quotes(from) + " is not in the live schema, or its type is not known"};
    SqlTypeChange change = compare_columns(*present, definition, *table);
    change.reason = "column " + in_quotes(from) + ": " + change.reason;
    SqlType type = definition.column.type;
    if (type.charset.empty()) type.charset = present->type.charset;
    if (type.collation.empty()) type.collation = present->type.collation;
    *present = definition.column;
    present->type = std::move(type);
    return change;
  }

  SqlTypeChange drop(SqlCursor& part) {
    if (part.accept_words({"primary", "key"})) return {SqlClass::narrowing, "the primary key is dropped"};
    if (part.accept_words({"foreign", "key"})) return {SqlClass::widening, "a foreign key is dropped: every old row still fits"};
    if (part.accept("check")) return {SqlClass::widening, "a check is dropped: every old row still fits"};
    if (part.accept("constraint")) return {SqlClass::unclassified, "which kind of constraint is dropped is not known"};
    if (part.accept("index") || part.accept("key")) {
      return {SqlClass::unclassified, "an index is dropped; if it is unique, running nodes store duplicates"};
    }
    if (part.accept("partition")) return {SqlClass::destructive, "a partition is dropped with its rows"};
    part.accept("column");
    part.accept_words({"if", "exists"});
    auto name = part.name();
    if (!name) return {SqlClass::unclassified, "DROP without a name"};
    if (catalog_.created(table_, *name)) return {SqlClass::additive, "column " + in_quotes(*name) + " was added by these scripts"};
    return {SqlClass::destructive, "column " + in_quotes(*name) + " is dropped with its data"};
  }

  SqlTypeChange alter(SqlCursor& part) {
    if (part.accept("index")) return {SqlClass::unclassified, "the visibility of an index changes"};
    part.accept("column");
    auto name = part.name();
    if (!name) return {SqlClass::unclassified, "ALTER without a column's name"};
    if (catalog_.created(table_, *name)) return {SqlClass::additive, "column " + in_quotes(*name) + " was added by these scripts"};
    if (part.accept_words({"drop", "default"})) return {SqlClass::narrowing, "the default of column " + in_quotes(*name) + " is dropped: inserts that rely on it fail"};
    return {SqlClass::data_dependent, "the default of column " + in_quotes(*name) + " changes, which inserts of running nodes then store"};
  }

  SqlTypeChange rename(SqlCursor& part) {
    if (part.accept("index") || part.accept("key")) return {SqlClass::additive, "an index gets another name"};
    if (part.accept("column")) {
      auto name = part.name();
      if (name && catalog_.created(table_, *name)) {
        if (part.accept("to")) {
          if (auto to = part.name()) catalog_.create(table_, *to);
        }
        return {SqlClass::additive, "column " + in_quotes(*name) + " was added by these scripts"};
      }
      return {SqlClass::destructive, "a column is renamed: running nodes no longer find it"};
    }
    return {SqlClass::destructive, table_.shown + " is renamed: running nodes no longer find it"};
  }

  // Table options; several may stand in one clause without commas.
  SqlTypeChange option(SqlCursor& part) {
    const std::string first(head(part.raw(), 40));
    if (part.accept_words({"convert", "to"})) return {SqlClass::narrowing, "every text column is converted to another character set"};
    SqlTypeChange worst{SqlClass::additive, "an option of the table is set; no column and no row changes"};
    while (!part.at_end()) {
      if (!one_option(part, worst)) return {SqlClass::unclassified, "the clause at '" + first + "' is not known"};
    }
    return worst;
  }

  bool one_option(SqlCursor& part, SqlTypeChange& worst) {
    if (part.accept("engine")) {
      part.accept_symbol('=');
      const auto engine = part.name();
      if (!engine || !equals_ignoring_case(*engine, "innodb")) worst = {SqlClass::unclassified, "the storage engine changes"};
      return true;
    }
    bool waits = false;
    if (accept_way_of_altering(part, waits)) {
      if (waits) worst = {SqlClass::unclassified, "it is told to lock or copy the table: running nodes wait until it is done"};
      return true;
    }
    part.accept("default");
    if (part.accept_words({"character", "set"}) || part.accept("charset") || part.accept("collate")) {
      part.accept_symbol('=');
      auto name = part.name();
      if (!name) name = part.string();
      // From here on columns that name no character set get this one.
      if (SqlTable* table = catalog_.live(table_); table != nullptr && name) {
        table->charset = charset_of_collation(*name);
        table->collation = name->find('_') == std::string::npos ? std::string{} : canonical_collation(*name);
      }
      return name.has_value();
    }
    for (const std::string_view harmless : {"comment", "auto_increment", "row_format", "key_block_size", "stats_persistent",
                                            "stats_auto_recalc", "stats_sample_pages", "avg_row_length", "max_rows", "min_rows", "checksum", "pack_keys"}) {
      if (!part.accept(harmless)) continue;
      part.accept_symbol('=');
      if (part.at_end()) return false;
      part.skip();
      return true;
    }
    return false;
  }

  const SqlTableName& table_;
  SqlCatalog& catalog_;
  bool& needs_schema_;
  bool wanting_ = false;   // the clause at hand cannot be told without the live schema
};

}  // namespace

SqlTypeChange judge_alter(SqlCursor cursor, const SqlTableName& table, SqlCatalog& catalog, bool& needs_schema) {
  return Alter(table, catalog, needs_schema).judge(cursor);
}

}  // namespace interlock
