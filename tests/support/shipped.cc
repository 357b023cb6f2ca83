#include "tests/support/shipped.h"

#include "fsm/bind.h"
#include "src/catalog/catalog.h"
#include "src/run/prepare.h"

namespace interlock::tests {

fsm::Machine shipped(const std::string& procedure_name) {
  Catalog catalog = Catalog::load(kConfigs);
  const fsm::SiteSource site = catalog.site("lab");
  const fsm::ProcedureSource procedure = catalog.procedure(procedure_name);
  return fsm::bind(procedure, catalog.components(), site, assumed_parameters(procedure, site, {}));
}

}  // namespace interlock::tests
