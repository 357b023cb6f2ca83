// The processes of a host with their command lines, read by one command from /proc. Used by probes that look for a
// program. What is looked for is never sent to the host, so that no command line there holds it by our doing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/host.h"

namespace interlock {

struct HostProcess {
  long long pid = 0;
  std::string command_line;  // the arguments joined by single spaces; may hold secrets: never shown whole

  [[nodiscard]] std::string program() const;  // the last part of the first argument's path
};

struct ProcessList {
  std::vector<HostProcess> processes;  // without kernel threads, zombies and the observer's own
  bool pid_file_exists = false;
  std::optional<long long> pid_in_file;

  [[nodiscard]] const HostProcess* find(long long pid) const;
};

// `pid_file` may be empty. Other users' processes being hidden (hidepid) gives Cause::denied.
[[nodiscard]] Result<ProcessList> list_processes(Host& host, const std::string& pid_file, Deadline deadline);

// The pure part: what the command printed.
[[nodiscard]] Result<ProcessList> parse_process_list(std::string_view out);

}  // namespace interlock
