// The names of what a story tells, as they stand in JSON and JUnit.
#include "src/report/story.h"

namespace interlock::report {

const char* to_string(ActionTold::End end) {
  switch (end) {
    case ActionTold::End::confirmed: return "confirmed";
    case ActionTold::End::already: return "already-so";
    case ActionTold::End::not_needed: return "not-needed";
    case ActionTold::End::failed: return "failed";
    case ActionTold::End::unknown: return "unknown";
    case ActionTold::End::interlocked: return "interlocked";
    case ActionTold::End::not_ready: return "not-ready";
    case ActionTold::End::under_way: return "under-way";
  }
  return "?";
}

const char* to_string(Turn::Reason reason) {
  switch (reason) {
    case Turn::Reason::done: return "done";
    case Turn::Reason::refused: return "refused";
    case Turn::Reason::failed: return "failed";
    case Turn::Reason::interlocked: return "interlocked";
    case Turn::Reason::not_ready: return "not-ready";
    case Turn::Reason::unknown: return "unknown";
    case Turn::Reason::overrun: return "overrun";
    case Turn::Reason::rule_broken: return "rule-broken";
    case Turn::Reason::rollback: return "rollback";
    case Turn::Reason::not_repeatable: return "not-repeatable";
    case Turn::Reason::not_so: return "not-so";
    case Turn::Reason::other: return "other";
  }
  return "?";
}

const char* to_string(Story::Ending ending) {
  switch (ending) {
    case Story::Ending::not_begun: return "not-begun";
    case Story::Ending::open: return "open";
    case Story::Ending::stopped: return "stopped";
    case Story::Ending::ended: return "ended";
  }
  return "?";
}

}  // namespace interlock::report
