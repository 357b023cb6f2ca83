#include "probes/gap_tracker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace interlock {
namespace {

constexpr auto ms = [](int n) { return Millis{n}; };

class GapTrackerTest : public ::testing::Test {
 protected:
  Moment at(int time_ms) const { return start + ms(time_ms); }
  void succeeds(int from_ms, int to_ms) { tracker.record({at(from_ms), at(to_ms), std::nullopt}); }
  void fails(int from_ms, int to_ms, Cause cause = Cause::refused) {
    tracker.record({at(from_ms), at(to_ms), Failure{cause, "no", false}});
  }
  Moment start{std::chrono::hours{5}};
  WallTime wall{std::chrono::hours{1000}};
  GapTracker tracker{start, wall};
};

TEST_F(GapTrackerTest, TheGapRunsFromTheStartUntilTheFirstSuccess) {
  fails(0, 1);
  fails(10, 11);
  EXPECT_EQ(tracker.snapshot(at(50)).current, ms(50));
  EXPECT_FALSE(tracker.snapshot(at(50)).last_success.has_value());
  succeeds(60, 62);
  const auto seen = tracker.snapshot(at(70));
  EXPECT_EQ(seen.longest.length, ms(62));
  EXPECT_EQ(seen.longest.started, wall);
  EXPECT_EQ(seen.longest.ended, wall + ms(62));
  EXPECT_EQ(seen.longest.failures, 2U);
  EXPECT_EQ(seen.current, ms(8));
}

TEST_F(GapTrackerTest, AGapLiesBetweenCompletionsOfSuccesses) {
  succeeds(0, 2);
  fails(10, 11, Cause::refused);
  fails(20, 21, Cause::unreachable);
  succeeds(30, 35);
  succeeds(40, 41);
  const auto seen = tracker.snapshot(at(42));
  EXPECT_EQ(seen.longest.length, ms(33));
  EXPECT_EQ(seen.longest.started, wall + ms(2));
  EXPECT_EQ(seen.longest.failures, 2U);
  EXPECT_EQ(seen.longest.first_failure->cause, Cause::refused);
  EXPECT_EQ(seen.attempts, 5U);
  EXPECT_EQ(seen.failures, 2U);
}

TEST_F(GapTrackerTest, WhatNobodyMeasuredIsNoGapButTold) {
  succeeds(0, 2);
  tracker.stall(at(10), at(5010));
  succeeds(5020, 5030);
  const auto seen = tracker.snapshot(at(5031));
  EXPECT_EQ(seen.longest.length, ms(20));
  EXPECT_EQ(seen.stalls, 1U);
  EXPECT_EQ(seen.last_stall->length, ms(5000));
  EXPECT_EQ(seen.last_stall->started, wall + ms(10));
}

TEST_F(GapTrackerTest, AnOutageThatHadBegunGoesOnThroughAStall) {
  succeeds(0, 2);
  fails(5, 6);
  tracker.stall(at(10), at(5010));
  EXPECT_EQ(tracker.snapshot(at(5011)).current, ms(5009));
  EXPECT_EQ(tracker.snapshot(at(5011)).stalls, 0U);
}

TEST_F(GapTrackerTest, AStallStaysOneWhenItIsLongAgo) {
  succeeds(0, 2);
  tracker.stall(at(10), at(5010));
  for (int i = 0; i < 2000; ++i) succeeds(5010 + i, 5011 + i);
  EXPECT_EQ(tracker.snapshot(at(7020)).longest.length, ms(10));
}

TEST_F(GapTrackerTest, TimeWithoutAnyAttemptIsAGapToo) {
  succeeds(0, 1);
  succeeds(900, 901);
  const auto seen = tracker.snapshot(at(902));
  EXPECT_EQ(seen.longest.length, ms(900));
  EXPECT_EQ(seen.longest.failures, 0U);
}

TEST_F(GapTrackerTest, TheCurrentGapIsTheLongestWhileItIs) {
  succeeds(0, 1);
  fails(10, 11);
  const auto seen = tracker.snapshot(at(501));
  EXPECT_EQ(seen.longest.length, ms(500));
  EXPECT_FALSE(seen.longest.ended.has_value());
  EXPECT_EQ(seen.longest.failures, 1U);
}

TEST_F(GapTrackerTest, AnAttemptThatHungThroughTheGapBelongsToItThoughItEndsLater) {
  succeeds(0, 1);
  succeeds(800, 801);
  succeeds(810, 811);
  fails(5, 1005, Cause::timed_out);
  const auto seen = tracker.snapshot(at(1010));
  EXPECT_EQ(seen.longest.length, ms(800));
  EXPECT_EQ(seen.longest.failures, 1U);
  EXPECT_EQ(seen.longest.first_failure->cause, Cause::timed_out);
}

TEST_F(GapTrackerTest, ASuccessRecordedLateSplitsTheGapItLiesIn) {
  succeeds(0, 1);
  fails(5, 6);
  fails(100, 101);
  succeeds(200, 201);
  succeeds(40, 60);  // completed at 60, told after the one of 201
  const auto seen = tracker.snapshot(at(202));
  EXPECT_EQ(seen.longest.length, ms(141));
  EXPECT_EQ(seen.longest.started, wall + ms(60));
}

TEST_F(GapTrackerTest, AnOldGapOutlivesThousandsOfSuccesses) {
  succeeds(0, 1);
  fails(100, 101);
  succeeds(700, 701);
  for (int i = 0; i < 5000; ++i) succeeds(710 + i * 10, 711 + i * 10);
  const auto seen = tracker.snapshot(at(50'702));
  EXPECT_EQ(seen.longest.length, ms(700));
  EXPECT_EQ(seen.longest.failures, 1U);
  EXPECT_EQ(seen.longest.first_failure->cause, Cause::refused);
}

// Whatever the order in which overlapping attempts are told, the figures are those of the sorted completions.
TEST_F(GapTrackerTest, TheOrderOfTellingDoesNotMatter) {
  std::mt19937 random(20251);
  for (int round = 0; round < 50; ++round) {
    std::vector<Attempt> attempts;
    std::vector<Moment> successes = {start};
    for (int i = 0; i < 300; ++i) {
      const int from = i * 10;
      const int to = from + 1 + static_cast<int>(random() % 200);
      const bool outage = from > 900 && from < 1700;
      attempts.push_back({at(from), at(to), outage || random() % 10 == 0 ? std::optional(Failure{}) : std::nullopt});
      if (!attempts.back().failed) successes.push_back(at(to));
    }
    std::shuffle(attempts.begin(), attempts.end(), random);
    std::sort(successes.begin(), successes.end());
    Moment::duration longest{};
    for (std::size_t i = 1; i < successes.size(); ++i) longest = std::max(longest, successes[i] - successes[i - 1]);
    GapTracker shuffled(start, wall);
    for (const auto& attempt : attempts) shuffled.record(attempt);
    const auto seen = shuffled.snapshot(successes.back());
    EXPECT_EQ(seen.longest.length, longest) << "round " << round;
    EXPECT_GT(longest, ms(500));
  }
}

}  // namespace
}  // namespace interlock
