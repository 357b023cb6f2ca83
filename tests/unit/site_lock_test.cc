// One run at a time may touch a site, whatever happens to its process.
#include "src/store/site_lock.h"

#include <unistd.h>

#include <csignal>
#include <functional>
#include <memory>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "src/store/store.h"
#include "tests/support/child.h"
#include "tests/support/scratch.h"

namespace interlock {
namespace {

using ::testing::HasSubstr;
using tests::Child;
using tests::Scratch;

class SiteLock : public ::testing::Test {
 protected:
  void SetUp() override { store_ = Store::open(path_).value(); }
  std::string create(const std::string& site = "lab") { return store_->create_run({site, "upgrade", "d", Json::object(), ""}).value().id; }
  // Another process. SQLite must not be open across fork(): the child would take its parent's locks for its own.
  std::unique_ptr<Child> fork_child(const std::function<int(const Child::Say&)>& work) {
    store_.reset();
    auto child = std::make_unique<Child>(work);
    store_ = Store::open(path_).value();
    return child;
  }
  // Another process that holds the lock until it is killed.
  std::unique_ptr<Child> holder(const std::string& run) {
    auto child = fork_child([&](const Child::Say& say) {
      auto store = Store::open(path_).value();
      const auto locked = store->acquire_lock("lab", run);
      say(locked ? "held" : locked.error().failure.text);
      pause();
      return 0;
    });
    EXPECT_EQ(child->line(), "held");
    return child;
  }

  Scratch scratch_;
  std::string path_ = scratch_.file("state.db");
  std::unique_ptr<Store> store_;
};

TEST_F(SiteLock, TellsWhoHoldsIt) {
  const std::string run = create(), mine = create();
  const auto child = holder(run);
  const auto refused = store_->acquire_lock("lab", mine);
  ASSERT_FALSE(refused);
  ASSERT_TRUE(refused.error().holder);
  EXPECT_EQ(refused.error().holder->run, run);
  EXPECT_EQ(refused.error().holder->process.pid, child->pid());
  EXPECT_EQ(refused.error().holder->liveness, Liveness::alive);
  EXPECT_THAT(refused.error().failure.text, HasSubstr("site lab is locked by run " + run + " since 20"));
  EXPECT_THAT(refused.error().failure.text, HasSubstr("interlock status --follow " + run));
  EXPECT_TRUE(store_->acquire_lock("shop", create("shop"))) << "another site is free";
}

TEST_F(SiteLock, SurvivesACrash) {
  const std::string run = create(), mine = create();
  const auto child = holder(run);
  child->kill();
  // Not yet waited for: a zombie is dead too.
  while (store_->lock_holder("lab").value()->liveness == Liveness::alive) usleep(1000);
  const auto refused = store_->acquire_lock("lab", mine);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().holder->liveness, Liveness::dead);
  EXPECT_THAT(refused.error().failure.text, HasSubstr("interlock resume " + run));
  child->wait();
  EXPECT_FALSE(store_->acquire_lock("lab", mine));
}

TEST_F(SiteLock, IsTakenAgainByTheSameRun) {
  const std::string run = create();
  const auto child = holder(run);
  EXPECT_FALSE(store_->acquire_lock("lab", run)) << "while its process is alive";
  child->kill();
  child->wait();
  EXPECT_TRUE(store_->acquire_lock("lab", run));
  EXPECT_EQ(store_->lock_holder("lab").value()->process, this_process());
  EXPECT_EQ(store_->load_run(run)->process, this_process());
  EXPECT_TRUE(store_->acquire_lock("lab", run)) << "twice does no harm";
}

TEST_F(SiteLock, IsGivenBackWhenTheRunEnds) {
  const std::string run = create(), next = create();
  ASSERT_TRUE(store_->acquire_lock("lab", run));
  EXPECT_FALSE(store_->acquire_lock("lab", next));
  ASSERT_TRUE(store_->set_finished(run, "done", "success", 0));
  EXPECT_EQ(store_->lock_holder("lab").value(), std::nullopt) << "free";
  EXPECT_TRUE(store_->acquire_lock("lab", next));
  EXPECT_FALSE(store_->acquire_lock("lab", run)) << "a run that has ended takes no lock";
}

TEST_F(SiteLock, IsBrokenOnlyByNamingTheRun) {
  const std::string run = create(), other = create();
  EXPECT_THAT(store_->break_lock("lab", run).error().text, HasSubstr("there is no lock of a site 'lab'"));
  const auto child = holder(run);
  EXPECT_THAT(store_->break_lock("lab", run).error().text, HasSubstr("kill -INT " + std::to_string(child->pid()) + " on " + this_process().host));
  child->kill();
  child->wait();
  EXPECT_THAT(store_->break_lock("lab", other).error().text, HasSubstr("name that run"));
  EXPECT_TRUE(store_->break_lock("lab", run));
  EXPECT_TRUE(store_->acquire_lock("lab", other));
}

TEST_F(SiteLock, AnotherProcessWithTheSameNumberIsNotTheHolder) {
  ProcessIdentity self = this_process();
  EXPECT_EQ(liveness_of(self), Liveness::alive);
  ProcessIdentity earlier = self;
  earlier.start_ticks -= 1;
  EXPECT_EQ(liveness_of(earlier), Liveness::dead);
  ProcessIdentity before_boot = self;
  before_boot.boot_id = "00000000-0000-0000-0000-000000000000";
  EXPECT_EQ(liveness_of(before_boot), Liveness::dead);
  ProcessIdentity elsewhere = self;
  elsewhere.host = "another-host";
  EXPECT_EQ(liveness_of(elsewhere), Liveness::unknown);
}

TEST_F(SiteLock, BelongsToRunsOfThatSite) {
  EXPECT_THAT(store_->acquire_lock("lab", create("shop")).error().failure.text, HasSubstr("belongs to site shop"));
  EXPECT_THAT(store_->acquire_lock("lab", "20200101-0000-lab-zzz").error().failure.text, HasSubstr("no run"));
}

TEST_F(SiteLock, OfManyThatRaceExactlyOneWins) {
  constexpr int kRacers = 6, kRounds = 15;
  for (int round = 0; round < kRounds; ++round) {
    const std::string site = "site-" + std::to_string(round);
    std::vector<std::string> runs;
    for (int i = 0; i < kRacers; ++i) runs.push_back(create(site));
    std::vector<std::unique_ptr<Child>> racers;
    store_.reset();
    for (const auto& run : runs)
      racers.push_back(std::make_unique<Child>([&](const Child::Say& say) {
        auto store = Store::open(path_).value();
        const auto locked = store->acquire_lock(site, run);
        say(locked ? "won" : locked.error().holder ? "lost" : locked.error().failure.text);
        pause();  // stays alive, so that nobody wins because the winner is gone
        return 0;
      }));
    int won = 0;
    for (auto& racer : racers) {
      const std::string said = racer->line();
      if (said == "won") ++won;
      else EXPECT_EQ(said, "lost");
    }
    EXPECT_EQ(won, 1) << "round " << round;
    racers.clear();
    store_ = Store::open(path_).value();
  }
}

// Also the very first opening is a race: for the tables and the WAL mode.
TEST(StateFile, IsMadeByManyAtOnce) {
  for (int round = 0; round < 10; ++round) {
    const Scratch scratch;
    std::vector<std::unique_ptr<Child>> children;
    for (int i = 0; i < 6; ++i)
      children.push_back(std::make_unique<Child>([&](const Child::Say& say) {
        const auto store = Store::open(scratch.file("a/b/state.db"));
        if (!store) say(store.error().text);
        return store && (*store)->create_run({"lab", "upgrade", "d", Json::object(), ""}) ? 0 : 1;
      }));
    for (auto& child : children) {
      EXPECT_EQ(child->rest(), "");
      EXPECT_EQ(child->wait(), 0);
    }
    EXPECT_EQ(Store::open(scratch.file("a/b/state.db")).value()->runs({})->size(), 6U);
  }
}

}  // namespace
}  // namespace interlock
