// Which role a keepalived.conf gives its node, and the same text with the role changed. Source: the forms of the
// master's and the backup's file in the vendor's handbook. Pure. Roles here are what a file says; which node holds
// the VIP is another matter and is seen only on the hosts.
#pragma once

#include <string>
#include <string_view>

#include "probes/keepalived_conf.h"

namespace interlock {

// By the handbook's form: the master's file has nopreempt and calls connect_master and master_notify_…; the
// backup's preempts and calls connect_backup and backup_notify_….
enum class KeepalivedRole {
  master,
  backup,
  other,  // neither form, or a mixture
};
[[nodiscard]] const char* to_string(KeepalivedRole role);

struct KeepalivedRoleVerdict {
  KeepalivedRole role = KeepalivedRole::other;
  std::string why;   // the marks found, with their lines
};
[[nodiscard]] KeepalivedRoleVerdict keepalived_role(const KeepalivedConf& conf);

// The file's text with the role of the peer's file: priority, nopreempt and the role words of scripts and notify
// commands (connect_…, …_notify_…) are taken from the peer's present file; every other byte stays. Done to both
// files with the old texts, it swaps the roles; done twice it gives the old texts back, where the peer keeps
// nopreempt on a line of its own. A text that has the role already is returned as it is. Throws InputError when a
// file has errors, or the peer's file does not have the role that is to be taken. Both new texts must be computed
// from the two old ones: once one file is rewritten on disk its old role's values are in neither.
[[nodiscard]] std::string as_master(std::string_view text, std::string_view peer_text, std::string_view file = {},
                                    std::string_view peer_file = {});
[[nodiscard]] std::string as_backup(std::string_view text, std::string_view peer_text, std::string_view file = {},
                                    std::string_view peer_file = {});

// The text with another priority (1 to 254) in its only vrrp_instance, or in the one named. A priority must be
// given there already. Throws InputError.
[[nodiscard]] std::string with_priority(std::string_view text, int priority, std::string_view instance = {},
                                        std::string_view file = {});

}  // namespace interlock
