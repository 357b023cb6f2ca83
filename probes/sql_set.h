// SET, read into what it sets. Only forms that are known count: of anything else it is not known whether it ends with
// the connection. Pure; it judges nothing.
// Source: MySQL 5.7 manual, "SET Syntax for Variable Assignment"; MariaDB, "SET STATEMENT".
#pragma once

#include <optional>
#include <string>

#include "probes/sql_script.h"

namespace interlock {

enum class SqlSetScope {
  session,  // variables, character set and transactions of this connection, and nothing else
  role,     // the connection's role: what it may do from here on
  server,   // something outlasts the connection: a setting of the whole server, a password, a default role
  unknown,  // of no known form
};

struct SqlSet {
  SqlSetScope scope = SqlSetScope::session;   // the widest that is set
  bool password = false;
  bool quoting = false;                       // it may change how quotes are read in all that follows
  bool unlogged = false;                      // it touches sql_log_bin
  bool copying = false;                       // it tells ALTER how to go about it
  bool locking = false;                       // a value is read with locks, or takes a number from a sequence
  bool system_variables = false;              // not only user variables
  std::optional<std::string> call;            // a function in a value that may be a stored one
  std::optional<SqlCursor> statement;         // MariaDB's SET STATEMENT … FOR: what is run; `scope` is then that of the settings
};

// The cursor stands at the word SET.
[[nodiscard]] SqlSet read_sql_set(SqlCursor cursor);

// What is run in the end: the statement after the FOR of SET STATEMENT … FOR, or the statement itself.
[[nodiscard]] SqlCursor acting_statement(SqlCursor cursor);

// The name of the first function that is not known to be free of side effects.
[[nodiscard]] std::optional<std::string> unknown_sql_call(SqlCursor cursor);

}  // namespace interlock
