#include "tests/support/tcp_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <stdexcept>

namespace interlock::tests {
namespace {

constexpr int kSliceMs = 20;      // how soon a stop is noticed
constexpr int kFillers = 8;       // connections that fill a queue of length 0
constexpr int kDripMs = 50;

int listen_on_loopback(int backlog, std::uint16_t& port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  if (fd < 0 || ::bind(fd, any, length) != 0 || (backlog >= 0 && ::listen(fd, backlog) != 0) ||
      ::getsockname(fd, any, &length) != 0)
    throw std::runtime_error("no loopback port to listen on");
  port = ntohs(address.sin_port);
  return fd;
}

bool ready(int fd, short events) {
  pollfd one{fd, events, 0};
  return ::poll(&one, 1, kSliceMs) > 0;
}

}  // namespace

bool TcpServer::Peer::send(const std::string& bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size() && !stop_) {
    if (!ready(fd_, POLLOUT)) continue;
    const ssize_t count = ::send(fd_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno != EAGAIN) return false;
    if (count > 0) sent += static_cast<std::size_t>(count);
  }
  return sent == bytes.size();
}

std::string TcpServer::Peer::receive(std::size_t count) {
  std::string bytes;
  while (bytes.size() < count && !stop_) {
    if (!ready(fd_, POLLIN)) continue;
    std::string more(count - bytes.size(), '\0');
    const ssize_t got = ::recv(fd_, more.data(), more.size(), MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN)) return "";
    if (got > 0) bytes += more.substr(0, static_cast<std::size_t>(got));
  }
  return stop_ ? "" : bytes;
}

bool TcpServer::Peer::pause_ms(int milliseconds) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  while (!stop_ && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min(milliseconds, kSliceMs)));
  }
  return !stop_;
}

void TcpServer::Peer::reset() {
  const linger now{1, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

TcpServer::TcpServer(std::function<void(Peer&)> serve) : serve_(std::move(serve)) {
  constexpr int kBacklog = 64;
  listener_ = listen_on_loopback(kBacklog, port_);
  thread_ = std::thread([this] { accept_all(); });
}

TcpServer::~TcpServer() {
  stop_ = true;
  thread_.join();
  ::close(listener_);
}

void TcpServer::accept_all() {
  while (!stop_) {
    if (!ready(listener_, POLLIN)) continue;
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    Peer peer(fd, stop_);
    serve_(peer);
    ::close(fd);
  }
}

void TcpServer::stay_silent(Peer& peer) {
  while (peer.pause_ms(kSliceMs)) {
  }
}

std::function<void(TcpServer::Peer&)> TcpServer::drip(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) {
    for (std::size_t at = 0; peer.pause_ms(kDripMs); at = (at + 1) % bytes.size()) {
      if (!peer.send(bytes.substr(at, 1))) return;
    }
  };
}

BlackHole::BlackHole() {
  listener_ = listen_on_loopback(0, port_);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port_);
  for (int i = 0; i < kFillers; ++i) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    (void)::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address);
    fillers_.push_back(fd);
  }
}

BlackHole::~BlackHole() {
  for (const int fd : fillers_) ::close(fd);
  ::close(listener_);
}

std::uint16_t closed_port() {
  std::uint16_t port = 0;
  ::close(listen_on_loopback(-1, port));
  return port;
}

}  // namespace interlock::tests
