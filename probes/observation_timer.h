// Makes a Reading: keeps what was asked, when, and how long the answer took. Used by one thread.
// It gives exactly one of value and unknown; it does not judge.
#pragma once

#include <string>
#include <utility>

#include "fsm/observation.h"

namespace interlock {

class ObservationTimer {
 public:
  explicit ObservationTimer(std::string asked) : asked_(std::move(asked)) {}

  [[nodiscard]] Reading known(Json value, std::string saw) const;
  [[nodiscard]] Reading unknown(Failure why) const;
  [[nodiscard]] Reading unknown(Cause cause, std::string text) const;
  [[nodiscard]] std::string took_ms() const;  // "1.3 ms", for evidence

 private:
  [[nodiscard]] Reading blank() const;
  std::string asked_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

// What is left until a deadline, never negative.
[[nodiscard]] Millis remaining(Deadline deadline);

}  // namespace interlock
