// Performs one action at a time in a thread of its own: its operations in order, within its time limit.
// It says what became of it; whether that is success is judged by the facts.
//
// For tests: INTERLOCK_FAULT="kill-in-action=N" raises SIGKILL on the own process while the N-th action is under way.
#pragma once

#include <functional>
#include <thread>

#include "fsm/engine.h"
#include "fsm/machine.h"
#include "probes/probe.h"

namespace interlock {

class Executor {
 public:
  // What happened, and for each operation what it did (for the report).
  using Done = std::function<void(fsm::Outcome, std::string text, Json details)>;

  Executor(const fsm::Machine& machine, Hosts& hosts, Secrets& secrets);
  ~Executor();  // waits for the action under way: at most its time limit
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  void execute(const fsm::command::Execute& command, Done done);

 private:
  void perform(const fsm::command::Execute& command, const Done& done);

  const fsm::Machine& machine_;
  Hosts& hosts_;
  Secrets& secrets_;
  std::thread thread_;
  int begun_ = 0, kill_in_ = 0;
};

}  // namespace interlock
