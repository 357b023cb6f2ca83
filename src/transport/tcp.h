// A TCP connection within a deadline, with the cause told when there is none. Stateless; any thread.
// Looking up a name uses the system's resolver, whose own time limits apply on top of the deadline.
#pragma once

#include <cstdint>
#include <string>

#include "fsm/observation.h"
#include "src/transport/files.h"

namespace interlock {

// Tries each address of the host once. A readable `stop_fd` (-1: none) ends the attempt early.
[[nodiscard]] Result<Descriptor> tcp_connect(const std::string& host, std::uint16_t port, int stop_fd, Deadline deadline);

// Of a connection's loss or refusal, by the system's error number.
[[nodiscard]] Cause connection_cause(int error_number);

// The same by the system's words for it, as an SSH server passes them on; `otherwise` if they are none of these.
[[nodiscard]] Cause connection_cause(const std::string& words, Cause otherwise);

}  // namespace interlock
