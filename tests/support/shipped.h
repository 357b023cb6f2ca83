// What is shipped under configs/, bound to the lab's site.
#pragma once

#include <string>

#include "fsm/machine.h"

namespace interlock::tests {

inline const std::string kConfigs = std::string(INTERLOCK_SOURCE_DIR) + "/configs";

// With assumed values for the parameters that only a live site could tell.
[[nodiscard]] fsm::Machine shipped(const std::string& procedure);

}  // namespace interlock::tests
