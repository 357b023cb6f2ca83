#include "src/commands/bind_unseen.h"

#include "src/run/prepare.h"

namespace interlock {

fsm::Machine bind_unseen(Catalog& catalog, const std::string& site_name, const std::string& procedure_name, const std::map<std::string, std::string>& settings) {
  const fsm::SiteSource site = catalog.site(site_name);
  const fsm::ProcedureSource procedure = catalog.procedure(procedure_name);
  catalog.check_parameters(site, procedure);
  fsm::Machine machine = fsm::bind(procedure, catalog.components(), site, assumed_parameters(procedure, site, settings));
  check_kinds(machine);  // of what cannot be observed or done nothing is shown
  return machine;
}

}  // namespace interlock
