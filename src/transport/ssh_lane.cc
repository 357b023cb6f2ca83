// See ssh_lane.h.
#include "src/transport/ssh_lane.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>

#include "src/transport/quote.h"
#include "src/transport/tcp.h"
#include "src/transport/time_limit.h"

namespace interlock {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kLaneBlockBytes = 1 << 15;
constexpr std::size_t kBytesPerTurn = 1 << 18;      // then the other channels have theirs
constexpr std::chrono::seconds kLinger{60};         // for the last requests of an SFTP session, an fsync before them
constexpr std::chrono::seconds kRefusedFor{2};       // with no other session of ours under way
constexpr int kAmbiguousRefusals = 3;
constexpr unsigned long kAdministrativelyProhibited = 1;  // RFC 4254, 5.1

// libssh's "Channel opening failure: channel 43 error (2) Connection refused".
struct Refusal {
  unsigned long channel = 0, reason = 0;
  std::string words;
};

Refusal parse_refusal(const std::string& text) {
  static constexpr std::string_view kChannel = "channel ", kReason = "error (";
  Refusal refusal{0, 0, text};
  const std::size_t channel = text.find(kChannel, text.find(':') + 1);
  const std::size_t reason = text.find(kReason);
  if (channel == std::string::npos || reason == std::string::npos) return refusal;
  refusal.channel = std::strtoul(text.c_str() + channel + kChannel.size(), nullptr, 10);
  refusal.reason = std::strtoul(text.c_str() + reason + kReason.size(), nullptr, 10);
  const std::size_t close = text.find(") ", reason);
  refusal.words = close == std::string::npos ? "" : text.substr(close + 2);
  return refusal;
}

}  // namespace

Lane::~Lane() { drop_channel(); }

void Lane::drop_channel() {
  if (channel_ == nullptr) return;
  ssh_remove_channel_callbacks(channel_, &callbacks_);
  if (ssh_channel_is_open(channel_) != 0) ssh_channel_close(channel_);
  ssh_channel_free(channel_);
  channel_ = nullptr;
}

void Lane::fail(Failure failure) {
  stream_->mark_failed(std::move(failure));
  state_ = LaneState::over;
}

bool Lane::lost(const Failure& failure) {
  channel_ = nullptr;  // freed with its session
  if (state_ == LaneState::over || stream_->released()) return false;
  if (!stream_->sent() && !reopened_ && state_ != LaneState::open) {
    reopened_ = state_ != LaneState::waiting;
    state_ = LaneState::waiting;
    return true;
  }
  fail(failure);
  return false;
}

void Lane::advance(SshSession& session, bool may_begin) {
  more_ = false;
  if (state_ == LaneState::waiting) {
    if (stream_->released()) {
      state_ = LaneState::over;
    } else if (Clock::now() >= stream_->request().deadline) {
      fail({Cause::timed_out, "the time was over before the host could be asked", false});
    } else if (may_begin) {
      begin(session);
    }
  }
  if (state_ == LaneState::opening) open_channel(session);
  if (state_ == LaneState::requesting) request(session);
  if (state_ == LaneState::open) move_bytes(session);
}

void Lane::consider_refusal(std::size_t others) {
  if (others > 0) return refused_alone_since_.reset();
  if (!refused_alone_since_) refused_alone_since_ = Clock::now();
  if (Clock::now() - *refused_alone_since_ > kRefusedFor) {
    fail({Cause::denied, "the host opens no session (MaxSessions or a restricted account?)", false});
  }
}

void Lane::make_room() {
  if (state_ == LaneState::open && stream_->idle()) fail({Cause::unreachable, "closed to make room for another session", false});
}

void Lane::begin(SshSession& session) {
  channel_ = ssh_channel_new(session.get());
  if (channel_ == nullptr) return fail({Cause::internal, "libssh has no memory for a channel", false});
  callbacks_.size = sizeof callbacks_;
  callbacks_.userdata = this;
  callbacks_.channel_exit_status_function = [](ssh_session, ssh_channel, int status, void* lane) {
    static_cast<Lane*>(lane)->stream_->mark_exit(status, std::nullopt);
  };
  callbacks_.channel_exit_signal_function = [](ssh_session, ssh_channel, const char* signal, int, const char*,
                                               const char*, void* lane) {
    static_cast<Lane*>(lane)->stream_->mark_exit(std::nullopt, signal == nullptr ? "" : signal);
  };
  ssh_set_channel_callbacks(channel_, &callbacks_);
  number_ = session.next_channel_number();
  state_ = LaneState::opening;
}

void Lane::open_channel(SshSession& session) {
  const StreamRequest& wanted = stream_->request();
  const int rc = is_session() ? ssh_channel_open_session(channel_)
                              : ssh_channel_open_forward(channel_, wanted.address.c_str(), wanted.port, "127.0.0.1", 0);
  if (rc == SSH_AGAIN) return;
  if (rc != SSH_OK) return refused(session);
  if (stream_->released()) {
    state_ = LaneState::over;
  } else if (is_session()) {
    state_ = LaneState::requesting;
  } else {
    stream_->mark_sent();
    stream_->mark_open();
    state_ = LaneState::open;
  }
}

// A server whose sessions are all taken (or not yet given back) refuses in the same words as one that allows none, so
// it is asked again; how soon and how often is the connection's to say. A refused forward says why in words, which
// libssh keeps for the last refusal only.
void Lane::refused(SshSession& session) {
  if (!session.alive()) return;  // the connection broke; lost() follows
  const Refusal refusal = parse_refusal(session.error());
  drop_channel();
  if (is_session()) {
    refused_ = true;
    state_ = LaneState::waiting;
    return;
  }
  if (refusal.channel != number_ && ++ambiguous_ < kAmbiguousRefusals) {
    state_ = LaneState::waiting;
    return;
  }
  const StreamRequest& wanted = stream_->request();
  const Cause otherwise = refusal.reason == kAdministrativelyProhibited ? Cause::denied : Cause::unreachable;
  fail({connection_cause(refusal.words, otherwise),
        fmt::format("through SSH, the host has no connection to {} port {}: {}", wanted.address, wanted.port,
                    refusal.words),
        false});
}

void Lane::request(SshSession& session) {
  const StreamRequest& wanted = stream_->request();
  if (line_.empty() && wanted.kind == StreamKind::command) {
    const auto left = time_left(wanted.deadline);
    if (left <= left.zero() || stream_->released()) {
      return fail({Cause::timed_out, "the time was over before the host could be asked", false});
    }
    // `exec` leaves the login shell out, so that the command's own end, a signal too, is what is reported.
    auto limit = quote_command(time_limit_words(left));
    line_ = "exec " + limit.value_or("timeout") + " " + wanted.command;
  }
  stream_->mark_sent();
  const int rc = wanted.kind == StreamKind::command ? ssh_channel_request_exec(channel_, line_.c_str())
                                                    : ssh_channel_request_sftp(channel_);
  if (rc == SSH_AGAIN || !session.alive()) return;
  if (rc != SSH_OK) {
    const bool sftp = wanted.kind == StreamKind::sftp;
    return fail({Cause::denied, sftp ? "the host has no SFTP server" : "the host refuses to run commands", false});
  }
  stream_->mark_open();
  state_ = LaneState::open;
}

void Lane::move_bytes(SshSession& session) {
  if (end_) {
    if (!end_->pump(channel_, !session.write_pending())) state_ = LaneState::over;
    more_ = end_->more();
    return;
  }
  if (stream_->released()) return let_go(session);
  write_out(session);
  if (stream_->request().kind == StreamKind::forward) return;  // its local end is still to come
  read(false);
  read(true);
  if (!session.alive()) return;
  if (ssh_channel_is_eof(channel_) != 0) stream_->mark_eof();
  if (ssh_channel_is_closed(channel_) != 0 && stream_->wants_more()) {
    stream_->mark_ended();
    state_ = LaneState::over;
  }
}

void Lane::write_out(const SshSession& session) {
  std::size_t written = 0;
  stream_->feed([&](const char* bytes, std::size_t count) -> long {
    if (session.write_pending()) return 0;
    if (written >= kBytesPerTurn) {
      more_ = true;
      return 0;
    }
    const int rc = ssh_channel_write(channel_, bytes, static_cast<uint32_t>(std::min(count, kLaneBlockBytes)));
    if (rc > 0) written += static_cast<std::size_t>(rc);
    return rc;
  });
  if (stream_->all_fed() && !eof_sent_ && ssh_channel_is_open(channel_) != 0) {
    if (ssh_channel_send_eof(channel_) != SSH_AGAIN) eof_sent_ = true;
  }
}

void Lane::read(bool is_err) {
  std::array<char, kLaneBlockBytes> block;
  while (stream_->wants_more()) {
    const int count = ssh_channel_read_nonblocking(channel_, block.data(), block.size(), is_err ? 1 : 0);
    if (count <= 0) return;
    stream_->arrived(is_err, block.data(), static_cast<std::size_t>(count));
  }
}

// The caller is gone. Last requests of an SFTP session (remove the temporary file) still go out and are answered before
// the channel is closed: sftp-server ends at once when it is, with all that it has read but not done.
void Lane::let_go(const SshSession& session) {
  if (!linger_) {
    linger_ = Clock::now() + kLinger;
    farewell_ = stream_->take_farewell();
    if (farewell_ && farewell_(stream_->take_arrived())) farewell_ = nullptr;
  }
  if (farewell_) {
    write_out(session);
    std::array<char, kLaneBlockBytes> block;
    for (int count = 1; farewell_ && count > 0;) {
      count = ssh_channel_read_nonblocking(channel_, block.data(), block.size(), 0);
      if (count > 0 && farewell_({block.data(), static_cast<std::size_t>(count)})) farewell_ = nullptr;
    }
  }
  if (!farewell_ || ssh_channel_is_eof(channel_) != 0 || ssh_channel_is_closed(channel_) != 0 || Clock::now() >= *linger_) {
    state_ = LaneState::over;
  }
}

}  // namespace interlock
