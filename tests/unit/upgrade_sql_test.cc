// Splitting upgrade scripts, the matrix of type changes, and the ladder.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/upgrade_sql.h"

namespace interlock {
namespace {

using testing::HasSubstr;

std::string text_of(std::string_view script, const SqlStatement& s) { return std::string(script.substr(s.offset, s.length)); }

std::vector<std::string> statements(std::string_view script) {
  std::vector<std::string> texts;
  for (const auto& s : split_sql(script)) texts.push_back(text_of(script, s));
  return texts;
}

TEST(SqlScript, SplitsAroundQuotesCommentsAndDelimiters) {
  EXPECT_EQ(statements("a;b ; c"), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(statements("select 'a;''b\\';' ; x"), (std::vector<std::string>{"select 'a;''b\\';'", "x"}));
  EXPECT_EQ(statements("select \"a;\"\"b\";`c;``d` e"), (std::vector<std::string>{"select \"a;\"\"b\"", "`c;``d` e"}));
  EXPECT_EQ(statements("-- a;\n#b;\n/* c; */ d -- e;\n;--f\n"), (std::vector<std::string>{"d", "--f"})) << "-- needs a blank behind it";
  EXPECT_EQ(statements("DELIMITER $$\ncreate x; y END$$\ndelimiter ;\nz;"), (std::vector<std::string>{"create x; y END", "z"}));
  EXPECT_EQ(statements("a\\g b\\G c"), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(statements("/*!50001 drop table t */;"), (std::vector<std::string>{"/*!50001 drop table t */"}));
  EXPECT_EQ(statements(" \n;;-- nothing\n"), std::vector<std::string>{});
  EXPECT_EQ(statements("\xEF\xBB\xBFuse 主;"), (std::vector<std::string>{"use 主"}));
}

TEST(SqlScript, KnowsTheLineOfEachStatement) {
  const auto statements = split_sql("-- 注释\n\n  select 1;\n/* a\nb */ 主 x;");
  ASSERT_EQ(statements.size(), 2u);
  EXPECT_EQ(statements[0].at, (Position{3, 3}));
  EXPECT_EQ(statements[1].at, (Position{5, 6}));
}

TEST(SqlScript, MarksWhatItCannotSeeThrough) {
  EXPECT_TRUE(split_sql("source /x.sql\nselect 1").at(0).client_command);
  EXPECT_TRUE(split_sql("\\. x.sql\n").at(0).client_command);
  EXPECT_TRUE(split_sql("system rm -rf x\n").at(0).client_command);
  EXPECT_EQ(split_sql("select 'a").at(0).trouble, "a quote ' is never closed");
  EXPECT_EQ(split_sql("select 1 /* a").at(0).trouble, "a comment is never closed");
  EXPECT_EQ(split_sql("/*!50001 a; b */").at(0).trouble, "a conditional comment is not closed within the statement");
  EXPECT_THAT(split_sql("select 1 \\c").at(0).trouble, HasSubstr("backslash"));
}

// ---- Types: the whole integer matrix and byte capacities ---------------------------------------------------

SqlClass change(const std::string& from, const std::string& to, const std::string& charset = "utf8mb4") {
  auto a = parse_sql_type(from), b = parse_sql_type(to);
  if (!a || !b) {
    ADD_FAILURE() << from << " or " << to << " is not read";
    return SqlClass::unclassified;
  }
  if (a->charset.empty()) a->charset = charset;
  if (b->charset.empty()) b->charset = charset;
  return compare_types(*a, *b).verdict;
}

TEST(SqlTypes, IntegerMatrixFollowsFromTheRanges) {
  struct Integer { const char* name; int bits; };
  const std::vector<Integer> integers{{"tinyint", 8}, {"smallint", 16}, {"mediumint", 24}, {"int", 32}, {"bigint", 64}};
  for (const auto& from : integers) {
    for (const bool from_unsigned : {false, true}) {
      for (const auto& to : integers) {
        for (const bool to_unsigned : {false, true}) {
          // Exponents of the bounds: [-2^(b-1), 2^(b-1)) or [0, 2^b).
          const int from_high = from_unsigned ? from.bits : from.bits - 1, to_high = to_unsigned ? to.bits : to.bits - 1;
          const bool low_fits = from_unsigned || (!to_unsigned && to.bits >= from.bits);
          const bool same = from.bits == to.bits && from_unsigned == to_unsigned;
          const SqlClass expected = same ? SqlClass::additive : (to_high >= from_high && low_fits ? SqlClass::widening : SqlClass::narrowing);
          const std::string a = std::string(from.name) + (from_unsigned ? " unsigned" : ""), b = std::string(to.name) + (to_unsigned ? "(3) unsigned" : "(11)");
          EXPECT_EQ(change(a, b), expected) << a << " to " << b;
        }
      }
    }
  }
}

TEST(SqlTypes, TextCapacityIsCountedInBytes) {
  const std::vector<std::pair<const char*, std::uint64_t>> charsets{{"latin1", 1}, {"gbk", 2}, {"utf8", 3}, {"utf8mb3", 3}, {"utf8mb4", 4}, {"gb18030", 4}};
  for (const auto& [charset, bytes] : charsets) {
    EXPECT_EQ(bytes_per_character(canonical_charset(charset)), bytes);
    for (const std::uint64_t length : {1u, 50u, 63u, 64u, 85u, 255u, 256u, 16383u, 21844u, 21845u}) {
      const std::string column = "varchar(" + std::to_string(length) + ")";
      const std::vector<std::pair<const char*, std::uint64_t>> texts{{"tinytext", 255}, {"text", 65535}, {"mediumtext", 16777215}, {"longtext", 4294967295}};
      for (const auto& [text, capacity] : texts) {
        EXPECT_EQ(change(column, text, canonical_charset(charset)), capacity >= length * bytes ? SqlClass::widening : SqlClass::narrowing) << column << charset << text;
        EXPECT_EQ(change(text, column, canonical_charset(charset)), capacity <= length * bytes ? SqlClass::widening : SqlClass::narrowing) << column << charset << text;
      }
    }
  }
  EXPECT_FALSE(bytes_per_character("klingon"));
  EXPECT_EQ(change("varchar(5)", "varchar(9)", "klingon"), SqlClass::unclassified);
}

struct TypeRow {
  const char* from;
  const char* to;
  SqlClass verdict;
};
class SqlTypeTable : public testing::TestWithParam<TypeRow> {};
TEST_P(SqlTypeTable, HasTheVerdict) { EXPECT_EQ(change(GetParam().from, GetParam().to), GetParam().verdict) << GetParam().from << " to " << GetParam().to; }
constexpr auto kSame = SqlClass::additive, kWide = SqlClass::widening, kNarrow = SqlClass::narrowing, kData = SqlClass::data_dependent;
INSTANTIATE_TEST_SUITE_P(All, SqlTypeTable, testing::Values(
    TypeRow{"int(11)", "int", kSame}, TypeRow{"integer", "int(10)", kSame}, TypeRow{"bool", "tinyint(1)", kSame},
    TypeRow{"int", "int zerofill", kNarrow}, TypeRow{"int", "varchar(20)", kNarrow}, TypeRow{"int", "decimal(20)", kNarrow},
    TypeRow{"decimal(10,2)", "decimal(12,2)", kWide}, TypeRow{"decimal(10,2)", "decimal(12,4)", kWide}, TypeRow{"decimal(10,2)", "decimal(11,4)", kNarrow},
    TypeRow{"decimal(10,2)", "decimal(10,1)", kNarrow}, TypeRow{"decimal", "decimal(10,0)", kSame}, TypeRow{"decimal(10,2)", "decimal(10,2) unsigned", kNarrow},
    TypeRow{"decimal(10,2) unsigned", "decimal(10,2)", kWide}, TypeRow{"numeric(5,1)", "dec(6,1)", kWide},
    TypeRow{"float", "double", kWide}, TypeRow{"double", "float", kNarrow}, TypeRow{"float(30)", "double", kSame}, TypeRow{"double", "double(10,2)", kNarrow},
    TypeRow{"double precision", "real", kSame},
    TypeRow{"varchar(40)", "varchar(41)", kWide}, TypeRow{"varchar(40)", "varchar(39)", kNarrow}, TypeRow{"char(10)", "varchar(10)", kWide},
    TypeRow{"varchar(10)", "char(10)", kNarrow}, TypeRow{"char(3)", "char(4)", kWide}, TypeRow{"char", "char(1)", kSame},
    TypeRow{"varchar(40) character set utf8mb4", "varchar(40) character set latin1", kNarrow},
    TypeRow{"varchar(40) character set latin1", "varchar(40) character set utf8mb4", kNarrow},
    TypeRow{"varchar(40) character set utf8", "varchar(50) charset utf8mb3", kWide},
    TypeRow{"varchar(40) collate utf8mb4_bin", "varchar(40) collate utf8mb4_general_ci", kData},
    TypeRow{"text(300)", "tinytext", kNarrow}, TypeRow{"text", "mediumtext", kWide}, TypeRow{"longtext", "text", kNarrow},
    TypeRow{"binary(8)", "binary(16)", kNarrow}, TypeRow{"binary(8)", "varbinary(8)", kNarrow}, TypeRow{"varbinary(8)", "varbinary(9)", kWide},
    TypeRow{"varbinary(300)", "blob", kWide}, TypeRow{"varbinary(300)", "tinyblob", kNarrow}, TypeRow{"varchar(10)", "varbinary(40)", kNarrow},
    TypeRow{"enum('a','b')", "enum('a','b','c')", kWide}, TypeRow{"enum('a','b')", "enum('b','a')", kNarrow}, TypeRow{"enum('a','b')", "enum('a')", kNarrow},
    TypeRow{"enum('a')", "enum('A')", kNarrow}, TypeRow{"set('a')", "set('a','b')", kWide}, TypeRow{"enum('a')", "set('a')", kNarrow},
    TypeRow{"datetime", "datetime(3)", kWide}, TypeRow{"datetime(6)", "datetime(3)", kNarrow}, TypeRow{"timestamp", "datetime", kNarrow},
    TypeRow{"date", "datetime", kNarrow}, TypeRow{"time", "time(1)", kWide}, TypeRow{"date", "date", kSame}, TypeRow{"year(4)", "year", kSame},
    TypeRow{"bit(1)", "bit(8)", kWide}, TypeRow{"bit(8)", "bit", kNarrow}, TypeRow{"json", "json", kSame}, TypeRow{"point", "geometry", kNarrow}));

TEST(SqlTypes, RefusesTypesItDoesNotKnow) {
  for (const char* text : {"", "inet6", "int(", "int(x)", "enum()", "enum(1)", "varchar(1) nonsense", "decimal(1,2,3)"}) EXPECT_FALSE(parse_sql_type(text)) << text;
}

// ---- The ladder --------------------------------------------------------------------------------------------

Json schema_rows() {
  const auto row = [](const char* table, const char* column, const char* type, const char* null, Json standard, Json charset, Json collation, const char* extra) {
    return Json::array({"cfg", table, column, type, null, std::move(standard), std::move(charset), std::move(collation), extra, "utf8_general_ci"});
  };
  return Json::array({row("node", "id", "int(11)", "NO", nullptr, nullptr, nullptr, "auto_increment"),
                      row("node", "Name", "varchar(50)", "NO", "", "utf8", "utf8_general_ci", ""),
                      row("node", "note", "varchar(50)", "YES", nullptr, "latin1", "latin1_swedish_ci", ""),
                      row("node", "port", "int(11)", "NO", "3323", nullptr, nullptr, ""),
                      row("node", "price", "decimal(10,2)", "YES", "0.00", nullptr, nullptr, ""),
                      row("node", "changed", "timestamp", "NO", "CURRENT_TIMESTAMP", nullptr, nullptr, "on update CURRENT_TIMESTAMP"),
                      row("node", "total", "int(11)", "YES", nullptr, nullptr, nullptr, "VIRTUAL GENERATED")});
}

const SqlSchema& live() {
  static const SqlSchema schema = schema_from_rows(schema_rows()).value();
  return schema;
}

UpgradeJudgement judge(const std::string& sql, bool with_schema = true) { return judge_upgrade({{"up.sql", sql}}, with_schema ? &live() : nullptr); }

struct Row {
  const char* sql;
  SqlClass verdict;       // of the last statement
  const char* reason;
};
class SqlLadder : public testing::TestWithParam<Row> {};
TEST_P(SqlLadder, HasVerdictAndReason) {
  const auto result = judge(GetParam().sql);
  ASSERT_FALSE(result.statements.empty());
  EXPECT_EQ(result.statements.back().verdict, GetParam().verdict) << GetParam().sql << ": " << result.statements.back().reason;
  EXPECT_THAT(result.statements.back().reason, HasSubstr(GetParam().reason)) << GetParam().sql;
}
constexpr auto kAdd = SqlClass::additive, kGone = SqlClass::destructive, kUnclear = SqlClass::unclassified, kFails = SqlClass::failing;
INSTANTIATE_TEST_SUITE_P(Additive, SqlLadder, testing::Values(
    Row{"create table t (id int primary key, x varchar(9) default 'a,b')", kAdd, "table 't' is created"},
    Row{"create table if not exists node (id int)", kAdd, "is there already"},
    Row{"alter table node add column x int default 0, add y varchar(8) not null default '' comment 'a, b' after port", kAdd, "column 'x' is added"},
    Row{"alter table node add (a int, b int)", kAdd, "is added"},
    Row{"alter table cfg.node add a int", kAdd, "is added"},
    Row{"alter table node add index i (port), add key (Name(10))", kAdd, "an index is added"},
    Row{"alter table node add column gen int generated always as (port + 1) virtual", kAdd, "is added"},
    Row{"alter table node comment = 'x' engine=InnoDB", kAdd, "an option"},
    Row{"create index i on node (port)", kAdd, "an index"},
    Row{"create temporary table x (a int)", kAdd, "temporary"},
    Row{"insert into node (id, Name) values (7, now()), (8, concat('a', 'b'))", kAdd, "rows are added"},
    Row{"insert ignore into node select * from node", kAdd, "rows are added"},
    Row{"/*!40101 SET NAMES utf8 */", kAdd, "session"},
    Row{"set @x = 1, session sql_mode = 'NO_AUTO_VALUE_ON_ZERO'", kAdd, "session"},
    Row{"start transaction", kAdd, "nothing that is stored"}, Row{"commit", kAdd, "nothing"}, Row{"use cfg", kAdd, "database"},
    Row{"select count(*) from node where id in (1, 2)", kAdd, "nothing"}, Row{"insert into cfg.node select id from other.node", kAdd, "rows are added"},
    Row{"create database if not exists cfg", kAdd, "is there already"}, Row{"use cfg; create table t (a int)", kAdd, "created"},
    Row{"create index i on node (port) algorithm=inplace lock=none", kAdd, "an index"}, Row{"alter table node add q int, algorithm=inplace, lock=none", kAdd, "is added"},
    Row{"create table t (a int, b int, foreign key (b) references t (a))", kAdd, "created"},
    Row{"create table p (a int key); create table t (a int, foreign key (a) references p (a))", kAdd, "created"},
    Row{"create or replace table new_one (a int)", kAdd, "created"},
    Row{"create algorithm=undefined definer=`a`@`%` sql security definer view v as select 1", kAdd, "view"},
    Row{"alter table node modify port int(12) not null default '3323'", kAdd, "keeps its definition"},
    Row{"alter table node modify price decimal(10,2) default 0", kAdd, "keeps its definition"}));
INSTANTIATE_TEST_SUITE_P(Widening, SqlLadder, testing::Values(
    Row{"alter table node modify Name varchar(80) not null default ''", kWide, "column 'Name': varchar(50) to varchar(80)"},
    Row{"ALTER TABLE `node` MODIFY COLUMN `name` VARCHAR(80) NOT NULL DEFAULT '' COMMENT 'it''s; x' FIRST", kWide, "varchar(80)"},
    Row{"alter table node change port port bigint not null default 3323", kWide, "int to bigint"},
    Row{"alter table node modify note varchar(60) charset latin1", kWide, "varchar(60)"},
    Row{"/*!50001 alter table node modify port bigint not null default 3323 */", kWide, "bigint"},
    Row{"alter table node modify changed timestamp(3) not null default current_timestamp(3) on update current_timestamp(3)", kData, "default changes"},
    Row{"alter table node drop foreign key f", kWide, "every old row"},
    Row{"alter table node modify Name varchar(60) not null default ''; alter table node modify Name varchar(70) not null default ''", kWide, "varchar(60) to varchar(70)"}));
INSTANTIATE_TEST_SUITE_P(DataDependent, SqlLadder, testing::Values(
    Row{"alter table node add unique (port)", kData, "unique"}, Row{"alter table node add constraint c unique key (port)", kData, "unique"},
    Row{"create unique index i on node (port)", kData, "unique"}, Row{"alter table node add primary key (port)", kData, "primary"},
    Row{"alter table node add constraint c foreign key (a) references b (c)", kData, "foreign"},
    Row{"alter table node modify note varchar(50) charset latin1 not null", kData, "NOT NULL fails"},
    Row{"alter table node modify Name varchar(80) default ''", kData, "NOT NULL is dropped"},
    Row{"alter table node modify port int not null default 3333", kData, "default changes from '3323' to '3333'"},
    Row{"alter table node add column z int not null", kData, "inserts of running nodes"},
    Row{"alter table node add column z int unique", kData, "with a key"},
    Row{"alter table node add column z int references node (id)", kData, "foreign key"},
    Row{"alter table node alter port set default 9", kData, "default of column 'port' changes"}));
INSTANTIATE_TEST_SUITE_P(Narrowing, SqlLadder, testing::Values(
    Row{"alter table node modify Name varchar(40) not null default ''", kNarrow, "120 bytes instead of 150"},
    Row{"alter table node modify note varchar(60)", kNarrow, "the character set changes from latin1 to utf8mb3"},
    Row{"alter table node modify port smallint not null default 3323", kNarrow, "range"},
    Row{"alter table node modify port bigint not null", kNarrow, "the default '3323' is dropped"},
    Row{"alter table node modify id int not null", kNarrow, "AUTO_INCREMENT is dropped"},
    Row{"alter table node add q int, modify port tinyint not null default 3323, add r int", kNarrow, "range"},
    Row{"alter table node convert to character set utf8mb4", kNarrow, "converted"}, Row{"alter table node drop primary key", kNarrow, "primary key"},
    Row{"alter table node alter column port drop default", kNarrow, "dropped"}, Row{"revoke select on a.* from b", kNarrow, "privileges"},
    Row{"create table t (a int, constraint c foreign key (a) references node (id) on delete cascade)", kNarrow, "refers to table 'node'"},
    Row{"create table t (a int references cfg.node (id))", kNarrow, "refers to table 'node'"},
    Row{"create table t (a int); alter table t add foreign key (a) references node (id)", kNarrow, "refers to table 'node'"}));
INSTANTIATE_TEST_SUITE_P(Destructive, SqlLadder, testing::Values(
    Row{"drop table node", kGone, "DROP TABLE"}, Row{"create table t (a int); drop table if exists t", kGone, "DROP TABLE"}, Row{"drop database cfg", kGone, "removes"},
    Row{"/*!50001 drop table node */", kGone, "DROP TABLE"}, Row{"alter table node drop port", kGone, "dropped with its data"},
    Row{"alter table node drop column port", kGone, "column 'port'"}, Row{"alter table node change port p int", kGone, "renamed"},
    Row{"alter table node rename to n", kGone, "renamed"}, Row{"rename table node to n", kGone, "renamed"}, Row{"alter table node drop partition p0", kGone, "partition"},
    Row{"update node set port = 1", kGone, "UPDATE changes existing rows of table 'node'"}, Row{"delete from node where id = 1", kGone, "DELETE removes"},
    Row{"delete a from node a", kGone, "DELETE"}, Row{"truncate node", kGone, "TRUNCATE"}, Row{"replace into node values (1)", kGone, "REPLACE"},
    Row{"insert into node values (1) on duplicate key update port = 2", kGone, "ON DUPLICATE KEY UPDATE"}, Row{"drop view v", kGone, "removes"},
    Row{"drop trigger t", kGone, "removes"}, Row{"alter ignore table node add unique (port)", kGone, "IGNORE"}));
INSTANTIATE_TEST_SUITE_P(Unclassified, SqlLadder, testing::Values(
    Row{"source other.sql\n", kUnclear, "client"}, Row{"call upgrade()", kUnclear, "procedure"}, Row{"prepare s from @a", kUnclear, "built while it runs"},
    Row{"delimiter //\ncreate procedure p() begin update node set port = 1; end//\n", kUnclear, "procedure"},
    Row{"delimiter $$\nselect 1; drop table node$$\n", kUnclear, "more than one"}, Row{"delimiter $$\ncreate table x (a int); update node set port = 1$$\n", kUnclear, "more than one"},
    Row{"create definer=`x`@`y` trigger t before insert on node for each row set @a = 1", kUnclear, "trigger"},
    Row{"create event e on schedule every 1 day do delete from node", kUnclear, "event"},
    Row{"select my_cleanup()", kUnclear, "'my_cleanup' may be a stored function"}, Row{"insert into node values (f(1))", kUnclear, "'f' may be"},
    Row{"select cfg.f(1)", kUnclear, "'f' may be"}, Row{"set global x = 1", kUnclear, "whole server"}, Row{"set @@global.x = 1", kUnclear, "whole server"},
    Row{"set sql_mode = 'ANSI_QUOTES'", kUnclear, "quotes are read"}, Row{"set sql_log_bin = 0", kUnclear, "other config databases"},
    Row{"set password = 'x'", kUnclear, "password"}, Row{"grant all on *.* to u identified by 'x'", kUnclear, "password"},
    Row{"alter table node drop index i", kUnclear, "unique"}, Row{"alter table nowhere modify a int", kFails, "not in the live schema"},
    Row{"alter table node modify nothing int", kUnclear, "not in the live schema"}, Row{"alter table node modify total bigint", kUnclear, "generated"},
    Row{"alter table node add port int", kFails, "is there already"}, Row{"create table node (a int)", kFails, "is there already"},
    Row{"alter table node modify port strange(3)", kUnclear, "'strange' is not known"}, Row{"alter table node add x int mystery", kUnclear, "'mystery' in its definition"},
    Row{"alter table node partition by hash(id)", kUnclear, "partition"}, Row{"alter table node engine = myisam", kUnclear, "engine"},
    Row{"lock tables node write", kUnclear, "locks"}, Row{"load data infile 'x' into table node", kUnclear, "file"}, Row{"explain analyze delete from node", kUnclear, ""},
    Row{"with a as (select 1) update node set port = 1", kUnclear, ""}, Row{"alter table node modify changed timestamp", kUnclear, "TIMESTAMP"},
    Row{"use other; alter table node modify port bigint", kFails, "not in the live schema"}, Row{"select 1 into outfile '/x'", kUnclear, "writes a file"},
    Row{"create or replace view v as select 1", kUnclear, "replaced"}, Row{"frobnicate", kUnclear, "'frobnicate'"},
    Row{"use other", kUnclear, "the database 'other'"}, Row{"use other; insert into node values (1)", kUnclear, "the database 'other'"}, Row{"use CFG", kUnclear, "the database 'CFG'"},
    Row{"insert into mysql.t values (1)", kUnclear, "neither the dump nor the way back"}, Row{"create table other.t (a int)", kUnclear, "the database 'other'"},
    Row{"create view `other`.v as select 1", kUnclear, "the database 'other'"}, Row{"create index i on other.t (a)", kUnclear, "the database 'other'"},
    Row{"create table t (a int); rename table t to other.t", kUnclear, "the database 'other'"}, Row{"create table t (a int); alter table t rename other.t", kUnclear, "the database 'other'"},
    Row{"create database x", kUnclear, "a database is created"}, Row{"create schema if not exists x", kUnclear, "a database is created"},
    Row{"create user u", kUnclear, "an account is created"}, Row{"create role r", kUnclear, "an account"}, Row{"grant select on cfg.* to 'u'@'%'", kUnclear, "privileges are added"},
    Row{"create index i on node (port) comment 'x' lock=exclusive", kUnclear, "lock or copy"}, Row{"create index i on node (port) algorithm copy", kUnclear, "lock or copy"},
    Row{"alter table node add q int, lock=shared", kUnclear, "lock or copy"}, Row{"alter table node algorithm=copy, add q int", kUnclear, "lock or copy"},
    Row{"insert into node select * from node for update", kUnclear, "locks"}, Row{"create table t as select my_own(1)", kUnclear, "'my_own' may be"},
    Row{"create temporary table t select my_own(1)", kUnclear, "'my_own' may be"}, Row{"select cfg.abs(1)", kUnclear, "'abs' may be"}));
INSTANTIATE_TEST_SUITE_P(LaterStatementsSeeEarlierOnes, SqlLadder, testing::Values(
    Row{"create table t (a int); alter table t modify a tinyint, drop a", kAdd, "created by these scripts"},
    Row{"create table t (a int); update t set a = 1", kAdd, "created"}, Row{"create table t (a int); delete from t", kAdd, "created"},
    Row{"create table t (a int); truncate table t", kAdd, "created"}, Row{"create table t (a int); create unique index i on t (a)", kAdd, "index"},
    Row{"create table t (a int); rename table t to u; alter table u drop a", kAdd, "created"},
    Row{"create table t (a int); insert into t values (1) on duplicate key update a = 2", kAdd, "added"},
    Row{"alter table node add z int; alter table node modify z bigint not null", kAdd, "was added by these scripts"},
    Row{"alter table node add z int; alter table node drop z", kAdd, "was added by these scripts"},
    Row{"create table if not exists fresh (a int); alter table fresh modify a tinyint", kAdd, "created by these scripts"}));

INSTANTIATE_TEST_SUITE_P(Set, SqlLadder, testing::Values(
    Row{"set names utf8 collate utf8_bin, @x = 1", kAdd, "session"}, Row{"set character set utf8", kAdd, "session"}, Row{"set session transaction read only", kAdd, "session"},
    Row{"set @@session.sql_mode = concat(@@sql_mode, ',STRICT_ALL_TABLES'), @@foreign_key_checks := 0", kAdd, "session"}, Row{"set sql_mode = @old_sql_mode", kAdd, "session"},
    Row{"set @x = (select count(*) from node)", kAdd, "session"}, Row{"set statement max_statement_time=5 for insert into node (id) values (9)", kAdd, "rows are added"},
    Row{"set statement max_statement_time=5, sql_mode='' for select 1", kAdd, "nothing"},
    Row{"set statement max_statement_time=5 for update node set port = 1", kGone, "UPDATE changes existing rows of table 'node'"},
    Row{"SET /*x*/ STATEMENT max_statement_time=(5) FOR DELETE FROM node", kGone, "DELETE removes"}, Row{"/*M! set statement a=1 for */ drop table node", kGone, "DROP TABLE"},
    Row{"set statement a=1 for set statement a=1 for drop table node", kUnclear, "FOR SET"}, Row{"set statement a=1 for (drop table node)", kUnclear, "effect is known"},
    Row{"set statement a=1 for", kUnclear, "form"}, Row{"set statement a=1", kUnclear, "form"}, Row{"set statement a=f(1) for select 1", kUnclear, "'f' may be"},
    Row{"set statement sql_log_bin=0 for select 1", kUnclear, "other config databases"}, Row{"set hot_cache.key_buffer_size = 1", kUnclear, "form"}, Row{"set @@hot.key_buffer_size = 1", kUnclear, "form"},
    Row{"set resource group g", kUnclear, "form"}, Row{"set", kUnclear, "form"}, Row{"set a", kUnclear, "form"}, Row{"set a =", kUnclear, "form"}, Row{"set @x = 1, password = 'x'", kUnclear, "password"},
    Row{"set sql_mode = ansi", kUnclear, "quotes"}, Row{"set sql_mode = 4", kUnclear, "quotes"}, Row{"set old_alter_table = 1", kUnclear, "locks"},
    Row{"set @x = (select id from node for update)", kUnclear, "locks"}, Row{"set @x = cfg.abs(1)", kUnclear, "'abs' may be"}, Row{"set role r", kUnclear, "role"},
    Row{"set global transaction read only", kUnclear, "whole server"}, Row{"set default role r for u", kUnclear, "whole server"}, Row{"set @@persist.x = 1", kUnclear, "whole server"}));

TEST(UpgradeSql, WithoutTheSchemaWhatItDecidesIsUndecided) {
  const auto result = judge("alter table node modify Name varchar(80) not null default ''", false);
  EXPECT_EQ(std::string(to_string(result.verdict)), "undecided");
  EXPECT_TRUE(result.statements[0].needs_schema);
  EXPECT_THAT(to_string(to_diagnostics(result)), HasSubstr("fix: give --site SITE"));
  EXPECT_EQ(judge("use cfg; insert into node values (1)", false).verdict, UpgradeVerdict::undecided);
  EXPECT_EQ(judge("insert into cfg.node values (1)", false).verdict, UpgradeVerdict::undecided);
  EXPECT_EQ(judge("alter table node modify a int, drop b", false).verdict, UpgradeVerdict::unsafe);
  EXPECT_EQ(judge("alter table node modify a int; drop table node", false).verdict, UpgradeVerdict::unsafe);
  EXPECT_EQ(judge("alter table node modify a int; source x.sql\n", false).verdict, UpgradeVerdict::unsafe);
  EXPECT_EQ(judge("insert into node values (1)", false).verdict, UpgradeVerdict::widening_only);
  EXPECT_EQ(result.statements[0].verdict, SqlClass::unclassified);
  EXPECT_THAT(result.statements[0].reason, HasSubstr("needs the live schema"));
  EXPECT_EQ(judge("create table if not exists t (a int); alter table t modify a bigint", false).statements[1].verdict, SqlClass::unclassified);
  EXPECT_EQ(judge("create table t (a int); alter table t modify a bigint", false).statements[1].verdict, SqlClass::additive);
}

TEST(UpgradeSql, SeveralScriptsAreJudgedAsOneSequence) {
  const auto result = judge_upgrade({{"1.sql", "create table t (a int);"}, {"2.sql", "alter table t modify a tinyint; alter table node add z int;"}}, &live());
  EXPECT_EQ(result.verdict, UpgradeVerdict::widening_only);
  EXPECT_EQ(std::string(to_string(result.verdict)), "widening-only");
  EXPECT_EQ(result.statements.size(), 3u);
  EXPECT_EQ(judge("alter table nowhere add a int; drop table node").verdict, UpgradeVerdict::failing);
  EXPECT_EQ(judge("-- nothing\n").verdict, UpgradeVerdict::widening_only);
}

TEST(UpgradeSql, DiagnosticsNameTheStatementWithoutItsStrings) {
  const auto result = judge("select 1;\n\nupdate node set Name = 'planted-secret' where id = 3;\n");
  ASSERT_EQ(result.unsafe().size(), 1u);
  EXPECT_EQ(to_string(to_diagnostics(result)),
            "up.sql:3:1: warning: destructive: UPDATE changes existing rows of table 'node' [update node set Name = '…' where id = 3]; "
            "expected additive or widening statements only; fix: upgrade with service stopped, or change the script");
}

TEST(SqlSchema, ReadsRowsAsObjectsOfAnyCaseAndRefusesOthers) {
  const Json rows = Json::array({{{"TABLE_NAME", "t"}, {"COLUMN_NAME", "C"}, {"COLUMN_TYPE", "varchar(9)"}, {"IS_NULLABLE", "YES"}, {"COLUMN_DEFAULT", "'x'"}, {"CHARACTER_SET_NAME", "utf8mb4"}}});
  const auto schema = schema_from_rows(rows);
  ASSERT_TRUE(schema);
  EXPECT_EQ(schema->tables.at("t").columns.at("c").default_value, "x");
  EXPECT_FALSE(schema_from_rows(Json::array({Json::array({"a"})})));
  EXPECT_FALSE(schema_from_rows(Json{{"a", 1}}));
  EXPECT_TRUE(schema_from_rows(Json::array())->tables.empty());
}

TEST(SqlSchema, DefaultsOfMysqlAndMariadbAreTheSame) {
  EXPECT_EQ(normalise_default("NULL"), std::nullopt);
  EXPECT_EQ(normalise_default("'a''b'"), "a'b");
  EXPECT_EQ(normalise_default("a'b"), "a'b");
  EXPECT_EQ(normalise_default("current_timestamp()"), normalise_default("CURRENT_TIMESTAMP"));
  EXPECT_EQ(normalise_default("now(3)"), normalise_default("CURRENT_TIMESTAMP(3)"));
}

}  // namespace
}  // namespace interlock
