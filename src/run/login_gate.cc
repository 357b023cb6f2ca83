#include <future>
#include <vector>

#include "src/run/host_gates.h"

namespace interlock {
namespace {

constexpr std::chrono::seconds kLoginWithin{15};  // SSH itself gives a connection ten

struct Login {
  std::string host, address;
  std::optional<Failure> failed;
};

// Actions run commands, probes look by SFTP: both must work.
Login try_login(const std::string& name, Host& host) {
  const Deadline deadline = std::chrono::steady_clock::now() + kLoginWithin;
  Login login{name, host.address(), {}};
  const auto ran = host.run(Command{{"true"}, {}, {}}, deadline);
  if (!ran) {
    login.failed = ran.error();
  } else if (!ran->ok()) {
    login.failed = Failure{Cause::denied, name + ": a login is let in, but no command is run there", false};
  } else if (const auto looked = host.look_at("/", Links::followed, deadline); !looked) {
    login.failed = looked.error();
  }
  return login;
}

// What a person must mend, as opposed to a host that is away at the moment.
bool refused(const Failure& failure) {
  return failure.cause == Cause::denied || failure.cause == Cause::missing || failure.cause == Cause::internal;
}

}  // namespace

std::set<std::string> hosts_logged_in_to(const fsm::Machine& machine) {
  std::set<std::string> names;
  for (const auto& action : machine.actions) {
    if (!action.host.empty() && !action.operations.empty()) names.insert(action.host);
  }
  for (const auto& fact : machine.facts) {
    if (!fact.host.empty() && !fact.args.contains("port")) names.insert(fact.host);
  }
  return names;
}

std::optional<GateResult> login_gate(const fsm::Machine& machine, Hosts& hosts) {
  std::vector<std::future<Login>> tries;
  for (const auto& name : hosts_logged_in_to(machine)) {
    if (Host* host = hosts.find(name)) tries.push_back(std::async(std::launch::async, try_login, name, std::ref(*host)));
  }
  if (tries.empty()) return std::nullopt;
  GateResult g;
  g.id = "login";
  g.phase = machine.phases.front().name;
  g.title = kLoginTitle;
  g.requires_text = "a command and a look at a file succeed on every host";
  g.remedy = {"what is said above of each host; then try again: interlock check", "按上文各主机的提示处理后重新执行 interlock check"};
  g.verdict = fsm::Truth::yes;
  g.evidence = Json::array();
  for (auto& one : tries) {
    const Login login = one.get();
    const bool in = !login.failed;
    Json seen{{"fact", login.host + ".login"}, {"value", in ? "possible" : refused(*login.failed) ? "refused" : "unknown"}, {"asked", "a login to " + login.host + " (" + login.address + ")"}, {"saw", ""}};
    if (!in) {
      seen["why"] = login.failed->text;
      if (refused(*login.failed)) g.verdict = fsm::Truth::no;
      else if (g.verdict == fsm::Truth::yes) g.verdict = fsm::Truth::unknown;
      g.observed += (g.observed.empty() ? "" : ", ") + login.host + " cannot be logged in to";
    }
    g.evidence.push_back(std::move(seen));
  }
  if (g.verdict == fsm::Truth::yes) g.observed = "all " + std::to_string(tries.size()) + " hosts let us in";
  if (g.verdict == fsm::Truth::unknown) g.remedy = {};
  return g;
}

}  // namespace interlock
