// Dump and restore run on the database's own host, by the database's own programs. What both share: the login, which
// goes over standard input only, and the constant shell functions that hand it on. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "probes/arguments.h"
#include "probes/host.h"
#include "probes/mysql_client.h"
#include "src/actions/operation.h"

namespace interlock {

// A command that runs `script` in sh behind the shared functions, with $1 the server's address, $2 its port, $3 the
// database, and `more` from $4 on. The login goes over standard input as a secret.
[[nodiscard]] Command database_script(const char* script, const Host& host, std::uint16_t port, const MysqlLogin& login,
                                      const std::vector<std::string>& more);

// An option file for the database's programs; the only place where user and password stand.
[[nodiscard]] Secret option_file(const MysqlLogin& login);

// Names that mean themselves in SQL, in a shell's pattern and as an option: letters, digits, '_', '$' and inner '-'.
[[nodiscard]] bool plain_database_name(std::string_view name);

}  // namespace interlock
