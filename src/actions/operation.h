// One type for everything an action does, one file per technology, one row in the registry
// (src/actions/registry.cc). An operation acts once and says what became of it; it never decides what comes next.
// It must be safe to run after an earlier attempt of itself was cut off anywhere (see `again`).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fsm/engine.h"
#include "fsm/observation.h"
#include "probes/host.h"
#include "probes/probe.h"

namespace interlock {

struct OperationRequest {
  const Json& args;        // as in `do: [{KIND: ARGS}]`, parameters filled in; secrets as {"secret": NAME}
  Host& host;              // the host of the action's role
  Hosts& hosts;
  Secrets& secrets;
  Deadline deadline;
  bool again = false;      // an earlier attempt may have been cut off anywhere
};

struct OperationResult {
  fsm::Outcome outcome = fsm::Outcome::unknown;
  std::string text;        // one sentence: what happened, or why not; for the operator
  Json details;            // for the report: commands with exit status and output, differences, rows; no secrets
};

struct OperationKind {
  std::string_view name;                     // "run", "upload", …
  std::string_view help;
  std::span<const ProbeArgument> arguments;
  OperationResult (*perform)(const OperationRequest&);
  // What it does, in lines: the very commands where there are any. For plan and approval, and for the runbook where
  // they can be typed as they are (report/by_hand.h).
  std::vector<std::string> (*describe)(const Json& args);
};

[[nodiscard]] std::span<const OperationKind> operation_kinds();
[[nodiscard]] const OperationKind* find_operation(std::string_view name);
[[nodiscard]] std::vector<std::string> describe_operation(const fsm::Operation& operation);
// What does not fit the kind in its arguments, for the loader; empty when all does. Parameters may still be in them.
[[nodiscard]] std::string operation_problems(const OperationKind& kind, const Json& args);

}  // namespace interlock
