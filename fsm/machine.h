// A machine: a procedure bound to a site. Every loop is unrolled, every name resolved, every parameter filled
// in; finite and printable. This is what is proven, shown and run. Immutable after binding. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fsm/observation.h"
#include "fsm/predicate.h"
#include "fsm/source.h"

namespace interlock::fsm {

// By an argument's name ("" for what is no map): where the value was given that it was filled with. Only for messages.
using Origins = std::map<std::string, Where>;

struct Fact {
  std::string name;                 // "master.service"
  std::string role, host;
  Words title;
  std::vector<std::string> values;
  std::vector<std::optional<Expression>> conditions;  // over `it`; all empty: the probe names the value
  std::string probe;
  Json args;                        // filled in; secrets as {"secret": NAME}
  Millis within{}, every{};
  Where where;
  Origins given;
};

// fact := the first value whose condition holds; nothing changes when none does.
struct Effect {
  int fact = 0;
  std::vector<std::pair<Predicate, Value>> cases;
};

struct Operation {
  std::string kind;
  Json args;
  Where where;
  Origins given;
};

struct Action {
  std::string name;                 // "backup.stop"
  std::string role, host;
  Words title, manual, look;          // look: where, when it fails
  std::vector<Operation> operations;  // empty: a person does it
  std::vector<Effect> effects;
  std::vector<Effect> may_change;     // besides; for the proof
  Predicate needs, repeatable;
  std::string needs_text;
  Millis within{};
  int attempts = 1;
};

enum class GateMode {
  enforce,  // must hold
  warn,     // reported as a warning when it does not
  observe,  // only reported: a gate that is being tried out
};
[[nodiscard]] const char* to_string(GateMode mode);

struct Gate {
  std::string id;
  Predicate holds;
  std::string text;                 // as written
  Words title, remedy, kept;        // kept: why, although it adds nothing in the model
  GateMode mode = GateMode::enforce;
};

struct Step {
  int action = 0;
  Predicate only_if;
  std::vector<Effect> may_change;   // here, on other roles; besides the action's
};

// A place to go to: a phase, or an end (index into ends).
struct Target {
  bool end = false;
  int index = 0;
  bool operator==(const Target&) const = default;
};

struct Phase {
  std::string name;
  Words title;
  std::vector<Gate> gates;
  std::vector<Step> steps;
  Predicate until;
  std::string until_text;
  Millis within{};
  Target next, back, refused, overrun;
  bool retreat = false;             // entered only on the way back: broken rules do not turn it round again
};

struct Rule {
  std::string name;
  Words title;
  Predicate always;
  std::string text;
  std::vector<bool> suspended_in;   // by phase
  Millis for_at_most{}, grace{};
};

struct Reaction {
  std::string name;
  Predicate when;
  std::vector<Effect> then;
  bool may_fail = false;
  bool at_will = false;             // it may come at any time or never: the site rests although it may
};

enum class EndKind { success, unchanged, rolled_back, attention };
[[nodiscard]] const char* to_string(EndKind kind);

struct End {
  std::string name;
  EndKind kind = EndKind::attention;
  Words title, look, type;
  Predicate holds;
  std::string holds_text;
  int least_faults = 0;             // that it takes to end here, as the proof has to show
};

struct Clients {
  Words title;
  std::string probe;
  Json args;
  Millis every{};
  int rule = 0;
  Where where;
  Origins given;
};

struct Crash {
  std::string what;                 // "hotdb-compute of master"
  std::vector<Effect> effects;
};

// A host on which something may crash.
struct Host {
  std::string name;
  std::vector<Effect> crash;        // of all that may
  std::vector<int> facts;           // sorted: those that are looked at there
};

struct Machine {
  std::string procedure, site;
  Words title, about;
  Named<Json> params;               // of the procedure, as bound
  std::vector<Fact> facts;
  std::vector<Action> actions;
  std::vector<Rule> rules;
  std::vector<Reaction> reactions;
  std::vector<Crash> crashes;
  std::vector<Host> hosts;
  std::vector<Phase> phases;        // the first is where it starts
  std::vector<End> ends;
  std::optional<Clients> clients;
  Predicate assume;

  [[nodiscard]] std::string name_of(Target t) const { return t.end ? ends[static_cast<std::size_t>(t.index)].name : phases[static_cast<std::size_t>(t.index)].name; }
  [[nodiscard]] const Fact& fact(int i) const { return facts[static_cast<std::size_t>(i)]; }
  [[nodiscard]] const Action& action(int i) const { return actions[static_cast<std::size_t>(i)]; }
  [[nodiscard]] const Phase& phase(int i) const { return phases[static_cast<std::size_t>(i)]; }
  [[nodiscard]] const Rule& rule(int i) const { return rules[static_cast<std::size_t>(i)]; }
  [[nodiscard]] const End& end(int i) const { return ends[static_cast<std::size_t>(i)]; }
  [[nodiscard]] std::string value_name(int fact_index, Value v) const { return v == kUnknown ? "unknown" : fact(fact_index).values[v]; }
};

// "master.service is closed, master.vip is held": the facts of a predicate as they are in this world.
[[nodiscard]] std::string describe(const Machine& machine, const Predicate& predicate, const World& world);

// Everything that decides how the machine behaves, as canonical text; equal texts behave equally.
[[nodiscard]] std::string canonical(const Machine& machine);
[[nodiscard]] std::string digest(const Machine& machine);  // SHA-256 of it, hex

}  // namespace interlock::fsm
