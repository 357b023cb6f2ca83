// When a host counts as lost: one is not seen for long, and another one is.
#include "fsm/sight.h"

#include <gtest/gtest.h>

#include "tests/support/tiny.h"

namespace interlock::tests {
namespace {

constexpr Millis kPatience{10'000};

class SightTest : public ::testing::Test {
 protected:
  // "a.service", whether it was seen, and when.
  void look(const std::string& fact, bool known, Millis at) { sight_.see({{fact_named(machine_, fact), known ? fsm::Value{0} : fsm::kUnknown}}, at); }
  bool lost(const std::string& fact, Millis at) { return sight_.lost(fact_named(machine_, fact), at, kPatience); }

  fsm::Machine machine_ = bind_folder(INTERLOCK_SOURCE_DIR "/tests/scenarios/pair");
  fsm::Sight sight_{machine_};
};

TEST_F(SightTest, AHostIsLostWhenNothingOfItWasSeenForItsPatience) {
  look("a.service", true, Millis(0));
  look("b.service", false, Millis(1000));
  look("b.version", false, Millis(9000));
  EXPECT_FALSE(lost("b.service", Millis(10'999)));
  EXPECT_TRUE(lost("b.service", Millis(11'000)));
  EXPECT_TRUE(lost("b.process", Millis(11'000))) << "all of the host is";
  EXPECT_FALSE(lost("a.service", Millis(11'000)));
}

TEST_F(SightTest, OneFactIsEnoughToSeeIt) {
  look("b.service", false, Millis(1000));
  look("b.version", true, Millis(5000));
  look("b.service", false, Millis(6000));
  EXPECT_FALSE(lost("b.service", Millis(11'000)));
  EXPECT_TRUE(lost("b.service", Millis(16'000)));
}

TEST_F(SightTest, WhoSeesNobodyHasLostItsOwnNetwork) {
  look("a.service", false, Millis(0));
  look("b.service", false, Millis(0));
  EXPECT_FALSE(lost("b.service", Millis(60'000)));
  look("a.service", true, Millis(60'000));
  EXPECT_TRUE(lost("b.service", Millis(60'000)));
}

}  // namespace
}  // namespace interlock::tests
