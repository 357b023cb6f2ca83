#include "fsm/budget.h"

namespace interlock::fsm {

Budget budget_of(const ProcedureSource& procedure) {
  Budget budget;
  for (const auto& [kind, most] : procedure.faults)
    for (std::size_t k = 0; k < kFaultKinds; ++k) {
      if (kind == "all") budget.faults = most;
      else if (kind == to_string(static_cast<Fault>(k))) budget.each[k] = most;
    }
  return budget;
}

}  // namespace interlock::fsm
