#include <gtest/gtest.h>
#include "tests/support/sshd.h"
#include "src/transport/ssh.h"
namespace interlock {
TEST(SshHost, Runs) {
  test::SshServer server;
  auto host = make_host(server.host_options());
  Command c; c.argv = {"printf", "%s|", "a b", "$HOME"};
  auto t0 = std::chrono::steady_clock::now();
  auto out = host->run(c, t0 + std::chrono::seconds(5));
  ASSERT_TRUE(out) << out.error().text << to_string(out.error().cause);
  EXPECT_EQ(out->out, "a b|$HOME|");
  EXPECT_EQ(out->exit_status, 0);
  auto t1 = std::chrono::steady_clock::now();
  c.argv = {"true"};
  for (int i = 0; i < 100; ++i) { auto o = host->run(c, t1 + std::chrono::seconds(50)); ASSERT_TRUE(o) << o.error().text; }
  auto t2 = std::chrono::steady_clock::now();
  printf("connect %ld us, true %ld us\n", (t1 - t0).count() / 1000, (t2 - t1).count() / 100000);
}
}
