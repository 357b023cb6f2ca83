// Deadlines and durations, as tests against servers state them.
#pragma once

#include <chrono>

#include "fsm/observation.h"

namespace interlock::tests {

inline constexpr Millis kShort{300};   // a deadline that is to pass
inline constexpr Millis kSlack{400};   // by which it may be missed on a busy machine

[[nodiscard]] inline Deadline in(Millis time) { return std::chrono::steady_clock::now() + time; }
[[nodiscard]] inline Millis since(std::chrono::steady_clock::time_point began) {
  return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - began);
}

}  // namespace interlock::tests
