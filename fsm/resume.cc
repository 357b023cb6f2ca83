#include "fsm/resume.h"

namespace interlock::fsm {
namespace {

// The index of the phase, end or action that a record names; -1: it names none.
template <typename List>
int named(const List& list, const Json& body, const char* key) {
  const auto name = body.find(key);
  for (std::size_t i = 0; name != body.end() && name->is_string() && i < list.size(); ++i)
    if (list[i].name == name->get_ref<const std::string&>()) return static_cast<int>(i);
  return -1;
}

}  // namespace

std::optional<Resume> resume_from(const Machine& machine, const std::vector<JournalRecord>& records) {
  std::optional<Resume> resume;
  Place before_end = start_of(machine);
  for (const auto& r : records) {
    if (r.kind == "started" && !resume) resume = Resume{start_of(machine), std::nullopt};
    if (!resume) continue;
    if (r.kind == "intent")
      if (const int action = named(machine.actions, r.body, "action"); action >= 0) resume->pending_action = action;
    // An end that only a person can lead out of is left where the run gave up. Every other is judged, again if need be.
    if (r.kind == "ended" && r.body.value("kind", "") == to_string(EndKind::attention)) resume->place = before_end;
    if (r.kind != "moved") continue;
    resume->pending_action.reset();
    if (!resume->place.at.end) before_end = gave_up_at(machine, before_end, resume->place);
    if (const int end = named(machine.ends, r.body, "end"); end >= 0) resume->place = entry_of(Target{true, end});
    if (const int phase = named(machine.phases, r.body, "phase"); phase >= 0) resume->place = Place{Target{false, phase}, r.body.value("step", Place::kGates)};
  }
  return resume;
}

}  // namespace interlock::fsm
