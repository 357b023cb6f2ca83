// One SSH channel as a caller's thread sees it: bytes in, bytes out, how it ended. The I/O thread of the connection
// moves the bytes; the caller waits here. Ownership: shared by both; StreamLease is the caller's share.
// Threads: the caller side belongs to one thread at a time; the I/O side to the connection's thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "fsm/observation.h"

namespace interlock {

enum class StreamKind {
  command,  // a command with its standard streams
  sftp,     // the host's SFTP server
  forward,  // a TCP connection made by the host
};

struct StreamRequest {
  StreamKind kind = StreamKind::command;
  std::string command;      // quoted; for StreamKind::command
  std::string address;      // for StreamKind::forward
  std::uint16_t port = 0;
  Deadline deadline{};      // nothing is begun after it; a command's own time limit on the host
};

// What changed since the last look.
struct StreamNews {
  std::string out, err;             // arrived since then
  std::size_t unsent = 0;           // bytes not yet handed to SSH
  bool open = false;                // the host accepted the request
  bool eof = false;                 // nothing more will arrive
  bool ended = false;               // the channel is closed
  std::optional<int> exit_status;
  std::optional<std::string> exit_signal;  // as SSH names it: "TERM"
  std::optional<Failure> failure;   // then nothing else will come
};

class Stream {
 public:
  Stream(StreamRequest request, std::function<void()> wake) : request_(std::move(request)), wake_(std::move(wake)) {}
  ~Stream();

  // --- the caller's side ---
  void send(std::string bytes, bool wipe_afterwards = false);
  void send_eof();
  // Waits until something is new or the time is over (then nothing new is in it).
  [[nodiscard]] StreamNews next(Deadline until);
  void release();
  // What still arrives after release() is given to this, on the I/O thread, until it says that it was the last; only
  // then, or after a bounded time, is the channel closed.
  using Farewell = std::function<bool(std::string_view bytes)>;
  void bid_farewell(Farewell farewell);
  [[nodiscard]] bool sent() const;    // whether the host may have begun with the request
  // Nobody waits for anything here: it may be closed to make room for another, and then fails for its next user.
  void set_idle(bool idle) { idle_ = idle; }

  // --- the I/O thread's side ---
  struct Chunk {
    std::string bytes;
    bool wipe = false;
    std::size_t done = 0;
  };
  [[nodiscard]] const StreamRequest& request() const { return request_; }
  // Gives the bytes to send to `write`, which says how many it took (negative: nobody reads them, drop all).
  void feed(const std::function<long(const char*, std::size_t)>& write);
  [[nodiscard]] bool all_fed() const;                    // everything incl. the end was asked for and handed over
  [[nodiscard]] bool wants_more() const;                 // room for arriving bytes
  void arrived(bool is_err, const char* bytes, std::size_t count);
  void mark_sent();
  void mark_open();
  void mark_exit(std::optional<int> status, std::optional<std::string> signal);
  void mark_eof();
  void mark_ended();
  void mark_failed(Failure failure);                     // the first one counts; `sent` is filled in
  [[nodiscard]] bool released() const;
  [[nodiscard]] bool idle() const { return idle_; }
  [[nodiscard]] Farewell take_farewell();
  [[nodiscard]] std::string take_arrived();              // what the caller left behind

 private:
  void changed();  // with the lock held

  const StreamRequest request_;
  const std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable condition_;
  std::uint64_t version_ = 0, seen_ = 0;
  std::deque<Chunk> to_send_;
  bool send_eof_ = false, sent_ = false, released_ = false;
  StreamNews news_;
  Farewell farewell_;
  std::atomic<bool> idle_{false};
};

// Lets go of the stream at the end of the caller's scope.
class StreamLease {
 public:
  StreamLease() = default;
  explicit StreamLease(std::shared_ptr<Stream> stream) : stream_(std::move(stream)) {}
  StreamLease(StreamLease&&) = default;
  StreamLease& operator=(StreamLease&&) = delete;
  ~StreamLease() {
    if (stream_) stream_->release();
  }
  Stream* operator->() const { return stream_.get(); }
  // For a tunnel: from now on the connection keeps it.
  [[nodiscard]] std::shared_ptr<Stream> keep() { return std::move(stream_); }

 private:
  std::shared_ptr<Stream> stream_;
};

}  // namespace interlock
