// Which role a host's keepalived.conf gives it, by the handbook's form. It says nothing of who holds the VIP.
#include "probes/arguments.h"
#include "probes/keepalived_files.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"

namespace interlock {

Reading observe_keepalived_role(const ProbeRequest& request) {
  const std::string config = ArgumentReader(request.args).text("config").value_or("");
  const ObservationTimer timer("the role in " + config + " on " + request.host.name());
  const auto file = read_keepalived(request.host, config, request.deadline);
  if (!file) return timer.unknown(file.error());
  Json value = {{"role", to_string(file->role.role)}, {"priority", nullptr}, {"nopreempt", false}};
  std::string saw = std::string(to_string(file->role.role)) + ": " + file->role.why;
  if (const VrrpInstance* instance = file->instance()) {
    value["priority"] = instance->priority.value;
    value["nopreempt"] = instance->nopreempt.value;
    saw += ", priority " + std::to_string(instance->priority.value);
  }
  return timer.known(std::move(value), saw + ", in " + timer.took_ms());
}

}  // namespace interlock
