// Two site files that name the same hosts.
#include "src/run/shared_hosts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace interlock
