#include "src/report/plan_report.h"

#include <algorithm>
#include <set>

#include "fsm/decide.h"
#include "src/report/escape.h"
#include "src/report/layout.h"
#include "src/report/plan_formats.h"
#include "src/report/settled.h"
#include "src/report/story.h"

namespace interlock {
namespace {

// Whether an end that leaves the site as it was can be reached from `from`, by whatever ways lead on and back.
bool leads_home(const fsm::Machine& m, fsm::Target from, std::set<int>& seen) {
  if (from.end) {
    const fsm::EndKind kind = m.end(from.index).kind;
    return kind == fsm::EndKind::rolled_back || kind == fsm::EndKind::unchanged;
  }
  if (!seen.insert(from.index).second) return false;
  const fsm::Phase& p = m.phase(from.index);
  for (const fsm::Target t : {p.next, p.back, p.refused, p.overrun})
    if (leads_home(m, t, seen)) return true;
  return false;
}

// The ways back of a phase: where it leads when it does not go on.
std::vector<fsm::Target> ways_back(const fsm::Phase& p) {
  std::vector<fsm::Target> ways;
  if (!p.gates.empty()) ways.push_back(p.refused);
  if (!p.steps.empty() || p.until.settled() != fsm::Truth::yes) ways.push_back(p.back);
  if (p.until.settled() != fsm::Truth::yes) ways.push_back(p.overrun);
  if (ways.empty()) ways.push_back(p.back);
  return ways;
}

}  // namespace

std::vector<int> reachable_phases(const fsm::Machine& m) {
  if (m.phases.empty()) return {};
  std::set<int> seen{0};
  std::vector<int> next{0};
  while (!next.empty()) {
    const fsm::Phase& p = m.phase(next.back());
    next.pop_back();
    std::vector<fsm::Target> ways = ways_back(p);
    ways.push_back(p.next);
    for (const fsm::Target t : ways)
      if (!t.end && seen.insert(t.index).second) next.push_back(t.index);
  }
  return {seen.begin(), seen.end()};
}

std::vector<int> points_of_no_return(const fsm::Machine& m) {
  std::vector<int> list;
  for (const int i : reachable_phases(m)) {
    if (m.phase(i).retreat) continue;
    const auto ways = ways_back(m.phase(i));
    const bool home = std::any_of(ways.begin(), ways.end(), [&](fsm::Target way) {
      std::set<int> seen{i};
      return leads_home(m, way, seen);
    });
    if (!home) list.push_back(i);
  }
  return list;
}

PlanNotes plan_notes_from(const Json& notes, const std::string& taken) {
  PlanNotes plan;
  plan.settled = settled_from(notes);
  if (!notes.is_object() || !notes.contains("handover") || !notes["handover"].is_object()) return plan;
  const Json& h = notes["handover"];
  const std::string chosen = h.value("chosen", "");
  plan.taken = taken.empty() ? chosen : taken;
  plan.unread = h.contains("unread");
  const bool left_open = std::any_of(plan.settled.begin(), plan.settled.end(), [](const SettledParameter& s) { return s.name == "handover"; });
  if (plan.unread || taken.empty() || (taken == chosen && left_open)) plan.handover_why = words_from(h.value("because", Json()));
  if (!h.contains("ways") || !h["ways"].is_array()) return plan;
  for (const auto& way : h["ways"]) {
    if (!way.is_object()) continue;
    HandoverNote n;
    n.name = way.value("name", "");
    n.chosen = n.name == plan.taken;
    n.works = way.value("works", false);
    n.min_ms = way.value("min_ms", 0.0);
    n.mean_ms = way.value("mean_ms", 0.0);
    n.max_ms = way.value("max_ms", 0.0);
    n.why = words_from(way.value("because", Json()));
    plan.handovers.push_back(std::move(n));
  }
  return plan;
}

std::string render_plan(const fsm::Machine& machine, const PlanNotes& notes, const Describe& describe, PlanFormat format, Language language) {
  switch (format) {
    case PlanFormat::text: return report::plan_text(machine, notes, describe, language);
    case PlanFormat::json: return report::plan_json(machine, notes, describe, language);
  }
  return {};
}

namespace report {

std::string plan_json(const fsm::Machine& m, const PlanNotes& notes, const Describe& describe, Language language) {
  const auto no_return = points_of_no_return(m);
  Json phases = Json::array();
  for (const int i : reachable_phases(m)) {
    const fsm::Phase& p = m.phase(i);
    Json gates = Json::array(), steps = Json::array(), suspended = Json::array();
    for (const auto& g : p.gates)
      gates.push_back({{"id", g.id}, {"title", in(g.title, language)}, {"mode", fsm::to_string(g.mode)}, {"requires", g.text}, {"remedy", in(g.remedy, language)}});
    for (const auto& s : p.steps) {
      const fsm::Action& a = m.action(s.action);
      Json commands = Json::array();
      for (const auto& o : a.operations)
        for (const auto& line : describe(o)) commands.push_back(line);
      steps.push_back({{"action", a.name}, {"host", a.host}, {"title", in(a.title, language)}, {"manual", in(a.manual, language)}, {"by_person", a.operations.empty()}, {"commands", commands},
                       {"within_ms", a.within.count()}, {"attempts", a.attempts}, {"conditional", s.only_if.settled() != fsm::Truth::yes}, {"needs", a.needs_text}});
    }
    for (const auto& r : m.rules)
      if (fsm::suspended(r, i)) suspended.push_back(r.name);
    phases.push_back({{"name", p.name}, {"title", in(p.title, language)}, {"way_back", is_way_back(m, i)}, {"gates", gates}, {"steps", steps}, {"until", p.until_text}, {"within_ms", p.within.count()},
                      {"next", m.name_of(p.next)}, {"back", m.name_of(p.back)}, {"refused", m.name_of(p.refused)}, {"overrun", m.name_of(p.overrun)}, {"suspends", suspended},
                      {"no_return", std::find(no_return.begin(), no_return.end(), i) != no_return.end()}});
  }
  Json rules = Json::array(), ends = Json::array(), handovers = Json::array();
  for (const auto& r : m.rules) rules.push_back({{"name", r.name}, {"title", in(r.title, language)}, {"always", r.text}, {"for_at_most_ms", r.for_at_most.count()}, {"grace_ms", r.grace.count()}});
  for (const auto& e : m.ends)
    ends.push_back({{"name", e.name}, {"kind", fsm::to_string(e.kind)}, {"title", in(e.title, language)}, {"holds", e.holds_text}, {"look", in(e.look, language)}, {"type", in(e.type, language)}});
  for (const auto& h : notes.handovers)
    handovers.push_back({{"name", h.name}, {"chosen", h.chosen}, {"works", h.works}, {"min_ms", h.min_ms}, {"mean_ms", h.mean_ms}, {"max_ms", h.max_ms}, {"why", in(h.why, language)}});
  return json_text(Json{{"procedure", m.procedure}, {"site", m.site}, {"title", in(m.title, language)}, {"about", in(m.about, language)}, {"digest", fsm::digest(m)}, {"handovers", handovers},
                        {"handover", notes.taken}, {"handover_why", in(notes.handover_why, language)}, {"settled", settled_json(notes.settled, language)}, {"rules", rules}, {"phases", phases}, {"ends", ends}}) +
         "\n";
}

}  // namespace report
}  // namespace interlock
