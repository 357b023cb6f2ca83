// See keepalived_state.h.
#include "probes/keepalived_state.h"

#include <algorithm>
#include <set>

#include "probes/text.h"

namespace interlock {
namespace {

// vrrp.h of keepalived 2.2.7: VRRP_STATE_INIT 0, BACK 1, MAST 2, FAULT 3.
constexpr VrrpState kStates[] = {VrrpState::init, VrrpState::backup, VrrpState::master, VrrpState::fault};

// notify keywords of the file and the dump's names for them.
constexpr std::pair<const char*, const char*> kNotifies[] = {
    {"notify_master", "script_master"}, {"notify_backup", "script_backup"}, {"notify_fault", "script_fault"},
    {"notify_stop", "script_stop"},     {"notify", "script"},
};

std::string first_part(const std::string& text, const char* end) { return text.substr(0, text.find_first_of(end)); }

RunningInstance read_instance(const Json& data) {
  RunningInstance running;
  running.name = valid_utf8(data.at("iname").get<std::string>());
  running.virtual_router_id = data.at("vrid").get<int>();
  running.base_priority = data.at("base_priority").get<int>();
  running.effective_priority = data.at("effective_priority").get<int>();
  running.nopreempt = data.at("nopreempt").get<bool>();
  running.state = kStates[data.at("state").get<std::size_t>() % std::size(kStates)];
  for (const Json& script : data.value("track_script", Json::array())) running.scripts.push_back(script.get<std::string>());
  for (const auto& [keyword, name] : kNotifies) {
    if (const auto found = data.find(name); found != data.end()) running.notifies.emplace_back(keyword, found->get<std::string>());
  }
  for (const Json& address : data.value("vips", Json::array()))
    running.addresses.push_back(first_part(address.get<std::string>(), "/ "));
  return running;
}

// Whether the dump's command has the file's words after the program's. Words that are quoted in another way in the
// dump are left out of the comparison.
bool same_command(const std::vector<std::string>& words, const std::string& running) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].empty() || words[i].find_first_of("'\"\\") != std::string::npos) continue;
    const bool quoted = running.find("'" + words[i] + "'") != std::string::npos;
    const bool bare = (" " + running + " ").find(" " + words[i] + " ") != std::string::npos;
    if (!quoted && !bare) return false;
  }
  return true;
}

template <typename T>
void compare(std::vector<std::string>& found, const char* what, const T& file, const T& running) {
  if (file != running)
    found.push_back(std::string(what) + " is " + std::to_string(file) + " in the file and " + std::to_string(running) + " in the daemon");
}

void compare_scripts(std::vector<std::string>& found, const VrrpInstance& file, const KeepalivedConf& conf,
                     const RunningInstance& running) {
  std::vector<bool> taken(running.scripts.size(), false);
  for (const TrackUse& use : file.track_scripts) {
    const VrrpScript* script = conf.script(use.name);
    std::size_t i = 0;
    while (script != nullptr && i < taken.size() && (taken[i] || !same_command(script->command_words, running.scripts[i]))) ++i;
    if (script == nullptr || i == taken.size()) {
      found.push_back("the daemon does not run the file's check script '" + use.name + "'");
    } else {
      taken[i] = true;
    }
  }
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (!taken[i]) found.push_back("the daemon runs a check script that is not in the file: " + one_line(running.scripts[i]));
  }
}

void compare_notifies(std::vector<std::string>& found, const VrrpInstance& file, const RunningInstance& running) {
  for (const NotifyCommand& notify : file.notifies) {
    const auto same = [&](const auto& one) { return one.first == notify.event && same_command(notify.command_words, one.second); };
    if (std::none_of(running.notifies.begin(), running.notifies.end(), same))
      found.push_back("the daemon does not call the file's " + notify.event);
  }
  for (const auto& [event, command] : running.notifies) {
    const auto same = [&, &name = event](const NotifyCommand& one) { return one.event == name; };
    if (std::none_of(file.notifies.begin(), file.notifies.end(), same))
      found.push_back("the daemon calls " + event + ", which is not in the file");
  }
}

}  // namespace

const char* to_string(VrrpState state) {
  switch (state) {
    case VrrpState::init: return "INIT";
    case VrrpState::backup: return "BACKUP";
    case VrrpState::master: return "MASTER";
    case VrrpState::fault: return "FAULT";
  }
  return "?";
}

Result<std::vector<RunningInstance>> parse_keepalived_json(std::string_view text) {
  const Json dump = Json::parse(text, nullptr, false);
  if (!dump.is_array()) return failure(Cause::protocol, "keepalived's state is not the JSON list that it should be");
  std::vector<RunningInstance> instances;
  try {
    for (const Json& one : dump) instances.push_back(read_instance(one.at("data")));
  } catch (const Json::exception&) {  // what it says may quote the dump, which holds the password
    return failure(Cause::protocol, "keepalived's state lacks a field, or has one of another type");
  }
  return instances;
}

std::vector<std::string> differences(const VrrpInstance& file, const KeepalivedConf& conf, const RunningInstance& running) {
  std::vector<std::string> found;
  compare(found, "virtual_router_id", file.virtual_router_id.value, running.virtual_router_id);
  compare(found, "priority", file.priority.value, running.base_priority);
  if (file.nopreempt.value != running.nopreempt)
    found.push_back(file.nopreempt.value ? "nopreempt is in the file only" : "nopreempt is in the daemon only");
  compare_scripts(found, file, conf, running);
  compare_notifies(found, file, running);
  std::set<std::string> wanted, has(running.addresses.begin(), running.addresses.end());
  for (const VirtualAddress& address : file.addresses) wanted.insert(first_part(address.address, "/"));
  if (wanted != has) found.push_back("the addresses of the file and the daemon differ");
  return found;
}

}  // namespace interlock
