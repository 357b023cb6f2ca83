// What a person must know before saying yes.
#include <algorithm>

#include "fsm/decide.h"
#include "src/report/layout.h"
#include "src/report/plan_report.h"
#include "src/report/settled.h"
#include "src/report/story.h"
#include "src/report/way_back.h"

namespace interlock {

using report::hang;
using report::in;
using report::page_columns;
using report::printable;
using report::say;
using report::Word;

std::optional<Millis> outage_allowed(const fsm::Machine& m) {
  if (!m.clients) return std::nullopt;
  const fsm::Rule& rule = m.rule(m.clients->rule);
  if (std::none_of(rule.suspended_in.begin(), rule.suspended_in.end(), [](bool s) { return s; })) return std::nullopt;
  return rule.for_at_most;
}

std::string predicted_outage(const PlanNotes& notes, Language language) {
  const auto taken = std::find_if(notes.handovers.begin(), notes.handovers.end(), [](const HandoverNote& h) { return h.chosen; });
  if (taken == notes.handovers.end()) return say(language, Word::handover_unpredicted);
  if (!taken->works) return say(language, Word::handover_unmeasured);
  return report::seconds_between(taken->min_ms, taken->max_ms) + " s";
}

std::string render_summary(const fsm::Machine& m, const PlanNotes& notes, Language language) {
  std::string out;
  const auto para = [&](const std::string& head, const std::string& text) { out += hang(head, printable(text), page_columns()); };
  std::size_t steps = 0, phases = 0;
  for (const int i : reachable_phases(m)) {
    if (report::is_way_back(m, i)) continue;
    ++phases;
    steps += m.phase(i).steps.size();
  }
  para("", in(m.title, language));
  para("  ", say(language, Word::sum_steps, m.procedure, m.site, steps, phases));
  const auto allowed = outage_allowed(m);
  if (allowed && !notes.taken.empty())
    para("  ", say(language, Word::sum_handover, notes.taken, predicted_outage(notes, language), report::duration(*allowed)));
  if (allowed && notes.taken.empty()) {
    WayBack forward;
    for (const int i : reachable_phases(m))
      if (!report::is_way_back(m, i)) forward.phases.push_back(i);
    if (const std::string where = switches_on(m, forward, language); !where.empty()) para("  ", say(language, Word::sum_stopped, where, report::duration(*allowed)));
  }
  if (const std::size_t observed = m.phases.empty() ? 0 : m.phases.front().gates.size(); observed > 0 && !notes.own_gates.empty())
    para("  ", say(language, Word::sum_gates, observed + notes.own_gates.size(), notes.own_gates.size(), observed));
  const auto no_return = points_of_no_return(m);
  para("  ", no_return.empty() ? say(language, Word::sum_return) : say(language, Word::sum_no_return, in(m.phase(no_return.front()).title, language)));
  out += report::settled_text(notes.settled, language);
  para("  ", say(language, Word::sum_plan));
  return out;
}

}  // namespace interlock
