// The gates that the tool adds on the hosts themselves: that they can be logged in to, and that there is room.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "src/report/check_report.h"
#include "src/run/host_gates.h"
#include "tests/support/fake_host.h"
#include "tests/support/small_pair.h"

namespace interlock::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class HostGates : public ::testing::Test {
 protected:
  HostGates() {
    for (FakeHost* host : {&one, &two}) {
      hosts.add(*host);
      host->on_command("true", 0, "");
      host->put_file("/", "");
    }
    control.on_command("| check -", 0, "tops 1\nneeded 5000\nmembers 2\n");
  }
  void unpacks_on_both() {
    for (auto& action : machine.actions) action.operations.clear();
    for (const char* host : {"node-1", "node-2"}) {
      fsm::Action action;
      action.host = host;
      action.operations.push_back({"unpack", {{"package", "/here/p.tar.gz"}, {"from", "/tmp"}, {"to", "/srv/new"}, {"sha256", std::string(64, 'a')}}, {}, {}});
      machine.actions.push_back(std::move(action));
    }
  }

  fsm::Machine machine = small_pair();
  FakeHost control{"this machine"}, one{"node-1", "192.0.2.1"}, two{"node-2", "192.0.2.2"};
  FakeHosts hosts{control};
};

TEST_F(HostGates, EveryHostThatIsWorkedOnIsLoggedInTo) {
  EXPECT_THAT(hosts_logged_in_to(machine), ElementsAre("node-1", "node-2"));
  const auto gate = login_gate(machine, hosts);
  ASSERT_TRUE(gate);
  EXPECT_EQ(gate->verdict, fsm::Truth::yes) << gate->evidence.dump();
}

TEST_F(HostGates, AHostThatIsOnlyAskedByItsPortIsNotLoggedInTo) {
  machine.actions.clear();
  for (auto& fact : machine.facts) fact.args = {{"port", 3306}};
  EXPECT_THAT(hosts_logged_in_to(machine), ElementsAre());
  EXPECT_FALSE(login_gate(machine, hosts));
}

TEST_F(HostGates, ADeniedLoginClosesTheGateWithTheHostsOwnWords) {
  two.on_command("true", Failure{Cause::denied, "node-2: the host key is not known; if they are equal: ssh-keyscan …", false});
  const auto gate = login_gate(machine, hosts);
  EXPECT_EQ(gate->verdict, fsm::Truth::no);
  CheckResult result;
  result.gates = {*gate};
  EXPECT_THAT(render_check(result, Format::text, Language::en, false), HasSubstr("ssh-keyscan"));
  EXPECT_EQ(nagios_status(result), 2);
}

TEST_F(HostGates, AHostThatIsAwayLeavesTheGateUnknown) {
  one.be_unreachable();
  const auto gate = login_gate(machine, hosts);
  EXPECT_EQ(gate->verdict, fsm::Truth::unknown);
  CheckResult result;
  result.gates = {*gate};
  EXPECT_EQ(nagios_status(result), 3);
}

TEST_F(HostGates, AHostThatRunsCommandsAndShowsNoFilesIsNotLoggedInTo) {
  FakeHost bare{"node-3"};
  bare.on_command("true", 0, "");
  hosts.add(bare);
  machine.actions.front().host = "node-3";
  EXPECT_NE(login_gate(machine, hosts)->verdict, fsm::Truth::yes);
}

TEST_F(HostGates, RoomIsLookedForOnlyWhereSomethingIsUnpacked) {
  for (auto& action : machine.actions) action.operations.clear();
  EXPECT_FALSE(space_gate(machine, hosts));
}

TEST_F(HostGates, TooLittleRoomClosesTheGateAndSaysWhere) {
  unpacks_on_both();
  one.on_command("df -P", 0, "room 900000 /srv\n");
  two.on_command("df -P", 0, "room 4000 /srv\n");
  const auto gate = space_gate(machine, hosts);
  ASSERT_TRUE(gate);
  EXPECT_EQ(gate->verdict, fsm::Truth::no);
  EXPECT_EQ(gate->observed, "node-2 /srv: 4.0 kB left, 5.0 kB needed");
}

TEST_F(HostGates, TwoPackagesOnOneFileSystemNeedRoomTogether) {
  unpacks_on_both();
  auto operation = machine.actions.back().operations.front();
  operation.args["to"] = "/srv/other";
  machine.actions.back().operations.push_back(operation);
  one.on_command("df -P", 0, "room 900000 /srv\n");
  two.on_command("df -P", 0, "room 9000 /srv\nroom 9000 /srv\n");
  EXPECT_EQ(space_gate(machine, hosts)->verdict, fsm::Truth::no);
  two.on_command("df -P", 0, "room 9000 /srv\nroom 9000 /srv/other\n");
  EXPECT_EQ(space_gate(machine, hosts)->verdict, fsm::Truth::yes);
}

TEST_F(HostGates, WhatIsUnpackedAlreadyNeedsNoRoom) {
  unpacks_on_both();
  for (FakeHost* host : {&one, &two}) {
    host->put_file("/srv/new/.interlock-package", std::string(64, 'a') + "\n");
    host->on_command("df -P", 0, "room 1 /srv\n");
  }
  EXPECT_EQ(space_gate(machine, hosts)->verdict, fsm::Truth::yes);
}

TEST_F(HostGates, RoomThatCannotBeToldIsUnknown) {
  unpacks_on_both();
  one.on_command("df -P", 1, "", "no such file");
  two.on_command("df -P", 0, "room 900000 /srv\n");
  EXPECT_EQ(space_gate(machine, hosts)->verdict, fsm::Truth::unknown);
}

}  // namespace
}  // namespace interlock::tests
