// A run whose row in the state file is not as it was written: every command says so, in words and with 65.
#include <sqlite3.h>

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "src/catalog/catalog.h"
#include "src/run/run_session.h"
#include "src/store/chain.h"
#include "tests/support/command_line.h"
#include "tests/support/scratch.h"
#include "tests/support/shipped.h"

namespace interlock {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::interlock_command;
using tests::kConfigs;
using tests::Said;

constexpr const char* kNonstop = "hotdb-master-backup-nonstop";

class DamagedRun : public ::testing::Test {
 protected:
  void SetUp() override {
    Catalog catalog = Catalog::load(kConfigs);
    const auto settings = assumed_parameters(catalog.procedure(kNonstop), catalog.site("lab"), {});
    const Prepared prepared = prepare(catalog, "lab", kNonstop, settings);
    const auto store = Store::open(state_).value();
    sources_ = sources_of(catalog, "lab", kNonstop, prepared);
    run_ = begin_run(*store, prepared, sources_);
    ASSERT_TRUE(store->journal(run_.id).value()->append("started", {{"procedure", kNonstop}, {"site", "lab"}}, nullptr));
  }
  void set(const std::string& column, const std::string& text, const std::string& table = "run") {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(state_.c_str(), &handle), SQLITE_OK);
    sqlite3_stmt* statement = nullptr;
    ASSERT_EQ(sqlite3_prepare_v2(handle, ("UPDATE " + table + " SET " + column + " = ?").c_str(), -1, &statement, nullptr), SQLITE_OK);
    sqlite3_bind_text(statement, 1, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    EXPECT_EQ(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_finalize(statement);
    sqlite3_close(handle);
  }
  // By somebody who computes the hash anew.
  void forge(const Json& sources) {
    set("sources", stored_text(sources));
    const std::string hash = hash_of_run(run_.id, {run_.site, run_.procedure, run_.digest, {}, run_.operator_name}, stored_text(sources), run_.started_ms);
    set("hash", hash);
  }
  Said say(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--state", state_});
    return interlock_command(arguments);
  }
  std::vector<std::vector<std::string>> commands() const {
    return {{"report", run_.id}, {"explain", run_.id}, {"status", run_.id}, {"status", run_.id, "--follow"}, {"resume", run_.id}, {"rollback", run_.id, "--yes"}, {"verify", "--journal", run_.id}};
  }

  tests::Scratch scratch_;
  std::string state_ = scratch_.file("state.db");
  Json sources_;
  interlock::Run run_;
};

TEST_F(DamagedRun, IsNotWhatAReportWithoutAPlaceToGoSays) {
  const Said said = say({"report", run_.id, "--html", scratch_.file("nosuch/report.html")});
  EXPECT_EQ(said.exit_code, 73);
  EXPECT_THAT(said.err, HasSubstr("nosuch/report.html': No such file or directory"));
}

TEST_F(DamagedRun, IsToldByEveryCommand) {
  const std::pair<const char*, std::string> wrong[] = {
      {"sources", "{"}, {"sources", "{}"}, {"sources", "\xff"}, {"digest", "beef"}, {"operator", "someone@else"}, {"site", "elsewhere"}, {"procedure", "another"}};
  for (const auto& [column, text] : wrong) {
    const std::string good = tests::read_whole(state_);  // all of it: nobody has it open
    set(column, text);
    for (const auto& arguments : commands()) {
      const Said said = say(arguments);
      EXPECT_EQ(said.exit_code, 65) << arguments.front() << " with another " << column << ": " << said.err;
      EXPECT_THAT(said.err, AllOf(HasSubstr("the journal of run " + run_.id + " is damaged at its beginning"), Not(HasSubstr("json")), Not(HasSubstr("yaml"))));
    }
    const Said all = say({"status"});
    EXPECT_EQ(all.exit_code, 65);
    EXPECT_THAT(all.out, AllOf(HasSubstr(run_.id), HasSubstr("damaged")));
    tests::write_whole(state_, good);
  }
  EXPECT_EQ(say({"status"}).exit_code, 0) << "as it was";
}

// A text of today's file that was never in the run's.
TEST_F(DamagedRun, BlamesTheRunAndNotTodaysFiles) {
  Json broken = sources_;
  for (auto& [file, text] : broken["catalog"]["sites"].items()) text = "site: [\n";
  forge(broken);
  const Said said = say({"report", run_.id});
  EXPECT_EQ(said.exit_code, 78);
  EXPECT_THAT(said.err, HasSubstr("run " + run_.id + " goes on from the files as they were when it began"));
}

TEST_F(DamagedRun, IsToldWhenItsSourcesAreNone) {
  for (const auto& key : {"site", "procedure", "overrides", "notes"}) {
    Json lacking = sources_;
    lacking[key] = 7;
    if (std::string(key) == "notes") lacking.erase(key);
    forge(lacking);
    for (const auto& arguments : commands()) {
      if (arguments[0] == "status" && arguments.size() == 2) continue;  // says what runs, whatever it is made of
      const Said said = say(arguments);
      EXPECT_EQ(said.exit_code, 65) << arguments.front() << " " << key;
      EXPECT_THAT(said.err, AllOf(HasSubstr("is damaged"), Not(HasSubstr("json")))) << key;
    }
  }
}

TEST_F(DamagedRun, StatusReadsTheJournalToo) {
  set("body", R"({"procedure":"another"})", "record");
  const Said said = say({"status", run_.id});
  EXPECT_EQ(said.exit_code, 65);
  EXPECT_THAT(said.err, HasSubstr("the journal is damaged: record 1"));
  EXPECT_THAT(say({"status", run_.id, "--format", "json"}).out, HasSubstr(R"("damaged": true)"));
}

// The live row is written by the process now and then, and was not written by one that was killed.
TEST_F(DamagedRun, WhereItStoodIsSaidByTheJournalOnceItsProcessIsGone) {
  {
    const auto store = Store::open(state_).value();
    ASSERT_TRUE(store->journal(run_.id).value()->append("moved", {{"to", "upgrade-backup/4 backup.install"}}, nullptr));
    ASSERT_TRUE(store->set_live(run_.id, {{"place", "upgrade-backup/1 backup.stop"}, {"waiting_for", "backup.stop"}, {"waited_ms", 100}, {"limit_ms", 60000}}));
  }
  EXPECT_THAT(say({"status", run_.id}).out, HasSubstr("at upgrade-backup/1 backup.stop, waiting for backup.stop (0.1 of at most 60.0 s)")) << "while it lives";
  set("pid_start", "1");  // another process by that number
  const Said said = say({"status", run_.id});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, AllOf(HasSubstr("at upgrade-backup/4 backup.install; seen"), Not(HasSubstr("waiting"))));
}

// Who mistypes where the state is must not be told that there are no runs.
TEST_F(DamagedRun, AStateFileThatIsNotThereIsNotMadeByWhoOnlyReads) {
  const std::string mistyped = scratch_.file("sate.db");
  for (auto arguments : commands()) {
    arguments.insert(arguments.begin(), {"--state", mistyped});
    const Said said = interlock_command(arguments);
    EXPECT_EQ(said.exit_code, 69) << arguments[2];
    EXPECT_THAT(said.err, HasSubstr("there is no state file " + mistyped + " (from --state)"));
  }
  EXPECT_EQ(interlock_command({"--state", mistyped, "unlock", "lab", run_.id}).exit_code, 69);
  EXPECT_EQ(interlock_command({"--state", mistyped, "status"}).exit_code, 69);
  EXPECT_FALSE(std::filesystem::exists(mistyped));
}

TEST_F(DamagedRun, OnlookersAreNotMisledByALiveRow) {
  const auto store = Store::open(state_).value();
  for (const Json& wrong : {Json(7), Json::array(), Json{{"place", 7}, {"waiting_for", {1}}, {"waited_ms", "long"}}}) {
    ASSERT_TRUE(store->set_live(run_.id, wrong));
    EXPECT_EQ(say({"status", run_.id}).exit_code, 0) << wrong.dump();
  }
}

}  // namespace
}  // namespace interlock
