// Standard output that cannot be written: said once, with its own exit status; a closed pipe without a word.
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include <gtest/gtest.h>

#include "src/commands/application.h"
#include "tests/support/child.h"
#include "tests/support/shipped.h"

namespace interlock {
namespace {

using tests::Child;
using tests::kConfigs;

// The exit status of `interlock ARGUMENTS…` with these as its outputs.
int exit_code_with(int out, int err, const std::vector<std::string>& arguments) {
  std::fflush(stdout);
  Child child([&](const Child::Say&) {
    std::signal(SIGPIPE, SIG_IGN);  // as main() does
    if (dup2(out, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0) return 1;
    std::vector<const char*> words{"interlock"};
    for (const auto& word : arguments) words.push_back(word.c_str());
    return run_application(static_cast<int>(words.size()), words.data());
  });
  return child.wait();
}

const std::vector<std::vector<std::string>> kPrinting{
    {"--version"},
    {"--help"},
    {"--configs", kConfigs, "graph", "lab", "hotdb-master-backup-nonstop"},
    {"--configs", kConfigs, "run", "lab", "hotdb-master-backup-nonstop", "--simulate"},
};

TEST(Output, OnAFullDiskIsTold) {
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC), null = open("/dev/null", O_WRONLY | O_CLOEXEC);
  ASSERT_GE(full, 0);
  for (const auto& arguments : kPrinting) EXPECT_EQ(exit_code_with(full, null, arguments), 73) << arguments.back();
  close(full);
  close(null);
}

TEST(Output, IntoAClosedPipeEndsSilently) {
  for (const auto& arguments : kPrinting) {
    int out[2], err[2];
    ASSERT_EQ(pipe2(out, O_CLOEXEC), 0);
    ASSERT_EQ(pipe2(err, O_CLOEXEC), 0);
    close(out[0]);
    EXPECT_EQ(exit_code_with(out[1], err[1], arguments), 141) << arguments.back();
    close(out[1]);
    close(err[1]);
    char said[256];
    EXPECT_EQ(read(err[0], said, sizeof said), 0) << arguments.back();
    close(err[0]);
  }
}

}  // namespace
}  // namespace interlock
