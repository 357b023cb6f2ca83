// Writes a node's role into its server.xml: haState and haNodeHost, and no other byte. It counts from the node's next
// start on.
#include <fmt/format.h>

#include "probes/server_xml.h"
#include "src/actions/account.h"
#include "src/actions/kinds.h"

namespace interlock {
namespace {

constexpr std::string_view kRoles[] = {"master", "backup"};
constexpr ProbeArgument kXmlRoleArguments[] = {
    {"file", ProbeArgument::Type::text, true, "the node's server.xml"},
    {"role", ProbeArgument::Type::text, true, "the role that it is to give", kRoles},
    {"peer", ProbeArgument::Type::text, false, "for a backup: the master's address"},
    {"peer_port", ProbeArgument::Type::number, false, "for a backup: the master's management port"},
};
constexpr std::size_t kMostBytes = 4 << 20;
constexpr unsigned kMode = 0640;  // of a file that is not there; one that is keeps its own

struct Wanted {
  ServerRole role = ServerRole::master;
  std::string node_host;
  explicit Wanted(const ArgumentReader& args) {
    if (args.text("role") != "backup") return;
    role = ServerRole::backup;
    node_host = args.text("peer").value_or("") + ":" + std::to_string(args.port("peer_port"));
  }
};

OperationResult write_xml_role(const OperationRequest& request) {
  Account account(request);
  const ArgumentReader args(request.args);
  const std::string file = args.text("file").value_or("");
  const Wanted wanted(args);
  const std::string doing = fmt::format("making {} on {} the {}'s", file, request.host.name(), to_string(wanted.role));
  if (wanted.role == ServerRole::backup && (args.text("peer").value_or("").empty() || args.port("peer_port") == 0))
    return account.failed(doing + ": a backup needs 'peer' and 'peer_port'");
  const auto text = request.host.read_file(file, kMostBytes, request.deadline);
  if (!text) return account.lost({text.error().cause, text.error().text, false}, doing);
  const ServerXml before = parse_server_xml(*text, file);
  const std::string fresh = server_xml_with_role(*text, wanted.role, wanted.node_host, file);
  account.note("before", {{"haState", before.value("haState")}, {"haNodeHost", before.value("haNodeHost")}});
  account.note("after", {{"haState", to_string(wanted.role)}, {"haNodeHost", wanted.node_host}});
  if (fresh == *text) return account.done(fmt::format("{} on {} is the {}'s already", file, request.host.name(), to_string(wanted.role)));
  if (const auto written = request.host.write_file(file, fresh, kMode, request.deadline); !written) return account.lost(written.error(), doing);
  return account.done(fmt::format("{} on {}: haState={}, haNodeHost={}", file, request.host.name(), to_string(wanted.role), wanted.node_host));
}

std::vector<std::string> describe_xml_role(const Json& args) {
  const ArgumentReader reader(args);
  const Wanted wanted(reader);
  return {fmt::format("vi {}   # haState={}, haNodeHost={}", reader.text("file").value_or(""), to_string(wanted.role), wanted.node_host)};
}

}  // namespace

const OperationKind kServerXmlRoleOperation{"server_xml_role", "Writes the node's role into server.xml.", kXmlRoleArguments,
                                            checked_operation<write_xml_role, kXmlRoleArguments>, describe_xml_role};

}  // namespace interlock
