// Which process, told apart from any other that ever had or will have its number. Linux (/proc). Any thread.
#pragma once

#include <cstdint>
#include <string>

namespace interlock {

struct ProcessIdentity {
  std::string host;
  std::int64_t pid = 0;
  std::int64_t start_ticks = 0;  // clock ticks after boot at which it started: /proc/PID/stat, field 22
  std::string boot_id;           // /proc/sys/kernel/random/boot_id
  bool operator==(const ProcessIdentity&) const = default;
};

enum class Liveness {
  alive,    // it runs on this host
  dead,     // it is gone: no such process, another with its number, a zombie, or the host has booted since
  unknown,  // it is another host's
};
[[nodiscard]] const char* to_string(Liveness liveness);

[[nodiscard]] ProcessIdentity this_process();
[[nodiscard]] Liveness liveness_of(const ProcessIdentity& process);

}  // namespace interlock
