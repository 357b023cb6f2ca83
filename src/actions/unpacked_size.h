// How much room a package needs once it is unpacked: the same count that `unpack` refuses by.
#pragma once

#include <string>

#include "probes/host.h"

namespace interlock {

// In bytes. `archive`: its path on the host.
[[nodiscard]] Result<long long> unpacked_bytes(Host& host, const std::string& archive, Deadline deadline);

}  // namespace interlock
