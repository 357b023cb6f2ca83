// What was seen, and why something could not be seen. Shared by probes, engine, journal and reports.
// Plain data: no I/O, no clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace interlock {

using Json = nlohmann::json;
using Millis = std::chrono::milliseconds;
using WallTime = std::chrono::system_clock::time_point;
using Deadline = std::chrono::steady_clock::time_point;

// Why something could not be observed or done. Each needs another remedy, so they are never merged.
enum class Cause {
  refused,      // the host answered and said no (TCP reset on connect)
  unreachable,  // no route, no name, host down, ICMP error
  timed_out,    // the deadline passed without an answer
  denied,       // the peer knows us and rejects us: password, key, privilege, host key
  protocol,     // the peer answered something that its protocol does not allow
  missing,      // what was asked for is not there: file, command, column
  internal,     // this side could not even ask: no memory, no descriptor, disk full
};
[[nodiscard]] const char* to_string(Cause cause);

// A failure with its cause kept on the way up. `sent` tells the caller whether the peer may have acted:
// a failure after sending leaves the outcome unknown.
struct Failure {
  Cause cause = Cause::internal;
  std::string text;   // one sentence for the operator, without the words "error" or "failed to"
  bool sent = false;
};

template <typename T>
using Result = tl::expected<T, Failure>;
[[nodiscard]] inline tl::unexpected<Failure> failure(Cause cause, std::string text, bool sent = false) {
  return tl::unexpected<Failure>(Failure{cause, std::move(text), sent});
}

// What a probe saw. Either `value` is set, or `unknown` says why not; never both, never neither.
// `value` is a JSON scalar or object; a fact's conditions are evaluated over it (as `it`, `it.field`).
struct Reading {
  std::optional<Json> value;
  std::optional<Failure> unknown;
  std::string asked;           // what was looked at: "tcp 10.89.0.11:3323", "show @@server on 10.89.0.11:3325"
  std::string saw;             // in words and figures: "open, greeting 5.7.23 HotDB-2.5.4"; never a secret
  WallTime at{};               // when the answer came
  std::chrono::microseconds took{};

  [[nodiscard]] bool known() const { return value.has_value(); }
};

}  // namespace interlock
