#include "probes/observation_timer.h"

#include <fmt/format.h>

#include <algorithm>


namespace interlock {

Reading ObservationTimer::blank() const {
  Reading reading;
  reading.asked = asked_;
  reading.at = std::chrono::system_clock::now();
  reading.took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started_);
  return reading;
}

Reading ObservationTimer::known(Json value, std::string saw) const {
  Reading reading = blank();
  reading.value = std::move(value);
  reading.saw = std::move(saw);
  return reading;
}

Reading ObservationTimer::unknown(Failure why) const {
  Reading reading = blank();
  reading.saw = std::string(to_string(why.cause)) + " after " + took_ms() + ": " + why.text;
  reading.unknown = std::move(why);
  return reading;
}

Reading ObservationTimer::unknown(Cause cause, std::string text) const {
  return unknown(Failure{cause, std::move(text), false});
}

std::string ObservationTimer::took_ms() const {
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - started_;
  return fmt::format("{:.1f} ms", took.count());
}

Millis remaining(Deadline deadline) {
  const auto left = std::chrono::ceil<Millis>(deadline - std::chrono::steady_clock::now());
  return std::max(left, Millis{0});
}

}  // namespace interlock
