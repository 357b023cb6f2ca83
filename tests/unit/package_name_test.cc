// Package names, versions and the rules of the handbook that depend on them; diagnostics and text checks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/package_name.h"

namespace interlock {
namespace {

TEST(PackageName, IsReadAndWrittenBack) {
  const auto package = parse_package_name("/opt/up/hotdb-server-2.5.4-ga-20190812.tar.gz");
  ASSERT_TRUE(package) << package.error().text;
  EXPECT_EQ(*package, (PackageName{"hotdb-server", {2, 5, 4}, "ga", 20190812}));
  EXPECT_EQ(to_string(*package), "hotdb-server-2.5.4-ga-20190812.tar.gz");
}

TEST(PackageName, RefusesWhatHasAnotherForm) {
  for (const char* name : {"", "hotdb-server", "hotdb-server-2.5.4-ga-20190812.zip", "hotdb-server-2.5-ga-20190812.tar.gz",
                           "hotdb-server-2.5.4-ga-20190230.tar.gz", "hotdb-server-2.5.4-ga-2019081.tar.gz", "-2.5.4-ga-20190812.tar.gz",
                           "hotdb-server-2.5.4--20190812.tar.gz", "hotdb-server-2.5.4.1-ga-20190812.tar.gz",
                           "hotdb-server-2.5.99999999999-ga-20190812.tar.gz", ".tar.gz", "---.tar.gz"}) {
    EXPECT_FALSE(parse_package_name(name)) << name;
  }
}

TEST(Version, ComparesAsNumbers) {
  EXPECT_LT(parse_version("2.5.9").value(), parse_version("V2.5.10").value());
  EXPECT_LT(parse_version("2.4.9").value(), parse_version("2.5.0").value());
  EXPECT_EQ(to_string(parse_version("5.7.23 HotDB-2.5.3 HotDB Server by Hotpu Tech").value()), "2.5.3");
  EXPECT_EQ(to_string(parse_version("5.1.27-HotDB-2.5.0 HotDB Manager by Hotpu Tech").value()), "2.5.0");
  for (const char* text : {"", "none", "2.5", "1.2.3.4.5"}) EXPECT_FALSE(parse_version(text)) << text;
}

TEST(Version, RulesStartAtTheReleaseTheHandbookNames) {
  EXPECT_FALSE(needs_jdk8({2, 5, 5}));
  EXPECT_TRUE(needs_jdk8({2, 5, 6}));
  EXPECT_TRUE(changes_licence({2, 5, 5}, {2, 5, 6}));
  EXPECT_FALSE(changes_licence({2, 5, 6}, {2, 5, 8}));
  EXPECT_FALSE(changes_licence({2, 5, 3}, {2, 5, 5}));
  EXPECT_TRUE(may_have_ndb_sql({2, 5, 3}));
  EXPECT_FALSE(may_have_ndb_sql({2, 5, 2}));
}

TEST(Version, ClusterPreconditionsDecisionTable) {
  struct Row {
    ProductVersion from;
    std::optional<std::uint32_t> date;
    bool all;
  };
  for (const Row& row : {Row{{2, 5, 0}, 20200101, false}, Row{{2, 4, 9}, std::nullopt, false}, Row{{2, 5, 1}, 20190820, false},
                         Row{{2, 5, 1}, 20190821, true}, Row{{2, 5, 1}, std::nullopt, false}, Row{{2, 5, 2}, std::nullopt, true},
                         Row{{2, 5, 3}, 20190820, false}, Row{{2, 5, 3}, 20190822, true}, Row{{2, 5, 4}, 20180101, true}}) {
    bool all = true;
    const auto checks = check_cluster_preconditions(row.from, row.date);
    EXPECT_EQ(checks.size(), 3u);
    for (const auto& check : checks) all = all && check.holds;
    EXPECT_EQ(all, row.all) << to_string(row.from) << " " << row.date.value_or(0);
  }
}

TEST(Version, AnUpgradeGoesForwardWithinOneProduct) {
  const PackageName old{"hotdb-server", {2, 5, 4}, "ga", 20190812};
  EXPECT_TRUE(check_upgrade(old, {"hotdb-server", {2, 5, 6}, "ga", 20190101}));
  EXPECT_TRUE(check_upgrade(old, {"hotdb-server", {2, 5, 4}, "ga", 20190813}));
  EXPECT_FALSE(check_upgrade(old, old));
  EXPECT_FALSE(check_upgrade(old, {"hotdb-server", {2, 5, 3}, "ga", 20200101}));
  EXPECT_FALSE(check_upgrade(old, {"hotdb-management", {2, 5, 6}, "ga", 20200101}));
}

}  // namespace
}  // namespace interlock
