// A client that opens a new connection every few milliseconds and measures how long it was not served.
// It has threads of its own; all functions may be called from any thread. It does not judge the gap.
//
// Attempts overlap: one that hangs does not hide that the next succeeds. When many hang, further ones start at a
// wider spacing, so that there is a fresh attempt at every moment of the time limit without flooding a server that
// comes back.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>

#include "probes/gap_tracker.h"
#include "probes/mysql_client.h"

namespace interlock {

// One attempt: connect, use, close, by the deadline; ends soon when a stop is requested.
using GapAttempt = std::function<Result<void>(Deadline, std::stop_token)>;

// A new connection to the endpoint, a login and a query that answers with one row. The endpoint must be one that can be used many times.
[[nodiscard]] GapAttempt mysql_gap_attempt(Endpoint endpoint, MysqlLogin login, std::string query = "select 1");

struct GapMeterOptions {
  Millis period{10};          // between the starts of attempts
  Millis attempt_limit{1000};
  unsigned at_full_pace = 8;  // this many may be under way before the spacing widens
  unsigned in_flight = 32;    // at most
};

class GapMeter {
 public:
  // Starts at once.
  explicit GapMeter(GapAttempt attempt, GapMeterOptions options = {});
  ~GapMeter();  // stops
  GapMeter(const GapMeter&) = delete;
  GapMeter& operator=(const GapMeter&) = delete;

  [[nodiscard]] GapSnapshot snapshot() const;
  // Ends the measurement: attempts under way are abandoned and count as nothing, and the current gap no longer grows.
  void stop();

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace interlock
