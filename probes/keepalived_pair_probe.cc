// Whether the keepalived.conf of two hosts make a working pair, and how long each kind of move of the VIP takes: the
// analysis of keepalived_pair.h over both files as they are. Which is the master's is told by their forms.
#include <algorithm>

#include "probes/arguments.h"
#include "probes/keepalived_files.h"
#include "probes/keepalived_pair.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/text.h"

namespace interlock {
namespace {

// Errors of both files and of the pair, then warnings.
struct Problems {
  std::vector<std::string> texts;
  std::size_t errors = 0, warnings = 0;

  void add(const std::vector<Diagnostic>& diagnostics, Severity severity) {
    for (const Diagnostic& diagnostic : diagnostics) {
      if (diagnostic.severity != severity) continue;
      texts.push_back(valid_utf8(to_string(diagnostic)));
      ++(severity == Severity::error ? errors : warnings);
    }
  }
};

Json outages_of(const std::vector<OutagePrediction>& predictions) {
  Json outages = Json::object();
  for (const OutagePrediction& prediction : predictions) {
    Json one = {{"moves", to_string(prediction.moves)}, {"because", prediction.because}};
    if (prediction.moves == VipMoves::yes) {
      one["min_ms"] = prediction.outage.min_ms;
      one["max_ms"] = prediction.outage.max_ms;
      one["mean_ms"] = prediction.outage.mean_ms;
    }
    outages[to_string(prediction.event)] = std::move(one);
  }
  return outages;
}

bool looks_swapped(const KeepalivedFile& here, const KeepalivedFile& there) {
  using Role = KeepalivedRole;
  return (here.role.role == Role::backup && there.role.role != Role::backup) ||
         (there.role.role == Role::master && here.role.role != Role::master);
}

}  // namespace

Reading observe_keepalived_pair(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const std::string config = args.text("config").value_or("");
  const std::string peer_name = args.text("peer_host").value_or("");
  const std::string peer_config = args.text("peer_config").value_or(config);
  const ObservationTimer timer(config + " on " + request.host.name() + " with " + peer_config + " on " + peer_name);
  Host* peer = request.hosts.find(peer_name);
  if (peer == nullptr) return timer.unknown(Cause::missing, "the site has no host '" + peer_name + "'");
  const auto here = read_keepalived(request.host, config, request.deadline);
  if (!here) return timer.unknown(here.error());
  const auto there = read_keepalived(*peer, peer_config, request.deadline);
  if (!there) return timer.unknown(there.error());

  const bool swapped = looks_swapped(*here, *there);
  const KeepalivedFile& master = swapped ? *there : *here;
  const KeepalivedFile& backup = swapped ? *here : *there;
  const KeepalivedPair pair = analyse_pair(master.conf, backup.conf);
  Problems problems;
  for (const Severity severity : {Severity::error, Severity::warning}) {
    problems.add(pair.diagnostics, severity);
    problems.add(master.conf.diagnostics, severity);
    problems.add(backup.conf.diagnostics, severity);
  }
  Json value = {{"errors", problems.errors},     {"warnings", problems.warnings},
                {"problems", problems.texts},    {"master", swapped ? peer_name : request.host.name()},
                {"priority_gap", pair.priority_gap}, {"failover_works", pair.failover_works},
                {"outage", outages_of(pair.predictions)}, {"outage_reverse", outages_of(pair.reverse)}};
  std::string saw = std::to_string(problems.errors) + " errors, " + std::to_string(problems.warnings) + " warnings";
  if (!problems.texts.empty()) saw += ": " + one_line(problems.texts.front());
  return timer.known(std::move(value), saw + ", in " + timer.took_ms());
}

}  // namespace interlock
