// What an error number of a MySQL server, or of its client library, says about the peer. Pure; any thread.
// Sources: MySQL 8.0 and MariaDB 10.11 error references; errmsg.h of both client libraries.
#pragma once

#include <string_view>

#include "fsm/observation.h"

namespace interlock {

// The step that was under way when a call ended badly: a connection that ends has another meaning in each.
enum class MysqlStep {
  connecting,  // up to the end of the login
  querying,    // afterwards
};

[[nodiscard]] Cause mysql_cause(unsigned number, std::string_view text, MysqlStep step);

// The library's own errors after which the connection is of no use.
[[nodiscard]] bool mysql_connection_lost(unsigned number);

}  // namespace interlock
