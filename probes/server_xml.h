// server.xml of a HotDB compute node: its properties, the role it gives the node, and carrying a node's own values
// into a new version's file. Source: the vendor's manual upgrade handbook (form, roles) and the list of keys that
// belong to one node. Pure. haState and haNodeHost count from the node's next start only; whether the running node
// has them is asked on its management port, not here.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fsm/observation.h"
#include "probes/config_merge.h"
#include "probes/secret.h"
#include "probes/xml_text.h"

namespace interlock {

struct ServerProperty {
  std::string name;
  std::string value;      // empty for a credential
  Secret secret;          // the value of a credential
  bool credential = false;
  Position at;
};

struct ServerXml {
  std::string file;
  std::vector<ServerProperty> properties;   // in the order of the file
  std::vector<Diagnostic> diagnostics;
  [[nodiscard]] const ServerProperty* find(std::string_view name) const;   // the last of that name
  [[nodiscard]] std::string value(std::string_view name) const;            // empty if missing or a credential
};
// Throws InputError for what is not XML in UTF-8; a wrong root or repeated keys are diagnostics.
[[nodiscard]] ServerXml parse_server_xml(std::string_view text, std::string_view file);

// The facts other parts ask for, as an object: every property but credentials, by name, plus "role".
[[nodiscard]] Json server_xml_facts(const ServerXml& xml);

enum class ServerRole {
  master,  // haState master, haNodeHost empty
  backup,  // haState backup, haNodeHost IP:PORT
  other,
};
[[nodiscard]] const char* to_string(ServerRole role);
struct ServerRoleVerdict {
  ServerRole role = ServerRole::other;
  std::string why;
};
// `expected_peer` (IP:PORT of the master's management port) is what a backup's haNodeHost has to be; empty: any.
// In cluster mode (haMode 1, 4, 5) the role has no meaning: other.
[[nodiscard]] ServerRoleVerdict server_role(const ServerXml& xml, std::string_view expected_peer = {});

// Keys that say which node this is. They never come from another node's file.
[[nodiscard]] std::span<const std::string_view> per_node_keys();

enum class MergeSource {
  same_node,   // the old file is this node's own
  other_node,  // the old file is another node's: per-node keys keep the new file's values
};
// The new version's text with the old file's values, in both formats' byte-exact layout. Keys only in the old file
// are dropped and reported. Throws InputError when either file cannot be read or a key that would be carried stands
// twice.
[[nodiscard]] ConfigMerge merge_server_xml(std::string_view old_text, std::string_view new_text, MergeSource source,
                                           std::string_view old_file = {}, std::string_view new_file = {});

// The text with another role and nothing else changed. `ha_node_host` is empty for a master. Throws InputError when
// the file lacks one of the two keys.
[[nodiscard]] std::string server_xml_with_role(std::string_view text, ServerRole role, std::string_view ha_node_host, std::string_view file = {});

}  // namespace interlock
