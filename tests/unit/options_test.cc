// Options that a command makes no use of are refused, whatever the command; nothing is looked at or begun.
#include "src/commands/options.h"

#include <cstdlib>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/command_line.h"
#include "tests/support/scratch.h"

namespace interlock {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::interlock_command;
using tests::Said;

std::vector<std::string> split(const std::string& line) {
  std::istringstream words(line);
  return {std::istream_iterator<std::string>(words), {}};
}

TEST(Options, ThatWouldBeIgnoredAreRefused) {
  for (const char* line : {
           "graph lab pair --format json", "graph lab pair --format text", "graph lab pair --lang zh", "graph lab pair --faults 1", "graph lab pair --as mermaid --at-most crash=1",
           "graph lab pair --as promela --state x", "runbook lab pair --format json", "runbook lab pair --colour always", "status --format nagios", "status last --follow --format json",
           "status --configs x", "status --colour never", "unlock lab run --colour never", "report last --configs x", "report last --html x --format json", "report last --html x --colour never",
           "report last --format tap", "explain last --format json", "resume last --configs x", "resume last --format json", "rollback last --configs x", "run lab pair --format json",
           "run lab pair --simulate --state x", "run lab pair --simulate --yes", "run lab pair --simulate --replay x --yes", "run lab pair --simulate --format json", "run lab pair --simulate --seeds 3 --colour never",
           "check lab pair --format html", "check lab pair --state x", "plan lab pair --format junit", "plan lab pair --state x", "plan lab pair --colour never", "verify lab pair --state x",
           "verify lab pair --format html", "verify --journal last --gates", "verify --journal last --unreduced", "verify --journal last --faults 1", "verify --journal last --end x", "verify --journal last --set a=b",
           "verify --journal last --at-most crash=1", "verify --journal last --most-states 7", "verify --journal last --configs x", "verify --all --set a=b", "verify --all --gates",
           "verify --all --end x", "probe --list tcp", "probe --list --host x", "probe tcp port=1 --configs x", "probe tcp port=1 --lang zh", "probe tcp port=1 --state x",
           "lint a.sql --lang zh", "lint a.sql --state x", "lint a.sql --format tap", "schema site --format json", "schema site --configs x", "schema site --color always",
       }) {
    const Said said = interlock_command(split(line));
    EXPECT_EQ(said.exit_code, 64) << line << ": " << said.err;
    EXPECT_THAT(said.err, ::testing::AnyOf(HasSubstr("makes no use of --"), HasSubstr("makes no use of KIND"), HasSubstr("is not given here; there are: "))) << line;
    EXPECT_EQ(said.out, "") << line;
  }
}

TEST(Options, SayWhatIsRefusedAndWhereToLook) {
  EXPECT_EQ(interlock_command({"verify", "--journal", "last", "--gates"}).err, "interlock: 'verify --journal' makes no use of --gates; see: interlock verify --help\n");
  EXPECT_EQ(interlock_command({"status", "--format", "nagios"}).err, "interlock: --format nagios is not given here; there are: text, json\n");
}

TEST(Options, AreListedWhereTheyApply) {
  const auto help = [](const char* command) { return interlock_command({"help", command}).out; };
  EXPECT_THAT(help("run"), AllOf(HasSubstr("Also: --configs, --state, --lang, --colour\n"), HasSubstr("With --seeds: --format (text, json)"), Not(HasSubstr("where they apply"))));
  EXPECT_THAT(help("check"), HasSubstr("--format (text, json, nagios, prometheus, junit, tap)"));
  EXPECT_THAT(help("graph"), AllOf(HasSubstr("Also: --configs\n"), Not(HasSubstr("--format"))));
  EXPECT_THAT(help("schema"), Not(HasSubstr("Also")));
  EXPECT_EQ(help("check"), interlock_command({"check", "--help"}).out);
  EXPECT_EQ(interlock_command({"help"}).out, interlock_command({"--help"}).out);
  EXPECT_THAT(interlock_command({"graph", "lab", "pair", "--format", "nope"}).err, HasSubstr("'graph' makes no use of --format"));
  EXPECT_THAT(interlock_command({"check", "lab", "pair", "--format", "nope"}).err, HasSubstr("there are: text, json, nagios, prometheus, junit, tap"));
}

TEST(Options, ThatAreWrongAreUnknownToNagios) {
  for (const char* line : {"check lab --format nagios", "check --format=nagios", "check lab pair --format nagios --nosuch", "check lab pair --format nagios --state x", "check lab pair --format nagios --set a"}) {
    const Said said = interlock_command(split(line));
    EXPECT_EQ(said.exit_code, 3) << line;
    EXPECT_THAT(said.out, ::testing::StartsWith("INTERLOCK UNKNOWN: interlock: ")) << line;
    EXPECT_EQ(said.err, "") << line;
  }
}

TEST(Options, SetAParameterOnce) {
  for (const char* line : {"plan lab pair --set a=1 a=2", "check lab pair --set a=1 --set a=1"}) {
    const Said said = interlock_command(split(line));
    EXPECT_EQ(said.exit_code, 64) << line;
    EXPECT_THAT(said.err, HasSubstr("'a' is set twice")) << line;
  }
}

TEST(Options, OfTheLiveSchemaNeedUpgradeSql) {
  const tests::Scratch scratch;
  const Said said = interlock_command({"lint", scratch.write("a.conf", "vrrp_instance a { state MASTER }\n"), "--as", "keepalived", "--site", "lab", "--host-role", "configdb"});
  EXPECT_EQ(said.exit_code, 64);
  EXPECT_THAT(said.err, HasSubstr("--site is for upgrade SQL"));
}

TEST(Options, FromTheEnvironmentAreForAllCommands) {
  ASSERT_EQ(setenv("INTERLOCK_LANG", "zh", 1), 0);
  EXPECT_EQ(interlock_command({"schema", "site"}).exit_code, 0);
  const tests::Scratch scratch;
  const std::string state = scratch.write("s.db", "");
  EXPECT_THAT(interlock_command({"--state", state, "status"}).out, HasSubstr("还没有任何运行"));
  ASSERT_EQ(setenv("INTERLOCK_LANG", "fr_FR.UTF-8", 1), 0);
  EXPECT_THAT(interlock_command({"--state", state, "status"}).out, HasSubstr("No runs yet"));
  ASSERT_EQ(setenv("INTERLOCK_LANG", "zh_CN.UTF-8", 1), 0);
  EXPECT_THAT(interlock_command({"--state", scratch.file("s.db"), "status", "nosuch"}).err, HasSubstr("没有名为“nosuch”的运行"));
  EXPECT_THAT(interlock_command({"--state", scratch.file("s.db"), "resume"}).err, HasSubstr("还没有任何运行"));
  unsetenv("INTERLOCK_LANG");
}

TEST(Options, AreKnownOfEveryCommand) {
  std::istringstream help(interlock_command({"--help"}).out);
  int commands = 0;
  bool listed = false;
  for (std::string line; std::getline(help, line);) {
    if (line.starts_with("Subcommands:")) listed = true;
    if (!listed || !line.starts_with("  ") || line[2] == ' ') continue;
    ++commands;
    EXPECT_TRUE(options_known(line.substr(2, line.find(' ', 2) - 2))) << line;
  }
  EXPECT_GE(commands, 15);
}

}  // namespace
}  // namespace interlock
