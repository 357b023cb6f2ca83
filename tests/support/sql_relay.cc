#include "tests/support/sql_relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <stdexcept>

namespace interlock::tests {
namespace {

constexpr int kRelaySliceMs = 10;
constexpr int kAnswerMs = 10'000;  // that a server may take for a statement in a test
constexpr std::size_t kHeader = 4;
constexpr char kComQuery = 3;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

bool send_all(int fd, const std::string& bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count = ::send(fd, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) return false;
    sent += static_cast<std::size_t>(count);
  }
  return true;
}

// The SQL of a packet that changes something; "" for all others.
std::string changing(const std::string& packet) {
  if (packet.size() <= kHeader + 1 || packet[3] != 0 || packet[kHeader] != kComQuery) return "";
  std::string sql = packet.substr(kHeader + 1);
  return sql.starts_with("select ") || sql.starts_with("show ") ? "" : sql;
}

}  // namespace

SqlRelay::SqlRelay(std::uint16_t server_port) : server_port_(server_port) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || ::bind(listener_, any, length) != 0 || ::listen(listener_, 16) != 0 || ::getsockname(listener_, any, &length) != 0)
    throw std::runtime_error("no loopback port for the relay");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

SqlRelay::~SqlRelay() {
  stop_ = true;
  thread_.join();
  ::close(listener_);
}

void SqlRelay::strike(std::size_t number, At at) {
  const std::lock_guard lock(mutex_);
  number_ = number;
  at_ = at;
  statements_.clear();
}

std::vector<std::string> SqlRelay::statements() const {
  const std::lock_guard lock(mutex_);
  return statements_;
}

void SqlRelay::run() {
  while (!stop_) {
    pollfd one{listener_, POLLIN, 0};
    if (::poll(&one, 1, kRelaySliceMs) <= 0) continue;
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    serve(client);
    ::close(client);
  }
}

void SqlRelay::serve(int client) {
  const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(server_port_);
  const int on = 1;
  ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  bool open = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  std::string pending;
  while (open && !stop_) {
    std::array<pollfd, 2> both{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (::poll(both.data(), both.size(), kRelaySliceMs) <= 0) continue;
    std::array<char, 65536> bytes{};
    if (both[1].revents != 0) {
      const ssize_t count = ::recv(server, bytes.data(), bytes.size(), 0);
      open = count > 0 && send_all(client, std::string(bytes.data(), static_cast<std::size_t>(count)));
    }
    if (open && both[0].revents != 0) {
      const ssize_t count = ::recv(client, bytes.data(), bytes.size(), 0);
      open = count > 0;
      if (open) pending.append(bytes.data(), static_cast<std::size_t>(count));
      open = open && pass_to_server(client, server, pending);
    }
  }
  ::close(server);
}

bool SqlRelay::pass_to_server(int client, int server, std::string& pending) {
  for (;;) {
    const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(pending[i])); };
    if (pending.size() < kHeader) return true;
    const std::size_t length = kHeader + (byte(0) | byte(1) << 8 | byte(2) << 16);
    if (pending.size() < length) return true;
    const std::string packet = pending.substr(0, length);
    pending.erase(0, length);
    if (!hit(client, server, packet)) return false;
  }
}

bool SqlRelay::hit(int /*client*/, int server, const std::string& packet) {
  At at = At::never;
  if (std::string sql = changing(packet); !sql.empty()) {
    const std::lock_guard lock(mutex_);
    statements_.push_back(std::move(sql));
    if (statements_.size() == number_) at = at_;
  }
  if (at == At::never) return send_all(server, packet);
  if (at != At::before && !send_all(server, packet)) return false;
  if (at == At::after) {
    pollfd one{server, POLLIN, 0};
    if (::poll(&one, 1, kAnswerMs) <= 0) throw std::runtime_error("the server did not answer the statement");
  }
  if (victim_ != 0) ::kill(victim_, SIGKILL);
  return false;
}

}  // namespace interlock::tests
