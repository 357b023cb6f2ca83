#include "fsm/suggest.h"

#include <gtest/gtest.h>

#include <vector>

namespace interlock {
namespace {

TEST(Suggest, CountsInsertionsReplacementsAndSwaps) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("port", "prot"), 1U);
  EXPECT_EQ(edit_distance("Port", "port"), 0U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Suggest, FindsTheNearestOrNothing) {
  const std::vector<std::string> words = {"observe", "effect", "within", "repeatable"};
  EXPECT_EQ(nearest("obsevre", words), "observe");
  EXPECT_EQ(nearest("repeatible", words), "repeatable");
  EXPECT_EQ(nearest("colour", words), "");
  EXPECT_EQ(nearest("", words), "");
  EXPECT_EQ(nearest("x", std::vector<std::string>{"y"}), "") << "no letter in common";
}

}  // namespace
}  // namespace interlock
