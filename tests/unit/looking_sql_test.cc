// Which statements a probe sends.
#include <gtest/gtest.h>

#include "probes/looking_sql.h"

namespace interlock::tests {
namespace {

TEST(LookingSql, WhatOnlyLooksIsSent) {
  for (const char* sql : {"select 1", "SELECT 'a; delete' as `update`;", "show @@server", "(select 1) union (select 2)", "  -- why\nselect 1",
                          "explain update t set a = 1", "desc t", "with w as (select 1) select * from w", "show create table t", "values (1)",
                          "select replace(a, 'x', 'y') from t # at the end", "select \"it\"\"s; into\"", "select `a\\b` from t"})
    EXPECT_EQ(judge_sql(sql).refused, "") << sql;
}

TEST(LookingSql, WhatMayChangeSomethingIsNot) {
  for (const char* sql : {"", ";", "delete from t", "update t set a = 1", "call p()", "set global x = 1", "select 1; select 2", "select 1 into outfile '/tmp/x'",
                          "select * from t for update", "with w as (select 1) delete from t", "select /*!50000 1 into @a */", "/*M! delete from t */", "select 'open",
                          "reload @@config", "offline", "analyze select 1", "do sleep(1)", "(delete from t)", "lock tables t read",
                          "select 'a\\' into outfile '/tmp/x' -- '", "select \"it\\\"s\""})
    EXPECT_NE(judge_sql(sql).refused, "") << sql;
}

// HotDB may not know how a session becomes read-only; what reads no table and calls no function can change nothing there.
TEST(LookingSql, OnlyWhatReadsOrCallsNeedsAReadOnlySession) {
  for (const char* sql : {"select 1", "select 'x'", "SELECT @@version;", "select @@global.port", "show @@session", "show variables like 'a'"})
    EXPECT_FALSE(judge_sql(sql).needs_guard) << sql;
  for (const char* sql : {"select f()", "select * from t", "select @a := 1", "select current_user", "select 1, next value", "select 1 union table t", "show tables where f()",
                          "select @@a, b", "select @a", "values (1)", "explain select 1", "(select 1)"})
    EXPECT_TRUE(judge_sql(sql).needs_guard) << sql;
}

}  // namespace
}  // namespace interlock::tests
