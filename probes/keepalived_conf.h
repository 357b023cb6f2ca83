// What a keepalived.conf says about VRRP: scripts, files and instances, with keepalived's own defaults filled in
// and everything doubtful told as diagnostics. Source: keepalived.conf(5) of 2.2.7, and the vendor's handbook for
// the form of a HotDB pair. Pure: text in, structure out. It does not judge a pair (keepalived_pair.h), does not
// follow includes (it says so) and does not replace `keepalived -t`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fsm/diagnostic.h"
#include "probes/keepalived_syntax.h"
#include "probes/secret.h"

namespace interlock {

// A value with the place it was given at; `given` is false for keepalived's default.
template <typename T>
struct KeepalivedSetting {
  T value{};
  bool given = false;
  Position at;
  KeepalivedSetting() = default;
  explicit KeepalivedSetting(T standard) : value(std::move(standard)) {}
};

struct VrrpScript {
  std::string name;      // words joined by a blank, as the vendor's handbook prints names
  Position at;
  std::string command;   // as keepalived would run it
  std::vector<std::string> command_words;
  KeepalivedSetting<double> interval_s{1.0};
  KeepalivedSetting<double> timeout_s{0.0};  // 0: keepalived uses the interval
  KeepalivedSetting<int> fall{1};
  KeepalivedSetting<int> rise{1};
  KeepalivedSetting<int> weight{0};          // 0: failing means FAULT, the VIP is given up at once
  bool reverse = false;
  [[nodiscard]] double effective_timeout_s() const { return timeout_s.value > 0 ? timeout_s.value : interval_s.value; }
};

struct VrrpTrackFile {
  std::string name;
  Position at;
  std::string path;
  KeepalivedSetting<int> weight{1};   // the file's number times this is added to the priority
};

// A line of track_script or track_file within an instance.
struct TrackUse {
  std::string name;
  Position at;
  std::optional<int> weight;   // overrides the script's or file's own
  bool reverse = false;
};

struct VirtualAddress {
  std::string address;   // "192.168.200.140/24"
  std::string device;    // "eth1" or empty: the instance's interface
  std::string label;     // "eth1:1" or empty
  Position at;
};

struct NotifyCommand {
  std::string event;     // "notify_master", "notify_backup", "notify_fault", "notify_stop", "notify"
  std::string command;
  std::vector<std::string> command_words;
  Position at;
};

struct VrrpInstance {
  std::string name;
  Position at;
  KeepalivedSetting<std::string> state{std::string("BACKUP")};
  KeepalivedSetting<std::string> interface;
  KeepalivedSetting<int> virtual_router_id{0};
  KeepalivedSetting<int> priority{100};
  KeepalivedSetting<bool> nopreempt{false};
  KeepalivedSetting<double> advert_int_s{1.0};
  KeepalivedSetting<int> version{2};
  KeepalivedSetting<int> down_timer_adverts{3};
  KeepalivedSetting<double> preempt_delay_s{0.0};
  KeepalivedSetting<double> garp_master_delay_s{5.0};
  KeepalivedSetting<std::string> auth_type;
  Secret auth_password;
  Position auth_password_at;
  std::vector<std::string> unicast_peers;
  std::vector<std::string> track_interfaces;
  std::vector<TrackUse> track_scripts;
  std::vector<TrackUse> track_files;
  std::vector<VirtualAddress> addresses;
  std::vector<NotifyCommand> notifies;
};

struct KeepalivedConf {
  std::string file;
  KeepalivedSetting<std::string> router_id;
  std::vector<VrrpScript> scripts;
  std::vector<VrrpTrackFile> track_files;
  std::vector<VrrpInstance> instances;
  std::vector<std::string> includes;      // named, not followed
  std::vector<Diagnostic> diagnostics;    // in the order of the file
  [[nodiscard]] const VrrpScript* script(std::string_view name) const;  // the first of that name, or nullptr
};

// Throws InputError only for what is not text; everything else is a diagnostic.
[[nodiscard]] KeepalivedConf parse_keepalived(std::string_view text, std::string_view file);

}  // namespace interlock
