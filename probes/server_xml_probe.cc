// Which role a node's server.xml gives it from its next start on. The running node's role is asked on its management
// port, not here.
#include "probes/arguments.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/server_xml.h"
#include "probes/text.h"

namespace interlock {

Reading observe_server_xml(const ProbeRequest& request) {
  constexpr std::size_t kMostBytes = 4 << 20;
  const ArgumentReader args(request.args);
  const std::string file = args.text("file").value_or("");
  const std::string peer = args.text("peer").value_or("");
  const std::string expected = peer.empty() ? "" : peer + ":" + std::to_string(args.port("peer_port"));
  const ObservationTimer timer("the role in " + file + " on " + request.host.name());
  const auto text = request.host.read_file(file, kMostBytes, request.deadline);
  if (!text) return timer.unknown(text.error());
  try {
    const ServerRoleVerdict verdict = server_role(parse_server_xml(*text, file), expected);
    return timer.known(to_string(verdict.role), one_line(verdict.why) + ", in " + timer.took_ms());
  } catch (const InputError& error) {
    return timer.unknown(Cause::protocol, error.what());
  }
}

}  // namespace interlock
