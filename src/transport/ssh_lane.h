// The I/O thread's side of one SSH channel: a state machine that is advanced whenever anything happened.
// Belongs to the connection's thread alone.
#pragma once

#include <libssh/callbacks.h>
#include <libssh/libssh.h>

#include <memory>
#include <optional>
#include <utility>

#include "src/transport/ssh_session.h"
#include "src/transport/ssh_stream.h"
#include "src/transport/ssh_tunnel.h"

namespace interlock {

enum class LaneState {
  waiting,     // not begun: no connection yet, or too many sessions on it
  opening,     // asked the host for a channel
  requesting,  // channel there; asked for the command or SFTP
  open,        // bytes flow
  over,        // to be dropped
};

class Lane {
 public:
  explicit Lane(std::shared_ptr<Stream> stream) : stream_(std::move(stream)) {}
  ~Lane();
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  void advance(SshSession& session, bool may_begin);
  // After a refusal, with `others` of our sessions on the connection: fails once it was refused long enough alone.
  void consider_refusal(std::size_t others);
  // Gives its session back to the server if nobody uses it.
  void make_room();
  void attach(std::unique_ptr<TunnelEnd> end) { end_ = std::move(end); }
  // The connection is lost. What had not been begun may be begun on the next one: true.
  [[nodiscard]] bool lost(const Failure& failure);

  [[nodiscard]] LaneState state() const { return state_; }
  [[nodiscard]] bool is_session() const { return stream_->request().kind != StreamKind::forward; }
  // It stopped to give the others their turn and could go on at once.
  [[nodiscard]] bool more() const { return more_; }
  // The host opened no session for it just now; it waits for a second try.
  [[nodiscard]] bool was_refused() { return std::exchange(refused_, false); }
  [[nodiscard]] const std::shared_ptr<Stream>& stream() const { return stream_; }
  [[nodiscard]] const TunnelEnd* end() const { return end_.get(); }

 private:
  void begin(SshSession& session);
  void open_channel(SshSession& session);
  void refused(SshSession& session);
  void request(SshSession& session);
  void move_bytes(SshSession& session);
  void read(bool is_err);
  void write_out(const SshSession& session);
  void let_go(const SshSession& session);
  void fail(Failure failure);
  void drop_channel();

  std::shared_ptr<Stream> stream_;
  std::unique_ptr<TunnelEnd> end_;
  ssh_channel channel_ = nullptr;
  ssh_channel_callbacks_struct callbacks_{};
  LaneState state_ = LaneState::waiting;
  std::string line_;         // the command as sent
  bool eof_sent_ = false;
  bool more_ = false;
  bool refused_ = false;
  bool reopened_ = false;    // already moved to a second connection
  int ambiguous_ = 0;        // refusals whose reason may be another channel's
  std::optional<Deadline> refused_alone_since_;
  unsigned long number_ = 0; // the channel's, as libssh names it in messages
  std::optional<Deadline> linger_;   // after release(): how long the last requests still have
  Stream::Farewell farewell_;
};

}  // namespace interlock
