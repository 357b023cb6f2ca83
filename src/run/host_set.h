// All hosts of a site, made from the site file; connections are opened by their first use. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "fsm/source.h"
#include "probes/host.h"
#include "probes/probe.h"

namespace interlock {

class HostSet : public Hosts {
 public:
  // Resolves SSH passwords where the site names one; throws InputError when the site file contradicts itself.
  HostSet(const fsm::SiteSource& site, Secrets& secrets);

  [[nodiscard]] Host* find(const std::string& name) override;
  [[nodiscard]] Host& control() override { return *control_; }

 private:
  std::map<std::string, std::unique_ptr<Host>> hosts_;
  std::unique_ptr<Host> control_;
};

}  // namespace interlock
