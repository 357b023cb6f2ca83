// From the names on the command line to a machine that can be checked, planned and run: loads the files, finds out
// the parameters that are left to be found out (`auto`), binds, and checks every probe and operation against the
// registries. Throws InputError for anything a person wrote wrongly.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "fsm/bind.h"
#include "src/catalog/catalog.h"
#include "src/run/host_set.h"
#include "src/secrets/secret_store.h"

namespace interlock {

struct Prepared {
  fsm::SiteSource site;
  fsm::ProcedureSource procedure;
  fsm::Machine machine;
  std::map<std::string, std::string> overrides;  // as given, and as found out
  // {"settled": [{name, value, because: {en, zh}}], "handover": as look_at_handover() gives it}: what was found out, and why.
  Json notes;
  std::unique_ptr<SecretStore> secrets;
  std::unique_ptr<HostSet> hosts;
};

// `overrides`: parameters of the procedure from the command line (name=value).
[[nodiscard]] Prepared prepare(Catalog& catalog, const std::string& site, const std::string& procedure,
                               const std::map<std::string, std::string>& overrides);

// Where everything has been found out before (a run that is gone on with, or told): no host is looked at.
[[nodiscard]] Prepared prepare_settled(Catalog& catalog, const std::string& site, const std::string& procedure, const std::map<std::string, std::string>& overrides);

// Values for the parameters that are left to be found out, so that a machine can be bound without looking at any host:
// those that keep the most in it.
[[nodiscard]] std::map<std::string, std::string> assumed_parameters(const fsm::ProcedureSource& procedure, const fsm::SiteSource& site,
                                                                    std::map<std::string, std::string> overrides);

// Checks that every probe and operation of the machine exists and takes these arguments.
void check_kinds(const fsm::Machine& machine);

}  // namespace interlock
