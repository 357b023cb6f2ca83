#include "src/run/executor.h"

#include <csignal>
#include <cstdlib>
#include <cstring>

#include "src/actions/operation.h"

namespace interlock {
namespace {

constexpr Millis kKillDelay{30};  // long enough for the first operation to have begun

int fault_number() {
  constexpr const char* kKey = "kill-in-action=";
  const char* fault = std::getenv("INTERLOCK_FAULT");
  if (fault == nullptr) return 0;
  const char* at = std::strstr(fault, kKey);
  return at ? std::atoi(at + std::strlen(kKey)) : 0;
}

}  // namespace

Executor::Executor(const fsm::Machine& machine, Hosts& hosts, Secrets& secrets)
    : machine_(machine), hosts_(hosts), secrets_(secrets), kill_in_(fault_number()) {}

Executor::~Executor() {
  if (thread_.joinable()) thread_.join();
}

void Executor::execute(const fsm::command::Execute& command, Done done) {
  if (thread_.joinable()) thread_.join();  // the engine never asks for two at once
  if (++begun_ == kill_in_)
    std::thread([] {
      std::this_thread::sleep_for(kKillDelay);
      std::raise(SIGKILL);
    }).detach();
  thread_ = std::thread([this, command, done = std::move(done)] { perform(command, done); });
}

void Executor::perform(const fsm::command::Execute& command, const Done& done) {
  const fsm::Action& action = machine_.action(command.action);
  const Deadline deadline = std::chrono::steady_clock::now() + action.within;
  Json details = Json::array();
  Host* host = hosts_.find(action.host);
  if (host == nullptr) return done(fsm::Outcome::failed, "the site has no host '" + action.host + "'", details);
  std::string text;
  for (const auto& operation : action.operations) {
    const OperationKind* kind = find_operation(operation.kind);
    if (kind == nullptr) return done(fsm::Outcome::failed, "no operation '" + operation.kind + "'", details);
    if (std::chrono::steady_clock::now() >= deadline)
      return done(fsm::Outcome::unknown, "the time limit passed before '" + operation.kind + "' began", details);
    OperationResult result = kind->perform({operation.args, *host, hosts_, secrets_, deadline, command.again});
    Json one{{"operation", operation.kind}, {"outcome", to_string(result.outcome)}, {"text", result.text}};
    if (!result.details.is_null()) one["details"] = std::move(result.details);
    details.push_back(std::move(one));
    text = result.text;
    if (result.outcome != fsm::Outcome::done) return done(result.outcome, text, details);
  }
  done(fsm::Outcome::done, text, details);
}

}  // namespace interlock
