#include "probes/sql_catalog.h"

namespace interlock {

SqlCatalog::SqlCatalog(const SqlSchema* live) {
  if (live != nullptr) live_ = *live;
}

std::optional<SqlTableName> SqlCatalog::read_table(SqlCursor& cursor) const {
  auto first = cursor.name();
  if (!first) return std::nullopt;
  std::string database = database_, table = *first;
  if (cursor.accept_symbol('.')) {
    auto second = cursor.name();
    if (!second) return std::nullopt;
    database = *first;
    table = *second;
  }
  const bool own = database.empty() || is_own(database);
  SqlTableName name;
  name.key = own ? table : database + "." + table;
  if (!own) name.database = database;
  name.shown = "table '" + std::string(head(name.key, 130)) + "'";
  return name;
}

bool SqlCatalog::created(const SqlTableName& table, const std::string& column) const {
  return created(table) || columns_.count({table.key, lower_ascii(column)}) > 0;
}

SqlTable* SqlCatalog::live(const SqlTableName& table) {
  if (!live_) return nullptr;
  const auto found = live_->tables.find(table.key);
  return found == live_->tables.end() ? nullptr : &found->second;
}

SqlColumn* SqlCatalog::live(const SqlTableName& table, const std::string& column) {
  SqlTable* known = live(table);
  if (known == nullptr) return nullptr;
  const auto found = known->columns.find(lower_ascii(column));
  return found == known->columns.end() ? nullptr : &found->second;
}

std::string SqlCatalog::why_unknown(const SqlTableName& table) const {
  if (!live_) return "needs the live schema: the present definition of " + table.shown + " is not known";
  return table.shown + " is not in the live schema: the statement would fail, or it is meant for another database";
}

std::string SqlCatalog::why_elsewhere(const std::string& database) const {
  const std::string shown = "'" + std::string(head(database, 70)) + "'";
  if (!live_) return "needs the live schema: whether " + shown + " is the config database is not known";
  return "it acts on the database " + shown + ", and not on the config database: neither the dump nor the way back covers that";
}

std::optional<SqlTableName> SqlCatalog::referred(SqlCursor definition, const SqlTableName& table) const {
  while (!definition.at_end()) {
    if (!definition.accept("references")) {
      definition.skip();
      continue;
    }
    const auto parent = read_table(definition);
    if (parent && parent->key != table.key && !created(*parent)) return parent;
  }
  return std::nullopt;
}

SqlTypeChange narrowed_by_reference(const SqlTableName& referred) {
  return {SqlClass::narrowing, "a foreign key refers to " + referred.shown + ": what running nodes delete or change there fails where the new rows refer to it"};
}

bool accept_way_of_altering(SqlCursor& cursor, bool& waits) {
  const bool lock = cursor.accept("lock");
  if (!lock && !cursor.accept("algorithm")) return false;
  cursor.accept_symbol('=');
  waits = waits || (lock ? !cursor.is_word("none") && !cursor.is_word("default") : cursor.is_word("copy"));
  cursor.skip();
  return true;
}

void SqlCatalog::create(const SqlTableName& table, const std::string& column) { columns_.insert({table.key, lower_ascii(column)}); }

void SqlCatalog::drop(const SqlTableName& table) {
  created_.erase(table.key);
  if (live_) live_->tables.erase(table.key);
}

}  // namespace interlock
