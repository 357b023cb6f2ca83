// Which statements a probe sends.
#include <gtest/gtest.h>

#include "probes/looking_sql.h"

namespace interlock::tests {
namespace {

TEST(LookingSql, WhatOnlyLooksIsSent) {
  for (const char* sql : {"select 1", "SELECT 'a; delete' as `update`;", "show @@server", "(select 1) union (select 2)", "  -- why\nselect 1",
                          "explain update t set a = 1", "desc t", "with w as (select 1) select * from w", "show create table t", "values (1)",
                          "select replace(a, 'x', 'y') from t # at the end", "select \"it\\\"s; into\""})
    EXPECT_EQ(judge_sql(sql).refused, "") << sql;
}

TEST(LookingSql, WhatMayChangeSomethingIsNot) {
  for (const char* sql : {"", ";", "delete from t", "update t set a = 1", "call p()", "set global x = 1", "select 1; select 2", "select 1 into outfile '/tmp/x'",
                          "select * from t for update", "with w as (select 1) delete from t", "select /*!50000 1 into @a */", "/*M! delete from t */", "select 'open",
                          "reload @@config", "offline", "analyze select 1", "do sleep(1)", "(delete from t)", "lock tables t read"})
    EXPECT_NE(judge_sql(sql).refused, "") << sql;
}

// HotDB may not know how a session becomes read-only; what reads no table and calls no function can change nothing there.
TEST(LookingSql, OnlyWhatReadsOrCallsNeedsAReadOnlySession) {
  EXPECT_FALSE(judge_sql("select 1").needs_guard);
  EXPECT_FALSE(judge_sql("show @@session").needs_guard);
  EXPECT_TRUE(judge_sql("select f()").needs_guard);
  EXPECT_TRUE(judge_sql("select * from t").needs_guard);
  EXPECT_TRUE(judge_sql("select @a := 1").needs_guard);
}

}  // namespace
}  // namespace interlock::tests
