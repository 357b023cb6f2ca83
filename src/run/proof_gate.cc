#include "src/run/proof_gate.h"

#include <chrono>
#include <stdexcept>
#include <sys/stat.h>
#include <utility>

#include <fmt/format.h>

#include "fsm/budget.h"

namespace interlock {
namespace {

constexpr std::size_t kMostStates = 20'000'000;  // some 1.2 GB

// Another program may explore in another way: what it has proven is proven anew.
std::string this_program() {
  struct stat found {};
  if (stat("/proc/self/exe", &found) != 0) return "";
  return fmt::format("{}-{}.{:09}", found.st_size, found.st_mtim.tv_sec, found.st_mtim.tv_nsec);
}

// The same for budgets that allow the same.
std::string text_of(const fsm::Budget& budget) {
  std::string text = std::to_string(budget.faults);
  for (std::size_t k = 0; k < fsm::kFaultKinds; ++k)
    if (budget.each[k] != fsm::Budget{}.each[k]) text += fmt::format(",{}={}", to_string(static_cast<fsm::Fault>(k)), budget.each[k]);
  return text;
}

}  // namespace

fsm::Proof prove_bound(const fsm::Machine& machine, const fsm::ProcedureSource& procedure, const fsm::Budget& budget) {
  fsm::Proof proof;
  try {
    proof = fsm::prove(machine, budget);
  } catch (const std::invalid_argument& e) {
    fsm::fail(fsm::Where{procedure.file, 0, 0}, e.what());
  }
  if (proof.complete && proof.initial == 0)
    fsm::fail(procedure.phases.front().second.where, "no site can begin: the gates of the first phase, the rules and what is assumed contradict each other", "at least one site that passes");
  return proof;
}

ProofGate prove_before_run(Store& store, const Prepared& prepared, const std::function<void()>& begins) {
  ProofGate gate;
  gate.budget = budget_of(prepared.procedure);
  gate.budget.most_states = kMostStates;
  const std::string machine = digest(prepared.machine), program = this_program();
  const auto began = std::chrono::steady_clock::now();
  bool told = false;
  for (;; --gate.budget.faults) {
    const std::string what = fmt::format("{} faults={} by {}", machine, text_of(gate.budget), program);
    if (const auto known = store.was_proven(what); !program.empty() && known && *known) {
      gate.known = true;
      break;
    }
    if (!std::exchange(told, true)) begins();
    gate.proof = prove_bound(prepared.machine, prepared.procedure, gate.budget);
    if (gate.proof.proven()) (void)store.note_proven(what);  // what cannot be noted is proven again the next time
    if (gate.proof.complete || !gate.proof.findings.empty() || gate.budget.faults <= 1) break;
  }
  gate.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return gate;
}

}  // namespace interlock
