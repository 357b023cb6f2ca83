// Wall time for records and names of runs. The engine never sees it: it has a clock of its own.
#pragma once

#include <cstdint>
#include <string>

namespace interlock {

[[nodiscard]] std::int64_t wall_ms();                             // milliseconds since 1970
[[nodiscard]] std::string local_time_text(std::int64_t at_ms);    // 2020-11-20 02:12:03
[[nodiscard]] std::string run_time_text(std::int64_t at_ms);      // 20201120-0212, local time

}  // namespace interlock
