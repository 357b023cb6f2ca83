// The decisions: what to do at a place of the machine, in the world as observed. Pure functions, the heart of
// Interlock: the live run, the simulator and the proof all ask these and nothing else.
//
// The interlock: before an action its declared effect is applied to the facts as just observed; if a rule would
// then be worse off than it is now, the action is not taken. Nobody writes this guard: it follows from the rules.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fsm/machine.h"

namespace interlock::fsm {

// Where a machine stands: at a phase's gates, at one of its steps, before leaving it, or at an end.
struct Place {
  Target at;
  int step = kGates;                    // index of the step; kGates before the first, steps.size() after the last
  static constexpr int kGates = -1;
  bool operator==(const Place&) const = default;
};

// "upgrade-backup/gates", "upgrade-backup/2 backup.set_aside", "upgrade-backup/leave", "success"
[[nodiscard]] std::string to_string(const Machine& machine, Place place);
[[nodiscard]] Place start_of(const Machine& machine);
[[nodiscard]] Place entry_of(Target target);

enum class Verdict {
  enter,        // the gates are open: on to the first step
  refuse,       // a gate is closed (which: gates)
  look,         // something that decides is not known (which: facts)
  pass_over,    // the effect is there already, or the step's condition does not hold
  act,          // do it
  interlocked,  // it would break a rule (which: rules)
  not_ready,    // what the action needs does not hold
  turn_back,    // a rule has been broken for too long (which: rules)
  hold,         // a rule is broken just now: nothing is begun before it holds again (which: rules)
  wait,         // what must be observed before leaving is not there yet
  leave,        // on to the next phase or end
  ended,        // at an end: nothing more to do
};
[[nodiscard]] const char* to_string(Verdict verdict);

struct Decision {
  Verdict verdict = Verdict::look;
  std::vector<int> which;               // gates, facts or rules, as the verdict says
};

// What is known of the rules, one bit each (bit i: rule i): broken as last seen, and broken for longer than they may.
struct RuleState {
  std::uint64_t broken = 0, overdue = 0;
};
[[nodiscard]] Decision decide(const Machine& machine, Place place, const World& world, RuleState rules);

// The facts that decide at a place; they are observed afresh before decide() is asked.
[[nodiscard]] std::vector<int> facts_for(const Machine& machine, Place place);
// The facts by which an action's effect is confirmed.
[[nodiscard]] std::vector<int> facts_of_effect(const Action& action);

// The world after the action's declared effect. A condition that is unknown makes its fact unknown.
[[nodiscard]] World apply(const std::vector<Effect>& effects, const World& world);
[[nodiscard]] Truth effect_holds(const std::vector<Effect>& effects, const World& world);

// All that a step may change besides its effect.
[[nodiscard]] std::vector<Effect> may_change(const Machine& machine, const Step& step);

// The rules (indices) that `after` serves worse than `before`, or may: what is unknown could be so that the rule
// holds now and not afterwards. Among those that count in `phase`.
[[nodiscard]] std::vector<int> worsened(const Machine& machine, int phase, const World& before, const World& after);
[[nodiscard]] bool suspended(const Rule& rule, int phase);
// Whether a phase may be left for where it leads only when the rule holds (again): one that suspends it, unless the next
// does as well; and any that leads to an end where all is well, at which nothing could turn back any more.
[[nodiscard]] bool must_hold_again(const Machine& machine, int phase, const Rule& rule);

// Whether a run that stands in this phase may still come to an end by itself, and not only to one at which a person
// decides. Where it may not, it has given up already.
[[nodiscard]] bool may_settle(const Machine& machine, int phase);
// Where a run that is left at `now` is to be gone on with: there, or, where it has given up already, from the first step
// of the phase in which it did (`before`): what was done since for those who are served has changed the site.
[[nodiscard]] Place gave_up_at(const Machine& machine, Place before, Place now);

// The ends for what only a person can decide, tried in the order of the file: the first, and the one after an end that
// would not be true. The last resort promises nothing, so that it always is.
[[nodiscard]] Target attention_end(const Machine& machine);
[[nodiscard]] Target attention_after(const Machine& machine, int end);

}  // namespace interlock::fsm
