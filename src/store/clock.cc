#include "src/store/clock.h"

#include <chrono>
#include <ctime>

#include <fmt/chrono.h>

namespace interlock {
namespace {

std::tm local(std::int64_t at_ms) {
  const std::time_t seconds = static_cast<std::time_t>(at_ms / 1000);
  std::tm parts{};
  localtime_r(&seconds, &parts);
  return parts;
}

}  // namespace

std::int64_t wall_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string local_time_text(std::int64_t at_ms) { return fmt::format("{:%Y-%m-%d %H:%M:%S}", local(at_ms)); }
std::string run_time_text(std::int64_t at_ms) { return fmt::format("{:%Y%m%d-%H%M}", local(at_ms)); }

}  // namespace interlock
