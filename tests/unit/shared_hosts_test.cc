// Two site files that name the same hosts.
#include "src/run/shared_hosts.h"

#include <sqlite3.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "src/catalog/catalog.h"
#include "src/run/run_session.h"
#include "tests/support/command_line.h"
#include "tests/support/scratch.h"

namespace interlock {
namespace {

using ::testing::HasSubstr;

class SharedHosts : public ::testing::Test {
 protected:
  std::string begin(const std::string& site, const Json& touched) {
    const std::string run = store_->create_run({site, "upgrade", "d", {{"touched", touched}}, ""}).value().id;
    EXPECT_TRUE(store_->acquire_lock(site, run));
    return run;
  }
  tests::Scratch scratch_;
  std::unique_ptr<Store> store_ = Store::open(scratch_.file("state.db")).value();
};

TEST_F(SharedHosts, AreNotWorkedOnUnderAnotherSitesName) {
  const std::string run = begin("lab", {"10.0.0.1", "10.0.0.100"});
  const auto shared = shares_hosts(*store_, "copy", {"10.0.0.2", "10.0.0.100"});
  ASSERT_TRUE(shared && *shared);
  EXPECT_THAT(**shared, HasSubstr("address 10.0.0.100 is also worked on"));
  EXPECT_THAT(**shared, HasSubstr("locked by run " + run));
  EXPECT_FALSE(*shares_hosts(*store_, "copy", {"10.0.0.2"}));
  EXPECT_FALSE(*shares_hosts(*store_, "lab", {"10.0.0.1"})) << "that is for the site's own lock";
}

TEST_F(SharedHosts, AreFreeWhenThatRunHasEndedOrWasUnlocked) {
  const std::string ended = begin("lab", {"10.0.0.1"}), unlocked = begin("other", {"10.0.0.2"});
  ASSERT_TRUE(store_->set_finished(ended, "success", "success", 0));
  ASSERT_TRUE(store_->break_lock("other", unlocked));
  EXPECT_FALSE(*shares_hosts(*store_, "copy", {"10.0.0.1", "10.0.0.2"}));
}

TEST_F(SharedHosts, AreSupposedWhereTheOtherRunCannotBeRead) {
  const std::string run = begin("lab", {"10.0.0.1"});
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(scratch_.file("state.db").c_str(), &handle), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(handle, "UPDATE run SET operator = 'someone@else'", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(handle);
  const auto shared = shares_hosts(*store_, "copy", {"10.0.0.2"});
  ASSERT_FALSE(shared);
  EXPECT_THAT(shared.error().text, HasSubstr("whether site lab, which a run holds, has the same hosts cannot be told: the journal of run " + run));
}

TEST_F(SharedHosts, AreNotToldOfARunThatNotedNone) {
  const std::string run = store_->create_run({"lab", "upgrade", "d", Json::object(), ""}).value().id;
  ASSERT_TRUE(store_->acquire_lock("lab", run));
  const auto shared = shares_hosts(*store_, "copy", {"10.0.0.2"});
  ASSERT_TRUE(shared);
  EXPECT_FALSE(*shared);
}

// Else the run that is under way could not be resumed either.
TEST_F(SharedHosts, LeaveNoLockWithARunThatWasUnlockedAndIsNotResumed) {
  Catalog catalog = Catalog::load(std::string(INTERLOCK_SOURCE_DIR) + "/configs");
  constexpr const char* kProcedure = "hotdb-master-backup-nonstop";
  const Prepared prepared = prepare(catalog, "lab", kProcedure, assumed_parameters(catalog.procedure(kProcedure), catalog.site("lab"), {}));
  const interlock::Run run = begin_run(*store_, prepared, sources_of(catalog, "lab", kProcedure, prepared));
  begin("copy", touched_addresses(prepared));
  const tests::Said said = tests::interlock_command({"--state", scratch_.file("state.db"), "resume", run.id});
  EXPECT_EQ(said.exit_code, 13);
  EXPECT_THAT(said.err, HasSubstr("is also worked on"));
  EXPECT_FALSE(store_->lock_holder("lab").value());
  EXPECT_FALSE(store_->load_run(run.id)->finished());
}

}  // namespace
}  // namespace interlock
