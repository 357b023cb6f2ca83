// keepalived.conf read from hosts: for the probes and operations that compare or rewrite them. It changes nothing.
#pragma once

#include <string>

#include "probes/host.h"
#include "probes/keepalived_conf.h"
#include "probes/keepalived_role.h"

namespace interlock {

inline constexpr std::size_t kKeepalivedConfBytes = 1 << 20;

struct KeepalivedFile {
  std::string name;   // "hotdb-1:/etc/keepalived/keepalived.conf"
  std::string text;
  KeepalivedConf conf;
  KeepalivedRoleVerdict role;
  // Of its only vrrp_instance; nullptr when it has none or several.
  [[nodiscard]] const VrrpInstance* instance() const { return conf.instances.size() == 1 ? &conf.instances.front() : nullptr; }
};

// A file that is not text is Cause::protocol.
[[nodiscard]] Result<KeepalivedFile> read_keepalived(Host& host, const std::string& path, Deadline deadline);

}  // namespace interlock
