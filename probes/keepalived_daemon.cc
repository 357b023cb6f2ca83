// Whether keepalived runs on a host, and whether it would take its configuration (`keepalived -t -f FILE`).
// It looks at one host only; who holds the VIP is the address probe's matter, and a pair of files another's.
#include <algorithm>

#include "probes/arguments.h"
#include "probes/host_script.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/process_list.h"
#include "probes/text.h"

namespace interlock {
namespace {

constexpr const char* kUsualConfig = "/etc/keepalived/keepalived.conf";
constexpr std::size_t kProblemsBytes = 4096;
constexpr int kNoFile = 96;

// An ordinary user's path often lacks the folders that daemons are in. keepalived takes a missing file, or a directory,
// for an empty one and exits with 0.
constexpr const char* kCheck = R"(
if ! [ -f "$1" ] || ! [ -r "$1" ]; then
  ls -d -- "$1" >/dev/null || exit 96
  [ -f "$1" ] || echo "it is no file: $1" >&2
  [ -r "$1" ] || echo "Permission denied: $1" >&2
  exit 96
fi
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH
exec keepalived -t -f "$1"
)";

// Whether everything keepalived said is that its scripts are not secured.
bool speaks_of_security_only(std::string_view said) {
  bool any = false;
  for (const auto line : lines_of(said)) {
    if (line.empty()) continue;
    if (line.find("SECURITY VIOLATION") == std::string_view::npos) return false;
    any = true;
  }
  return any;
}

// The manual page has 3: would not run, 4: would run after changes, 5: scripts not secured. Version 2.2.7 exits with one
// more in each case (its lib/scheduler.h got another value), so 4 and 5 tell no more than that the file has errors.
std::optional<const char*> verdict_of(int exit_status, std::string_view said) {
  switch (exit_status) {
    case 0: return "valid";
    case 3: return "unusable";
    case 4: return "faulty";
    case 5: return speaks_of_security_only(said) ? "insecure" : "faulty";
    case 6: return "insecure";
  }
  return std::nullopt;
}

struct Check {
  std::string verdict;
  std::string problems;
};

Result<Check> check_config(Host& host, const std::string& config, Deadline deadline) {
  const auto output = host.run(host_script(kCheck, {config}), deadline);
  if (!output) return tl::unexpected(output.error());
  const std::string said = output->err + output->out;
  const auto verdict = output->signal == 0 ? verdict_of(output->exit_status, said) : std::nullopt;
  if (!verdict) {
    const bool no_file = output->signal == 0 && output->exit_status == kNoFile;
    return tl::unexpected(command_failure((no_file ? "reading " : "keepalived -t -f ") + config, *output));
  }
  std::string problems = valid_utf8(said);
  if (problems.size() > kProblemsBytes) problems = valid_utf8(problems.substr(0, kProblemsBytes)) + "…";
  return Check{*verdict, std::move(problems)};
}

}  // namespace

Reading observe_keepalived(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const std::string config = args.text("config").value_or(kUsualConfig);
  const bool check = args.flag("check");
  const ObservationTimer timer("keepalived" + (check ? " with " + config : std::string()) + " on " +
                               request.host.name());
  const auto list = list_processes(request.host, "", request.deadline);
  if (!list) return timer.unknown(list.error());
  const auto count = std::count_if(list->processes.begin(), list->processes.end(),
                                   [](const HostProcess& process) { return process.program() == "keepalived"; });
  Json value = {{"running", count > 0}, {"count", count}};
  std::string saw = count > 0 ? "running" : "not running";
  if (check) {
    const auto checked = check_config(request.host, config, request.deadline);
    if (!checked) return timer.unknown(checked.error());
    value["valid"] = checked->verdict == "valid";
    value["usable"] = checked->verdict == "valid" || checked->verdict == "insecure";
    value["verdict"] = checked->verdict;
    value["problems"] = checked->problems;
    saw += ", " + config + " is " + checked->verdict;
    if (!checked->problems.empty()) saw += ": " + one_line(checked->problems);
  }
  return timer.known(std::move(value), saw + ", in " + timer.took_ms());
}

}  // namespace interlock
