// One authenticated SSH session: TCP, key exchange, host key, login. Refuses unknown and changed host keys.
// Threads: a libssh session belongs to one thread; whoever opens it here owns it. It never reconnects by itself.
#pragma once

#include <libssh/callbacks.h>
#include <libssh/libssh.h>

#include <memory>
#include <string>

#include "src/transport/transport.h"

namespace interlock {

class SshSession {
 public:
  // Ends by the deadline, or early when stop_fd becomes readable. Nothing the host could act on is sent before login.
  [[nodiscard]] static Result<std::unique_ptr<SshSession>> open(const HostOptions& options, int stop_fd, Deadline deadline);
  ~SshSession();
  SshSession(const SshSession&) = delete;
  SshSession& operator=(const SshSession&) = delete;

  [[nodiscard]] ssh_session get() const { return session_; }
  [[nodiscard]] int fd() const { return ssh_get_fd(session_); }
  [[nodiscard]] short wanted_events() const;     // for poll()
  void process();                                // takes in what has arrived and sends what waits, without blocking
  void ping();                                   // asks for an answer (keep-alive), unless one is already due
  [[nodiscard]] bool alive() const;
  [[nodiscard]] bool write_pending() const;      // what was written before is still on its way out
  [[nodiscard]] std::uint64_t bytes_received() const { return socket_bytes_.in_bytes; }
  // The number libssh gives the next channel, by which its messages name it.
  [[nodiscard]] unsigned long next_channel_number() { return ++last_channel_; }
  [[nodiscard]] std::string error() const { return ssh_get_error(session_); }

 private:
  SshSession() = default;
  Result<void> configure(const HostOptions& options);
  Result<void> reach(int stop_fd, Deadline deadline);
  Result<void> exchange_keys(int stop_fd, Deadline deadline);

  ssh_session session_ = nullptr;
  ssh_event event_ = nullptr;
  ssh_counter_struct socket_bytes_{}, packets_{};
  ssh_callbacks_struct callbacks_{};
  unsigned long last_channel_ = 42;  // libssh's FIRST_CHANNEL
  std::string where_;  // "10.89.0.11 port 22", for messages
};

}  // namespace interlock
