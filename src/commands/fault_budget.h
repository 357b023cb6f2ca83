// --faults N and --at-most KIND=N: what may go wrong in a proof.
#pragma once

#include <CLI/CLI.hpp>

#include "fsm/proof.h"

namespace interlock {

void add_fault_budget(CLI::App& command, fsm::Budget& budget);

}  // namespace interlock
