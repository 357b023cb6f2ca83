// --faults N and --at-most KIND=N: what may go wrong in a proof, otherwise as the procedure says.
#pragma once

#include <CLI/CLI.hpp>

#include <array>
#include <optional>

#include "fsm/budget.h"

namespace interlock {

struct FaultBudget {
  std::optional<int> faults;
  std::array<std::optional<int>, fsm::kFaultKinds> each;
  std::optional<std::size_t> most_states;
  bool unreduced = false;
  [[nodiscard]] fsm::Budget of(const fsm::ProcedureSource& procedure) const;
};

void add_fault_budget(CLI::App& command, FaultBudget& budget);

}  // namespace interlock
