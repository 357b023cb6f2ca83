// Whether the running keepalived works by its file as it is: the daemon is asked for its state and both are compared.
// Asking is the signal that `keepalived --signum=JSON` names; the daemon then writes /tmp/keepalived.json, in its own
// mount namespace, and goes on undisturbed. Observations on one host take turns by a lock on the file that is compared,
// so that none reads what another asked for. Needs a keepalived that is built with JSON, and root on the host.
#include "probes/arguments.h"
#include "probes/host_script.h"
#include "probes/keepalived_files.h"
#include "probes/keepalived_state.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/text.h"

namespace interlock {
namespace {

constexpr const char* kPidFile = "/run/keepalived.pid";
constexpr std::size_t kDumpBytes = 1 << 20;
constexpr int kNotRunning = 96;
constexpr int kNoJson = 97;
constexpr int kNoDump = 98;
constexpr int kBusy = 99;

// $1 configuration, $2 pid file. 60 turns of 50 ms for the dump; 5 s for the turn of another observation. The dump is
// whole when it ends in the list's bracket: it is written into the old file, from its beginning.
constexpr const char* kLoadedScript = R"sh(
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export LC_ALL PATH
if [ -r "$1" ] && command -v flock >/dev/null; then
  exec 9<"$1"
  flock -w 5 9 || exit 99
fi
pid=$(cat -- "$2" 2>/dev/null) || exit 96
case $pid in ''|*[!0-9]*) exit 96 ;; esac
[ "$(cat "/proc/$pid/comm" 2>/dev/null)" = keepalived ] || exit 96
signal=$(keepalived --signum=JSON 2>/dev/null) || exit 97
case $signal in ''|*[!0-9]*) exit 97 ;; esac
dump=/proc/$pid/root/tmp/keepalived.json
before=$(stat -c '%i %.9Y' -- "$dump" 2>/dev/null)
kill -"$signal" "$pid" || exit 1
n=0
while [ "$n" -lt 60 ]; do
  sleep 0.05
  n=$((n + 1))
  [ "$(stat -c '%i %.9Y' -- "$dump" 2>/dev/null)" = "$before" ] && continue
  [ "$(tail -c 2 -- "$dump" 2>/dev/null | tr -d '\n' | tail -c 1)" = ']' ] || continue
  exec cat -- "$dump"
done
exit 98
)sh";

Failure asking_failure(const CommandOutput& output, const std::string& host) {
  if (output.signal == 0) {
    switch (output.exit_status) {
      case kNoJson: return {Cause::missing, "the keepalived on " + host + " is built without JSON (keepalived --signum=JSON)", true};
      case kNoDump: return {Cause::timed_out, "keepalived on " + host + " wrote no state within 3 s of being asked", true};
      case kBusy: return {Cause::timed_out, "another observation of keepalived on " + host + " does not end", true};
    }
  }
  return command_failure("asking keepalived for its state", output);
}

const RunningInstance* counterpart(const VrrpInstance& file, const std::vector<RunningInstance>& running, bool only) {
  for (const RunningInstance& one : running) {
    if (one.name == file.name || (only && running.size() == 1)) return &one;
  }
  return nullptr;
}

std::vector<std::string> all_differences(const KeepalivedConf& conf, const std::vector<RunningInstance>& running) {
  std::vector<std::string> found;
  if (conf.instances.size() != running.size())
    found.push_back(std::to_string(conf.instances.size()) + " vrrp_instance in the file, " + std::to_string(running.size()) + " in the daemon");
  for (const VrrpInstance& instance : conf.instances) {
    const RunningInstance* one = counterpart(instance, running, conf.instances.size() == 1);
    if (one == nullptr) {
      found.push_back("the daemon has no vrrp_instance '" + instance.name + "'");
      continue;
    }
    const auto more = differences(instance, conf, *one);
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

}  // namespace

Reading observe_keepalived_loaded(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const std::string config = args.text("config").value_or("");
  const std::string pid_file = args.text("pid_file").value_or(kPidFile);
  const ObservationTimer timer("the running keepalived against " + config + " on " + request.host.name());
  Command ask = host_script(kLoadedScript, {config, pid_file});
  ask.output_limit = kDumpBytes;
  // The state first: a file that is replaced in between is then judged as it will be, and found stale, not current.
  const auto output = request.host.run(ask, request.deadline);
  if (!output) return timer.unknown(output.error());
  if (output->signal == 0 && output->exit_status == kNotRunning) {
    return timer.known({{"loaded", false}, {"running_priority", nullptr}, {"effective_priority", nullptr}, {"state", "NONE"}, {"differences", Json::array()}},
                       "keepalived is not running, in " + timer.took_ms());
  }
  if (!output->ok()) return timer.unknown(asking_failure(*output, request.host.name()));
  const auto running = parse_keepalived_json(output->out);
  if (!running) return timer.unknown(running.error());
  const auto file = read_keepalived(request.host, config, request.deadline);
  if (!file) return timer.unknown(file.error());

  const auto found = all_differences(file->conf, *running);
  Json value = {{"loaded", found.empty()}, {"running_priority", nullptr}, {"effective_priority", nullptr}, {"state", "NONE"}, {"differences", found}};
  std::string saw = found.empty() ? "it works by the file" : one_line(found.front());
  if (!running->empty()) {
    value["running_priority"] = running->front().base_priority;
    value["effective_priority"] = running->front().effective_priority;
    value["state"] = to_string(running->front().state);
    saw += std::string(", ") + to_string(running->front().state) + ", priority " + std::to_string(running->front().base_priority) +
           ", effective " + std::to_string(running->front().effective_priority);
  }
  return timer.known(std::move(value), saw + ", in " + timer.took_ms());
}

}  // namespace interlock
