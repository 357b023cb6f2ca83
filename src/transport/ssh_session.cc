// See ssh_session.h.
#include "src/transport/ssh_session.h"

#include <libssh/server.h>  // for ssh_send_keepalive, which is declared nowhere else
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include <fmt/format.h>

#include "src/transport/ssh_login.h"
#include "src/transport/tcp.h"

namespace interlock {
namespace {

// libssh writes to a blocking socket, but only after poll() found it writable. With a send timeout such a write takes
// what fits and returns, instead of holding up all other channels (for ever, if the peer is dead).
constexpr suseconds_t kSendPatienceMicros = 5'000;
// How often at most one round of process() reads, so that a flood does not starve timers. libssh reads 4 KiB at once.
constexpr int kReadsPerRound = 256;
constexpr const char* kNoAgent = "/nonexistent/ssh-agent";  // libssh has no other way to leave the agent out
constexpr int kDefaultPort = 22;

// Never asks at the terminal: a key with a passphrase is passed over.
int no_passphrase(const char*, char*, std::size_t, int, int, void*) { return -1; }

template <typename T>
bool set(ssh_session session, ssh_options_e option, const T* value) {
  return ssh_options_set(session, option, value) == SSH_OK;
}

std::string option_text(ssh_session session, ssh_options_e option) {
  char* text = nullptr;
  if (ssh_options_get(session, option, &text) != SSH_OK || text == nullptr) return "";
  std::string copy = text;
  ssh_string_free_char(text);
  return copy;
}

}  // namespace

Result<std::unique_ptr<SshSession>> SshSession::open(const HostOptions& options, int stop_fd, Deadline deadline) {
  std::unique_ptr<SshSession> opened(new SshSession);
  if (auto done = opened->configure(options); !done) return tl::unexpected(done.error());
  if (auto done = opened->reach(stop_fd, deadline); !done) return tl::unexpected(done.error());
  if (auto done = opened->exchange_keys(stop_fd, deadline); !done) return tl::unexpected(done.error());
  const SshPatience patience(opened->session_, stop_fd, deadline, opened->where_);
  if (auto done = verify_host_key(opened->session_, patience); !done) return tl::unexpected(done.error());
  if (auto done = log_in(opened->session_, options, patience); !done) return tl::unexpected(done.error());
  opened->event_ = ssh_event_new();
  if (opened->event_ == nullptr || ssh_event_add_session(opened->event_, opened->session_) != SSH_OK) {
    return failure(Cause::internal, "libssh has no memory for an event loop");
  }
  return opened;
}

SshSession::~SshSession() {
  if (event_ != nullptr) {
    ssh_event_remove_session(event_, session_);
    ssh_event_free(event_);
  }
  if (session_ != nullptr) {
    ssh_disconnect(session_);
    ssh_free(session_);
  }
}

// What the site says goes before what ~/.ssh/config says. libssh lets later settings win, so ours come second.
Result<void> SshSession::configure(const HostOptions& options) {
  session_ = ssh_new();
  if (session_ == nullptr) return failure(Cause::internal, "libssh has no memory for a session");
  const std::string& host = options.ssh_host.empty() ? options.address : options.ssh_host;
  const bool no = false;
  const int strict = 1;
  if (host.empty() || !set(session_, SSH_OPTIONS_HOST, host.c_str())) {
    return failure(Cause::internal, fmt::format("'{}' is not a host name for SSH", host));
  }
  set(session_, SSH_OPTIONS_PROCESS_CONFIG, &no);  // it is read right here, once
  const bool own_config = !options.ssh_config.empty() && options.ssh_config != "none";
  if (own_config && ::access(options.ssh_config.c_str(), R_OK) != 0) {
    return tl::unexpected(system_failure(errno, fmt::format("{} cannot be read", options.ssh_config)));
  }
  if (options.ssh_config != "none" &&
      ssh_options_parse_config(session_, own_config ? options.ssh_config.c_str() : nullptr) != SSH_OK) {
    return failure(Cause::internal, fmt::format("the SSH configuration cannot be used: {}", error()));
  }
  if (!options.user.empty()) set(session_, SSH_OPTIONS_USER, options.user.c_str());
  if (options.port != 0) {
    const unsigned port = options.port;
    set(session_, SSH_OPTIONS_PORT, &port);
  }
  if (!options.known_hosts.empty()) set(session_, SSH_OPTIONS_KNOWNHOSTS, options.known_hosts.c_str());
  if (!options.use_agent) set(session_, SSH_OPTIONS_IDENTITY_AGENT, kNoAgent);
  set(session_, SSH_OPTIONS_STRICTHOSTKEYCHECK, &strict);

  callbacks_.size = sizeof callbacks_;
  callbacks_.auth_function = no_passphrase;
  ssh_set_callbacks(session_, &callbacks_);
  ssh_set_counters(session_, &socket_bytes_, &packets_);
  ssh_set_blocking(session_, 0);
  return {};
}

// The connection is made here and not by libssh, since it tells neither refused from unreachable nor ends in time.
Result<void> SshSession::reach(int stop_fd, Deadline deadline) {
  unsigned port = kDefaultPort;
  ssh_options_get_port(session_, &port);
  const std::string host = option_text(session_, SSH_OPTIONS_HOST);
  where_ = fmt::format("{} port {}", host, port);
  if (!option_text(session_, SSH_OPTIONS_PROXYCOMMAND).empty()) return {};  // libssh starts it
  auto connection = tcp_connect(host, static_cast<std::uint16_t>(port), stop_fd, deadline);
  if (!connection) return tl::unexpected(connection.error());
  const socket_t fd = connection->fd;
  if (!set(session_, SSH_OPTIONS_FD, &fd)) return failure(Cause::internal, error());
  (void)connection->release();  // the session closes it
  return {};
}

Result<void> SshSession::exchange_keys(int stop_fd, Deadline deadline) {
  const SshPatience patience(session_, stop_fd, deadline, where_);
  auto rc = patience.call(SSH_AGAIN, [this] { return ssh_connect(session_); });
  if (!rc) return tl::unexpected(rc.error());
  if (*rc != SSH_OK) {
    return failure(connection_cause(error(), Cause::protocol),
                   fmt::format("no SSH handshake with {}: {}", where_, error()));
  }
  const timeval send_patience{0, kSendPatienceMicros};
  ::setsockopt(fd(), SOL_SOCKET, SO_SNDTIMEO, &send_patience, sizeof send_patience);
  return {};
}

short SshSession::wanted_events() const {
  return static_cast<short>(POLLIN | ((ssh_get_poll_flags(session_) & SSH_WRITE_PENDING) != 0 ? POLLOUT : 0));
}

void SshSession::process() {
  for (int round = 0; round < kReadsPerRound && alive(); ++round) {
    if (ssh_event_dopoll(event_, 0) != SSH_OK) return;
  }
}

// libssh sends nothing while it believes an earlier one unanswered, and it notices an answer only in the next call.
void SshSession::ping() {
  const std::uint64_t before = packets_.out_packets;
  ssh_send_keepalive(session_);
  if (packets_.out_packets == before) ssh_send_keepalive(session_);
}

bool SshSession::alive() const {
  return ssh_is_connected(session_) != 0 && (ssh_get_status(session_) & (SSH_CLOSED | SSH_CLOSED_ERROR)) == 0;
}

bool SshSession::write_pending() const { return (ssh_get_status(session_) & SSH_WRITE_PENDING) != 0; }

Result<int> SshPatience::call(int again, const std::function<int()>& function) const {
  for (;;) {
    const int rc = function();
    if (rc != again) return rc;
    const auto left = std::chrono::ceil<Millis>(deadline_ - std::chrono::steady_clock::now()).count();
    if (left <= 0) return failure(Cause::timed_out, fmt::format("no SSH answer from {} in time", where_));
    const int flags = ssh_get_poll_flags(session_);
    const auto events = static_cast<short>(POLLIN | ((flags & SSH_WRITE_PENDING) != 0 ? POLLOUT : 0));
    std::array<pollfd, 2> fds{{{ssh_get_fd(session_), events, 0}, {stop_fd_, POLLIN, 0}}};
    ::poll(fds.data(), fds.size(), static_cast<int>(std::min<long long>(left, 1'000)));
    if (fds[1].revents != 0) return failure(Cause::unreachable, fmt::format("the connection to {} was given up", where_));
  }
}

}  // namespace interlock
