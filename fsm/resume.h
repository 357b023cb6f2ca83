// Where an interrupted run stood, from its journal. Used by `resume` and by the simulator. Pure.
#pragma once

#include <optional>
#include <vector>

#include "fsm/engine.h"
#include "fsm/journal.h"

namespace interlock::fsm {

// Nothing: it had not begun.
[[nodiscard]] std::optional<Resume> resume_from(const Machine& machine, const std::vector<JournalRecord>& records);

}  // namespace interlock::fsm
