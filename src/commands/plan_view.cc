#include "src/commands/plan_view.h"

#include "src/actions/operation.h"
#include "src/report/plan_report.h"

namespace interlock {

std::string plan_text(const Prepared& prepared, const Globals& globals) {
  const auto* taken = fsm::find(prepared.machine.params, "handover");
  const PlanNotes notes = plan_notes_from(prepared.notes, taken != nullptr && taken->is_string() ? taken->get<std::string>() : "");
  const auto describe = [](const fsm::Operation& operation) {
    const OperationKind* kind = find_operation(operation.kind);
    return kind != nullptr ? kind->describe(operation.args) : std::vector<std::string>{operation.kind};
  };
  return render_plan(prepared.machine, notes, describe, globals.form(parse_plan_format, kPlanFormatWords), globals.words());
}

}  // namespace interlock
