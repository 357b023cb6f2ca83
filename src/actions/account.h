// What an operation did, kept for the report: every command with its exit status and bounded output, and the honest
// end of it. Used by one operation on one thread; it decides nothing about what comes next.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "probes/arguments.h"
#include "src/actions/operation.h"

namespace interlock {

class Account {
 public:
  explicit Account(const OperationRequest& request) : request_(request) { details_["commands"] = Json::array(); }

  // Runs a command on the operation's host, or on another one, and keeps it under `shown`: what an operator would
  // type for the same. Secrets must not be in `shown`, nor in what the command prints.
  [[nodiscard]] Result<CommandOutput> run(const std::string& shown, const Command& command);
  [[nodiscard]] Result<CommandOutput> run_on(Host& host, const std::string& shown, const Command& command);
  void note(std::string_view key, Json value) { details_[std::string(key)] = std::move(value); }

  [[nodiscard]] OperationResult done(std::string text);
  [[nodiscard]] OperationResult failed(std::string text);
  // Failed when nothing was begun, unknown when the host may have acted.
  [[nodiscard]] OperationResult lost(const Failure& why, std::string_view doing);

 private:
  [[nodiscard]] OperationResult end(fsm::Outcome outcome, std::string text);
  const OperationRequest& request_;
  Json details_;
};

// A command as an operator would type it: words that need it in single quotes. For reading, not for a shell.
[[nodiscard]] std::string shown_command(const std::vector<std::string>& argv);

// The last line that is not empty, in one line of bounded length; "" when there is none.
[[nodiscard]] std::string last_line(std::string_view text);

// "41.5 MB"; for free and needed room.
[[nodiscard]] std::string in_bytes(long long bytes);

// "name value" lines that the constant scripts of operations print about what they found.
[[nodiscard]] std::optional<std::string> printed(std::string_view out, std::string_view name);

// The arguments' problems in one sentence; empty when they fit. A list fits the kinds whose arguments are one list.
[[nodiscard]] std::string argument_problems(std::span<const ProbeArgument> arguments, const Json& args);
// As failed, with what was thrown; never anything else than text for the operator.
[[nodiscard]] OperationResult perform_checked(OperationResult (*perform)(const OperationRequest&),
                                              std::span<const ProbeArgument> arguments, const OperationRequest& request);

// An operation that gets only arguments that fit, has time left, and lets nothing be thrown.
template <OperationResult (*Perform)(const OperationRequest&), const auto& Arguments>
OperationResult checked_operation(const OperationRequest& request) {
  return perform_checked(Perform, std::span<const ProbeArgument>(Arguments), request);
}

}  // namespace interlock
