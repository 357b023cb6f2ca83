// See ssh_stream.h.
#include "src/transport/ssh_stream.h"

#include <string.h>

#include <utility>

namespace interlock {
namespace {

// Arrived and not yet taken: beyond this the channel is not read, and the host waits.
constexpr std::size_t kArrivedLimitBytes = 1 << 20;

void wipe(std::string& bytes) { ::explicit_bzero(bytes.data(), bytes.size()); }

}  // namespace

Stream::~Stream() {
  for (Chunk& chunk : to_send_) {
    if (chunk.wipe) wipe(chunk.bytes);
  }
}

void Stream::changed() {
  ++version_;
  condition_.notify_all();
}

void Stream::send(std::string bytes, bool wipe_afterwards) {
  if (bytes.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    news_.unsent += bytes.size();
    to_send_.push_back({std::move(bytes), wipe_afterwards, 0});
  }
  wake_();
}

void Stream::send_eof() {
  {
    const std::lock_guard lock(mutex_);
    send_eof_ = true;
  }
  wake_();
}

StreamNews Stream::next(Deadline until) {
  std::unique_lock lock(mutex_);
  condition_.wait_until(lock, until, [this] { return version_ != seen_; });
  const bool was_full = news_.out.size() + news_.err.size() >= kArrivedLimitBytes;
  seen_ = version_;
  StreamNews result = news_;
  news_.out.clear();
  news_.err.clear();
  lock.unlock();
  if (was_full) wake_();
  return result;
}

void Stream::release() {
  {
    const std::lock_guard lock(mutex_);
    released_ = true;
  }
  wake_();
}

void Stream::bid_farewell(Farewell farewell) {
  const std::lock_guard lock(mutex_);
  farewell_ = std::move(farewell);
}

Stream::Farewell Stream::take_farewell() {
  const std::lock_guard lock(mutex_);
  return std::exchange(farewell_, nullptr);
}

std::string Stream::take_arrived() {
  const std::lock_guard lock(mutex_);
  return std::exchange(news_.out, "");
}

bool Stream::sent() const {
  const std::lock_guard lock(mutex_);
  return sent_;
}

bool Stream::released() const {
  const std::lock_guard lock(mutex_);
  return released_;
}

// The lock is not held while writing: SSH may meanwhile take in packets and report them here. The front chunk stays
// where it is, since only this thread removes it and a deque does not move its elements when it grows at the back.
void Stream::feed(const std::function<long(const char*, std::size_t)>& write) {
  std::unique_lock lock(mutex_);
  while (!to_send_.empty()) {
    Chunk& chunk = to_send_.front();
    const std::size_t left = chunk.bytes.size() - chunk.done;
    lock.unlock();
    const long count = write(chunk.bytes.data() + chunk.done, left);
    lock.lock();
    if (count == 0) return;
    const std::size_t taken = count < 0 ? left : static_cast<std::size_t>(count);
    chunk.done += taken;
    news_.unsent -= taken;
    changed();
    if (chunk.done < chunk.bytes.size()) continue;
    if (chunk.wipe) wipe(chunk.bytes);
    to_send_.pop_front();
  }
}

bool Stream::all_fed() const {
  const std::lock_guard lock(mutex_);
  return send_eof_ && to_send_.empty();
}

bool Stream::wants_more() const {
  const std::lock_guard lock(mutex_);
  return news_.out.size() + news_.err.size() < kArrivedLimitBytes;
}

void Stream::arrived(bool is_err, const char* bytes, std::size_t count) {
  const std::lock_guard lock(mutex_);
  (is_err ? news_.err : news_.out).append(bytes, count);
  changed();
}

void Stream::mark_sent() {
  const std::lock_guard lock(mutex_);
  sent_ = true;
}

void Stream::mark_open() {
  const std::lock_guard lock(mutex_);
  news_.open = true;
  changed();
}

void Stream::mark_exit(std::optional<int> status, std::optional<std::string> signal) {
  const std::lock_guard lock(mutex_);
  if (status) news_.exit_status = status;
  if (signal) news_.exit_signal = std::move(signal);
  changed();
}

void Stream::mark_eof() {
  const std::lock_guard lock(mutex_);
  if (news_.eof) return;
  news_.eof = true;
  changed();
}

void Stream::mark_ended() {
  const std::lock_guard lock(mutex_);
  news_.eof = news_.ended = true;
  changed();
}

void Stream::mark_failed(Failure failure) {
  const std::lock_guard lock(mutex_);
  if (news_.failure || news_.ended) return;
  failure.sent = sent_;
  news_.failure = std::move(failure);
  changed();
}

}  // namespace interlock
