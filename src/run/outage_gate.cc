#include "src/run/outage_gate.h"

#include <algorithm>

#include <fmt/format.h>

#include "src/report/layout.h"
#include "src/report/plan_report.h"

namespace interlock {

std::optional<GateResult> outage_gate(const Prepared& prepared) {
  const auto* bound = fsm::find(prepared.machine.params, "handover");
  const auto allowed = outage_allowed(prepared.machine);
  if (bound == nullptr || !bound->is_string() || !allowed || !prepared.notes.contains("handover")) return std::nullopt;
  const PlanNotes notes = plan_notes_from(prepared.notes, bound->get<std::string>());
  const auto way = std::find_if(notes.handovers.begin(), notes.handovers.end(), [](const HandoverNote& h) { return h.chosen; });
  GateResult g;
  g.id = "outage";
  g.phase = prepared.machine.phases.front().name;
  g.title = {"the handover's predicted outage is not longer than is allowed", "切换的预计中断不超过允许值"};
  g.requires_text = fmt::format("predicted outage of {} <= {} ms", notes.taken, allowed->count());
  g.evidence = Json::array();
  if (notes.unread) {
    g.verdict = fsm::Truth::unknown;
    const bool left_open = std::any_of(notes.settled.begin(), notes.settled.end(), [](const SettledParameter& s) { return s.name == "handover"; });
    if (!left_open) g.mode = fsm::GateMode::warn;
    const std::string why = prepared.notes["handover"].value("unread", "");
    g.evidence.push_back({{"fact", "outage"}, {"value", "unknown"}, {"asked", "the two keepalived files"}, {"saw", ""}, {"why", why}});
    return g;
  }
  const bool some_work = std::any_of(notes.handovers.begin(), notes.handovers.end(), [](const HandoverNote& h) { return h.works; });
  if (way == notes.handovers.end() || !some_work) return std::nullopt;  // the gates on these files say what is wrong
  if (!way->works) {
    g.verdict = fsm::Truth::no;
    g.observed = way->name + ": by the two keepalived files the VIP would not move";
    g.remedy = {"another handover: interlock plan shows which would work", "选用其他切换方式：interlock plan 列出可行的方式"};
    return g;
  }
  g.verdict = way->max_ms <= static_cast<double>(allowed->count()) ? fsm::Truth::yes : fsm::Truth::no;
  g.observed = fmt::format("{}: {} s; allowed: {:.2f} s", way->name, report::seconds_between(way->min_ms, way->max_ms), static_cast<double>(allowed->count()) / 1000.0);
  g.remedy = {"a faster handover (interlock plan shows what each would cost), or a longer outage_budget, by --set or in the site file", "选用更快的切换方式（interlock plan 列出各方式的预计中断），或用 --set 或站点文件放宽 outage_budget"};
  return g;
}

}  // namespace interlock
