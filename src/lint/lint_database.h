// The live schema that upgrade scripts are judged against, of the database that a role of a site stands for. One
// connection, reading information_schema only.
#pragma once

#include <string>

#include "probes/sql_schema.h"
#include "src/catalog/catalog.h"

namespace interlock {

inline constexpr Millis kLiveSchemaWithin{20'000};

// Port, user, password and database are the role's parameters in the site, or the site's, or the `mysql` component's
// defaults. Throws InputError when the site does not say enough.
[[nodiscard]] Result<SqlSchema> live_schema(Catalog& catalog, const std::string& site, const std::string& role);

}  // namespace interlock
