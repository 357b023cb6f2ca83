// What a running keepalived says it works by (its JSON dump of 2.x), and whether a keepalived.conf says the same.
// Source: vrrp/vrrp_json.c of keepalived 2.2.7. Pure. The dump holds the VRRP password: no text made here does.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fsm/observation.h"
#include "probes/keepalived_conf.h"

namespace interlock {

enum class VrrpState { init, backup, master, fault };
[[nodiscard]] const char* to_string(VrrpState state);   // "INIT", "BACKUP", …

struct RunningInstance {
  std::string name;
  int virtual_router_id = 0;
  int base_priority = 0, effective_priority = 0;
  bool nopreempt = false;
  VrrpState state = VrrpState::init;
  // Commands as the dump prints them, each word in single quotes; the program's path is resolved.
  std::vector<std::string> scripts;
  std::vector<std::pair<std::string, std::string>> notifies;   // "notify_master" and its command
  std::vector<std::string> addresses;                          // "192.168.200.140", without the prefix
};

// Failure: Cause::protocol.
[[nodiscard]] Result<std::vector<RunningInstance>> parse_keepalived_json(std::string_view text);

// What differs between the file and the daemon, one sentence each; empty: the daemon works by the file, as far as the
// dump shows it (not: intervals and weights of scripts).
[[nodiscard]] std::vector<std::string> differences(const VrrpInstance& file, const KeepalivedConf& conf,
                                                   const RunningInstance& running);

}  // namespace interlock
