// A stream connection made with a deadline of any fineness, telling refused, unreachable and timed out apart.
// One owner, one thread at a time. It reads bytes; it knows no protocol and never writes.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "fsm/observation.h"
#include "probes/host.h"

namespace interlock {

class TcpConnection {
 public:
  // Connects to the endpoint's address and port, or to its Unix socket. Every address of a name is tried in
  // turn, all within the one deadline; the failure told is that of the last.
  [[nodiscard]] static Result<TcpConnection> open(const Endpoint& endpoint, Deadline deadline);

  explicit TcpConnection(int fd) : fd_(fd) {}
  TcpConnection(TcpConnection&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  TcpConnection& operator=(TcpConnection&& other) noexcept;
  TcpConnection(const TcpConnection&) = delete;
  TcpConnection& operator=(const TcpConnection&) = delete;
  ~TcpConnection();

  // Waits for bytes and gives at most `limit` of them; "" when the peer closed its side.
  [[nodiscard]] Result<std::string> read_some(std::size_t limit, Deadline deadline);

 private:
  int fd_ = -1;
};

// The numeric addresses of a name, at once for one that is numeric already. A resolver that does not answer
// is left behind in a thread of its own when the deadline passes.
[[nodiscard]] Result<std::vector<std::string>> resolve(const std::string& name, Deadline deadline);

// What an errno of connect() or read() says about the peer.
[[nodiscard]] Cause cause_of_errno(int number);

// "10.89.0.11:3306", "[fe80::1]:3306": how an endpoint is named in evidence.
[[nodiscard]] std::string address_and_port(const std::string& address, std::uint16_t port);

}  // namespace interlock
