// A value that is wrong is told where it was given: in the site, in the procedure, or on the command line.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/command_line.h"
#include "tests/support/scratch.h"
#include "tests/support/shipped.h"

namespace interlock {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using tests::interlock_command;
using tests::kConfigs;
using tests::Said;

class GivenValues : public ::testing::Test {
 protected:
  // The shipped procedure on the lab's site, with this instead of a line of it. Contacts no host.
  Said with(const std::string& line, const std::string& instead, const std::vector<std::string>& more = {}) {
    std::string site = tests::read_whole(kConfigs + "/sites/lab.yaml");
    const auto at = site.find(line);
    EXPECT_NE(at, std::string::npos) << line;
    site.replace(at, line.size(), instead);
    file_ = scratch_.write("site.yaml", site);
    line_ = std::to_string(1 + std::count(site.begin(), site.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    std::vector<std::string> arguments{"--configs", kConfigs, "run", file_, "hotdb-master-backup-nonstop", "--simulate"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return interlock_command(arguments);
  }
  tests::Scratch scratch_;
  std::string file_, line_;
};

TEST_F(GivenValues, AreTakenWhenTheyFit) { EXPECT_EQ(with("site: lab", "site: lab").exit_code, 0); }

TEST_F(GivenValues, AreToldAtTheLineOfTheSite) {
  const struct {
    const char *instead, *expected;
  } rows[] = {
      {"  manager_port: 99999", "argument 'port' must be 1 to 65535, not 99999"},
      {"  manager_port: many", "argument 'port' must be a number, not \"many\""},
      {"  service_port: [1]", "argument 'port' must be a number, not [1]"},
      {"  start_within: soon", "'soon' is not a duration; expected a number with a unit: 500ms, 15s, 5m, 2h"},
      {"  outage_budget: 20", "'20' is not a duration"},
      {"  handover: vip-frist", "parameter 'handover' cannot be 'vip-frist'; expected auto, service-first, vip-first, priority; fix: write 'vip-first'"},
      {"  on_busy: hurry", "parameter 'on_busy' cannot be 'hurry'; expected wait, go-on, abort"},
      {"  switch_back: maybe", "parameter 'switch_back' is 'maybe'; expected true or false"},
  };
  for (const auto& row : rows) {
    const Said said = with("  vip: 10.89.0.100", std::string(row.instead) + "\n  vip: 10.89.0.100");
    EXPECT_EQ(said.exit_code, 78) << row.instead;
    EXPECT_THAT(said.err, StartsWith(file_ + ":" + line_ + ":")) << row.instead;
    EXPECT_THAT(said.err, HasSubstr(row.expected));
  }
}

TEST_F(GivenValues, ASumThatIsNoneIsToldThere) {
  const Said sum = with("  package_sha256: \"" + std::string(64, '0') + "\"", "  package_sha256: 1234");
  EXPECT_EQ(sum.exit_code, 78);
  EXPECT_THAT(sum.err, StartsWith(file_ + ":" + line_ + ":"));
  EXPECT_THAT(sum.err, HasSubstr("must be a SHA-256, 64 hexadecimal digits, not 1234"));
}

TEST_F(GivenValues, OfARoleAreToldThere) {
  const Said port = with("  backup:   {host: hotdb-2}", "  backup:   {host: hotdb-2, params: {manager_port: 0}}");
  EXPECT_THAT(port.err, StartsWith(file_ + ":" + line_ + ":52: error: probe"));
  const Said unknown = with("  backup:   {host: hotdb-2}", "  backup:   {host: hotdb-2, params: {manager_prot: 1}}");
  EXPECT_THAT(unknown.err, StartsWith(file_ + ":" + line_ + ":52: error: no component of role 'backup' has a parameter 'manager_prot'"));
}

TEST_F(GivenValues, OnTheCommandLineAreToldThere) {
  const auto set = [&](const std::string& setting) { return with("site: lab", "site: lab", {"--set", setting}); };
  EXPECT_EQ(set("handover=nonsense").exit_code, 78);
  EXPECT_THAT(set("handover=nonsense").err, StartsWith("--set handover: error: parameter 'handover' cannot be 'nonsense'; expected auto, service-first, vip-first, priority"));
  EXPECT_THAT(set("switch_back=nonsense").err, StartsWith("--set switch_back: error: 'nonsense' is neither true nor false; expected true or false"));
  EXPECT_THAT(set("drain=long").err, StartsWith("--set drain: error: 'long' is not a duration"));
  EXPECT_THAT(set("service_port=0").err, StartsWith("--set service_port: error: probe 'tcp': argument 'port' must be 1 to 65535"));
  EXPECT_THAT(set("hand-over=priority").err, StartsWith("--set hand-over: error: procedure 'hotdb-master-backup-nonstop' has no parameter 'hand-over'"));
  EXPECT_EQ(set("handover=vip-first").exit_code, 0);
}

// The proof once said of a rule that nothing can observe that it holds.
TEST(Verify, RefusesWhatNoProbeCanObserve) {
  const tests::Scratch scratch;
  std::filesystem::copy(kConfigs, scratch.file("configs"), std::filesystem::copy_options::recursive);
  const std::string file = scratch.file("configs/components/keepalived.yaml");
  std::string text = tests::read_whole(file);
  const std::string known = "observe: {address: {ip";
  ASSERT_NE(text.find(known), std::string::npos);
  text.replace(text.find(known), known.size(), "observe: {adress: {ip");
  (void)scratch.write("configs/components/keepalived.yaml", text);
  for (const char* command : {"verify", "graph", "runbook"}) {
    const Said said = interlock_command({"--configs", scratch.file("configs"), command, "lab", "hotdb-master-backup-nonstop"});
    EXPECT_EQ(said.exit_code, 78) << command;
    EXPECT_THAT(said.err, HasSubstr("is observed by 'adress', and there is no such probe")) << command;
    EXPECT_EQ(said.out, "") << command;
  }
}

}  // namespace
}  // namespace interlock
