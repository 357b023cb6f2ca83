#include "tests/support/command_line.h"

#include <gtest/gtest.h>

#include "src/commands/application.h"

namespace interlock::tests {

Said interlock_command(const std::vector<std::string>& arguments) {
  std::vector<const char*> words{"interlock"};
  for (const auto& word : arguments) words.push_back(word.c_str());
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const int exit_code = run_application(static_cast<int>(words.size()), words.data());
  Said said{exit_code, ::testing::internal::GetCapturedStdout(), ::testing::internal::GetCapturedStderr()};
  return said;
}

}  // namespace interlock::tests
