// A bound machine as a manual that can be read before anything is done: phases, gates, steps with their very
// commands, waits with limits, ways on and back, rules, points of no return, and what the handover will cost. Pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fsm/machine.h"
#include "src/report/check_result.h"
#include "src/report/format.h"
#include "src/report/words.h"

namespace interlock {

// One way of handing the service over, with its predicted outage.
struct HandoverNote {
  std::string name;
  bool chosen = false;
  bool works = true;          // false: with this site's files the service would not move
  double min_ms = 0, max_ms = 0, mean_ms = 0;
  fsm::Words why;
};

struct PlanNotes {
  std::vector<HandoverNote> handovers;
  fsm::Words handover_why;    // why the chosen one was, or that it was asked for
  std::string taken;          // the handover that the machine was bound with; empty: it has none
  bool unread = false;        // the files that decide could not be read: nothing can be predicted
  std::vector<SettledParameter> settled;
  std::vector<fsm::Words> own_gates;  // titles of those that the tool adds to the pre-flight
};

// From Prepared::notes ({"handover": {chosen, because, ways}}). `taken`: the handover that the machine was bound
// with; empty: the chosen one.
[[nodiscard]] PlanNotes plan_notes_from(const Json& notes, const std::string& taken);

// "0.43 … 0.43 s" of the handover that is taken, or that it cannot be predicted.
[[nodiscard]] std::string predicted_outage(const PlanNotes& notes, Language language);
// How long clients may be without service while it is handed over; nothing where no clients are measured.
[[nodiscard]] std::optional<Millis> outage_allowed(const fsm::Machine& machine);

// What a person must know before saying yes: how much, what outage, until where there is a way back. Pure.
[[nodiscard]] std::string render_summary(const fsm::Machine& machine, const PlanNotes& notes, Language language);

// The lines of a manual for one operation, as OperationKind::describe gives them.
using Describe = std::function<std::vector<std::string>(const fsm::Operation&)>;

[[nodiscard]] std::string render_plan(const fsm::Machine& machine, const PlanNotes& notes, const Describe& describe, PlanFormat format, Language language);

// The phases (indices) that can be entered at all with these parameters, in the machine's order.
[[nodiscard]] std::vector<int> reachable_phases(const fsm::Machine& machine);
// Forward phases (indices) from which no way back leads any more to an end that is rolled back or unchanged.
[[nodiscard]] std::vector<int> points_of_no_return(const fsm::Machine& machine);

}  // namespace interlock
