// The client's gap meter against a real MariaDB that is killed, restarted and frozen.
#include "probes/gap_meter.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/support/mariadb.h"

namespace interlock::tests {
namespace {

using Clock = std::chrono::steady_clock;

void sleep_ms(int milliseconds) { std::this_thread::sleep_for(Millis{milliseconds}); }

TEST(GapMeter, AServiceThatIsThereHasNoFailureAndNoGap) {
  MariaDb& db = MariaDb::shared();
  GapMeter meter(mysql_gap_attempt(db.tcp(), db.login()));
  sleep_ms(1000);
  meter.stop();
  const GapSnapshot seen = meter.snapshot();
  EXPECT_GT(seen.attempts, 40U) << "one every 10 ms, on a busy machine";
  EXPECT_EQ(seen.failures, 0U);
  EXPECT_LT(seen.longest.length, Millis{800});
  RecordProperty("connect_select_us", std::to_string(seen.last_latency.count()));
}

TEST(GapMeter, ARestartIsOneGapWithItsCause) {
  MariaDb& db = MariaDb::shared();
  GapMeter meter(mysql_gap_attempt(db.tcp(), db.login()));
  sleep_ms(300);
  const auto before = Clock::now();
  const WallTime wall_before = std::chrono::system_clock::now();
  db.kill();
  sleep_ms(300);
  const GapSnapshot during = meter.snapshot();
  EXPECT_GT(during.current, Millis{250});
  EXPECT_FALSE(during.longest.ended.has_value()) << "it still lasts";
  db.start();
  const auto up = Clock::now();
  sleep_ms(300);
  meter.stop();
  const GapSnapshot seen = meter.snapshot();
  EXPECT_GT(seen.failures, 5U);
  EXPECT_GE(seen.longest.length, Millis{300});
  EXPECT_LE(seen.longest.length, up - before + Millis{500});
  EXPECT_GE(seen.longest.failures, 5U);
  ASSERT_TRUE(seen.longest.first_failure.has_value());
  ASSERT_TRUE(seen.longest.ended.has_value());
  EXPECT_NEAR(std::chrono::duration<double>(seen.longest.started - wall_before).count(), 0.0, 0.3);
  EXPECT_LT(seen.current, Millis{800}) << "it is served again";
}

// A frozen server accepts (the kernel does) and says nothing: every attempt hangs for its whole limit.
TEST(GapMeter, HangingAttemptsDoNotHideTheRecovery) {
  MariaDb& db = MariaDb::shared();
  GapMeter meter(mysql_gap_attempt(db.tcp(), db.login()));
  sleep_ms(300);
  db.freeze();
  const auto frozen = Clock::now();
  sleep_ms(1500);
  db.thaw();
  const auto thawed = Clock::now();
  sleep_ms(400);
  meter.stop();
  const GapSnapshot seen = meter.snapshot();
  EXPECT_GE(seen.longest.length, Millis{1400});
  EXPECT_LE(seen.longest.length, thawed - frozen + Millis{500});
  ASSERT_TRUE(seen.longest.first_failure.has_value());
  EXPECT_EQ(seen.longest.first_failure->cause, Cause::timed_out);
}

TEST(GapMeter, StopsPromptlyWhileAttemptsHang) {
  MariaDb& db = MariaDb::shared();
  GapMeter meter(mysql_gap_attempt(db.tcp(), db.login()), {.attempt_limit = Millis{20'000}});
  sleep_ms(100);
  db.freeze();
  sleep_ms(200);
  const auto before = Clock::now();
  meter.stop();
  EXPECT_LT(Clock::now() - before, Millis{500});
  db.thaw();
  const Micros current = meter.snapshot().current;
  sleep_ms(50);
  EXPECT_EQ(meter.snapshot().current, current) << "a stopped meter does not go on counting";
}

}  // namespace
}  // namespace interlock::tests
