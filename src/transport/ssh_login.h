// The two decisions of an SSH login: is this the host we know, and how do we prove who we are.
// Internal to the SSH transport; runs on the thread that owns the session.
#pragma once

#include <libssh/libssh.h>

#include <functional>
#include <string>

#include "src/transport/transport.h"

namespace interlock {

// Calls a non-blocking libssh function until it gives something else than `again`; Failure at the deadline.
class SshPatience {
 public:
  SshPatience(ssh_session session, int stop_fd, Deadline deadline, std::string where)
      : session_(session), stop_fd_(stop_fd), deadline_(deadline), where_(std::move(where)) {}
  [[nodiscard]] Result<int> call(int again, const std::function<int()>& function) const;
  [[nodiscard]] Deadline deadline() const { return deadline_; }
  [[nodiscard]] const std::string& where() const { return where_; }

 private:
  ssh_session session_;
  int stop_fd_;
  Deadline deadline_;
  std::string where_;
};

// Unknown, changed or unreadable host keys are refused, with the fingerprint and the command that mends it.
[[nodiscard]] Result<void> verify_host_key(ssh_session session, const SshPatience& patience);

// Key file, agent, keys of ~/.ssh, password, in this order.
[[nodiscard]] Result<void> log_in(ssh_session session, const HostOptions& options, const SshPatience& patience);

}  // namespace interlock
