// The statements of the config database's upgrade scripts, in the order they are run, each with what an interrupted
// run of it leaves behind. Reads local files; never talks to a database. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "fsm/observation.h"
#include "probes/upgrade_sql.h"

namespace interlock {

// How a statement takes effect, which decides how it is run exactly once.
enum class SqlEffect {
  rows,         // changes rows: a rollback undoes it, if the tables are transactional
  schema,       // commits by itself; whether it happened shows in the schema, or repeating it does no harm
  opaque,       // commits by itself, and afterwards nothing tells whether it happened
  session,      // changes the connection only: run again on every new one
  temporary,    // makes or drops a thing that dies with the connection
  transaction,  // begins or ends transactions, or takes locks: not sent, each statement is its own transaction
};

struct UpgradeStatement {
  std::size_t number = 0;               // from 1, over all scripts
  std::size_t script = 0;               // index into UpgradePlan::scripts
  std::size_t offset = 0;               // in the script's text
  std::size_t line = 0;
  std::string text;
  std::string sha256;
  std::string shown;                    // its beginning on one line, without string literals
  SqlEffect effect = SqlEffect::opaque;
  std::vector<std::string> names;       // the words and names in it, lower case
  std::vector<std::string> qualifiers;  // those of them that a dot follows
  std::vector<std::string> variables;   // the user variables (with @) that it may set
  bool several = false;                 // drops or renames several things, one after the other
  std::string trouble;                  // why it cannot be run from here; empty: it can
};

struct UpgradePlan {
  std::vector<SqlScript> scripts;
  std::vector<UpgradeStatement> statements;
  std::string digest;                   // of all statements in their order
  // "2.5.5.sql:12"
  [[nodiscard]] std::string place(const UpgradeStatement& statement) const;
};

// `scripts` are the paths of files on this machine, in order.
[[nodiscard]] Result<UpgradePlan> read_upgrade_plan(const std::vector<Json>& scripts);
// The same from texts; throws InputError as split_sql does.
[[nodiscard]] UpgradePlan make_upgrade_plan(std::vector<SqlScript> scripts);

}  // namespace interlock
