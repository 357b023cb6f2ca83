// Whether a program runs, by its command line, its pid file or both. A pid file whose number belongs to another
// program is stale: with `match` too, that is not running. Evidence names program and number, never the arguments.
#include <algorithm>

#include "probes/arguments.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/process_list.h"

namespace interlock {
namespace {

// All processes that fit; those whose number is in the pid file only, when there is one to look at.
std::vector<HostProcess> fitting(const ProcessList& list, const std::optional<std::string>& match, bool by_pid_file) {
  std::vector<HostProcess> found;
  std::copy_if(list.processes.begin(), list.processes.end(), std::back_inserter(found), [&](const HostProcess& process) {
    const bool is_match = !match || process.command_line.find(*match) != std::string::npos;
    return is_match && (!by_pid_file || process.pid == list.pid_in_file);
  });
  return found;
}

std::string in_words(const ProcessList& list, const std::vector<HostProcess>& found, bool by_pid_file) {
  if (!found.empty())
    return std::to_string(found.size()) + " running, " + found.front().program() + " with number " +
           std::to_string(found.front().pid);
  if (!by_pid_file) return "not running";
  if (!list.pid_file_exists) return "not running, no pid file";
  if (!list.pid_in_file) return "not running, the pid file holds no number";
  const HostProcess* other = list.find(*list.pid_in_file);
  return "not running, the pid file holds " + std::to_string(*list.pid_in_file) +
         (other == nullptr ? ", which nobody has" : ", which is " + other->program());
}

}  // namespace

Reading observe_process(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const auto match = args.text("match");
  const auto pid_file = args.text("pid_file");
  const ObservationTimer timer("process" + (match ? " '" + *match + "'" : "") +
                               (pid_file ? " with pid file " + *pid_file : "") + " on " + request.host.name());
  if (match.value_or("").empty() && pid_file.value_or("").empty())
    return timer.unknown(Cause::internal, "one of 'match' and 'pid_file' is needed");
  const auto list = list_processes(request.host, pid_file.value_or(""), request.deadline);
  if (!list) return timer.unknown(list.error());
  const bool by_pid_file = pid_file.has_value();
  const auto found = fitting(*list, match, by_pid_file);
  Json value = {{"running", !found.empty()}, {"pid", nullptr}, {"count", found.size()}};
  if (!found.empty()) value["pid"] = found.front().pid;
  return timer.known(std::move(value), in_words(*list, found, by_pid_file) + ", in " + timer.took_ms());
}

}  // namespace interlock
