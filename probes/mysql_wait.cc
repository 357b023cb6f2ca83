#include "probes/mysql_wait.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "probes/observation_timer.h"

// Defined by hand, it makes MariaDB Connector/C behave like a library without the callback, for tests.
#if defined(LIBMARIADB) && !defined(INTERLOCK_MYSQL_NO_WAIT_CALLBACK)
#define INTERLOCK_MYSQL_WAIT_CALLBACK
#endif

namespace interlock {
namespace {

// A request to stop is noticed within this time.
constexpr Millis kStopSlice{20};

thread_local WaitScope* innermost = nullptr;

// A connection that was refused makes the socket writable. The library asks the socket why but loses the answer and
// tells a stale errno (seen in 3.3.20), so it is told here.
int outcome_of_ready(int fd, short events) {
  if ((events & POLLERR) == 0) return 1;
  int problem = 0;
  socklen_t size = sizeof problem;
  if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &problem, &size) != 0 || problem == 0) return 1;
  errno = problem;
  return -1;
}

}  // namespace

WaitScope::WaitScope(const MysqlWait& wait) : wait_(wait), outer_(innermost) { innermost = this; }
WaitScope::~WaitScope() { innermost = outer_; }

bool WaitScope::expired() {
  if (innermost == nullptr) return false;
  // A library without the callback notices the deadline by its own limits only.
  return innermost->expired_ || std::chrono::steady_clock::now() >= innermost->wait_.deadline;
}

bool WaitScope::stopped() { return innermost != nullptr && innermost->stopped_; }

// The contract of MARIADB_OPT_IO_WAIT: 1 when the socket is ready, 0 with errno ETIMEDOUT when it is not in time,
// -1 with errno otherwise.
int wait_for_io(int fd, bool is_read) {
  WaitScope* scope = innermost;
  const Deadline deadline =
      scope != nullptr ? scope->wait_.deadline : std::chrono::steady_clock::now() + kCloseLimit;
  const bool stoppable = scope != nullptr && scope->wait_.stop.stop_possible();
  for (;;) {
    if (stoppable && scope->wait_.stop.stop_requested()) {
      scope->stopped_ = true;
      errno = ECANCELED;
      return -1;
    }
    const Millis left = remaining(deadline);
    if (left == Millis{0}) {
      if (scope != nullptr) scope->expired_ = true;
      errno = ETIMEDOUT;
      return 0;
    }
    const Millis slice = stoppable ? std::min(left, kStopSlice) : std::min(left, Millis{60'000});
    pollfd ready{fd, static_cast<short>(is_read ? POLLIN : POLLOUT), 0};
    const int count = ::poll(&ready, 1, static_cast<int>(slice.count()));
    if (count > 0) return outcome_of_ready(fd, ready.revents);
    if (count < 0 && errno != EINTR) return -1;
  }
}

#ifdef INTERLOCK_MYSQL_WAIT_CALLBACK
namespace {

int library_wait(my_socket fd, my_bool is_read, int /*library_limit_ms*/) { return wait_for_io(fd, is_read != 0); }

}  // namespace
#endif

void set_time_limits(MYSQL* mysql, const MysqlWait& wait) {
#ifdef INTERLOCK_MYSQL_WAIT_CALLBACK
  (void)wait;
  mysql_options(mysql, MARIADB_OPT_IO_WAIT, reinterpret_cast<const void*>(&library_wait));
#else
  const auto left = std::chrono::ceil<std::chrono::seconds>(remaining(wait.deadline));
  const unsigned seconds = static_cast<unsigned>(std::max<std::int64_t>(1, left.count()));
  mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &seconds);
  mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &seconds);
  mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &seconds);
#endif
}

}  // namespace interlock
