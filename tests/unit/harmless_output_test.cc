// Nothing that a file says can command the terminal, whatever is asked for: hostile texts in every place that takes one.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fsm/printable.h"
#include "src/report/escape.h"
#include "src/report/layout.h"
#include "tests/support/command_line.h"
#include "tests/support/scratch.h"

namespace interlock {
namespace {

using ::testing::HasSubstr;
using tests::interlock_command;
using tests::Said;

constexpr const char* kHostileNode = R"(component: node
title: "a node\e[31m"
facts:
  service: {title: "service\e[7m", values: {open: "it.port == 'open'", "shut\e[5m": "true"}, observe: {tcp: {port: 1}}}
actions:
  start: {title: "start\e]0;owned\a it", do: [{run: {argv: [sh, -c, "echo \e[8m"]}}], effect: {service: open}, within: 5s, repeatable: "true"}
crash: {service: "shut\e[5m"}
)";

constexpr const char* kHostileProcedure = R"(procedure: hostile
title: "Hostile\e[2J\nPROVEN"
about: "about\u009b31m\u202e"
params: {go: {default: false}}
roles: {n: {components: [node], title: "the node\e[1m"}}
rules:
  - {name: "stays shut\e[2J\n  PROVEN", title: "stays\e[31m shut", always: "n.service == 'shut\e[5m'"}
reactions:
  - {name: "it opens\e[3m\" by itself */", when: "go && n.service == 'shut\e[5m'", then: {n.service: open}, may_fail: true}
gates:
  standing: {holds: "n.service ==\n 'shut\e[5m'", title: "standing\e[4m", remedy: "shut\e[4m it"}
phases:
  one: {title: "One\e[31m", gates: [standing], refused: unchanged, next: two}
  two: {when: go, title: "Two\e[31m", steps: [n.start], back: back, next: done}
ends:
  done:      {is: success, title: "Done\e[31m", look: "look\e[31m", type: "type\e[31m"}
  unchanged: {is: unchanged, title: "Unchanged\e[31m"}
  back:      {is: rolled-back, title: "Back\e[31m", look: "look\e[31m", type: "type\e[31m"}
  attention: {is: attention, title: "Attention\e[31m", look: "look\e[31m", type: "type\e[31m"}
)";

constexpr const char* kHostileSite = "site: here\ntitle: \"here\\e[31m\"\nhosts: {h: {address: 127.0.0.1, via: local}}\nroles: {n: {host: h}}\n";

bool commands_the_terminal(const std::string& text) {
  for (std::size_t at = 0; at < text.size();)
    if (const char32_t c = next_character(text, at); c != '\n' && c != '\t' && is_control(c)) return true;
  return false;
}

class HarmlessOutput : public ::testing::Test {
 protected:
  Said say(std::vector<std::string> arguments) { return interlock_command(arguments); }
  void expect_harmless(const std::vector<std::string>& arguments, const std::string& wanted) {
    const Said said = say(arguments);
    std::string line;
    for (const auto& word : arguments) line += word + " ";
    EXPECT_FALSE(commands_the_terminal(said.out + said.err)) << line << "\n" << said.out << said.err;
    EXPECT_THAT(said.out + said.err, HasSubstr(wanted)) << line;
  }

  tests::Scratch scratch_;
  const std::string configs_ = scratch_.file("configs"), state_ = scratch_.file("state.db");
  const std::string node_ = scratch_.write("configs/components/node.yaml", kHostileNode);
  const std::string procedure_ = scratch_.write("configs/procedures/hostile.yaml", kHostileProcedure);
  const std::string site_ = scratch_.write("configs/sites/here.yaml", kHostileSite);
};

TEST_F(HarmlessOutput, OfWhatIsReadFromFiles) {
  for (const char* form : {"dot", "mermaid", "promela"}) expect_harmless({"graph", "here", "hostile", "--configs", configs_, "--set", "go=true", "--as", form}, "two");
  for (const char* form : {"text", "json"}) {
    expect_harmless({"verify", "here", "hostile", "--configs", configs_, "--set", "go=true", "--format", form}, "stays shut");
    expect_harmless({"verify", "here", "hostile", "--configs", configs_, "--set", "go=true", "--end", "back", "--gates", "--lang", "zh", "--format", form}, "stays shut");
    expect_harmless({"plan", "here", "hostile", "--configs", configs_, "--set", "go=true", "--format", form}, "start");
    expect_harmless({"run", "here", "hostile", "--configs", configs_, "--set", "go=true", "--simulate", "--seeds", "20", "--format", form}, "hostile");
    expect_harmless({"lint", node_, procedure_, site_, "--format", form}, "hostile");
  }
  for (const char* seed : {"1", "2", "3", "4", "5"}) expect_harmless({"run", "here", "hostile", "--configs", configs_, "--set", "go=true", "--simulate", "--seed", seed, "--faults", "2"}, "seed");
  expect_harmless({"runbook", "here", "hostile", "--configs", configs_, "--set", "go=true"}, "start");
}

TEST_F(HarmlessOutput, OfARunAndItsReports) {
  for (const char* form : {"text", "json", "nagios", "prometheus", "junit", "tap"}) expect_harmless({"check", "here", "hostile", "--configs", configs_, "--format", form}, std::string(form) == "tap" ? "standing" : "hostile");
  expect_harmless({"run", "here", "hostile", "--configs", configs_, "--set", "go=true", "--state", state_, "--yes"}, "Refused");
  expect_harmless({"run", "here", "hostile", "--configs", configs_, "--state", state_, "--yes"}, "success: Done\\x1b[31m");
  for (const char* form : {"text", "json", "junit", "html"}) expect_harmless({"report", "last", "--state", state_, "--format", form}, "hostile");
  expect_harmless({"explain", "last", "--state", state_}, "Done");
  expect_harmless({"status", "last", "--follow", "--state", state_}, "Done");
}

// In colours, only Paint's own are left.
TEST_F(HarmlessOutput, InColours) {
  const std::string painted = report::Paint(true)(report::Colour::red, "red") + "\x1b[31;1mnot\x1b[5m\x1b]0;x\a\n\ttext";
  EXPECT_EQ(report::harmless(painted, true), "\x1b[31mred\x1b[0m\\x1b[31;1mnot\\x1b[5m\\x1b]0;x\\x07\n\ttext");
  EXPECT_FALSE(commands_the_terminal(report::harmless(painted)));
  const Said said = say({"check", "here", "hostile", "--configs", configs_, "--colour", "always"});
  EXPECT_THAT(said.out, HasSubstr("standing\\x1b[4m"));
}

// A name of several lines must not look like lines of the report.
TEST_F(HarmlessOutput, KeepsANameOnItsLine) {
  const Said said = say({"verify", "here", "hostile", "--configs", configs_, "--set", "go=true"});
  EXPECT_THAT(said.out, ::testing::Not(HasSubstr("\n  PROVEN")));
}

TEST(JsonText, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(report::json_text("\x1b\x7f\xc2\x9b\xe2\x80\xae\xf3\xa0\x80\x81 \xe4\xb8\xad", -1), "\"\\u001b\\u007f\\u009b\\u202e\\udb40\\udc01 \xe4\xb8\xad\"");
  EXPECT_EQ(Json::parse(report::json_text("\xf3\xa0\x80\x81\xc2\x9b")), "\xf3\xa0\x80\x81\xc2\x9b");
}

}  // namespace
}  // namespace interlock
