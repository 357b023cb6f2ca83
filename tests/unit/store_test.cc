// The state store: what it keeps, and what it says when it cannot.
#include "src/store/store.h"

#include <sched.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <regex>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/child.h"
#include "tests/support/scratch.h"

namespace interlock {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using tests::Child;
using tests::Scratch;

NewRun a_run(const std::string& site = "lab") {
  return {site, "upgrade", "d1935t", Json{{"files", {{"a.yaml", "component: a\n"}}}, {"overrides", {{"speed", "slow"}}}}, "li@control"};
}

class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override { store_ = open(); }
  std::unique_ptr<Store> open() {
    auto store = Store::open(path_);
    if (!store) ADD_FAILURE() << store.error().text;
    return store ? std::move(*store) : nullptr;
  }
  interlock::Run create(const std::string& site = "lab") { return store_->create_run(a_run(site)).value(); }
  // A run with records 1 to `count`.
  interlock::Run create_with(int count) {
    interlock::Run run = create();
    auto journal = store_->journal(run.id).value();
    for (int i = 1; i <= count; ++i) EXPECT_EQ(journal->append("moved", {{"step", i}}, Json::array({{{"fact", "a.x"}}})).value(), i);
    return run;
  }
  void sql(const std::string& text) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &handle), SQLITE_OK);
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(handle, text.c_str(), nullptr, nullptr, &error), SQLITE_OK) << error << ": " << text;
    sqlite3_close(handle);
  }

  Scratch scratch_;
  std::string path_ = scratch_.file("state/state.db");
  std::unique_ptr<Store> store_;
};

// --- what it keeps -------------------------------------------------------------------------------------------------

TEST_F(StoreTest, IsClosedToOthers) {
  struct stat found {};
  ASSERT_EQ(stat(path_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777U, 0600U);
  ASSERT_EQ(stat(scratch_.file("state").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777U, 0700U);
  ASSERT_EQ(stat((path_ + "-wal").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777U, 0600U);
}

TEST_F(StoreTest, ClosesAFileThatWasOpenToOthers) {
  store_.reset();
  ASSERT_EQ(chmod(path_.c_str(), 0644), 0);
  store_ = open();
  struct stat found {};
  ASSERT_EQ(stat(path_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777U, 0600U);
}

TEST_F(StoreTest, LeavesAFileThatIsNotItsOwnAsItIs) {
  const std::string other = scratch_.write("other.txt", "somebody's");
  ASSERT_EQ(chmod(other.c_str(), 0644), 0);
  EXPECT_FALSE(Store::open(other, Millis(100)));
  struct stat found {};
  ASSERT_EQ(stat(other.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777U, 0644U);
}

TEST_F(StoreTest, NamesARunByTimeSiteAndThreeLetters) {
  EXPECT_TRUE(std::regex_match(create("lab").id, std::regex("[0-9]{8}-[0-9]{4}-lab-[a-z2-9]{3}")));
}

TEST_F(StoreTest, GivesTheRunBackAsItWas) {
  const interlock::Run made = create();
  store_ = open();
  const interlock::Run run = store_->load_run(made.id).value();
  EXPECT_EQ(run.sources, a_run().sources);
  EXPECT_EQ(run.site, "lab");
  EXPECT_EQ(run.procedure, "upgrade");
  EXPECT_EQ(run.digest, "d1935t");
  EXPECT_EQ(run.operator_name, "li@control");
  EXPECT_EQ(run.process, this_process());
  EXPECT_FALSE(run.finished());
  EXPECT_EQ(run.records, 0);
}

TEST_F(StoreTest, FindsARunByTheBeginningOfItsName) {
  const interlock::Run lab = create("lab");
  const interlock::Run shop = create("shop");
  EXPECT_EQ(store_->load_run("last")->id, shop.id);
  EXPECT_EQ(store_->load_run(shop.id.substr(0, shop.id.size() - 1))->id, shop.id);
  const auto both = store_->load_run(lab.id.substr(0, 8));
  ASSERT_FALSE(both);
  EXPECT_THAT(both.error().text, HasSubstr("begins the names of 2 runs: "));
  EXPECT_THAT(both.error().text, HasSubstr(lab.id));
  for (const char* wrong : {"", "nothing", "%", "_"}) EXPECT_EQ(store_->load_run(wrong).error().cause, Cause::missing) << wrong;
}

TEST_F(StoreTest, SaysThatThereWasNoRunYet) { EXPECT_THAT(store_->load_run("last").error().text, HasSubstr("no run yet")); }

TEST_F(StoreTest, ListsRunsNewestFirst) {
  const interlock::Run first = create("lab"), second = create("shop"), third = create("lab");
  ASSERT_TRUE(store_->set_finished(third.id, "upgraded", "success", 0));
  const auto ids = [&](const RunFilter& filter) {
    std::vector<std::string> list;
    const auto runs = store_->runs(filter).value();
    for (const auto& run : runs) list.push_back(run.id);
    return list;
  };
  EXPECT_EQ(ids({}), (std::vector{third.id, second.id, first.id}));
  EXPECT_EQ(ids({.site = "lab"}), (std::vector{third.id, first.id}));
  EXPECT_EQ(ids({.unfinished_only = true}), (std::vector{second.id, first.id}));
  EXPECT_EQ(ids({.limit = 1}), (std::vector{third.id}));
}

TEST_F(StoreTest, KeepsRecordsInOrder) {
  const interlock::Run run = create_with(5);
  store_ = open();
  const auto records = store_->records(run.id, 0).value();
  ASSERT_EQ(records.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(records[i].seq, static_cast<std::int64_t>(i) + 1);
    EXPECT_EQ(records[i].kind, "moved");
    EXPECT_EQ(records[i].body, Json({{"step", i + 1}}));
    EXPECT_EQ(records[i].evidence[0]["fact"], "a.x");
    EXPECT_GE(records[i].at_ms, run.started_ms);
  }
  EXPECT_EQ(store_->records(run.id, 3)->size(), 2U);
  EXPECT_EQ(store_->records(run.id, 3)->front().seq, 4);
  EXPECT_THAT(store_->records(run.id, 5).value(), IsEmpty());
  EXPECT_THAT(store_->records(run.id, 99).value(), IsEmpty());
  EXPECT_EQ(store_->journal(run.id).value()->append("moved", {}, {}).value(), 6);
  EXPECT_EQ(store_->verify(run.id).value(), std::nullopt);
}

TEST_F(StoreTest, RunsDoNotMixTheirRecords) {
  const interlock::Run a = create_with(2), b = create_with(3);
  EXPECT_EQ(store_->records(a.id, 0)->size(), 2U);
  EXPECT_EQ(store_->records(b.id, 0)->size(), 3U);
}

TEST_F(StoreTest, KeepsTextThatIsNotUtf8) {
  const interlock::Run run = create();
  auto journal = store_->journal(run.id).value();
  ASSERT_TRUE(journal->append("outcome", {{"text", "\xB2\xBB\xB4\xE6\xD4\xDA line\nfeed \x01"}}, Json()));
  EXPECT_THAT(store_->records(run.id, 0)->front().body["text"].get<std::string>(), HasSubstr("line\nfeed \x01"));
  EXPECT_EQ(store_->verify(run.id).value(), std::nullopt);
}

TEST_F(StoreTest, JournalOutlivesItsStore) {
  const interlock::Run run = create();
  auto journal = store_->journal(run.id).value();
  store_.reset();
  EXPECT_TRUE(journal->append("moved", {}, {}));
}

TEST_F(StoreTest, KeepsOneLiveRowPerRun) {
  const interlock::Run run = create();
  EXPECT_EQ(store_->live(run.id).value(), std::nullopt) << "before it was set";
  ASSERT_TRUE(store_->set_live(run.id, {{"waiting", "1"}}));
  ASSERT_TRUE(store_->set_live(run.id, {{"waiting", "2"}}));
  EXPECT_EQ(open()->live(run.id).value()->now, Json({{"waiting", "2"}}));
  EXPECT_FALSE(store_->set_live("no-such-run", Json()));
}

TEST_F(StoreTest, EndsARunOnce) {
  const interlock::Run run = create();
  ASSERT_TRUE(store_->set_finished(run.id, "old-version", "rolled-back", 11));
  EXPECT_TRUE(store_->set_finished(run.id, "old-version", "rolled-back", 11));
  EXPECT_THAT(store_->set_finished(run.id, "upgraded", "success", 0).error().text, HasSubstr("has ended already, in 'old-version'"));
  const interlock::Run ended = store_->load_run(run.id).value();
  EXPECT_EQ(ended.end, "old-version");
  EXPECT_EQ(ended.end_kind, "rolled-back");
  EXPECT_EQ(ended.exit_code, 11);
  EXPECT_GE(ended.finished_ms, ended.started_ms);
}

TEST_F(StoreTest, ServesSeveralThreads) {
  const interlock::Run run = create();
  auto journal = store_->journal(run.id).value();
  std::thread live([&] {
    for (int i = 0; i < 200; ++i) EXPECT_TRUE(store_->set_live(run.id, {{"i", i}}));
  });
  std::thread follow([&] {
    for (int i = 0; i < 50; ++i) EXPECT_TRUE(store_->records(run.id, 0));
  });
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(journal->append("moved", {}, {}));
  live.join();
  follow.join();
  EXPECT_EQ(store_->records(run.id, 0)->size(), 50U);
}

// --- who may write ---------------------------------------------------------------------------------------------------

TEST_F(StoreTest, SecondWriterOfARunIsStopped) {
  const interlock::Run run = create();
  auto first = store_->journal(run.id).value();
  auto second = open()->journal(run.id).value();
  ASSERT_TRUE(second->append("moved", {}, {}));
  EXPECT_THAT(first->append("moved", {}, {}).error().text, HasSubstr("another process has written"));
  EXPECT_EQ(store_->verify(run.id).value(), std::nullopt);
}

TEST_F(StoreTest, RunThatLostItsLockIsStopped) {
  const interlock::Run run = create(), other = create();
  auto journal = store_->journal(run.id).value();
  ASSERT_TRUE(store_->acquire_lock("lab", run.id));
  ASSERT_TRUE(journal->append("moved", {}, {}));
  ASSERT_TRUE(store_->break_lock("lab", run.id));
  ASSERT_TRUE(store_->acquire_lock("lab", other.id));
  EXPECT_THAT(journal->append("moved", {}, {}).error().text, HasSubstr("taken over by run " + other.id));
}

// --- what was changed is seen ------------------------------------------------------------------------------------------

struct Tampering {
  const char* name;
  const char* sql;       // RUN stands for the run's id
  std::int64_t first_bad;
};
void PrintTo(const Tampering& t, std::ostream* out) { *out << t.name; }

class TamperedJournal : public StoreTest, public ::testing::WithParamInterface<Tampering> {};

TEST_P(TamperedJournal, NamesTheFirstBadRecord) {
  const interlock::Run run = create_with(6);
  store_.reset();
  sql(std::regex_replace(GetParam().sql, std::regex("RUN"), "'" + run.id + "'"));
  store_ = open();
  const auto damage = store_->verify(run.id).value();
  ASSERT_TRUE(damage);
  EXPECT_EQ(damage->seq, GetParam().first_bad);
  const auto refused = store_->journal(run.id);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().text, HasSubstr("the journal of run " + run.id + " is damaged"));
  EXPECT_EQ(refused.error().text.find("interlock report " + run.id) == std::string::npos, GetParam().first_bad == 0) << "there is something to show";
  EXPECT_EQ(store_->load_run(run.id).has_value(), GetParam().first_bad != 0);
  EXPECT_EQ(store_->runs({})->front().intact, GetParam().first_bad != 0);
  EXPECT_FALSE(store_->records(run.id, 0));
  EXPECT_EQ(store_->intact_records(run.id)->size(), static_cast<std::size_t>(std::max<std::int64_t>(0, GetParam().first_bad - 1)));
}

INSTANTIATE_TEST_SUITE_P(
    All, TamperedJournal,
    ::testing::Values(Tampering{"body", "UPDATE record SET body = '{\"step\":7}' WHERE run = RUN AND seq = 3", 3},
                      Tampering{"evidence", "UPDATE record SET evidence = '[]' WHERE run = RUN AND seq = 1", 1},
                      Tampering{"kind", "UPDATE record SET kind = 'ended' WHERE run = RUN AND seq = 6", 6},
                      Tampering{"time", "UPDATE record SET at_ms = at_ms + 1 WHERE run = RUN AND seq = 2", 2},
                      Tampering{"hash", "UPDATE record SET hash = 'beef' WHERE run = RUN AND seq = 4", 4},
                      Tampering{"not_json", "UPDATE record SET body = '{' WHERE run = RUN AND seq = 4", 4},
                      Tampering{"first_missing", "DELETE FROM record WHERE run = RUN AND seq = 1", 1},
                      Tampering{"middle_missing", "DELETE FROM record WHERE run = RUN AND seq = 4", 4},
                      Tampering{"last_missing", "DELETE FROM record WHERE run = RUN AND seq = 6", 6},
                      Tampering{"all_missing", "DELETE FROM record WHERE run = RUN", 1},
                      Tampering{"renumbered", "DELETE FROM record WHERE run = RUN AND seq = 3; UPDATE record SET seq = seq - 1 WHERE run = RUN AND seq > 3", 3},
                      Tampering{"added", "INSERT INTO record SELECT run, 7, at_ms, kind, body, evidence, hash FROM record WHERE run = RUN AND seq = 6", 7},
                      Tampering{"run_row", "UPDATE run SET sources = '{}' WHERE id = RUN", 0},
                      Tampering{"run_operator", "UPDATE run SET operator = 'someone@else' WHERE id = RUN", 0}),
    [](const auto& row) { return row.param.name; });

// --- when it cannot ------------------------------------------------------------------------------------------------------

TEST_F(StoreTest, SaysWhenTheFileIsNoDatabase) {
  const auto store = Store::open(scratch_.write("notes.txt", std::string(5000, 'x')));
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().cause, Cause::protocol);
  EXPECT_THAT(store.error().text, HasSubstr("is not a state database; set it aside"));
}

// However it keeps its own files: nothing of them is changed, and nothing is left beside them.
TEST_F(StoreTest, RefusesAnotherProgramsDatabaseAndLeavesItAsItWas) {
  for (const char* made : {"CREATE TABLE theirs (x)", "PRAGMA journal_mode=WAL; CREATE TABLE theirs (x)", "PRAGMA user_version=1; CREATE TABLE theirs (x)",
                           "PRAGMA application_id=7; PRAGMA user_version=1"}) {
    path_ = scratch_.file("other/what?#%20.db");
    std::filesystem::remove_all(scratch_.file("other"));
    std::filesystem::create_directory(scratch_.file("other"));
    sql(made);
    const std::string before = tests::read_whole(path_);
    const auto store = Store::open(path_);
    ASSERT_FALSE(store) << made;
    EXPECT_THAT(store.error().text, HasSubstr("of another program"));
    EXPECT_EQ(tests::read_whole(path_), before) << made;
    EXPECT_FALSE(std::filesystem::exists(path_ + "-wal")) << made;
    EXPECT_FALSE(std::filesystem::exists(path_ + "-shm")) << made;
  }
}

TEST_F(StoreTest, LeavesAnotherProgramsDatabaseThatIsInUse) {
  path_ = scratch_.file("other.db");
  sqlite3* theirs = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &theirs), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(theirs, "PRAGMA journal_mode=WAL; CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)", nullptr, nullptr, nullptr), SQLITE_OK);
  const std::string before = tests::read_whole(path_) + tests::read_whole(path_ + "-wal");
  const auto store = Store::open(path_);
  ASSERT_FALSE(store);
  EXPECT_THAT(store.error().text, HasSubstr("of another program"));
  EXPECT_EQ(tests::read_whole(path_) + tests::read_whole(path_ + "-wal"), before);
  sqlite3_close(theirs);
}

TEST_F(StoreTest, TakesAnEmptyFileForItsOwn) {
  EXPECT_TRUE(Store::open(scratch_.write("empty.db", "")));
}

TEST_F(StoreTest, RefusesALaterFormat) {
  store_.reset();
  sql("PRAGMA user_version = 99");
  EXPECT_THAT(Store::open(path_).error().text, HasSubstr("later Interlock (format 99"));
}

TEST_F(StoreTest, AddsWhatAnEarlierInterlockDidNotKnow) {
  const interlock::Run made = create();
  store_.reset();
  sql("DROP TABLE proof");
  store_ = open();
  EXPECT_EQ(store_->load_run(made.id).value().site, "lab");
  EXPECT_FALSE(store_->was_proven("it").value());
}

TEST_F(StoreTest, RemembersWhatWasProven) {
  EXPECT_FALSE(store_->was_proven("it").value());
  EXPECT_TRUE(store_->note_proven("it"));
  EXPECT_TRUE(store_->note_proven("it"));
  store_ = open();
  EXPECT_TRUE(store_->was_proven("it").value());
  EXPECT_FALSE(store_->was_proven("another").value());
}

TEST_F(StoreTest, SaysWhenThePlaceCannotBeMade) {
  scratch_.write("file", "");
  EXPECT_THAT(Store::open(scratch_.file("file/state.db")).error().text, HasSubstr("Not a directory"));
  EXPECT_THAT(Store::open(scratch_.path().string()).error().text, HasSubstr("is not a file"));
}

TEST_F(StoreTest, SaysWhenAnotherProcessKeepsItLocked) {
  const interlock::Run run = create();
  store_ = Store::open(path_, Millis(50)).value();
  auto journal = store_->journal(run.id).value();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  const auto refused = journal->append("moved", {}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().cause, Cause::timed_out);
  EXPECT_THAT(refused.error().text, HasSubstr("fuser -v"));
  sqlite3_close(other);
  EXPECT_EQ(journal->append("moved", {}, {}).value(), 1);
}

// For this process alone: a mount namespace of its own.
bool on_a_small_disk(const std::string& folder) {
  return unshare(CLONE_NEWNS) == 0 && mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 && mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=512k") == 0;
}

TEST_F(StoreTest, SaysWhenTheDiskIsFullAndGoesOnWhenThereIsSpace) {
  const std::string folder = scratch_.file("small");
  std::filesystem::create_directory(folder);
  Child child([&](const Child::Say& say) {
    if (!on_a_small_disk(folder)) {
      say("no namespace");
      return 0;
    }
    auto store = Store::open(folder + "/state.db").value();
    const interlock::Run run = store->create_run(a_run()).value();
    auto journal = store->journal(run.id).value();
    std::int64_t last = 0;
    for (int i = 0; i < 1000; ++i) {
      const auto done = journal->append("moved", {{"text", std::string(4000, 'x')}}, {});
      if (!done) {
        say(done.error().text);
        break;
      }
      last = *done;
    }
    if (mount("tmpfs", folder.c_str(), "tmpfs", MS_REMOUNT, "size=8m") != 0) return 1;
    say(journal->append("moved", {}, {}).value() == last + 1 ? "went on" : "lost a record");
    say(store->verify(run.id).value() ? "damaged" : "intact");
    return 0;
  });
  const std::string said = child.line();
  if (said == "no namespace") GTEST_SKIP() << "mounting needs root";
  EXPECT_THAT(said, HasSubstr("no space is left for"));
  EXPECT_EQ(child.line(), "went on");
  EXPECT_EQ(child.line(), "intact");
  EXPECT_EQ(child.wait(), 0);
}

// Its -shm file finds no room, which SQLite calls a "disk I/O error".
TEST_F(StoreTest, SaysThatTheDiskIsFullToWhoOnlyReads) {
  const std::string folder = scratch_.file("small");
  std::filesystem::create_directory(folder);
  Child child([&](const Child::Say& say) {
    if (!on_a_small_disk(folder)) {
      say("no namespace");
      return 0;
    }
    if (!Store::open(folder + "/state.db").value()->create_run(a_run())) return 1;
    {
      std::ofstream rest(folder + "/rest", std::ios::binary);
      while (rest.put('x').flush()) {
      }
    }
    const auto store = Store::open(folder + "/state.db");
    say(store ? "opened" : store.error().text);
    return 0;
  });
  const std::string said = child.line();
  if (said == "no namespace") GTEST_SKIP() << "mounting needs root";
  EXPECT_THAT(said, HasSubstr("disk full: no space is left for"));
}

TEST_F(StoreTest, SaysWhenTheFileSystemIsReadOnly) {
  const interlock::Run run = create();
  store_.reset();
  const std::string folder = scratch_.file("state");
  Child child([&](const Child::Say& say) {
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount(folder.c_str(), folder.c_str(), nullptr, MS_BIND, nullptr) != 0 || mount(nullptr, folder.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) != 0) {
      say("no namespace");
      return 0;
    }
    const auto store = Store::open(path_);
    say(store ? "opened" : store.error().text);
    return 0;
  });
  const std::string said = child.line();
  if (said == "no namespace") GTEST_SKIP() << "mounting needs root";
  EXPECT_THAT(said, HasSubstr("must be"));
  EXPECT_THAT(said, HasSubstr("writable for this user"));
}

// Garbage anywhere in the file: words, never a crash, and never a record that was not written.
TEST_F(StoreTest, SurvivesGarbageInTheDatabase) {
  const interlock::Run run = create_with(40);
  store_.reset();  // checkpoints: everything is in the main file now
  const std::string good = tests::read_whole(path_);
  int seen = 0;
  for (std::size_t at = 0; at < good.size(); at += 509) {
    std::string bad = good;
    for (std::size_t i = at; i < std::min(at + 64, bad.size()); ++i) bad[i] = static_cast<char>(bad[i] ^ 0x5A);
    std::filesystem::remove(path_ + "-wal");
    std::filesystem::remove(path_ + "-shm");
    tests::write_whole(path_, bad);
    const auto store = Store::open(path_);
    if (!store) {
      ++seen;
      EXPECT_FALSE(store.error().text.empty());
      continue;
    }
    const auto damage = (*store)->verify(run.id);
    if (!damage || *damage) ++seen;
    const auto records = (*store)->intact_records(run.id);
    if (!records) continue;
    for (std::size_t i = 0; i < records->size(); ++i) ASSERT_EQ((*records)[i].body, Json({{"step", i + 1}})) << "garbage at " << at;
  }
  EXPECT_GT(seen, 10);
}

TEST(StatePath, ComesFromTheEnvironment) {
  ASSERT_EQ(setenv("INTERLOCK_STATE", "/elsewhere/s.db", 1), 0);
  EXPECT_EQ(default_state_path(), "/elsewhere/s.db");
  ASSERT_EQ(setenv("INTERLOCK_STATE", "", 1), 0);
  EXPECT_EQ(default_state_path(), "/var/lib/interlock/state.db");
  unsetenv("INTERLOCK_STATE");
  EXPECT_EQ(default_state_path(), "/var/lib/interlock/state.db");
}

}  // namespace
}  // namespace interlock
