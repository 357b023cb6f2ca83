// What a command on the host prints, for what no other probe looks at. That it changes nothing is the word of
// whoever wrote it: actions are for the rest. Evidence shows the command and its exit, not its output.
#include "probes/arguments.h"
#include "probes/host_script.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/text.h"

namespace interlock {
namespace {

constexpr std::size_t kOutputBytes = 64 * 1024;

}  // namespace

Reading observe_command(const ProbeRequest& request) {
  Command command;
  command.output_limit = kOutputBytes;
  std::string shown;
  for (const Json& word : ArgumentReader(request.args).list("argv")) {
    if (!word.is_string() && !word.is_number()) {
      return ObservationTimer("the arguments of the probe")
          .unknown(Cause::internal, "argument 'argv' must hold texts and numbers only");
    }
    command.argv.push_back(word.is_string() ? word.get<std::string>() : word.dump());
    shown += (shown.empty() ? "" : " ") + command.argv.back();
  }
  const ObservationTimer timer(one_line(shown) + " on " + request.host.name());
  if (command.argv.empty()) return timer.unknown(Cause::internal, "argument 'argv' is empty");
  const auto output = request.host.run(command, request.deadline);
  if (!output) return timer.unknown(output.error());
  if (output->signal == 0 && output->exit_status == kCommandNotFound)
    return timer.unknown(command_failure(command.argv.front(), *output));
  Json value = {{"exit", nullptr}, {"signal", nullptr}, {"out", valid_utf8(output->out)},
                {"err", valid_utf8(output->err)}, {"truncated", output->truncated}};
  const bool exited = output->signal == 0;
  value[exited ? "exit" : "signal"] = exited ? output->exit_status : output->signal;
  return timer.known(std::move(value), (exited ? "exit " + std::to_string(output->exit_status)
                                               : "signal " + std::to_string(output->signal)) +
                                           ", in " + timer.took_ms());
}

}  // namespace interlock
