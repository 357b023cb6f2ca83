#include "src/run/gate_check.h"

#include <algorithm>

#include "fsm/decide.h"
#include "src/run/host_gates.h"
#include "src/run/observer.h"
#include "src/run/outage_gate.h"

namespace interlock {

namespace {

CheckResult blank(const fsm::Machine& m) {
  CheckResult result;
  result.site = m.site;
  result.procedure = m.procedure;
  result.title = m.title;
  result.at_ms = std::chrono::duration_cast<Millis>(std::chrono::system_clock::now().time_since_epoch()).count();
  return result;
}

void add_own(CheckResult& result, const Prepared& prepared) {
  if (auto gate = login_gate(prepared.machine, *prepared.hosts)) result.gates.push_back(std::move(*gate));
  if (auto gate = space_gate(prepared.machine, *prepared.hosts)) result.gates.push_back(std::move(*gate));
  if (auto gate = outage_gate(prepared)) result.gates.push_back(std::move(*gate));
  result.settled = settled_from(prepared.notes);
}

bool any_closed(const CheckResult& result) {
  return std::any_of(result.gates.begin(), result.gates.end(), [](const GateResult& g) { return g.mode == fsm::GateMode::enforce && g.verdict == fsm::Truth::no; });
}

}  // namespace

CheckResult check_gates(const fsm::Machine& m, Hosts& hosts, Secrets& secrets) {
  const auto began = std::chrono::steady_clock::now();
  CheckResult result = blank(m);

  Observer observer(m, hosts, secrets);
  fsm::World world(m.facts.size(), fsm::kUnknown);
  const auto observe = [&](const std::vector<int>& facts) {
    for (const auto& [f, value] : observer.observe_now(facts)) world[static_cast<std::size_t>(f)] = value;
  };
  observe(fsm::facts_for(m, fsm::start_of(m)));
  // A second look at what could not be seen, as a run would take.
  std::vector<int> unknown;
  for (const int f : fsm::facts_for(m, fsm::start_of(m)))
    if (world[static_cast<std::size_t>(f)] == fsm::kUnknown) unknown.push_back(f);
  observe(unknown);

  const fsm::Phase& phase = m.phases.front();
  for (const auto& gate : phase.gates) {
    GateResult g;
    g.id = gate.id;
    g.phase = phase.name;
    g.title = gate.title;
    g.mode = gate.mode;
    g.verdict = gate.holds.eval(world);
    if (g.verdict != fsm::Truth::unknown) g.remedy = gate.remedy;
    g.requires_text = gate.text;
    g.observed = describe(m, gate.holds, world);
    g.evidence = observer.evidence_json(gate.holds.facts());
    result.gates.push_back(std::move(g));
  }
  // Of a site on which it was done before, every gate would name a remedy, and following them would undo it.
  for (const auto& end : m.ends) {
    if (end.kind != fsm::EndKind::success || !any_closed(result)) continue;
    observe(end.holds.facts());
    if (end.holds.eval(world) != fsm::Truth::yes) continue;
    result.done = end.title.empty() ? fsm::Words{end.name, end.name} : end.title;
    for (auto& g : result.gates) g.remedy = {};
  }
  result.took = std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - began);
  return result;
}

CheckResult pre_flight(const Prepared& prepared) {
  CheckResult result = check_gates(prepared.machine, *prepared.hosts, *prepared.secrets);
  const std::size_t of_procedure = result.gates.size();
  add_own(result, prepared);
  result.own = result.gates.size() - of_procedure;
  return result;
}

std::vector<fsm::Words> own_gates(const Prepared& prepared) {
  std::vector<fsm::Words> titles;
  const auto& actions = prepared.machine.actions;
  const auto unpacks = [](const fsm::Action& a) { return std::any_of(a.operations.begin(), a.operations.end(), [](const auto& o) { return o.kind == "unpack"; }); };
  if (!hosts_logged_in_to(prepared.machine).empty()) titles.push_back(kLoginTitle);
  if (std::any_of(actions.begin(), actions.end(), unpacks)) titles.push_back(kSpaceTitle);
  if (const auto gate = outage_gate(prepared)) titles.push_back(gate->title);
  return titles;
}

CheckResult only_own(const Prepared& prepared) {
  CheckResult result = blank(prepared.machine);
  add_own(result, prepared);
  return result;
}

}  // namespace interlock
