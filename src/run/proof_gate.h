// The proof that `run` demands before anything is done: of the very machine that will run.
#pragma once

#include <functional>

#include "fsm/proof.h"
#include "src/run/prepare.h"
#include "src/store/store.h"

namespace interlock {

// A model that contradicts itself is a mistake in the file, and so is one that no site can begin: neither proves
// anything, and both throw InputError.
[[nodiscard]] fsm::Proof prove_bound(const fsm::Machine& machine, const fsm::ProcedureSource& procedure, const fsm::Budget& budget);

struct ProofGate {
  fsm::Budget budget;     // with which it was searched: as the procedure says, or fewer faults where that was not finished
  fsm::Proof proof;       // empty when it is known
  double seconds = 0;
  bool known = false;     // proven before, by this program
  [[nodiscard]] bool open() const { return known || proof.proven(); }
};

// `begins` is called once, before the first search: it takes seconds. Not at all where everything is known.
[[nodiscard]] ProofGate prove_before_run(Store& store, const Prepared& prepared, const std::function<void()>& begins);

}  // namespace interlock
