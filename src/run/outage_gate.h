// The predicted outage against the longest that is allowed: one gate more of the pre-flight, which no fact can tell.
// `check` shows it, `run` refuses by it.
#pragma once

#include <optional>

#include "src/report/check_result.h"
#include "src/run/prepare.h"

namespace interlock {

// Nothing: the procedure hands nothing over, or measures no clients. Unknown when the files could not be read; then it
// only warns where a person chose the handover.
[[nodiscard]] std::optional<GateResult> outage_gate(const Prepared& prepared);

}  // namespace interlock
