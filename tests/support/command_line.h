// The command as a user calls it: arguments in, exit code and both outputs back. One thread.
#pragma once

#include <string>
#include <vector>

namespace interlock::tests {

struct Said {
  int exit_code = 0;
  std::string out, err;
};

// `interlock ARGUMENTS…`, in this process.
[[nodiscard]] Said interlock_command(const std::vector<std::string>& arguments);

}  // namespace interlock::tests
