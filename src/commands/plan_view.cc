#include "src/commands/plan_view.h"

#include "src/actions/operation.h"
#include "src/report/plan_report.h"

namespace interlock {

std::string plan_text(const Prepared& prepared, const Globals& globals) {
  const auto* taken = fsm::find(prepared.machine.params, "handover");
  const PlanNotes notes = plan_notes_from(prepared.notes, taken != nullptr && taken->is_string() ? taken->get<std::string>() : "");
  return render_plan(prepared.machine, notes, describe_operation, globals.form(parse_plan_format, kPlanFormatWords), globals.words());
}

}  // namespace interlock
