// Runs one command on a host. A daemon that it starts lives on, whether it detaches itself or not: its output is
// read by a small reader of its own on the host, so that it neither keeps us waiting nor dies of a closed pipe.
#include <fmt/format.h>

#include "probes/host_script.h"
#include "src/actions/account.h"
#include "src/actions/kinds.h"

namespace interlock {
namespace {

constexpr ProbeArgument kRunArguments[] = {
    {"argv", ProbeArgument::Type::list, true, "the command and its arguments, given as the operation's list itself"},
};

// "$@" gets no input, and a pipe for its output. The pipe's reader copies to us while we are there; afterwards, as
// long as a daemon holds the pipe, to nowhere. The exit status comes over descriptor 3, which neither the command nor
// the reader holds. An ordinary user's path often lacks the folders that service commands are in.
constexpr const char* kRunScript = R"sh(
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH
exec 4>&1
status=$({ { "$@" </dev/null 2>&1 3>&- 4>&-; echo $? >&3; } | {
  exec 5<&0
  { cat; exec cat >/dev/null; } <&5 >&4 2>/dev/null 3>&- 4>&- 5<&- &
} } 3>&1)
exit "$status"
)sh";

std::vector<std::string> words_of(const Json& args) {
  const Json& list = args.is_object() && args.contains("argv") ? args["argv"] : args;
  std::vector<std::string> words;
  for (const Json& word : list) {
    if (word.is_string()) {
      words.push_back(word.get<std::string>());
    } else if (word.is_number_integer()) {
      words.push_back(word.dump());
    } else {
      return {};
    }
  }
  return words;
}

std::string ending(const CommandOutput& output) {
  if (output.signal != 0) return fmt::format("was ended by signal {}", output.signal);
  const std::string said = last_line(output.out + "\n" + output.err);
  return fmt::format("exits with {}{}{}", output.exit_status, said.empty() ? "" : ": ", said);
}

OperationResult run_command(const OperationRequest& request) {
  Account account(request);
  const auto words = words_of(request.args);
  if (words.empty() || words.front().empty())
    return account.failed("the command must be a list of texts, its name first");
  const std::string shown = shown_command(words);
  const auto output = account.run(shown, host_script(kRunScript, words));
  if (!output) return account.lost(output.error(), shown);
  if (!output->ok()) return account.failed(fmt::format("{} on {} {}", shown, request.host.name(), ending(*output)));
  return account.done(fmt::format("{} on {}, in {} ms", shown, request.host.name(), output->took.count()));
}

std::vector<std::string> describe_run(const Json& args) { return {shown_command(words_of(args))}; }

}  // namespace

const OperationKind kRunOperation{"run", "Runs one command on the host.", kRunArguments,
                                  checked_operation<run_command, kRunArguments>, describe_run};

}  // namespace interlock
