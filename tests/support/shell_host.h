// A Host whose commands really run, on this machine, for tests of the commands that probes send.
// Files and ports are those of FakeHost. A command that is not done by its deadline is killed with its group.
#pragma once

#include "tests/support/fake_host.h"

namespace interlock::testing {

class ShellHost : public FakeHost {
 public:
  using FakeHost::FakeHost;
  [[nodiscard]] Result<CommandOutput> run(const Command& command, Deadline deadline) override;
};

}  // namespace interlock::testing
