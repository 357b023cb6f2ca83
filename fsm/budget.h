// What may go wrong in the proof of a procedure, unless the command line says otherwise: its `faults`. Pure.
#pragma once

#include "fsm/proof.h"

namespace interlock::fsm {

[[nodiscard]] Budget budget_of(const ProcedureSource& procedure);

}  // namespace interlock::fsm
