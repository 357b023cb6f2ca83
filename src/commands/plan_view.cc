#include "src/commands/plan_view.h"

#include "src/actions/operation.h"
#include "src/report/plan_report.h"
#include "src/run/gate_check.h"

namespace interlock {
namespace {

PlanNotes notes_of(const Prepared& prepared) {
  const auto* taken = fsm::find(prepared.machine.params, "handover");
  PlanNotes notes = plan_notes_from(prepared.notes, taken != nullptr && taken->is_string() ? taken->get<std::string>() : "");
  notes.own_gates = own_gates(prepared);
  return notes;
}

}  // namespace

std::string plan_text(const Prepared& prepared, const Globals& globals) {
  return render_plan(prepared.machine, notes_of(prepared), describe_operation, globals.form(parse_plan_format, kPlanFormatWords), globals.words());
}

std::string summary_text(const Prepared& prepared, const Globals& globals) { return report::typed(render_summary(prepared.machine, notes_of(prepared), globals.words()), globals.typing()); }

}  // namespace interlock
