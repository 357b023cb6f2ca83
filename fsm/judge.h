// From what a probe saw to a fact's value: the conditions of the fact, evaluated over the reading (`it`).
// The same judgement serves check, run and audit. Pure.
#pragma once

#include <optional>
#include <string>

#include "fsm/machine.h"

namespace interlock::fsm {

struct Judgement {
  Value value = kUnknown;
  std::string why;        // when unknown: the reason, for people
};

[[nodiscard]] Judgement judge(const Fact& fact, const Reading& reading);

// Evaluates a condition over `it`. A field that is not there makes it unknown (why says which).
[[nodiscard]] Truth eval_over(const Expression& condition, const Json& it, std::string& why);

}  // namespace interlock::fsm
