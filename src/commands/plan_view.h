// The plan as `plan` prints it and `run` shows it before it asks.
#pragma once

#include <string>

#include "src/commands/command.h"
#include "src/run/prepare.h"

namespace interlock {

[[nodiscard]] std::string plan_text(const Prepared& prepared, const Globals& globals);

}  // namespace interlock
