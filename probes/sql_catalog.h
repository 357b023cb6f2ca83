// What is known of tables and columns while a script is judged: the live schema, if there is one, and what the
// scripts themselves have made so far. Pure.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "probes/sql_schema.h"

namespace interlock {

// A table as a statement names it, resolved: "t" in the live database, "db.t" in another.
struct SqlTableName {
  std::string key;
  std::string shown;
  std::string database;   // where it is not, or not known to be, the one the scripts are for
};

class SqlCatalog {
 public:
  explicit SqlCatalog(const SqlSchema* live);

  // Reads NAME or DB.NAME where the cursor stands.
  [[nodiscard]] std::optional<SqlTableName> read_table(SqlCursor& cursor) const;
  void use(const std::string& database) { database_ = database; }

  // Whether the scripts are known to be for this database.
  [[nodiscard]] bool is_own(const std::string& database) const { return live_ && database == live_->database; }
  [[nodiscard]] bool has_live() const { return live_.has_value(); }
  [[nodiscard]] bool created(const SqlTableName& table) const { return created_.count(table.key) > 0; }
  [[nodiscard]] bool created(const SqlTableName& table, const std::string& column) const;
  // Of the live database; nullptr: not there, or no live schema.
  [[nodiscard]] SqlTable* live(const SqlTableName& table);
  [[nodiscard]] SqlColumn* live(const SqlTableName& table, const std::string& column);
  // Why a table that is neither created nor live cannot be judged.
  [[nodiscard]] std::string why_unknown(const SqlTableName& table) const;

  // Why a statement that acts on this database is not safe.
  [[nodiscard]] std::string why_elsewhere(const std::string& database) const;
  // Of the foreign keys in a table's definition: the first table not made by these scripts that one refers to.
  [[nodiscard]] std::optional<SqlTableName> referred(SqlCursor definition, const SqlTableName& table) const;

  void create(const SqlTableName& table) { created_.insert(table.key); }
  void create(const SqlTableName& table, const std::string& column);
  void drop(const SqlTableName& table);

 private:
  std::optional<SqlSchema> live_;
  std::string database_;                 // chosen by USE; empty: the one the script is run in
  std::set<std::string> created_;        // tables
  std::set<std::pair<std::string, std::string>> columns_;
};

// A new table that refers to one that was there before.
[[nodiscard]] SqlTypeChange narrowed_by_reference(const SqlTableName& referred);
// Whether an option of ALTER or CREATE INDEX stands here that keeps running nodes waiting. It is consumed either way.
[[nodiscard]] bool accept_way_of_altering(SqlCursor& cursor, bool& waits);

// One clause list of ALTER TABLE, judged clause by clause; the worst counts. The cursor stands behind the table's name.
// `needs_schema`: it is unclassified only for want of the live schema.
[[nodiscard]] SqlTypeChange judge_alter(SqlCursor cursor, const SqlTableName& table, SqlCatalog& catalog, bool& needs_schema);

}  // namespace interlock
