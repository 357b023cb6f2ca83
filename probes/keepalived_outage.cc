#include "probes/keepalived_outage.h"

#include <algorithm>
#include <optional>

namespace interlock {
namespace {

constexpr double kMsPerSecond = 1000.0;
constexpr int kOwnerPriority = 255;  // the owner of the address: weights do not apply
constexpr int kRangeOfPriority = 256;

// One tracked script with what applies to it in this instance.
struct VrrpCheck {
  const VrrpScript* script;
  int weight;
  bool reverse;
};

std::vector<VrrpCheck> checks_of(const VrrpSide& side) {
  std::vector<VrrpCheck> checks;
  for (const TrackUse& use : side.instance.track_scripts) {
    const VrrpScript* script = side.conf.script(use.name);
    if (script == nullptr) continue;
    checks.push_back({script, use.weight.value_or(script->weight.value), use.weight ? use.reverse : script->reverse});
  }
  return checks;
}

double advert_ms(const VrrpSide& side) { return side.instance.advert_int_s.value * kMsPerSecond; }

double skew_ms(const VrrpSide& peer, const VrrpSide& holder, int priority) {
  const double fraction = static_cast<double>(kRangeOfPriority - priority) / kRangeOfPriority;
  return fraction * (peer.instance.version.value == 3 ? advert_ms(holder) : kMsPerSecond);
}

// In version 3 a listening node takes the advert_int from the adverts, in version 2 from its own file.
double master_down_ms(const VrrpSide& peer, const VrrpSide& holder, int priority) {
  const double interval = peer.instance.version.value == 3 ? advert_ms(holder) : advert_ms(peer);
  return peer.instance.down_timer_adverts.value * interval + skew_ms(peer, holder, priority);
}

RangeMs exactly(double ms) { return {ms, ms, ms}; }
RangeMs between(double least, double most) { return {least, (least + most) / 2, most}; }
RangeMs operator+(const RangeMs& a, const RangeMs& b) {
  return {a.min_ms + b.min_ms, a.mean_ms + b.mean_ms, a.max_ms + b.max_ms};
}

OutagePrediction moved(VipEvent event, RangeMs outage, std::string because) {
  return {event, VipMoves::yes, outage, outage, std::move(because)};
}
OutagePrediction stays(VipEvent event, std::string because) { return {event, VipMoves::no, {}, {}, std::move(because)}; }

OutagePrediction unknown(VipEvent event, std::string because) {
  return {event, VipMoves::unknown, {}, {}, std::move(because)};
}

// What the prediction does not cover, or nothing.
std::optional<std::string> beyond_prediction(const VrrpSide& holder, const VrrpSide& peer) {
  for (const VrrpSide* side : {&holder, &peer}) {
    if (!side->conf.includes.empty()) return side->conf.file + " includes other files, which are not read";
    for (const TrackUse& use : side->instance.track_scripts) {
      if (side->conf.script(use.name) == nullptr) return "'" + use.name + "' is tracked but not defined";
    }
    for (const VrrpCheck& check : checks_of(*side)) {
      if (check.reverse) return "'" + check.script->name + "' has a reversed weight";
    }
  }
  if (holder.instance.version.value != peer.instance.version.value) return "the two files speak different VRRP versions";
  return std::nullopt;
}

RangeMs last_advert_and_down(const VrrpSide& holder, const VrrpSide& peer) {
  const double down = master_down_ms(peer, holder, healthy_priority(peer));
  return between(std::max(0.0, down - advert_ms(holder)), down);
}

// When a script's failing is noticed, from the death of the service on.
RangeMs detection(const VrrpCheck& check, bool hangs) {
  const double interval = check.script->interval_s.value * kMsPerSecond;
  const double fall = check.script->fall.value;
  RangeMs range = between((fall - 1) * interval, fall * interval);
  if (hangs) range = range + between(0, fall * check.script->effective_timeout_s() * kMsPerSecond);
  return range;
}

// The time after which enough weighted scripts have failed to bring the holder below the peer: the scripts in the
// order of the given time, until their weights suffice.
struct Crossing {
  double ms = 0;
  std::vector<std::string> scripts;
};
std::optional<Crossing> crossing(const VrrpSide& holder, const VrrpSide& peer, bool hangs, double RangeMs::*time) {
  std::vector<std::pair<double, const VrrpCheck*>> order;
  const std::vector<VrrpCheck> checks = checks_of(holder);
  for (const VrrpCheck& check : checks) {
    if (check.weight != 0) order.emplace_back(detection(check, hangs).*time, &check);
  }
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  Crossing result;
  for (const auto& [ms, check] : order) {
    result.ms = ms;
    result.scripts.push_back(check->script->name);
    if (priority_with_failing(holder, result.scripts) < healthy_priority(peer)) return result;
  }
  return std::nullopt;
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "'" : ", '") + name + "'";
  return text;
}

// The way over a script without a weight: FAULT, which gives the VIP up with a priority-0 advert.
std::optional<OutagePrediction> by_fault(VipEvent event, const VrrpSide& holder, const VrrpSide& peer, bool hangs) {
  std::optional<OutagePrediction> best;
  for (const VrrpCheck& check : checks_of(holder)) {
    if (check.weight != 0) continue;
    const RangeMs range = detection(check, hangs) + exactly(skew_ms(peer, holder, healthy_priority(peer)));
    if (best && best->outage.mean_ms <= range.mean_ms) continue;
    best = moved(event, range, "'" + check.script->name + "' has weight 0: its failing puts the holder into FAULT, which gives the VIP up at once");
  }
  return best;
}

std::optional<OutagePrediction> by_weight(VipEvent event, const VrrpSide& holder, const VrrpSide& peer, bool hangs) {
  if (peer.instance.nopreempt.value) return std::nullopt;
  const auto earliest = crossing(holder, peer, hangs, &RangeMs::min_ms);
  const auto latest = crossing(holder, peer, hangs, &RangeMs::max_ms);
  if (!earliest || !latest) return std::nullopt;
  RangeMs range = between(earliest->ms, latest->ms) + last_advert_and_down(holder, peer);
  range = range + exactly(peer.instance.preempt_delay_s.value * kMsPerSecond);
  return moved(event, range, quoted_list(latest->scripts) + " failing lowers the holder from " + std::to_string(healthy_priority(holder)) +
               " to " + std::to_string(priority_with_failing(holder, latest->scripts)) + ", below the peer's " +
               std::to_string(healthy_priority(peer)) + "; the peer preempts one master-down time later");
}

std::string why_it_stays(const VrrpSide& holder, const VrrpSide& peer) {
  const std::vector<VrrpCheck> checks = checks_of(holder);
  if (checks.empty()) return "the holder tracks no script, so that keepalived does not notice";
  if (peer.instance.nopreempt.value) {
    return "the peer has nopreempt: it accepts the adverts of a holder with a lowered priority, and the VIP never moves";
  }
  std::vector<std::string> all;
  for (const VrrpCheck& check : checks) all.push_back(check.script->name);
  return "with every script failing the holder still has " + std::to_string(priority_with_failing(holder, all)) +
         ", not below the peer's " + std::to_string(healthy_priority(peer)) + ": the weights are smaller than the gap between the priorities";
}

OutagePrediction by_checks(VipEvent event, const VrrpSide& holder, const VrrpSide& peer) {
  const bool hangs = event == VipEvent::script_hangs;
  const auto fault = by_fault(event, holder, peer, hangs);
  const auto weight = by_weight(event, holder, peer, hangs);
  if (!fault && !weight) return stays(event, why_it_stays(holder, peer));
  if (!fault) return *weight;
  if (!weight) return *fault;
  // Both ways are open: whichever is first counts.
  OutagePrediction first = fault->outage.mean_ms <= weight->outage.mean_ms ? *fault : *weight;
  const double least = std::min(fault->outage.min_ms, weight->outage.min_ms);
  const double most = std::min(fault->outage.max_ms, weight->outage.max_ms);
  first.outage = first.takeover = between(least, most);
  return first;
}

OutagePrediction raised(const VrrpSide& holder, const VrrpSide& peer) {
  if (peer.instance.nopreempt.value) {
    return stays(VipEvent::peer_raised, "the peer has nopreempt: it never takes the VIP from a node that advertises");
  }
  const int needed = healthy_priority(holder) + 1;
  if (needed > 254) return stays(VipEvent::peer_raised, "the holder's priority leaves no room above it");
  OutagePrediction prediction = moved(VipEvent::peer_raised, {}, {});
  prediction.takeover = between(std::max(0.0, master_down_ms(peer, holder, needed) - advert_ms(holder)), master_down_ms(peer, holder, needed)) +
                        exactly(peer.instance.preempt_delay_s.value * kMsPerSecond);
  prediction.because = "make before break: the peer becomes MASTER with " + std::to_string(needed) + " or more, and the holder steps down on hearing it";
  if (!peer.instance.track_files.empty()) prediction.because += "; track_file '" + peer.instance.track_files.front().name + "' can raise it without a reload";
  return prediction;
}

OutagePrediction returns(const VrrpSide& holder, const VrrpSide& peer) {
  constexpr VipEvent event = VipEvent::holder_returns;
  if (holder.instance.nopreempt.value) return stays(event, "the returning node has nopreempt and leaves the VIP where it is");
  const int own = healthy_priority(holder), other = healthy_priority(peer);
  if (own <= other) {
    return stays(event, "the returning node's priority " + std::to_string(own) + " is not above " + std::to_string(other));
  }
  OutagePrediction prediction = moved(event, {}, "the returning node preempts: the VIP moves a second time and every connection is reset again");
  prediction.takeover = between(std::max(0.0, master_down_ms(holder, peer, own) - advert_ms(peer)), master_down_ms(holder, peer, own)) +
                        exactly(holder.instance.preempt_delay_s.value * kMsPerSecond);
  return prediction;
}

}  // namespace

const char* to_string(VipEvent event) {
  switch (event) {
    case VipEvent::graceful_stop: return "graceful stop of keepalived";
    case VipEvent::crash: return "crash, power or link loss";
    case VipEvent::service_dies: return "service dies";
    case VipEvent::script_hangs: return "check script hangs";
    case VipEvent::peer_raised: return "peer raised above the holder";
    case VipEvent::holder_returns: return "former holder returns";
  }
  return "?";
}

const char* to_string(VipMoves moves) {
  switch (moves) {
    case VipMoves::yes: return "yes";
    case VipMoves::no: return "no";
    case VipMoves::unknown: return "unknown";
  }
  return "?";
}

int priority_with_failing(const VrrpSide& side, std::span<const std::string> failing) {
  const int base = side.instance.priority.value;
  if (base == kOwnerPriority) return base;
  long sum = base;  // a long: a hostile file may track one script a million times
  for (const VrrpCheck& check : checks_of(side)) {
    const bool fails = std::find(failing.begin(), failing.end(), check.script->name) != failing.end();
    if (check.weight > 0 && !fails) sum += check.weight;
    if (check.weight < 0 && fails) sum += check.weight;
  }
  return static_cast<int>(std::clamp(sum, 1L, 254L));
}

int healthy_priority(const VrrpSide& side) { return priority_with_failing(side, {}); }

OutagePrediction predict_outage(VipEvent event, const VrrpSide& holder, const VrrpSide& peer) {
  if (const auto why = beyond_prediction(holder, peer)) return unknown(event, *why);
  switch (event) {
    case VipEvent::graceful_stop:
      return moved(event, exactly(skew_ms(peer, holder, healthy_priority(peer))),
                   "the holder says goodbye with a priority-0 advert and the peer waits its skew time only");
    case VipEvent::crash:
      return moved(event, last_advert_and_down(holder, peer), "the peer waits its master-down time from the last advert on");
    case VipEvent::service_dies:
    case VipEvent::script_hangs: return by_checks(event, holder, peer);
    case VipEvent::peer_raised: return raised(holder, peer);
    case VipEvent::holder_returns: return returns(holder, peer);
  }
  return unknown(event, "no such event");
}

std::vector<OutagePrediction> predict_outages(const VrrpSide& holder, const VrrpSide& peer) {
  std::vector<OutagePrediction> predictions;
  for (const VipEvent event : {VipEvent::graceful_stop, VipEvent::crash, VipEvent::service_dies, VipEvent::script_hangs,
                               VipEvent::peer_raised, VipEvent::holder_returns}) {
    predictions.push_back(predict_outage(event, holder, peer));
  }
  return predictions;
}

}  // namespace interlock
