// SHA-256 of bytes in memory. Pure; any thread. Files on hosts are summed by the hosts themselves.
#pragma once

#include <string>
#include <string_view>

namespace interlock {

// 64 hexadecimal digits in lower case.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace interlock
