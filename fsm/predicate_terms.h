// What effects make of a predicate, as a predicate over the world before them: so a rendering can say of every move
// when it is possible and what it leads to without applying anything. Pure.
#pragma once

#include <functional>
#include <vector>

#include "fsm/machine.h"

namespace interlock::fsm {

// The predicate with each of its tests of a fact replaced.
[[nodiscard]] Predicate with_tests(const Predicate& predicate, const std::function<Predicate(const Predicate::Node&)>& test);

// Whether `predicate` holds in the world after the effects.
[[nodiscard]] Predicate after(const Predicate& predicate, const std::vector<Effect>& effects);

// Whether the world is already as the effects make it.
[[nodiscard]] Predicate already(const std::vector<Effect>& effects);

// Whether `predicate` certainly holds although these facts (sorted) are unknown; in the logic of truth.h.
[[nodiscard]] Predicate certain_without(const Predicate& predicate, const std::vector<int>& unknown);

// The predicates that must all hold for it to hold: the operands of its outermost `&&`.
[[nodiscard]] std::vector<Predicate> conjuncts(const Predicate& predicate);

[[nodiscard]] bool speaks_of(const Predicate& predicate, const std::vector<Effect>& effects);

}  // namespace interlock::fsm
