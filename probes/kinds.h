// The observing function of every probe in probes/registry.cc. Each is in the file named after its technology.
// They expect arguments that the registry has checked.
#pragma once

#include <array>
#include <string_view>

#include "probes/probe.h"

namespace interlock {

[[nodiscard]] Reading observe_tcp(const ProbeRequest& request);
[[nodiscard]] Reading observe_mysql(const ProbeRequest& request);
[[nodiscard]] Reading observe_hotdb(const ProbeRequest& request);
[[nodiscard]] Reading observe_address(const ProbeRequest& request);
[[nodiscard]] Reading observe_process(const ProbeRequest& request);
[[nodiscard]] Reading observe_keepalived(const ProbeRequest& request);
[[nodiscard]] Reading observe_file(const ProbeRequest& request);
[[nodiscard]] Reading observe_command(const ProbeRequest& request);
[[nodiscard]] Reading observe_upgrade_sql(const ProbeRequest& request);
[[nodiscard]] Reading observe_upgrade_history(const ProbeRequest& request);
[[nodiscard]] Reading observe_config_content(const ProbeRequest& request);
[[nodiscard]] Reading observe_hotdb_memory(const ProbeRequest& request);
[[nodiscard]] Reading observe_tree(const ProbeRequest& request);
[[nodiscard]] Reading observe_package(const ProbeRequest& request);
[[nodiscard]] Reading observe_server_xml(const ProbeRequest& request);
[[nodiscard]] Reading observe_hotdb_settings(const ProbeRequest& request);
[[nodiscard]] Reading observe_keepalived_role(const ProbeRequest& request);
[[nodiscard]] Reading observe_keepalived_pair(const ProbeRequest& request);
[[nodiscard]] Reading observe_keepalived_loaded(const ProbeRequest& request);

// The management commands that the hotdb probe knows (its argument `show`, and `command`).
inline constexpr std::array<std::string_view, 14> kHotdbShows = {
    "server",   "cluster",  "session",     "datasource", "datanode", "latency",     "heartbeat",
    "onlineddl", "usbkey",  "version",     "query",      "longtransaction", "transaction", "connection"};
inline constexpr std::array<std::string_view, 1> kHotdbCommands = {"check @@datasource_config"};

}  // namespace interlock
