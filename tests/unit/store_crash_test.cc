// Killed at any moment, the power failing in the middle of a write: what append() returned for is there, and what is
// there is a prefix of what was written.
#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "src/store/store.h"
#include "tests/support/child.h"
#include "tests/support/scratch.h"

namespace interlock {
namespace {

using tests::Child;
using tests::Scratch;

constexpr unsigned kSeed = 20201120;

std::string content(std::int64_t seq) { return "record " + std::to_string(seq) + std::string(static_cast<std::size_t>(seq % 7) * 300, 'x'); }

class StoreCrash : public ::testing::Test {
 protected:
  void SetUp() override {
    auto store = Store::open(path_).value();
    run_ = store->create_run({"lab", "upgrade", "d", Json::object(), "li@control"}).value().id;
  }
  // Writes records without end, and says the number of each once append() has returned.
  int write(const Child::Say& say, int count) const {
    auto store = Store::open(path_);
    if (!store) return 1;
    auto journal = (*store)->journal(run_);
    if (!journal) return 2;
    for (int i = 0; i < count; ++i) {
      const std::int64_t next = static_cast<std::int64_t>((*store)->load_run(run_)->records) + 1;
      const auto seq = (*journal)->append("moved", {{"text", content(next)}}, Json::array());
      if (!seq) return 3;
      say(std::to_string(*seq));
    }
    raise(SIGKILL);  // without closing: the WAL stays as it is
    return 4;
  }
  // What is in the file now; checks that it is what was written.
  static std::int64_t count_intact(const std::string& path, const std::string& run) {
    auto store = Store::open(path);
    if (!store) {
      ADD_FAILURE() << store.error().text;
      return -1;
    }
    EXPECT_EQ((*store)->verify(run).value(), std::nullopt);
    const auto records = (*store)->records(run, 0).value();
    for (const auto& r : records) EXPECT_EQ(r.body["text"], content(r.seq));
    return static_cast<std::int64_t>(records.size());
  }

  Scratch scratch_;
  std::string path_ = scratch_.file("state.db");
  std::string run_;
};

TEST_F(StoreCrash, AcknowledgedRecordsSurviveSigkillAtAnyMoment) {
  std::mt19937 random(kSeed);
  std::int64_t before = 0;
  for (int round = 0; round < 40; ++round) {
    Child child([&](const Child::Say& say) { return write(say, 1'000'000); });
    const int lines = static_cast<int>(random() % 6);
    std::string last;
    for (int i = 0; i <= lines; ++i) last = child.line();
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));
    child.kill();
    ASSERT_EQ(child.wait(), -SIGKILL);
    for (std::string more = child.line(); !more.empty(); more = child.line()) last = more;
    ASSERT_FALSE(last.empty());
    const std::int64_t acknowledged = std::stoll(last), there = count_intact(path_, run_);
    EXPECT_GE(there, acknowledged);
    EXPECT_LE(there, acknowledged + 1) << "at most the record under way";
    EXPECT_GE(acknowledged, before);
    before = there;
  }
}

TEST_F(StoreCrash, TornWalGivesAPrefix) {
  constexpr int kRecords = 12;
  Child child([&](const Child::Say& say) { return write(say, kRecords); });
  ASSERT_EQ(child.wait(), -SIGKILL);
  const std::string database = tests::read_whole(path_), wal = tests::read_whole(path_ + "-wal");
  ASSERT_GT(wal.size(), 10'000U);

  std::mt19937 random(kSeed);
  std::int64_t previous = 0;
  const auto open_with = [&](const std::string& torn) {
    const Scratch copy;
    tests::write_whole(copy.file("state.db"), database);
    tests::write_whole(copy.file("state.db-wal"), torn);
    return count_intact(copy.file("state.db"), run_);
  };
  EXPECT_EQ(open_with(wal), kRecords);
  for (std::size_t length = 0; length < wal.size(); length += 331) {  // cut off here
    const std::int64_t there = open_with(wal.substr(0, length));
    EXPECT_GE(there, previous) << "a longer log never holds fewer records; cut at " << length;
    previous = there;
  }
  for (int i = 0; i < 150; ++i) {  // a changed byte: everything before it stays
    std::string torn = wal;
    const std::size_t at = random() % torn.size();
    torn[at] = static_cast<char>(torn[at] ^ static_cast<char>(1 + random() % 255));
    const std::int64_t there = open_with(torn), cut = open_with(wal.substr(0, at));
    EXPECT_GE(there, 0);
    EXPECT_GE(there, at < 32 ? 0 : cut) << "changed at " << at;  // the first 32 bytes are the log's header
  }
}

TEST_F(StoreCrash, TheFaultKillsRightAfterTheRecord) {
  for (std::int64_t record = 1; record <= 5; ++record) {
    Child child([&](const Child::Say& say) {
      setenv("INTERLOCK_FAULT", ("kill-after-record=" + std::to_string(record)).c_str(), 1);
      return write(say, 100);
    });
    const std::string said = child.rest();
    EXPECT_EQ(child.wait(), -SIGKILL);
    EXPECT_EQ(said, "") << "append() has not returned for the record after which it was killed";
    EXPECT_EQ(count_intact(path_, run_), record);
  }
}

TEST_F(StoreCrash, AFaultThatIsNoNumberIsNoFault) {
  for (const char* text : {"kill-after-record=", "kill-after-record=2x", "after=2"}) {
    ASSERT_EQ(setenv("INTERLOCK_FAULT", text, 1), 0);
    auto store = Store::open(path_).value();
    auto journal = store->journal(run_).value();
    EXPECT_TRUE(journal->append("moved", {{"text", content(store->load_run(run_)->records + 1)}}, Json::array()));
  }
  unsetenv("INTERLOCK_FAULT");
}

}  // namespace
}  // namespace interlock
