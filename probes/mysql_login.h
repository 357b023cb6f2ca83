// The arguments that every probe with a MySQL login shares: user, password, database, tls, tls_verify, tls_ca.
#pragma once

#include "probes/arguments.h"
#include "probes/mysql_client.h"

namespace interlock {

// Resolves the password. A kind that does not have one of these arguments gets its default.
[[nodiscard]] Result<MysqlLogin> mysql_login(const ArgumentReader& args, Secrets& secrets);

}  // namespace interlock
