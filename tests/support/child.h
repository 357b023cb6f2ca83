// A forked child with a pipe back to the test, so that a test can kill a process that uses the store. The child
// runs `work` and exits with its result; it never returns into the test. Only this child is ever signalled.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

namespace interlock::tests {

class Child {
 public:
  // `say` sends a line to the parent.
  using Say = std::function<void(const std::string&)>;
  explicit Child(const std::function<int(const Say& say)>& work);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] std::string line();      // the next line it said; empty when it will say no more
  void kill();                           // SIGKILL
  int wait();                            // exit status, or minus the signal that ended it
  [[nodiscard]] std::string rest();      // everything it says until it ends

 private:
  pid_t pid_ = -1;
  int from_child_ = -1;
  int status_ = 0;
  std::string pending_;
};

}  // namespace interlock::tests
