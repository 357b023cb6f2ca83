// The registry and its arguments: what a person who mistypes one is told.
#include "probes/arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_host.h"

namespace interlock::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> check(const char* kind, const Json& args) {
  std::vector<std::string> texts;
  for (const auto& problem : check_arguments(find_probe(kind)->arguments, args)) texts.push_back(problem.text);
  return texts;
}

TEST(Arguments, EveryKindIsFoundByItsName) {
  EXPECT_GE(probe_kinds().size(), 8U);
  for (const auto& kind : probe_kinds()) {
    EXPECT_EQ(find_probe(kind.name)->help, kind.help);
    EXPECT_FALSE(kind.help.empty());
    for (const auto& argument : kind.arguments) EXPECT_FALSE(argument.help.empty()) << kind.name << " " << argument.name;
  }
  EXPECT_EQ(find_probe("nothing"), nullptr);
}

TEST(Arguments, FittingOnesPass) {
  EXPECT_THAT(check("tcp", {{"port", 3323}}), IsEmpty());
  EXPECT_THAT(check("address", {{"ip", "10.89.0.100"}}), IsEmpty());
  EXPECT_THAT(check("address", {{"ip", "fd00::1"}}), IsEmpty());
  EXPECT_THAT(check("address", {{"ip", "10.89.0.100/24"}}), Not(IsEmpty())) << "told when it is bound, and not by a host";
  EXPECT_THAT(check("tcp", {{"port", "3323"}, {"banner", "true"}}), IsEmpty()) << "as a parameter gives them";
  EXPECT_THAT(check("tcp", {{"port", "${service_port}"}, {"banner", "${banner}"}}), IsEmpty());
  EXPECT_THAT(check("hotdb", {{"port", 3325}, {"show", "server"}, {"user", "root"}, {"password", {{"secret", "m"}}}}), IsEmpty());
}

TEST(Arguments, WrongOnesAreNamedWithWhatWasMeant) {
  EXPECT_THAT(check("tcp", {{"prot", 3323}}), ElementsAre("unknown argument 'prot' (did you mean 'port'?)",
                                                           HasSubstr("missing argument 'port'")));
  EXPECT_THAT(check("tcp", {{"port", 70000}}), ElementsAre("argument 'port' must be 1 to 65535, not 70000"));
  EXPECT_THAT(check("tcp", {{"port", "3323x"}}), ElementsAre("argument 'port' must be a number, not \"3323x\""));
  EXPECT_THAT(check("tcp", {{"port", 1}, {"banner", "yes"}}), ElementsAre("argument 'banner' must be true or false, not \"yes\""));
  EXPECT_THAT(check("hotdb", {{"port", 1}, {"show", "servr"}}), ElementsAre("argument 'show' does not know 'servr' (did you mean 'server'?)"));
  EXPECT_THAT(check("command", {{"argv", "ls -l"}}), ElementsAre("argument 'argv' must be a list, not \"ls -l\""));
  EXPECT_THAT(check("package", {{"file", "/p"}, {"sha256", "1234"}}), ElementsAre("argument 'sha256' must be a SHA-256, 64 hexadecimal digits, not \"1234\""));
  EXPECT_THAT(check("package", {{"file", "/p"}, {"sha256", std::string(64, 'A')}}), IsEmpty());
  EXPECT_THAT(check("package", {{"file", ""}, {"sha256", ""}}), IsEmpty()) << "the JDK of a version that needs none";
  EXPECT_THAT(check("tcp", Json::array()), ElementsAre("the arguments must be a mapping of names to values"));
}

TEST(Arguments, ASecretWrittenOutIsRefusedAndNotRepeated) {
  const auto problems = check("mysql", {{"port", 1}, {"user", "u"}, {"query", "q"}, {"password", "hunter2"}});
  EXPECT_THAT(problems, ElementsAre("argument 'password' must be a reference to a secret, {secret: NAME}"));
}

TEST(Arguments, AProbeWithWrongOnesIsUnknownAndAsksNothing) {
  FakeHost host;
  const Reading seen = observe("address", {{"pi", "10.0.0.1"}}, host);
  ASSERT_FALSE(seen.known());
  EXPECT_EQ(seen.unknown->cause, Cause::internal);
  EXPECT_THAT(host.commands(), IsEmpty());
}

TEST(Arguments, ADeadlineThatHasPassedIsUnknownForEveryKind) {
  FakeHost host;
  const Reading seen = observe("address", {{"ip", "10.0.0.1"}}, host, Millis{-1});
  ASSERT_FALSE(seen.known());
  EXPECT_EQ(seen.unknown->cause, Cause::timed_out);
}

}  // namespace
}  // namespace interlock::tests
