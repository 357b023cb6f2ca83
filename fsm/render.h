// A machine in the languages of other tools, made from the machine itself. Pure: equal machines give equal texts.
#pragma once

#include <string>

#include "fsm/machine.h"
#include "fsm/proof.h"

namespace interlock::fsm {

// Phases and ends with their ways, for Graphviz.
[[nodiscard]] std::string render_dot(const Machine& machine);
// The same as a flowchart for Mermaid.
[[nodiscard]] std::string render_mermaid(const Machine& machine);
// The model that the proof explores, with the same states and moves, for SPIN: one move is one transition. What it
// asserts and how its numbers compare with the proof's: docs/renderings.md.
[[nodiscard]] std::string render_promela(const Machine& machine, const Budget& budget);

}  // namespace interlock::fsm
