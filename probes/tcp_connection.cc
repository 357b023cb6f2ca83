#include "probes/tcp_connection.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <thread>

#include "probes/observation_timer.h"

namespace interlock {
namespace {

union SocketAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
  sockaddr_un local;
};

std::string errno_text(int number) { return std::generic_category().message(number); }

// False when the deadline came first. poll() tells an error as readiness; the next call finds it.
bool wait_ready(int fd, short events, Deadline deadline) {
  for (;;) {
    pollfd ready{fd, events, 0};
    const Millis left = remaining(deadline);
    const int count = ::poll(&ready, 1, static_cast<int>(std::min<std::int64_t>(left.count(), 60'000)));
    if (count > 0) return true;
    if (count < 0 && errno != EINTR) return true;
    if (remaining(deadline) == Millis{0}) return false;
  }
}

Result<TcpConnection> connect_socket(const SocketAddress& address, socklen_t length, const std::string& shown,
                                     Deadline deadline) {
  const int fd = ::socket(address.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return failure(Cause::internal, "no socket: " + errno_text(errno));
  TcpConnection connection(fd);
  int problem = ::connect(fd, &address.any, length) == 0 ? 0 : errno;
  if (problem == EINPROGRESS) {
    if (!wait_ready(fd, POLLOUT, deadline)) return failure(Cause::timed_out, shown + " did not answer the connection");
    socklen_t size = sizeof problem;
    if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &problem, &size) != 0) problem = errno;
  }
  if (problem != 0) return failure(cause_of_errno(problem), shown + ": " + errno_text(problem));
  return connection;
}

Result<TcpConnection> connect_local(const std::string& path, Deadline deadline) {
  SocketAddress address{};
  address.local.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.local.sun_path)
    return failure(Cause::internal, "the path of the local socket is too long: " + path);
  std::memcpy(address.local.sun_path, path.c_str(), path.size() + 1);
  return connect_socket(address, sizeof address.local, path, deadline);
}

Result<TcpConnection> connect_numeric(const std::string& numeric, std::uint16_t port, Deadline deadline) {
  SocketAddress address{};
  const std::string shown = address_and_port(numeric, port);
  if (::inet_pton(AF_INET, numeric.c_str(), &address.v4.sin_addr) == 1) {
    address.v4.sin_family = AF_INET;
    address.v4.sin_port = htons(port);
    return connect_socket(address, sizeof address.v4, shown, deadline);
  }
  addrinfo hints{};  // for the scope of "fe80::1%eth0", which inet_pton does not take
  hints.ai_flags = AI_NUMERICHOST;
  hints.ai_family = AF_INET6;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(numeric.c_str(), nullptr, &hints, &found) != 0 || found == nullptr)
    return failure(Cause::unreachable, "'" + numeric + "' is not an address");
  std::memcpy(&address.v6, found->ai_addr, sizeof address.v6);
  ::freeaddrinfo(found);
  address.v6.sin6_port = htons(port);
  return connect_socket(address, sizeof address.v6, shown, deadline);
}

struct Lookup {
  std::mutex mutex;
  std::condition_variable done_changed;
  bool done = false;
  int status = 0;
  std::vector<std::string> addresses;
};

int look_up(const std::string& name, int flags, std::vector<std::string>& addresses) {
  addrinfo hints{};
  hints.ai_flags = flags;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int status = ::getaddrinfo(name.c_str(), nullptr, &hints, &found);
  if (status != 0) return status;
  for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
    char numeric[NI_MAXHOST];
    if (::getnameinfo(at->ai_addr, at->ai_addrlen, numeric, sizeof numeric, nullptr, 0, NI_NUMERICHOST) == 0)
      addresses.emplace_back(numeric);
  }
  ::freeaddrinfo(found);
  return 0;
}

}  // namespace

Cause cause_of_errno(int number) {
  switch (number) {
    case ECONNREFUSED:
    case ECONNRESET: return Cause::refused;
    case ETIMEDOUT:
    case EAGAIN: return Cause::timed_out;
    case ENETUNREACH:
    case EHOSTUNREACH:
    case EHOSTDOWN:
    case ENETDOWN:
    case ENONET:
    case EADDRNOTAVAIL:
    case ENOENT: return Cause::unreachable;
    case EACCES:
    case EPERM: return Cause::denied;
  }
  return Cause::internal;
}

std::string address_and_port(const std::string& address, std::uint16_t port) {
  const bool v6 = address.find(':') != std::string::npos;
  return (v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

Result<std::vector<std::string>> resolve(const std::string& name, Deadline deadline) {
  std::vector<std::string> addresses;
  if (look_up(name, AI_NUMERICHOST, addresses) == 0 && !addresses.empty()) return addresses;
  auto lookup = std::make_shared<Lookup>();
  std::thread([lookup, name] {
    std::vector<std::string> found;
    int status = look_up(name, AI_ADDRCONFIG, found);
    if (status == EAI_NONAME || status == EAI_ADDRFAMILY) status = look_up(name, 0, found);  // loopback on a host without any other
    const std::lock_guard lock(lookup->mutex);
    lookup->addresses = std::move(found);
    lookup->status = status;
    lookup->done = true;
    lookup->done_changed.notify_one();
  }).detach();
  std::unique_lock lock(lookup->mutex);
  if (!lookup->done_changed.wait_until(lock, deadline, [&] { return lookup->done; }))
    return failure(Cause::timed_out, "no answer about the name '" + name + "'");
  if (lookup->status != 0 || lookup->addresses.empty())
    return failure(Cause::unreachable, "no address for '" + name + "': " + ::gai_strerror(lookup->status));
  return lookup->addresses;
}

Result<TcpConnection> TcpConnection::open(const Endpoint& endpoint, Deadline deadline) {
  if (!endpoint.unix_path.empty()) return connect_local(endpoint.unix_path, deadline);
  const auto addresses = resolve(endpoint.address, deadline);
  if (!addresses) return tl::unexpected(addresses.error());
  Result<TcpConnection> last = failure(Cause::unreachable, "no address for '" + endpoint.address + "'");
  for (const auto& address : *addresses) {
    last = connect_numeric(address, endpoint.port, deadline);
    if (last) break;
  }
  return last;
}

TcpConnection& TcpConnection::operator=(TcpConnection&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

TcpConnection::~TcpConnection() {
  if (fd_ >= 0) ::close(fd_);
}

Result<std::string> TcpConnection::read_some(std::size_t limit, Deadline deadline) {
  std::string bytes(limit, '\0');
  for (;;) {
    const ssize_t count = ::recv(fd_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count >= 0) {
      bytes.resize(static_cast<std::size_t>(count));
      return bytes;
    }
    const int problem = errno;
    if (problem == EINTR) continue;
    if (problem != EAGAIN) return failure(cause_of_errno(problem), errno_text(problem));
    if (!wait_ready(fd_, POLLIN, deadline)) return failure(Cause::timed_out, "nothing was sent");
  }
}

}  // namespace interlock
