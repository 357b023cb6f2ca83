// How statements of upgrade scripts take effect, and what their history says of an upgrade.
#include <gtest/gtest.h>

#include "probes/upgrade_record.h"
#include "probes/upgrade_script.h"

namespace interlock {
namespace {

UpgradeStatement only(const std::string& sql) {
  auto plan = make_upgrade_plan({{"s.sql", sql}});
  EXPECT_EQ(plan.statements.size(), 1U) << sql;
  return plan.statements.at(0);
}

TEST(UpgradeScript, KnowsHowEachStatementTakesEffect) {
  const std::vector<std::pair<const char*, SqlEffect>> cases = {
      {"insert into t values (1)", SqlEffect::rows},
      {"/*!40000 UPDATE t SET n = 1 */", SqlEffect::rows},
      {"(select 1) union (select 2)", SqlEffect::rows},
      {"select 1 into outfile '/tmp/x'", SqlEffect::opaque},
      {"alter table t add index (n)", SqlEffect::schema},
      {"alter table t exchange partition p with table u", SqlEffect::opaque},
      {"alter table t discard tablespace", SqlEffect::opaque},
      {"create or replace view v as select 1", SqlEffect::schema},
      {"create temporary table t (n int)", SqlEffect::temporary},
      {"drop temporary table t", SqlEffect::temporary},
      {"create user u", SqlEffect::opaque},
      {"create user if not exists u", SqlEffect::schema},
      {"grant select on t to u", SqlEffect::schema},
      {"truncate t", SqlEffect::schema},
      {"set names utf8mb4", SqlEffect::session},
      {"set @old = @@foreign_key_checks, foreign_key_checks = 0", SqlEffect::session},
      {"set global max_connections = 100", SqlEffect::schema},
      {"set @@global.max_connections = 100", SqlEffect::schema},
      {"set statement max_statement_time=5 for update t set n = 1", SqlEffect::rows},
      {"set statement max_statement_time=5 for drop table t", SqlEffect::schema},
      {"set statement max_statement_time=5 for create user u", SqlEffect::opaque},
      {"set statement max_statement_time=5 for set statement x=1 for delete from t", SqlEffect::opaque},
      {"set statement max_statement_time=5", SqlEffect::opaque},
      {"set @x = my_own(1)", SqlEffect::opaque},
      {"set hot_cache.key_buffer_size = 1", SqlEffect::opaque},
      {"set session transaction isolation level read committed", SqlEffect::session},
      {"use other", SqlEffect::session},
      {"prepare s from @s", SqlEffect::session},
      {"execute s", SqlEffect::opaque},
      {"drop prepare s", SqlEffect::session},
      {"call p()", SqlEffect::opaque},
      {"start transaction", SqlEffect::transaction},
      {"lock tables t write", SqlEffect::transaction},
      {"begin not atomic select 1", SqlEffect::opaque},
      {"something new", SqlEffect::opaque},
  };
  for (const auto& [sql, effect] : cases) {
    const UpgradeStatement statement = only(sql);
    EXPECT_EQ(static_cast<int>(statement.effect), static_cast<int>(effect)) << sql;
    EXPECT_EQ(statement.trouble, "") << sql;
  }
}

TEST(UpgradeScript, NamesTheVariablesThatAStatementMaySet) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(only("set @a = 1, @b = @a").variables, (Names{"@a", "@b"}));
  EXPECT_EQ(only("select max(id) into @a from t").variables, Names{"@a"});
  EXPECT_EQ(only("insert into t select @n := @n + 1").variables, Names{"@n"});
  EXPECT_EQ(only("insert into t values (@a)").variables, Names{}) << "only read";
  EXPECT_EQ(only("set names utf8").variables, Names{});
  EXPECT_EQ(only("set statement x=1 for insert into t values (@a)").variables, Names{}) << "only read";
}

TEST(UpgradeScript, KnowsThatSeveralThingsGoAlsoBehindSetStatement) {
  EXPECT_TRUE(only("set statement x=1 for drop table a, b").several);
  EXPECT_FALSE(only("set statement x=1, y=2 for drop table a").several);
}

TEST(UpgradeScript, RefusesWhatCannotBeRunStatementByStatement) {
  for (const char* sql : {"rollback", "savepoint a", "set sql_mode = 'NO_BACKSLASH_ESCAPES'", "set sql_mode = my_own(1)", "select found_rows()", "source x.sql", "insert into t values ('a"})
    EXPECT_NE(only(sql).trouble, "") << sql;
}

TEST(UpgradeScript, HasTheSameDigestForTheSameStatementsOnly) {
  const auto digest = [](const char* sql) { return make_upgrade_plan({{"s.sql", sql}}).digest; };
  EXPECT_EQ(digest("select 1; select 2;"), digest("-- a comment\nselect 1;\n\nselect 2"));
  EXPECT_NE(digest("select 1; select 2;"), digest("select 2; select 1;"));
  EXPECT_NE(digest("select 1;"), digest("select 1; select 1;"));
}

TEST(UpgradeHistory, IsPartialAsLongAsOneStatementIsOpen) {
  const UpgradePlan plan = make_upgrade_plan({{"s.sql", "create table t (n int); insert into t values (1);"}});
  UpgradeRecord record;
  EXPECT_EQ(upgrade_progress(plan, record).state, UpgradeState::before);
  record.table_exists = true;
  record.upgrade = 1;
  record.digest = plan.digest;
  EXPECT_EQ(upgrade_progress(plan, record).state, UpgradeState::before) << "begun, nothing run";
  HistoryRow row;
  row.number = 1;
  row.sha256 = plan.statements[0].sha256;
  row.started_at = "2020-07-28 01:00:00";
  record.rows = {row};
  const auto open = upgrade_progress(plan, record);
  EXPECT_EQ(open.state, UpgradeState::partial);
  EXPECT_NE(open.words.find("not known to have ended"), std::string::npos) << open.words;
  record.rows[0].done_at = "2020-07-28 01:00:01";
  EXPECT_EQ(upgrade_progress(plan, record).state, UpgradeState::partial);
  record.done_at = "2020-07-28 01:00:02";
  EXPECT_EQ(upgrade_progress(plan, record).state, UpgradeState::after);
}

TEST(UpgradeHistory, QuotesNamesAndTextsSoThatNothingEndsThemEarly) {
  EXPECT_EQ(sql_name("a`b"), "`a``b`");
  EXPECT_EQ(sql_text("'\\"), "_utf8mb4 X'275C'");
  EXPECT_FALSE((HistoryTable{"", "t"}).check().has_value());
  EXPECT_FALSE((HistoryTable{"d", std::string(65, 'x')}).check().has_value());
}

}  // namespace
}  // namespace interlock
