#include "probes/process_list.h"

#include <algorithm>
#include <map>
#include <set>

#include "probes/host_script.h"
#include "probes/text.h"

namespace interlock {
namespace {

constexpr std::size_t kOutputLimit = 8 * 1024 * 1024;
constexpr int kHidden = 97;
constexpr int kPidFileDenied = 98;
constexpr int kNoGrep = 99;

// Prints "self <pid> <parent>", "pidfile <content>" when there is one, "processes", and then one line
// "/proc/<pid>/cmdline:<arguments, each ended by NUL>" for each process. A newline in an argument makes more lines of
// the same process. grep exits with 2 when a process ends under its hands, which is no trouble.
constexpr const char* kListScript = R"(
[ -r /proc/1/cmdline ] || exit 97
echo "self $$ $PPID"
if [ -n "$1" ] && [ -e "$1" ]; then
  [ -r "$1" ] || exit 98
  printf 'pidfile '
  head -c 64 -- "$1" | tr '\n' ' '
  echo
fi
echo processes
grep -aH '' /proc/[0-9]*/cmdline 2>/dev/null
[ $? -le 2 ] || exit 99
exit 0
)";

std::optional<long long> take_number(std::string_view& text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = whole_number(text.substr(0, digits));
  text.remove_prefix(digits);
  return number;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Splits "/proc/<pid>/cmdline:<arguments>".
bool parse_line(std::string_view line, std::map<long long, std::string>& command_lines) {
  constexpr std::string_view kBefore = "/proc/";
  constexpr std::string_view kAfter = "/cmdline:";
  if (!line.starts_with(kBefore)) return false;
  line.remove_prefix(kBefore.size());
  const auto pid = take_number(line);
  if (!pid || !line.starts_with(kAfter)) return false;
  line.remove_prefix(kAfter.size());
  std::string& whole = command_lines[*pid];
  if (!whole.empty()) whole += '\n';
  whole += line;
  return true;
}

std::string joined_arguments(std::string bytes) {
  while (!bytes.empty() && bytes.back() == '\0') bytes.pop_back();
  std::replace(bytes.begin(), bytes.end(), '\0', ' ');
  return bytes;
}

}  // namespace

std::string HostProcess::program() const {
  const std::string_view first = std::string_view(command_line).substr(0, command_line.find(' '));
  const std::size_t slash = first.rfind('/');
  return valid_utf8(slash == std::string_view::npos ? first : first.substr(slash + 1));
}

const HostProcess* ProcessList::find(long long pid) const {
  const auto found = std::find_if(processes.begin(), processes.end(), [&](const auto& p) { return p.pid == pid; });
  return found == processes.end() ? nullptr : &*found;
}

Result<ProcessList> parse_process_list(std::string_view out) {
  constexpr std::string_view kSelf = "self ";
  constexpr std::string_view kPidFile = "pidfile ";
  ProcessList list;
  std::set<long long> own;
  std::map<long long, std::string> command_lines;
  bool listing = false;
  for (std::string_view line : lines_of(out)) {
    if (listing) {
      if (!parse_line(line, command_lines))
        return failure(Cause::protocol, "a line about processes that is none: " + one_line(line, 60));
    } else if (line == "processes") {
      listing = true;
    } else if (line.starts_with(kPidFile)) {
      list.pid_file_exists = true;
      list.pid_in_file = whole_number(trimmed(line.substr(kPidFile.size())));
    } else if (line.starts_with(kSelf)) {
      line.remove_prefix(kSelf.size());
      if (const auto pid = take_number(line)) own.insert(*pid);
      line = trimmed(line);
      if (const auto parent = take_number(line)) own.insert(*parent);
    }
  }
  if (!listing || command_lines.empty()) return failure(Cause::protocol, "the list of processes is empty");
  for (auto& [pid, bytes] : command_lines) {
    std::string command_line = joined_arguments(std::move(bytes));
    if (!own.contains(pid) && !command_line.empty()) list.processes.push_back({pid, std::move(command_line)});
  }
  return list;
}

Result<ProcessList> list_processes(Host& host, const std::string& pid_file, Deadline deadline) {
  Command command = host_script(kListScript, {pid_file});
  command.output_limit = kOutputLimit;
  const auto output = host.run(command, deadline);
  if (!output) return tl::unexpected(output.error());
  if (output->exit_status == kHidden && output->signal == 0)
    return failure(Cause::denied, "/proc hides other users' processes");
  if (output->exit_status == kPidFileDenied && output->signal == 0)
    return failure(Cause::denied, "the file " + pid_file + " may not be read");
  if (output->exit_status == kNoGrep && output->signal == 0)
    return failure(Cause::missing, "the host has no working grep");
  if (!output->ok()) return tl::unexpected(command_failure("listing the processes", *output));
  if (output->truncated) return failure(Cause::protocol, "the list of processes is longer than can be read");
  return parse_process_list(output->out);
}

}  // namespace interlock
