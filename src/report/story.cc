#include "src/report/story.h"

#include <algorithm>

#include "fsm/resume.h"
#include "src/report/journal_fields.h"

namespace interlock::report {
namespace {

template <typename T>
int index_named(const std::vector<T>& list, const std::string& name) {
  for (std::size_t i = 0; i < list.size(); ++i)
    if (list[i].name == name) return static_cast<int>(i);
  return -1;
}

fsm::GateMode mode_of(const std::string& word) {
  return word == "warn" ? fsm::GateMode::warn : word == "observe" ? fsm::GateMode::observe : fsm::GateMode::enforce;
}

fsm::Truth truth_of(const std::string& word) {
  return word == "yes" ? fsm::Truth::yes : word == "no" ? fsm::Truth::no : fsm::Truth::unknown;
}

fsm::EndKind end_kind_of(const std::string& word) {
  for (const auto kind : {fsm::EndKind::success, fsm::EndKind::unchanged, fsm::EndKind::rolled_back})
    if (word == fsm::to_string(kind)) return kind;
  return fsm::EndKind::attention;
}

Turn::Reason reason_of(const std::string& word) {
  using R = Turn::Reason;
  for (const auto r : {R::done, R::refused, R::failed, R::interlocked, R::not_ready, R::unknown, R::overrun, R::rule_broken, R::rollback, R::not_repeatable, R::not_so})
    if (word == to_string(r)) return r;
  for (const char* on : {"gates-open", "passed", "confirmed"})  // a step on, wherever the last one was told to be
    if (word == on) return R::done;
  return R::other;
}

class Teller {
 public:
  Teller(const fsm::Machine& machine, const std::vector<fsm::JournalRecord>& records) : machine_(machine), records_(records) { story_.clients.in_machine = machine.clients.has_value(); }

  void hear(const fsm::JournalRecord& r) {
    const std::int64_t before = story_.finished_ms;
    if (story_.records++ == 0) story_.started_ms = r.at_ms;
    story_.finished_ms = std::max(story_.finished_ms, r.at_ms);
    body_ = &r.body;
    evidence_ = sightings(r.evidence);
    facts_ = fact_values(r.body);
    at_ = r.at_ms;
    if (r.kind == "started") return started();
    if (r.kind == "resumed") return resumed(before);
    if (r.kind == "gate") return gate();
    if (r.kind == "intent") return intent();
    if (r.kind == "outcome") return outcome();
    if (r.kind == "awaited") return add(NoteTold{NoteTold::Kind::awaited, at_, text("action"), Millis(number("within_ms"))});
    if (r.kind == "confirmed") return confirmed();
    if (r.kind == "failed") return failed();
    if (r.kind == "passed") return aside(ActionTold::End::already);
    if (r.kind == "interlocked") return aside(ActionTold::End::interlocked);
    if (r.kind == "not-ready") return aside(ActionTold::End::not_ready);
    if (r.kind == "unknown") return unknown();
    if (r.kind == "waiting") return waiting();
    if (r.kind == "reached") return waited(WaitTold::End::reached);
    if (r.kind == "overrun") return waited(WaitTold::End::overrun);
    if (r.kind == "not-so") return not_so();
    if (r.kind == "moved") return moved();
    if (r.kind == "rule-broken") return rule_broken();
    if (r.kind == "rule-holds") return rule_holds();
    if (r.kind == "client-gap") return client_gap();
    if (r.kind == "clients") return clients();
    if (r.kind == "clients-not-measured") {
      story_.clients.not_measured.push_back(text("why"));
      return note(NoteTold::Kind::clients_not_measured, text("why"));
    }
    if (r.kind == "asleep") return asleep();
    if (r.kind == "stop-requested") return note(NoteTold::Kind::stop_requested, "");
    if (r.kind == "stopped") return stopped();
    if (r.kind == "ended") return ended();
    note(NoteTold::Kind::other, r.kind + " " + r.body.dump(-1, ' ', false, Json::error_handler_t::replace));
  }

  Story finish() {
    if (!story_.visits.empty() && story_.visits.back().left_ms == 0) story_.visits.back().left_ms = story_.finished_ms;
    settle_gaps();
    return std::move(story_);
  }

 private:
  [[nodiscard]] std::string text(const char* key) const { return text_field(*body_, key); }
  [[nodiscard]] std::int64_t number(const char* key) const { return number_field(*body_, key); }

  // --- where we are -----------------------------------------------------------------------------------------------

  Visit& visit() {
    if (story_.visits.empty()) enter_phase(machine_.phases.empty() ? "" : machine_.phases.front().name);
    return story_.visits.back();
  }

  void enter_phase(const std::string& name) {
    Visit v;
    v.name = name;
    v.phase = index_named(machine_.phases, name);
    v.title = v.phase >= 0 ? machine_.phase(v.phase).title : fsm::Words{name, name};
    v.retreat = v.phase >= 0 && is_way_back(machine_, v.phase);
    v.entered_ms = at_;
    story_.visits.push_back(std::move(v));
    phase_ = name;
  }

  void enter_end(const std::string& name) {
    Visit v;
    v.name = name;
    v.end = true;
    const int end = index_named(machine_.ends, name);
    v.title = end >= 0 ? machine_.end(end).title : fsm::Words{name, name};
    v.entered_ms = at_;
    story_.visits.push_back(std::move(v));
  }

  void add(Item item) { visit().items.push_back(std::move(item)); }
  void note(NoteTold::Kind kind, const std::string& words) { add(NoteTold{kind, at_, words, {}}); }

  ActionTold* open_action() {
    for (auto v = story_.visits.rbegin(); v != story_.visits.rend(); ++v)
      for (auto i = v->items.rbegin(); i != v->items.rend(); ++i)
        if (auto* action = std::get_if<ActionTold>(&*i)) return action->end == ActionTold::End::under_way && action->name == text("action") ? action : nullptr;
    return nullptr;
  }

  WaitTold* open_wait() {
    for (auto& item : visit().items)
      if (auto* wait = std::get_if<WaitTold>(&item); wait != nullptr && wait->end == WaitTold::End::pending) return wait;
    return nullptr;
  }

  // --- records ----------------------------------------------------------------------------------------------------

  void started() {
    story_.ending = Story::Ending::open;
    if (!machine_.phases.empty() && story_.visits.empty()) enter_phase(machine_.phases.front().name);
  }

  void resumed(std::int64_t before) {
    story_.ending = Story::Ending::open;
    story_.end = -1;
    story_.stopped_at.clear();
    if (before > 0 && at_ > before) story_.absences.push_back({before, at_});
    // A rule that was broken when the process went was not watched any longer.
    for (auto& span : story_.rules)
      if (!span.to_ms) span.to_ms = before;
    if (!story_.visits.empty() && story_.visits.back().end) {
      story_.visits.back().left_ms = before;
      enter_phase(resumed_phase());
    }
    note(NoteTold::Kind::resumed, text("pending"));
  }

  // From an end that a person led out of: where the run gave up, which need not be the phase before the end.
  [[nodiscard]] std::string resumed_phase() const {
    try {
      const auto resume = fsm::resume_from(machine_, {records_.begin(), records_.begin() + story_.records - 1});
      if (resume && !resume->place.at.end) return machine_.phase(resume->place.at.index).name;
    } catch (const Json::exception&) {
      // Not a journal of ours; it is told as well as can be.
    }
    return phase_;
  }

  void gate() {
    GateTold g;
    g.id = text("gate");
    g.requires_text = text("requires");
    g.mode = mode_of(text("mode"));
    g.verdict = truth_of(text("verdict"));
    g.at_ms = at_;
    g.facts = facts_;
    g.evidence = evidence_;
    g.title = {g.id, g.id};
    if (visit().phase >= 0)
      for (const auto& known : machine_.phase(visit().phase).gates)
        if (known.id == g.id) {
          g.title = known.title;
          if (g.verdict != fsm::Truth::unknown) g.remedy = known.remedy;
        }
    // Gates are judged all at once; judged again after a resume, only the last verdicts count.
    auto& gates = visit().gates;
    std::erase_if(gates, [&](const GateTold& old) { return old.id == g.id; });
    gates.push_back(std::move(g));
  }

  ActionTold action_told(ActionTold::End end) {
    ActionTold a;
    a.name = text("action");
    a.title = {a.name, a.name};
    a.host = text("host");
    if (const int known = index_named(machine_.actions, a.name); known >= 0) {
      const fsm::Action& action = machine_.action(known);
      a.title = action.title;
      a.by_person = action.operations.empty();
      if (a.host.empty()) a.host = action.host;
    }
    if (const auto attempt = number("attempt"); attempt > 0) a.attempt = static_cast<int>(attempt);
    a.begun_ms = at_;
    a.end = end;
    a.needs = text("needs");
    a.rules = text_list(*body_, "rules");
    a.facts = facts_;
    a.evidence = evidence_;
    return a;
  }

  void intent() { add(action_told(ActionTold::End::under_way)); }

  void outcome() {
    ActionTold* a = open_action();
    if (a == nullptr) return;
    a->outcome = text("outcome");
    a->text = text("text");
    if (const auto it = body_->find("operations"); it != body_->end()) a->operations = *it;
  }

  void close(ActionTold& a, ActionTold::End end) {
    a.end = end;
    a.ended_ms = at_;
    a.facts = facts_;
    a.evidence = evidence_;
  }

  void confirmed() {
    ActionTold* a = open_action();
    if (a == nullptr) {
      add(action_told(ActionTold::End::confirmed));
      a = &std::get<ActionTold>(visit().items.back());
    }
    close(*a, ActionTold::End::confirmed);
    if (const auto it = body_->find("despite"); it != body_->end() && it->is_string()) {
      a->despite = true;
      if (a->outcome.empty()) a->outcome = "unknown";
      if (a->text.empty()) a->text = it->get<std::string>();
    }
  }

  void failed() {
    ActionTold* a = open_action();
    if (a == nullptr) {
      add(action_told(ActionTold::End::failed));
      a = &std::get<ActionTold>(visit().items.back());
    }
    close(*a, ActionTold::End::failed);
    a->text = text("why");
    blame(*a, "");
  }

  void aside(ActionTold::End end) {
    // Begun by a process that is gone, and no longer wanted: what became of it was not asked.
    if (ActionTold* cut_off = open_action(); cut_off != nullptr) close(*cut_off, ActionTold::End::unknown);
    ActionTold a = action_told(end);
    a.ended_ms = at_;
    if (end != ActionTold::End::already) blame(a, a.needs);
    add(std::move(a));
  }

  void unknown() {
    cause_ = {};
    for (auto& item : visit().items)
      if (auto* a = std::get_if<ActionTold>(&item); a != nullptr && a->end == ActionTold::End::under_way) {
        close(*a, ActionTold::End::unknown);
        blame(*a, "");
      }
    cause_.facts = facts_;
    cause_.evidence = evidence_;
  }

  void waiting() {
    WaitTold w;
    w.until = text("until");
    w.limit = Millis(number("within_ms"));
    w.begun_ms = at_;
    add(std::move(w));
  }

  void waited(WaitTold::End end) {
    WaitTold* w = open_wait();
    if (w == nullptr) {
      waiting();
      w = open_wait();
    }
    w->end = end;
    w->ended_ms = at_;
    w->facts = facts_;
    w->evidence = evidence_;
    if (end == WaitTold::End::reached) return;
    cause_ = {};
    cause_.required = text("until");
    cause_.limit = w->limit;
    cause_.facts = facts_;
    cause_.evidence = evidence_;
  }

  void not_so() {
    cause_ = {};
    cause_.required = text("requires");
    cause_.facts = facts_;
    cause_.evidence = evidence_;
  }

  // Keeps what the next move will give as its reason.
  void blame(const ActionTold& a, const std::string& required) {
    cause_ = {};
    cause_.action = a.name;
    cause_.host = a.host;
    cause_.action_title = a.title;
    cause_.required = required;
    cause_.rules = a.rules;
    cause_.facts = a.facts;
    cause_.evidence = a.evidence;
    cause_.text = a.text;
  }

  void moved() {
    const std::string to_end = text("end"), to_phase = text("phase"), reason = text("reason");
    if (reason == "passed" && text("text") == "not needed here")
      if (!visit().items.empty())
        if (auto* a = std::get_if<ActionTold>(&visit().items.back()); a != nullptr && a->end == ActionTold::End::already) a->end = ActionTold::End::not_needed;
    if (to_end.empty() && to_phase == visit().name && !visit().end) return;  // a step on

    Turn turn = std::move(cause_);
    cause_ = {};
    turn.reason = reason_of(reason);
    if (turn.reason != Turn::Reason::done) give_up(turn.reason == Turn::Reason::not_repeatable ? ActionTold::End::failed : ActionTold::End::unknown);
    turn.at_ms = at_;
    turn.from = visit().name;
    turn.from_title = visit().title;
    turn.from_retreat = visit().retreat;
    turn.to_end = !to_end.empty();
    if (turn.text.empty()) turn.text = text("text");
    complete(turn);
    visit().left_ms = at_;
    if (turn.to_end)
      enter_end(to_end);
    else
      enter_phase(to_phase);
    turn.to = visit().name;
    turn.to_title = visit().title;
    turn.to_retreat = visit().retreat;
    story_.turns.push_back(std::move(turn));
  }

  // An action that is still open when its phase is left: its effect was not there, or nobody looked.
  void give_up(ActionTold::End end) {
    for (auto& item : visit().items)
      if (auto* a = std::get_if<ActionTold>(&item); a != nullptr && a->end == ActionTold::End::under_way) {
        a->end = end;
        a->ended_ms = at_;
        if (a->text.empty()) a->text = text("text");
      }
  }

  // What the reason needs beyond the record before it.
  void complete(Turn& turn) {
    using R = Turn::Reason;
    if (turn.reason == R::refused)
      for (const auto& g : visit().gates)
        if (g.verdict != fsm::Truth::yes && g.mode == fsm::GateMode::enforce) turn.gates.push_back(g);
    if (turn.reason == R::not_repeatable) {
      turn.action = text("text").substr(0, text("text").find(' '));
      const int known = index_named(machine_.actions, turn.action);
      turn.action_title = known >= 0 ? machine_.action(known).title : fsm::Words{turn.action, turn.action};
    }
    if (turn.reason == R::rule_broken) {
      for (const auto& span : story_.rules)
        if (!span.to_ms && text("text").find(span.name) != std::string::npos) {
          turn.rules.push_back(span.name);
          turn.facts.insert(turn.facts.end(), span.facts.begin(), span.facts.end());
          turn.evidence.insert(turn.evidence.end(), span.evidence.begin(), span.evidence.end());
        }
    }
    for (const auto& name : turn.rules) {
      const int known = index_named(machine_.rules, name);
      turn.rule_titles.push_back(known >= 0 && !machine_.rule(known).title.empty() ? machine_.rule(known).title : fsm::Words{name, name});
    }
    if (turn.reason == R::done || turn.reason == R::rollback) {
      turn.facts.clear();
      turn.evidence.clear();
    }
  }

  void rule_broken() {
    RuleTold r;
    r.name = text("rule");
    r.rule = index_named(machine_.rules, r.name);
    r.from_ms = at_;
    r.by_clients = text("seen_by") == "clients";
    if (const auto it = body_->find("suspended"); it != body_->end() && it->is_boolean()) r.suspended = it->get<bool>();
    r.facts = facts_;
    r.evidence = evidence_;
    story_.rules.push_back(r);
    add(std::move(r));
  }

  void rule_holds() {
    const std::string name = text("rule");
    for (auto& span : story_.rules)
      if (span.name == name && !span.to_ms) span.to_ms = at_;
    for (auto v = story_.visits.rbegin(); v != story_.visits.rend(); ++v)
      for (auto i = v->items.rbegin(); i != v->items.rend(); ++i)
        if (auto* rule = std::get_if<RuleTold>(&*i); rule != nullptr && rule->name == name) return void(rule->to_ms = rule->to_ms.value_or(at_));
  }

  void client_gap() {
    const GapTold gap{number("from_ms"), Millis(number("length_ms"))};
    story_.clients.gaps.push_back(gap);
    add(gap);
  }

  void asleep() {
    story_.absences.push_back({number("from_ms"), number("from_ms") + number("length_ms")});
    add(NoteTold{NoteTold::Kind::asleep, at_, "", Millis(number("length_ms"))});
  }

  void clients() {
    ClientsTold& c = story_.clients;
    c.counted = true;
    c.attempts += static_cast<std::uint64_t>(std::max<std::int64_t>(0, number("attempts")));
    c.failures += static_cast<std::uint64_t>(std::max<std::int64_t>(0, number("failures")));
    if (c.first_failure.empty()) c.first_failure = text("first_failure");
    consider({number("longest_gap_at_ms"), Millis(number("longest_gap_ms"))});
  }

  void consider(const GapTold& gap) {
    auto& longest = story_.clients.longest;
    if (!longest || gap.length > longest->length) longest = gap;
  }

  // The longest gap may be one that was told when its process was killed before it could write its totals; or one
  // that never ended and so was never told.
  void settle_gaps() {
    ClientsTold& c = story_.clients;
    for (const auto& gap : c.gaps) consider(gap);
    if (!c.longest || c.longest->length < kTold) return;
    const bool known = std::any_of(c.gaps.begin(), c.gaps.end(), [&](const GapTold& g) {
      return g.from_ms < c.longest->from_ms + c.longest->length.count() && c.longest->from_ms < g.from_ms + g.length.count();
    });
    if (!known) c.gaps.push_back(*c.longest);
  }

  void stopped() {
    story_.ending = Story::Ending::stopped;
    story_.stopped_at = text("at");
    note(NoteTold::Kind::stopped, text("at"));
  }

  void ended() {
    story_.ending = Story::Ending::ended;
    story_.end_name = text("end");
    story_.end = index_named(machine_.ends, story_.end_name);
    story_.end_kind = story_.end >= 0 ? machine_.end(story_.end).kind : end_kind_of(text("kind"));
    story_.end_facts = facts_;
    story_.end_evidence = evidence_;
  }

  static constexpr Millis kTold{100};  // as the client meter: shorter gaps are a service's ordinary unevenness

  const fsm::Machine& machine_;
  const std::vector<fsm::JournalRecord>& records_;
  Story story_;
  const Json* body_ = nullptr;
  std::vector<Sighting> evidence_;
  Facts facts_;
  std::int64_t at_ = 0;
  std::string phase_;                // the last phase, behind an end too
  Turn cause_;                       // what the next move will be blamed on
};

}  // namespace

Story tell(const fsm::Machine& machine, const std::vector<fsm::JournalRecord>& records) {
  Teller teller(machine, records);
  for (const auto& r : records) teller.hear(r);
  return teller.finish();
}

bool is_way_back(const fsm::Machine& machine, int phase) {
  const fsm::Phase& p = machine.phase(phase);
  return p.retreat && (p.next.end || machine.phase(p.next.index).retreat);
}

std::vector<const Turn*> unplanned(const Story& story) {
  std::vector<const Turn*> list;
  for (const auto& turn : story.turns)
    if (turn.reason != Turn::Reason::done) list.push_back(&turn);
  return list;
}

}  // namespace interlock::report
