// See ssh_tunnel.h.
#include "src/transport/ssh_tunnel.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>

namespace interlock {
namespace {

// Whoever asked for the tunnel connects at once; a socket nobody came to is removed again.
constexpr std::chrono::seconds kAcceptWithin{30};
constexpr std::size_t kBufferBytes = 1 << 17;
constexpr std::size_t kTunnelBlockBytes = 1 << 15;
constexpr std::size_t kTunnelBytesPerTurn = 1 << 18;  // then the other channels have theirs

bool again(int error_number) { return error_number == EAGAIN || error_number == EWOULDBLOCK || error_number == EINTR; }

}  // namespace

Result<std::unique_ptr<TunnelEnd>> TunnelEnd::listen() {
  std::unique_ptr<TunnelEnd> end(new TunnelEnd);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const char* base = std::getenv("TMPDIR");
  std::string folder = fmt::format("{}/interlock-XXXXXX", base == nullptr || *base == '\0' ? "/tmp" : base);
  if (folder.size() + sizeof "/port" > sizeof address.sun_path) folder = "/tmp/interlock-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) {  // mode 0700
    return tl::unexpected(system_failure(errno, fmt::format("no private folder {} for a tunnel", folder)));
  }
  end->folder_ = folder;
  end->path_ = folder + "/port";
  std::memcpy(address.sun_path, end->path_.c_str(), end->path_.size() + 1);
  end->listener_ = Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!end->listener_.valid() ||
      ::bind(end->listener_.fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(end->listener_.fd, 1) != 0) {
    return tl::unexpected(system_failure(errno, fmt::format("no socket {} for a tunnel", end->path_)));
  }
  end->accept_by_ = std::chrono::steady_clock::now() + kAcceptWithin;
  return end;
}

TunnelEnd::~TunnelEnd() { remove_path(); }

void TunnelEnd::remove_path() {
  if (folder_.empty()) return;
  ::unlink(path_.c_str());
  ::rmdir(folder_.c_str());
  folder_.clear();
}

pollfd TunnelEnd::wanted() const {
  if (listener_.valid()) return {listener_.fd, POLLIN, 0};
  short events = 0;
  if (!peer_eof_ && outbound_.size() < kBufferBytes) events |= POLLIN;
  if (!inbound_.empty()) events |= POLLOUT;
  // poll() reports a hang-up whatever is asked for: only where it ends the tunnel, else again and again.
  return {events == 0 && !eof_sent_ ? -1 : peer_.fd, events, 0};
}

// The peer has closed both ways, or nothing it could read can come any more.
bool TunnelEnd::reader_gone() {
  pollfd state{peer_.fd, 0, 0};
  return gone_ || (::poll(&state, 1, 0) > 0 && (state.revents & (POLLHUP | POLLERR)) != 0);
}

void TunnelEnd::accept() {
  peer_ = Descriptor(::accept4(listener_.fd, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!peer_.valid()) return;
  listener_.reset();
  remove_path();
}

bool TunnelEnd::pump(ssh_channel channel, bool may_write) {
  if (listener_.valid()) {
    accept();
    if (listener_.valid()) return std::chrono::steady_clock::now() < accept_by_;
  }
  from_channel(channel);
  to_channel(channel, may_write);
  if (eof_sent_ && reader_gone()) return false;
  const bool all_in = channel_eof_ && inbound_.empty();
  return !(all_in && (eof_sent_ || ssh_channel_is_closed(channel) != 0));
}

void TunnelEnd::to_channel(ssh_channel channel, bool may_write) {
  std::array<char, kTunnelBlockBytes> block;
  while (!peer_eof_ && outbound_.size() < kBufferBytes) {
    const ssize_t count = ::recv(peer_.fd, block.data(), block.size(), 0);
    if (count < 0 && again(errno)) break;
    if (count <= 0) {
      peer_eof_ = true;
      break;
    }
    outbound_.append(block.data(), static_cast<std::size_t>(count));
  }
  if (!may_write || ssh_channel_is_closed(channel) != 0) return;
  if (!outbound_.empty()) {
    const auto size = static_cast<uint32_t>(std::min(outbound_.size(), kBufferBytes));
    const int count = ssh_channel_write(channel, outbound_.data(), size);
    if (count > 0) outbound_.erase(0, static_cast<std::size_t>(count));
  }
  if (peer_eof_ && outbound_.empty() && !eof_sent_) {
    ssh_channel_send_eof(channel);
    eof_sent_ = true;
  }
}

// What libssh has already taken in raises no event, so it is moved on until one side blocks or the turn is over.
void TunnelEnd::from_channel(ssh_channel channel) {
  std::array<char, kTunnelBlockBytes> block;
  std::size_t moved = 0;
  more_ = false;
  for (;;) {
    if (inbound_.empty()) {
      const int count = ssh_channel_read_nonblocking(channel, block.data(), block.size(), 0);
      if (count <= 0) break;
      inbound_.assign(block.data(), static_cast<std::size_t>(count));
    }
    const ssize_t count = ::send(peer_.fd, inbound_.data(), inbound_.size(), MSG_NOSIGNAL);
    if (count < 0 && again(errno)) break;
    gone_ = gone_ || count < 0;  // what nobody reads is dropped; what the peer has sent still goes out
    const std::size_t done = gone_ ? inbound_.size() : static_cast<std::size_t>(count);
    inbound_.erase(0, done);
    moved += done;
    if (moved >= kTunnelBytesPerTurn) {
      more_ = true;
      return;
    }
  }
  if (!channel_eof_ && (ssh_channel_is_eof(channel) != 0 || ssh_channel_is_closed(channel) != 0)) channel_eof_ = true;
  if (channel_eof_ && inbound_.empty()) ::shutdown(peer_.fd, SHUT_WR);
}

}  // namespace interlock
