// What a model may say of the site and of our actions without contradicting itself. Checked while binding, by trying
// every combination of the values of the facts concerned; of very many facts it says nothing. Throws InputError. Pure.
#pragma once

#include <string>

#include "fsm/machine.h"

namespace interlock::fsm {

// A reaction can come about, changes something, comes to rest by itself, and each of its cases can be the one that holds.
void check_reaction(const Machine& machine, const Reaction& reaction, const ReactionSource& source);

// An action's effect holds once it has been done: its conditions do not change with it.
void check_effect(const Machine& machine, const Action& action, const Where& where);

// No two roles stand for one thing: facts that are observed in the same way are one, and the proof takes them for two.
void check_roles_apart(const Machine& machine);

}  // namespace interlock::fsm
