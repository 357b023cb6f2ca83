#include "src/report/terminal.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace interlock {
namespace {

constexpr std::size_t kChunk = 256;              // less than any terminal takes at once
constexpr std::size_t kMostPending = 256 * 1024; // a run's lines; beyond that the oldest are given up
constexpr int kPatience_ms = 50;                 // for one write
constexpr int kLastPatience_ms = 500;
constexpr std::size_t kDefaultColumns = 80;

}  // namespace

DescriptorSink::~DescriptorSink() { flush(kLastPatience_ms); }

bool DescriptorSink::write(std::string_view text, bool lasting) {
  if (lost_) return false;
  if (!pending_.empty()) flush(0);
  if (!pending_.empty() && !lasting) return false;
  pending_ += text;
  if (pending_.size() > kMostPending) pending_.erase(0, pending_.size() - kMostPending);
  flush(kPatience_ms);
  return true;
}

void DescriptorSink::flush(int patience_ms) {
  std::size_t done = 0;
  while (done < pending_.size()) {
    struct pollfd p {descriptor_, POLLOUT, 0};
    const int ready = ::poll(&p, 1, patience_ms);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) break;
    const ssize_t n = ::write(descriptor_, pending_.data() + done, std::min(kChunk, pending_.size() - done));
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) break;  // tried again with the next text
    if (n <= 0) {  // the terminal is gone; the run goes on without it
      lost_ = true;
      pending_.clear();
      return;
    }
    done += static_cast<std::size_t>(n);
  }
  pending_.erase(0, done);
}

std::size_t DescriptorSink::columns() const {
  struct winsize size {};
  if (::ioctl(descriptor_, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kDefaultColumns;
}

bool can_redraw(int descriptor) {
  const char* term = std::getenv("TERM");
  return ::isatty(descriptor) == 1 && term != nullptr && *term != '\0' && std::strcmp(term, "dumb") != 0;
}

bool colours_allowed() {
  const char* no = std::getenv("NO_COLOR");
  return no == nullptr || *no == '\0';
}

}  // namespace interlock
