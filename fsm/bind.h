// Binding: procedure + components + site -> machine. Throws InputError with every place that is wrong:
// unknown roles, facts and parameters (with the likely word), wrong values, phases that nothing leads to,
// phases that lead round in a circle, facts that two components of a role both have. Pure.
#pragma once

#include <map>
#include <string>

#include "fsm/machine.h"
#include "fsm/source.h"

namespace interlock::fsm {

using Library = std::map<std::string, ComponentSource>;  // components by name

// `overrides` are parameters of the procedure given on the command line or chosen for the site.
[[nodiscard]] Machine bind(const ProcedureSource& procedure, const Library& library, const SiteSource& site,
                           const std::map<std::string, std::string>& overrides);

}  // namespace interlock::fsm
