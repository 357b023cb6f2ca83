// keepalived.conf: what one file gives its node, and how long each move of the VIP takes with a pair of them.
#include <fmt/format.h>

#include "probes/keepalived_pair.h"
#include "src/lint/linters.h"

namespace interlock {
namespace {

std::string seconds(double ms) { return fmt::format("{:.2f} s", ms / 1000.0); }

void add_outages(LintResult& result, const char* key, const std::string& holder, const std::vector<OutagePrediction>& predictions) {
  if (predictions.empty()) return;
  result.rows.push_back({"Without a reachable VIP while " + holder + " holds it:"});
  result.rows.push_back({"event", "moves", "least", "mean", "most", "because"});
  Json all = Json::object();
  for (const OutagePrediction& prediction : predictions) {
    const bool moves = prediction.moves == VipMoves::yes;
    const RangeMs& outage = prediction.outage;
    result.rows.push_back({to_string(prediction.event), to_string(prediction.moves), moves ? seconds(outage.min_ms) : "-", moves ? seconds(outage.mean_ms) : "-",
                           moves ? seconds(outage.max_ms) : "-", prediction.because});
    Json one{{"moves", to_string(prediction.moves)}, {"because", prediction.because}};
    if (moves) {
      one["outage_ms"] = {{"min", outage.min_ms}, {"mean", outage.mean_ms}, {"max", outage.max_ms}};
      one["takeover_ms"] = {{"min", prediction.takeover.min_ms}, {"mean", prediction.takeover.mean_ms}, {"max", prediction.takeover.max_ms}};
    }
    all[to_string(prediction.event)] = std::move(one);
  }
  result.found[key] = std::move(all);
}

std::string scripts_of(const KeepalivedConf& conf, const VrrpInstance& instance) {
  std::string text;
  for (const TrackUse& use : instance.track_scripts) {
    const VrrpScript* script = conf.script(use.name);
    if (script == nullptr) continue;
    text += (text.empty() ? "" : "; ") + fmt::format("{} (interval {} s, fall {}, weight {})", script->name, script->interval_s.value, script->fall.value,
                                                     use.weight.value_or(script->weight.value));
  }
  return text.empty() ? "none" : text;
}

void add_instance(LintResult& result, const KeepalivedConf& conf, const VrrpInstance& instance) {
  std::string addresses;
  Json list = Json::array();
  for (const VirtualAddress& address : instance.addresses) {
    addresses += (addresses.empty() ? "" : ", ") + address.address;
    list.push_back(address.address);
  }
  result.rows.push_back({"instance", fmt::format("{}: state {}, virtual_router_id {}, priority {}{}, advert_int {} s, VRRPv{}", instance.name, instance.state.value,
                                                 instance.virtual_router_id.value, instance.priority.value, instance.nopreempt.value ? ", nopreempt" : "",
                                                 instance.advert_int_s.value, instance.version.value)});
  result.rows.push_back({"addresses", addresses.empty() ? "none" : addresses});
  result.rows.push_back({"checks", scripts_of(conf, instance)});
  result.found["instances"].push_back({{"name", instance.name}, {"state", instance.state.value}, {"interface", instance.interface.value},
                                       {"virtual_router_id", instance.virtual_router_id.value}, {"priority", instance.priority.value},
                                       {"nopreempt", instance.nopreempt.value}, {"advert_int_s", instance.advert_int_s.value},
                                       {"vrrp_version", instance.version.value}, {"addresses", std::move(list)}});
}

// By the handbook's forms; where neither file has one, the higher priority is the master's.
bool swapped(const KeepalivedConf& one, const KeepalivedConf& other) {
  using Role = KeepalivedRole;
  const Role a = keepalived_role(one).role, b = keepalived_role(other).role;
  if (a == Role::other && b == Role::other) {
    return !one.instances.empty() && !other.instances.empty() && one.instances.front().priority.value < other.instances.front().priority.value;
  }
  return (a == Role::backup && b != Role::backup) || (b == Role::master && a != Role::master);
}

}  // namespace

LintResult lint_keepalived(const LintFile& file) {
  LintResult result{file.kind, {file.file}, "keepalived.conf", {}, Json::object(), {}};
  try {
    const KeepalivedConf conf = parse_keepalived(file.text, file.file);
    const KeepalivedRoleVerdict verdict = keepalived_role(conf);
    result.rows.push_back({"role", std::string(to_string(verdict.role)) + ": " + verdict.why});
    result.found = {{"role", to_string(verdict.role)}, {"why", verdict.why}, {"instances", Json::array()}};
    for (const VrrpInstance& instance : conf.instances) add_instance(result, conf, instance);
    result.diagnostics = conf.diagnostics;
  } catch (const InputError& error) {
    result.diagnostics = error.diagnostics();
  }
  return result;
}

LintResult lint_keepalived_pair(const LintFile& one, const LintFile& other) {
  LintResult result{one.kind, {one.file, other.file}, "pair of keepalived.conf", {}, Json::object(), {}};
  try {
    KeepalivedConf master = parse_keepalived(one.text, one.file), backup = parse_keepalived(other.text, other.file);
    if (swapped(master, backup)) std::swap(master, backup);
    const KeepalivedPair pair = analyse_pair(master, backup);
    result.rows.push_back({"master", master.file});
    result.rows.push_back({"backup", backup.file});
    result.rows.push_back({"priorities", fmt::format("the master's is {} above the backup's", pair.priority_gap)});
    result.rows.push_back({"failover", pair.failover_works ? "a dying service on the master moves the VIP" : "a dying service on the master does not move the VIP, or it cannot be told"});
    result.found = {{"master", master.file}, {"backup", backup.file}, {"priority_gap", pair.priority_gap}, {"failover_works", pair.failover_works}, {"sound", pair.sound}};
    add_outages(result, "outage", "the master", pair.predictions);
    add_outages(result, "outage_reverse", "the backup", pair.reverse);
    if (!pair.predictions.empty()) result.rows.push_back({"Times of the service itself are not in it: a HotDB node opens its service port about 0.4 s after the VIP has come."});
    result.diagnostics = pair.diagnostics;
  } catch (const InputError&) {
    result.rows.push_back({"Not judged: one of the files cannot be read."});   // which and why stands with the file
  }
  return result;
}

}  // namespace interlock
