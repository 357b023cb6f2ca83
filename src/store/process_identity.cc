#include "src/store/process_identity.h"

#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

namespace interlock {
namespace {

constexpr int kStateField = 3, kStartField = 22;  // as proc(5) counts

struct ProcessStat {
  char state = '?';
  std::int64_t start_ticks = 0;
};

std::string read_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// The second field is the command in parentheses and may hold anything, so counting begins after the last ')'.
std::optional<ProcessStat> stat_of(std::int64_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::size_t after = text.rfind(')');
  if (after == std::string::npos) return std::nullopt;
  std::istringstream fields(text.substr(after + 1));
  ProcessStat found;
  std::string field;
  for (int i = kStateField; i <= kStartField; ++i) {
    if (!(fields >> field)) return std::nullopt;
    if (i == kStateField) found.state = field[0];
    if (i == kStartField) found.start_ticks = std::stoll(field);
  }
  return found;
}

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "localhost";
  return name.data();
}

}  // namespace

const char* to_string(Liveness liveness) {
  switch (liveness) {
    case Liveness::alive: return "alive";
    case Liveness::dead: return "dead";
    case Liveness::unknown: return "unknown";
  }
  return "?";
}

ProcessIdentity this_process() {
  ProcessIdentity self;
  self.host = host_name();
  self.pid = getpid();
  if (const auto stat = stat_of(self.pid)) self.start_ticks = stat->start_ticks;
  self.boot_id = read_line("/proc/sys/kernel/random/boot_id");
  return self;
}

Liveness liveness_of(const ProcessIdentity& process) {
  if (process.host != host_name()) return Liveness::unknown;
  if (process.boot_id != read_line("/proc/sys/kernel/random/boot_id")) return Liveness::dead;
  const auto stat = stat_of(process.pid);
  const bool same = stat && stat->start_ticks == process.start_ticks && stat->state != 'Z' && stat->state != 'X';
  return same ? Liveness::alive : Liveness::dead;
}

}  // namespace interlock
