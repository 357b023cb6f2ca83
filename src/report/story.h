// A run's journal, read back as a story: the phases gone through, what was judged, done and awaited in each, where
// the run turned and why, which rules were broken for how long, and what clients noticed. Every report of a run is
// made from it. Pure and without language: titles are in both, times are wall time in milliseconds since 1970.
//
// It accepts any journal, also one that was cut off, that was written by several processes (resumed), or whose
// names the machine does not know; what is not there stays empty. It judges nothing: verdicts are the engine's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "fsm/journal.h"
#include "fsm/machine.h"

namespace interlock::report {

using Facts = fsm::Named<std::string>;  // fact -> value

// What a probe saw of one fact.
struct Sighting {
  std::string fact, value, asked, saw, why;
  std::int64_t at_ms = 0, took_us = 0;
};

struct GateTold {
  std::string id, requires_text;
  fsm::Words title, remedy;
  fsm::GateMode mode = fsm::GateMode::enforce;
  fsm::Truth verdict = fsm::Truth::unknown;
  std::int64_t at_ms = 0;
  Facts facts;
  std::vector<Sighting> evidence;
};

struct ActionTold {
  enum class End {
    confirmed,    // its effect was observed
    already,      // its effect was there before; not done
    not_needed,   // its condition did not hold; not done
    failed,
    unknown,      // whether it took place could not be seen
    interlocked,  // it would have broken a rule; not done
    not_ready,    // what it needs did not hold; not done
    under_way,    // the journal stops in the middle of it
  };
  std::string name, host;
  fsm::Words title;
  bool by_person = false;
  int attempt = 1;
  std::int64_t begun_ms = 0, ended_ms = 0;
  End end = End::under_way;
  std::string outcome;               // done, failed, unknown: what the one who did it said; empty: nothing yet
  std::string text;                  // what it said, or why it failed
  bool despite = false;              // confirmed although its outcome was not "done"
  std::string needs;                 // not_ready
  std::vector<std::string> rules;    // interlocked: the rules it would have broken
  Json operations;                   // [{operation, outcome, text, details}]
  Facts facts;                       // as last recorded
  std::vector<Sighting> evidence;
};

struct WaitTold {
  enum class End { reached, overrun, pending } end = End::pending;
  std::string until;
  Millis limit{};
  std::int64_t begun_ms = 0, ended_ms = 0;
  Facts facts;
  std::vector<Sighting> evidence;
};

struct RuleTold {
  int rule = -1;                     // index in the machine; -1: unknown to it
  std::string name;
  std::int64_t from_ms = 0;
  std::optional<std::int64_t> to_ms; // nothing: it was never seen to hold again
  bool suspended = false;            // the phase in which it broke allows it
  bool by_clients = false;           // clients noticed; otherwise the facts show it
  Facts facts;
  std::vector<Sighting> evidence;
};

struct GapTold {
  std::int64_t from_ms = 0;
  Millis length{};
};

struct NoteTold {
  enum class Kind { resumed, awaited, stop_requested, stopped, clients_not_measured, asleep, other } kind = Kind::other;
  std::int64_t at_ms = 0;
  std::string text;                  // the action that was under way or is awaited; the place; the reason; the unknown record's kind
  Millis limit{};                    // of what is awaited; how long it was asleep
};

using Item = std::variant<ActionTold, WaitTold, RuleTold, GapTold, NoteTold>;

// A stay in a phase, or the judging of an end.
struct Visit {
  std::string name;
  int phase = -1;                    // index in the machine; -1: an end, or unknown to the machine
  bool end = false;
  fsm::Words title;
  bool retreat = false;
  std::int64_t entered_ms = 0, left_ms = 0;
  std::vector<GateTold> gates;
  std::vector<Item> items;           // in order
};

// A move between phases, or to an end.
struct Turn {
  enum class Reason { done, refused, failed, interlocked, not_ready, unknown, overrun, rule_broken, rollback, not_repeatable, not_so, other };
  Reason reason = Reason::other;
  std::int64_t at_ms = 0;
  std::string from, to;              // names of phases and ends
  fsm::Words from_title, to_title;
  bool to_end = false, to_retreat = false, from_retreat = false;
  std::string text;                  // the engine's own words
  std::string action, host;          // failed, interlocked, not-ready, unknown, not-repeatable
  fsm::Words action_title;
  std::string required;              // not-ready, overrun, not-so: the predicate that did not hold
  Millis limit{};                    // overrun
  std::vector<std::string> rules;    // interlocked, rule-broken
  std::vector<fsm::Words> rule_titles;  // of the same
  std::vector<GateTold> gates;       // refused: those that were not open
  Facts facts;
  std::vector<Sighting> evidence;
};

struct ClientsTold {
  bool in_machine = false;           // the machine has clients to measure
  bool counted = false;              // at least one process wrote its totals
  std::vector<std::string> not_measured;  // reasons, when they could not be
  std::uint64_t attempts = 0, failures = 0;
  std::optional<GapTold> longest;
  std::string first_failure;
  std::vector<GapTold> gaps;         // those long enough to be told
};

struct Absence {                     // no process drove the run
  std::int64_t from_ms = 0, to_ms = 0;
};

struct Story {
  enum class Ending {
    not_begun,
    open,      // the journal stops: the run is under way, or its process is gone
    stopped,   // on request
    ended,
  };
  Ending ending = Ending::not_begun;
  int end = -1;                      // index in the machine
  std::string end_name;
  fsm::EndKind end_kind = fsm::EndKind::attention;
  Facts end_facts;
  std::vector<Sighting> end_evidence;
  std::int64_t started_ms = 0, finished_ms = 0;   // first and last record
  std::string stopped_at;            // the place
  std::vector<Visit> visits;
  std::vector<Turn> turns;           // all, also those that went on as planned
  std::vector<RuleTold> rules;
  ClientsTold clients;
  std::vector<Absence> absences;
  std::int64_t records = 0;

  [[nodiscard]] Millis took() const { return Millis(finished_ms - started_ms); }
};

[[nodiscard]] Story tell(const fsm::Machine& machine, const std::vector<fsm::JournalRecord>& records);

// Entered only on the way back, and leading back: a phase that returns to the way forward is a detour.
[[nodiscard]] bool is_way_back(const fsm::Machine& machine, int phase);

// The turns that were not as planned, in order: the first is why, the last is what ended it.
[[nodiscard]] std::vector<const Turn*> unplanned(const Story& story);

[[nodiscard]] const char* to_string(ActionTold::End end);
[[nodiscard]] const char* to_string(Turn::Reason reason);
[[nodiscard]] const char* to_string(Story::Ending ending);

}  // namespace interlock::report
