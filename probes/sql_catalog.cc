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
  const bool own = database.empty() || (live_ && database == live_->database);
  SqlTableName name;
  name.key = own ? table : database + "." + table;
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

void SqlCatalog::create(const SqlTableName& table, const std::string& column) { columns_.insert({table.key, lower_ascii(column)}); }

void SqlCatalog::drop(const SqlTableName& table) {
  created_.erase(table.key);
  if (live_) live_->tables.erase(table.key);
}

}  // namespace interlock
