// Does a real run's journal agree with the machine that was proven? decide() is asked again for every record that tells of
// a decision, with what the record says was seen, and the rest as it may have been; every move must be one that the
// machine has; and what was seen must be able to come about: by our actions, by the declared reactions, or by as few
// crashes as it takes. So a model that lies about the site is found. That a rule was overdue is taken as told. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fsm/decide.h"
#include "fsm/journal.h"

namespace interlock::fsm {

struct Conformance {
  bool conforms = true;
  bool known = true;           // false: more worlds are possible than can be followed, from this record on
  std::size_t records = 0;     // that were replayed
  int crashes = 0;             // that have to be supposed so that what was seen can come about
  std::int64_t seq = 0;        // the first record that the model does not allow
  std::string kind, why;
};

// `most_crashes`: more than these are not supposed.
[[nodiscard]] Conformance conformance(const Machine& machine, const std::vector<JournalRecord>& records, int most_crashes = 3);

}  // namespace interlock::fsm
