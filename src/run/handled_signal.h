// Another handler for a signal, for as long as this lives. Of the whole process: set and restored by one thread.
#pragma once

#include <csignal>

namespace interlock {

class HandledSignal {
 public:
  // SIG_IGN is a handler too. `flags`: of sigaction(2); with SA_RESTART a call that waits goes on waiting.
  HandledSignal(int signal, void (*handler)(int), int flags = 0) : signal_(signal) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigaction(signal_, &action, &old_);
  }
  ~HandledSignal() { sigaction(signal_, &old_, nullptr); }
  HandledSignal(const HandledSignal&) = delete;
  HandledSignal& operator=(const HandledSignal&) = delete;

 private:
  int signal_;
  struct sigaction old_ {};
};

}  // namespace interlock
