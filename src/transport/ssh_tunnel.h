// The local end of a tunnelled port: a Unix socket in a folder of our own (mode 0700) that takes one connection, and
// the bytes between it and an SSH channel. The socket and its folder are gone as soon as that connection is there.
// Threads: made on the caller's thread, then owned by the connection's I/O thread. Never blocks.
#pragma once

#include <libssh/libssh.h>
#include <poll.h>

#include <memory>
#include <string>

#include "fsm/observation.h"
#include "src/transport/files.h"

namespace interlock {

class TunnelEnd {
 public:
  [[nodiscard]] static Result<std::unique_ptr<TunnelEnd>> listen();
  ~TunnelEnd();
  TunnelEnd(const TunnelEnd&) = delete;
  TunnelEnd& operator=(const TunnelEnd&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] pollfd wanted() const;
  [[nodiscard]] Deadline accept_by() const { return accept_by_; }
  // Moves what can be moved. False when the tunnel is over.
  [[nodiscard]] bool pump(ssh_channel channel, bool may_write);
  [[nodiscard]] bool more() const { return more_; }  // it could go on at once

 private:
  TunnelEnd() = default;
  void remove_path();
  void accept();
  [[nodiscard]] bool reader_gone();
  void to_channel(ssh_channel channel, bool may_write);
  void from_channel(ssh_channel channel);

  std::string folder_, path_;
  Descriptor listener_, peer_;
  Deadline accept_by_{};
  std::string outbound_, inbound_;  // read from the peer; read from the channel
  bool peer_eof_ = false, eof_sent_ = false, channel_eof_ = false, gone_ = false, more_ = false;
};

}  // namespace interlock
