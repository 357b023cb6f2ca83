#include "probes/keepalived_pair.h"

#include <algorithm>
#include <set>

namespace interlock {
namespace {

std::string number(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}
std::string number(int value) { return std::to_string(value); }

std::set<std::string> addresses_of(const VrrpInstance& instance) {
  std::set<std::string> addresses;
  for (const VirtualAddress& address : instance.addresses) addresses.insert(address.address);
  return addresses;
}

std::string list(const std::set<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "none" : text;
}

class Analysis {
 public:
  Analysis(const KeepalivedConf& master, const KeepalivedConf& backup) : master_(master), backup_(backup) {}

  KeepalivedPair run() {
    pair_.master_role = keepalived_role(master_);
    pair_.backup_role = keepalived_role(backup_);
    roles();
    scripts();
    if (master_.router_id.value != backup_.router_id.value) {
      report(backup_, backup_.router_id.at, Severity::note,
             "router_id is '" + backup_.router_id.value + "' here and '" + master_.router_id.value + "' in the master's file; it only names the node in logs and mails");
    }
    bool first = true;
    for (const VrrpInstance& instance : master_.instances) {
      const VrrpInstance* other = counterpart(instance);
      if (other == nullptr) {
        report(master_, instance.at, Severity::error, "vrrp_instance '" + instance.name + "' has no counterpart in the backup's file",
               "an instance with the same virtual_router_id in both files", "add it there");
        continue;
      }
      compare(instance, *other, first);
      first = false;
    }
    if (master_.instances.empty() || backup_.instances.empty()) {
      report(master_.instances.empty() ? master_ : backup_, {}, Severity::error, "no vrrp_instance", "one vrrp_instance in each file", "add it");
    }
    pair_.sound = !has_errors(pair_.diagnostics) && !has_errors(master_.diagnostics) && !has_errors(backup_.diagnostics);
    return std::move(pair_);
  }

 private:
  void report(const KeepalivedConf& conf, Position at, Severity severity, std::string message, std::string expected = {}, std::string fix = {}) {
    pair_.diagnostics.push_back(Diagnostic{conf.file, at.line, at.column, severity, std::move(message), std::move(expected), std::move(fix)});
  }

  void roles() {
    using Role = KeepalivedRole;
    if (pair_.master_role.role != Role::master) {
      report(master_, {}, Severity::error, std::string("the master's file has the role '") + to_string(pair_.master_role.role) + "': " + pair_.master_role.why,
             "nopreempt, connect_master and master_notify_…", "give it the master's form of the handbook");
    }
    if (pair_.backup_role.role != Role::backup) {
      report(backup_, {}, Severity::error, std::string("the backup's file has the role '") + to_string(pair_.backup_role.role) + "': " + pair_.backup_role.why,
             "no nopreempt, connect_backup and backup_notify_…", "give it the backup's form of the handbook");
    }
  }

  const VrrpInstance* counterpart(const VrrpInstance& instance) {
    for (const VrrpInstance& other : backup_.instances) {
      if (other.virtual_router_id.value == instance.virtual_router_id.value) return &other;
    }
    for (const VrrpInstance& other : backup_.instances) {
      if (other.name == instance.name) return &other;
    }
    return nullptr;
  }

  template <typename T>
  void same(std::string_view what, const KeepalivedSetting<T>& a, const KeepalivedSetting<T>& b, const VrrpInstance& there,
            Severity severity, std::string_view consequence) {
    if (a.value == b.value) return;
    report(backup_, b.given ? b.at : there.at, severity,
           std::string(what) + " is " + number(b.value) + " here and " + number(a.value) + " in the master's file" + std::string(consequence),
           "the same value in both files", "write the same " + std::string(what) + " in both");
  }

  void compare(const VrrpInstance& master, const VrrpInstance& backup, bool first) {
    same("virtual_router_id", master.virtual_router_id, backup.virtual_router_id, backup, Severity::error, ": the nodes do not hear each other and both take the VIP");
    same("version", master.version, backup.version, backup, Severity::error, ": adverts of another version are dropped and both take the VIP");
    same("advert_int", master.advert_int_s, backup.advert_int_s, backup, Severity::error, ": the nodes disagree on when the other is dead");
    same("down_timer_adverts", master.down_timer_adverts, backup.down_timer_adverts, backup, Severity::warning, "");
    authentication(master, backup);
    addresses(master, backup);
    states(master, backup);
    if (master.unicast_peers.empty() != backup.unicast_peers.empty()) {
      report(backup_, backup.at, Severity::error, "one file names unicast_peer and the other does not: the nodes do not hear each other",
             "unicast or multicast on both", "make them alike");
    }
    const VrrpSide m{master_, master}, b{backup_, backup};
    const int gap = healthy_priority(m) - healthy_priority(b);
    priorities(master, backup, gap);
    const auto predictions = predict_outages(m, b);
    const auto dies = std::find_if(predictions.begin(), predictions.end(), [](const OutagePrediction& p) { return p.event == VipEvent::service_dies; });
    failover(master, *dies);
    preemption(master, backup);
    weights(m);
    if (!first) return;
    pair_.priority_gap = gap;
    pair_.predictions = predictions;
    pair_.reverse = predict_outages(b, m);
    pair_.failover_works = dies->moves == VipMoves::yes;
  }

  void authentication(const VrrpInstance& master, const VrrpInstance& backup) {
    if (master.auth_type.value != backup.auth_type.value) {
      report(backup_, backup.auth_type.given ? backup.auth_type.at : backup.at, Severity::error, "auth_type differs from the master's file: adverts are dropped and both take the VIP",
             "the same auth_type in both files", "make them alike");
    } else if (master.auth_password.reveal() != backup.auth_password.reveal()) {
      report(backup_, backup.auth_password.empty() ? backup.at : backup.auth_password_at, Severity::error,
             "auth_pass differs from the master's file: adverts are dropped and both take the VIP", "the same auth_pass in both files", "make them alike");
    }
  }

  void addresses(const VrrpInstance& master, const VrrpInstance& backup) {
    const auto a = addresses_of(master), b = addresses_of(backup);
    if (a == b) return;
    report(backup_, backup.addresses.empty() ? backup.at : backup.addresses.front().at, Severity::error,
           "virtual_ipaddress is " + list(b) + " here and " + list(a) + " in the master's file", "the same addresses in both files", "make them alike");
  }

  void states(const VrrpInstance& master, const VrrpInstance& backup) {
    if (master.state.value == "MASTER") {
      report(master_, master.state.at, Severity::warning, "state MASTER: the node takes the VIP as soon as keepalived starts, before its service answers",
             "state BACKUP on both nodes", "write: state BACKUP");
    }
    if (backup.state.value == "MASTER") {
      report(backup_, backup.state.at, Severity::error, "the backup has state MASTER: for a moment both nodes hold the VIP", "state BACKUP on both nodes", "write: state BACKUP");
    }
  }

  void priorities(const VrrpInstance& master, const VrrpInstance& backup, int gap) {
    if (gap > 0) return;
    const std::string values = number(master.priority.value) + " against " + number(backup.priority.value);
    report(master_, master.priority.given ? master.priority.at : master.at, Severity::error,
           gap == 0 ? "both nodes have the same priority (" + values + "): the higher address decides" : "the master's priority is below the backup's (" + values + ")",
           "the master's above the backup's, as 100 against 95", "raise it");
  }

  void failover(const VrrpInstance& master, const OutagePrediction& dies) {
    if (dies.moves == VipMoves::yes) return;
    const bool never = dies.moves == VipMoves::no;
    const Position at = master.track_scripts.empty() ? master.at : master.track_scripts.front().at;
    report(master_, at, never ? Severity::error : Severity::warning,
           (never ? "a dying service on the master does not move the VIP: " : "whether a dying service moves the VIP is not known: ") + dies.because,
           "a check script that moves the VIP", never ? "a weight beyond the gap of the priorities, or weight 0; no nopreempt on the backup" : "");
  }

  void preemption(const VrrpInstance& master, const VrrpInstance& backup) {
    if (backup.nopreempt.value) {
      report(backup_, backup.nopreempt.at, Severity::error, "the backup has nopreempt: it accepts a failing master's lowered adverts and the VIP never moves",
             "nopreempt in the master's file only", "remove it");
    }
    if (!master.nopreempt.value) {
      report(master_, master.at, Severity::warning, "the master has no nopreempt: after a failure it takes the VIP back, a second move", "nopreempt in the master's file", "add: nopreempt");
    }
  }

  void weights(const VrrpSide& master) {
    bool zero = false, weighted = false;
    for (const TrackUse& use : master.instance.track_scripts) {
      const VrrpScript* script = master_.script(use.name);
      if (script == nullptr) continue;
      const int weight = use.weight.value_or(script->weight.value);
      (weight == 0 ? zero : weighted) = true;
    }
    if (zero && weighted) {
      report(master_, master.instance.track_scripts.front().at, Severity::note,
             "some scripts have weight 0 (FAULT, the VIP is given up at once) and some a weight (the priority is lowered)");
    }
    if (weighted && !zero) {
      report(master_, master.instance.track_scripts.front().at, Severity::note,
             "weighted scripts: a failing master keeps the VIP until the backup's master-down time is over; weight 0 would be faster by that time");
    }
  }

  // The same checks on both nodes, apart from their role words; programs at the same paths.
  void scripts() {
    for (const VrrpScript& script : master_.scripts) {
      const VrrpScript* other = backup_.script(script.name);
      if (other == nullptr) {
        report(master_, script.at, Severity::warning, "vrrp_script '" + script.name + "' is missing in the backup's file", "the same scripts in both files", "add it there");
        continue;
      }
      if (paths(script) != paths(*other)) {
        report(backup_, other->at, Severity::warning, "vrrp_script '" + script.name + "' runs " + list(paths(*other)) + " here and " + list(paths(script)) + " on the master",
               "the same programs on both nodes", "check that both exist");
      }
    }
  }

  static std::set<std::string> paths(const VrrpScript& script) {
    std::set<std::string> paths;
    for (const std::string& word : script.command_words) {
      if (word.find('/') != std::string::npos) paths.insert(word);
    }
    return paths;
  }

  const KeepalivedConf& master_;
  const KeepalivedConf& backup_;
  KeepalivedPair pair_;
};

}  // namespace

KeepalivedPair analyse_pair(const KeepalivedConf& master, const KeepalivedConf& backup) { return Analysis(master, backup).run(); }

}  // namespace interlock
