// The plan as `plan` prints it, and what `run` says of it before it asks.
#pragma once

#include <string>

#include "src/commands/command.h"
#include "src/run/prepare.h"

namespace interlock {

[[nodiscard]] std::string plan_text(const Prepared& prepared, const Globals& globals);
[[nodiscard]] std::string summary_text(const Prepared& prepared, const Globals& globals);

}  // namespace interlock
