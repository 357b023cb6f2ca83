// What a person types on a host, without Interlock, for what a probe observes and what an operation does: for the
// runbook. Pure.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "fsm/machine.h"
#include "src/report/words.h"

namespace interlock {

// What a manual has to know besides the machine.
struct HandSite {
  std::map<std::string, std::string> addresses;   // by host
  std::map<std::string, std::string> logins;      // by host, for ssh and scp: "root@10.0.0.1"
  // The SQL that notes in the history table that an operation's scripts have run; empty: they cannot be read here.
  std::function<std::string(const Json& args)> history;
  std::string control;                            // the host that is the control host itself; empty: none
};

namespace report {

struct ByHand {
  std::string command;   // a line for bash, with a comment that says what to look for where that is not plain
  bool here = false;     // on the control host, whatever the fact's or action's host
};
[[nodiscard]] ByHand by_hand(const fsm::Fact& fact, const HandSite& site, Language language);

// `described`: what the program does; where that can be typed as it is, it is what is typed.
[[nodiscard]] std::vector<ByHand> by_hand(const fsm::Operation& operation, const std::string& host, const std::vector<std::string>& described,
                                          const HandSite& site, Language language);

// What both need: an argument as a word for the shell, and a client of MySQL that asks for the password.
[[nodiscard]] std::string hand_word(const Json& args, const char* name, const std::string& otherwise = "");
[[nodiscard]] std::string hand_mysql(const Json& args, const std::string& program, const std::string& address);
[[nodiscard]] std::string hand_address(const HandSite& site, const std::string& host);

}  // namespace report
}  // namespace interlock
