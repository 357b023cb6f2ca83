// See tcp.h.
#include "src/transport/tcp.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include <fmt/format.h>

#include "probes/tcp_connection.h"

namespace interlock {
namespace {

using Clock = std::chrono::steady_clock;

std::string place(const std::string& host, std::uint16_t port) { return fmt::format("{} port {}", host, port); }

Failure failed(const std::string& where, int error_number) {
  std::array<char, 256> buffer{};
  const char* reason = ::strerror_r(error_number, buffer.data(), buffer.size());
  return Failure{connection_cause(error_number), fmt::format("no connection to {}: {}", where, reason), false};
}

// Zero when connected, else an error number; ETIMEDOUT at the deadline, ECANCELED when told to stop.
int finish_connect(int fd, int stop_fd, Deadline deadline) {
  for (;;) {
    const auto left = std::chrono::ceil<Millis>(deadline - Clock::now()).count();
    if (left <= 0) return ETIMEDOUT;
    std::array<pollfd, 2> fds{{{fd, POLLOUT, 0}, {stop_fd, POLLIN, 0}}};
    const int ready = ::poll(fds.data(), fds.size(), static_cast<int>(std::min<long long>(left, 60'000)));
    if (ready < 0 && errno != EINTR) return errno;
    if (ready <= 0) continue;
    if (fds[1].revents != 0) return ECANCELED;
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
  }
}

}  // namespace

Cause connection_cause(int error_number) {
  switch (error_number) {
    case ECONNREFUSED: return Cause::refused;
    case ETIMEDOUT: return Cause::timed_out;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
    case EADDRNOTAVAIL: return Cause::internal;
    default: return Cause::unreachable;
  }
}

Cause connection_cause(const std::string& words, Cause otherwise) {
  for (const int error_number : {ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, ECONNRESET, EPIPE, EHOSTDOWN,
                                 ENETDOWN, ECONNABORTED}) {
    std::array<char, 256> buffer{};
    if (words.find(::strerror_r(error_number, buffer.data(), buffer.size())) != std::string::npos) {
      return connection_cause(error_number);
    }
  }
  return otherwise;
}

Result<Descriptor> tcp_connect(const std::string& host, std::uint16_t port, int stop_fd, Deadline deadline) {
  const auto numeric = resolve(host, deadline);
  if (!numeric) return tl::unexpected(numeric.error());
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  Failure last{Cause::unreachable, fmt::format("{} has no usable address", host), false};
  for (const std::string& one : *numeric) {
    addrinfo* address = nullptr;
    if (::getaddrinfo(one.c_str(), std::to_string(port).c_str(), &hints, &address) != 0) continue;
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(address, &::freeaddrinfo);
    Descriptor fd(::socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    int error = fd.valid() ? 0 : errno;
    if (error == 0 && ::connect(fd.fd, address->ai_addr, address->ai_addrlen) != 0) error = errno;
    if (error == EINPROGRESS) error = finish_connect(fd.fd, stop_fd, deadline);
    if (error == 0) {
      const int on = 1;
      ::setsockopt(fd.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      return fd;
    }
    last = failed(place(host, port), error);
    if (error == ECANCELED || Clock::now() >= deadline) break;
  }
  return tl::unexpected(last);
}

}  // namespace interlock
