// A machine for commands that look at no host: what is left to be found out is assumed.
#pragma once

#include <map>
#include <string>

#include "fsm/machine.h"
#include "src/catalog/catalog.h"

namespace interlock {

[[nodiscard]] fsm::Machine bind_unseen(Catalog& catalog, const std::string& site, const std::string& procedure, const std::map<std::string, std::string>& settings);

}  // namespace interlock
