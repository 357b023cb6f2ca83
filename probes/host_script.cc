#include "probes/host_script.h"

#include "probes/text.h"

namespace interlock {

Command host_script(const char* script, std::vector<std::string> arguments) {
  Command command;
  command.argv = {"sh", "-c", script, "sh"};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  return command;
}

Failure command_failure(const std::string& what, const CommandOutput& output) {
  if (output.signal != 0) return {Cause::internal, what + " was ended by signal " + std::to_string(output.signal), true};
  const std::string said = one_line(output.err.substr(0, output.err.find('\n')));
  const auto says = [&](const char* words) { return output.err.find(words) != std::string::npos; };
  Cause cause = Cause::protocol;
  if (output.exit_status == kCommandNotFound || says("No such file or directory")) cause = Cause::missing;
  if (output.exit_status == kCommandNotExecutable || says("ermission denied") || says("not permitted"))
    cause = Cause::denied;
  return {cause, what + " exits with " + std::to_string(output.exit_status) + (said.empty() ? "" : ": " + said), true};
}

}  // namespace interlock
