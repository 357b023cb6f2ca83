#include "fsm/engine.h"

#include <algorithm>

namespace interlock::fsm {

const char* to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::done: return "done";
    case Outcome::failed: return "failed";
    case Outcome::unknown: return "unknown";
  }
  return "?";
}

Engine::Engine(const Machine& machine, std::optional<Resume> resume)
    : machine_(machine), place_(start_of(machine)), world_(machine.facts.size(), kUnknown), sight_(machine), broken_(machine.rules.size()) {
  if (resume) {
    place_ = resume->place;
    pending_ = resume->pending_action;
    resumed_ = true;
  }
}

std::vector<Command> Engine::step(const Event& event, Millis now) {
  out_.clear();
  if (mode_ == Mode::over) return {};
  now_ = now;
  std::visit([this](const auto& e) { go(e); }, event);
  return std::move(out_);
}

// --- events ------------------------------------------------------------------------------------------------------

void Engine::go(const event::Start&) {
  entered_ = now_;
  if (resumed_)
    record("resumed", {{"pending", pending_ ? Json(machine_.action(*pending_).name) : Json()}});
  else
    record("started", {{"procedure", machine_.procedure}, {"site", machine_.site}});
  look();
}

void Engine::go(const event::Observed& e) {
  see(e.seen);
  if (e.ticket != ticket_) return;  // an answer to a question that no longer matters
  if (mode_ == Mode::looking) return judge();
  if (mode_ == Mode::confirming) return judge_effect();
}

void Engine::go(const event::Watched& e) {
  see(e.seen);
  // Waiting to leave a phase needs no further look when a rule has been broken for too long.
  if (mode_ == Mode::pausing && overdue() != 0 && !place_.at.end && !machine_.phase(place_.at.index).retreat) judge();
}

void Engine::go(const event::Finished& e) {
  if (mode_ != Mode::acting) return;
  outcome_ = e.outcome;
  outcome_text_ = e.text;
  finished_ = now_;
  record("outcome", {{"action", current().name}, {"attempt", attempt_}, {"outcome", to_string(e.outcome)}, {"text", e.text}});
  confirm();
}

void Engine::go(const event::ClientGap& e) {
  if (!machine_.clients) return;
  Broken& b = broken_[static_cast<std::size_t>(machine_.clients->rule)];
  if (e.gap.count() == 0)
    b.clients_since.reset();
  else if (!b.clients_since)
    b.clients_since = now_ - e.gap;
  note_rules();
  if (mode_ == Mode::pausing && overdue() != 0 && !place_.at.end && !machine_.phase(place_.at.index).retreat) judge();
}

void Engine::go(const event::Tick&) {
  if (!wake_at_ || now_ < *wake_at_) return;
  wake_at_.reset();
  if (mode_ == Mode::pausing) return look();
  if (mode_ == Mode::settling) return confirm();
}

// --- looking and judging -------------------------------------------------------------------------------------------

void Engine::look() {
  mode_ = Mode::looking;
  std::vector<int> facts = facts_for(machine_, place_);
  if (waiting_.kind != Waiting::Kind::condition) waiting_ = {Waiting::Kind::observation, names(facts), now_, now_ + kPatience};
  for (const int f : facts) world_[static_cast<std::size_t>(f)] = kUnknown;  // only what is seen now counts
  if (broken_rules() != 0) std::erase_if(facts, [this](int f) { return lost({f}); });  // clients would wait for nothing; the watch goes on asking
  if (facts.empty()) return judge();
  out_.push_back(command::Observe{++ticket_, facts});
}

bool Engine::safe_to_stop() const {
  if (place_.at.end) return false;
  return std::none_of(machine_.rules.begin(), machine_.rules.end(), [&](const Rule& r) { return suspended(r, place_.at.index); });
}

// What the operator asked for, where it can be done. Nothing of this process is under way when this is asked.
bool Engine::obeyed_stop() {
  if (!stop_ || !safe_to_stop()) return false;
  record("stopped", {{"at", to_string(machine_, place_)}});
  mode_ = Mode::over;
  out_.push_back(command::Stopped{});
  return true;
}

bool Engine::obeyed_roll_back() {
  const Phase& phase = machine_.phase(place_.at.index);
  // A phase without a way back of its own is passed; the request stays for the next one.
  if (!roll_back_ || (!phase.retreat && phase.back == phase.next)) return false;
  if (!phase.retreat && pending_here() && !current().operations.empty() && effect_holds(current().effects, world_) != Truth::yes) {
    // What may still be under way on its host would come between the steps of the way back, or after its end: also what
    // may be repeated, which the way back does not begin again. A person's work is no command that goes on by itself.
    await_earlier(current());
    return true;
  }
  roll_back_ = false;
  if (phase.retreat) return false;
  go_back("rollback", "the operator asked for it");
  return true;
}

void Engine::judge() {
  if (place_.at.end) return judge_end();
  const Phase& phase = machine_.phase(place_.at.index);
  if (obeyed_stop() || obeyed_roll_back()) return;
  const Decision d = decide(machine_, place_, world_, {broken_rules(), overdue()});
  if (d.verdict != Verdict::look) unknown_since_.reset();
  if (d.verdict != Verdict::hold) held_since_.reset();
  switch (d.verdict) {
    case Verdict::look: return unknown_for_too_long(d.which);
    case Verdict::enter:
    case Verdict::refuse: return enter_phase();
    case Verdict::pass_over: {
      const Truth wanted = phase.steps[static_cast<std::size_t>(place_.step)].only_if.eval(world_);
      const bool was_pending = pending_here() && wanted != Truth::no;  // not needed is not confirmed
      pending_.reset();
      const std::vector<int> facts = wanted == Truth::no ? phase.steps[static_cast<std::size_t>(place_.step)].only_if.facts() : facts_of_effect(current());
      const std::string kind = was_pending ? "confirmed" : "passed";
      record(kind, {{"action", current().name}, {"facts", values(facts)}}, facts);
      return advance(kind, wanted == Truth::no ? "not needed here" : "already so");
    }
    case Verdict::act: return act(current());
    case Verdict::interlocked: {
      std::vector<int> facts;
      for (const int r : d.which)
        for (const int f : machine_.rule(r).always.facts()) facts.push_back(f);
      Json broken = Json::array();
      for (const int r : d.which) broken.push_back(machine_.rule(r).name);
      record("interlocked", {{"action", current().name}, {"rules", broken}, {"facts", values(facts)}}, facts);
      return go_back("interlocked", current().name + " would break: " + rule_names(d.which));
    }
    case Verdict::not_ready:
      record("not-ready", {{"action", current().name}, {"needs", current().needs_text}, {"facts", values(current().needs.facts())}}, current().needs.facts());
      return go_back("not-ready", current().name + " needs " + current().needs_text + "; " + describe(machine_, current().needs, world_));
    case Verdict::turn_back: return go_back("rule-broken", rule_names(d.which));
    case Verdict::hold: return hold(d.which);
    case Verdict::wait: {
      if (!waited_) {
        waited_ = true;
        record("waiting", {{"until", phase.until_text}, {"within_ms", phase.within.count()}});
      }
      const std::string what = waited_for();
      waiting_ = {Waiting::Kind::condition, what, entered_, entered_ + phase.within};
      if (now_ >= entered_ + phase.within) {
        const std::vector<int> facts = facts_for(machine_, place_);
        record("overrun", {{"until", phase.until_text}, {"facts", values(facts)}}, facts);
        return move(entry_of(phase.overrun), "overrun", "waited " + std::to_string(phase.within.count() / 1000) + " s; " + what);
      }
      mode_ = Mode::pausing;
      wake_at_ = std::min(now_ + kPoll, entered_ + phase.within);
      return;
    }
    case Verdict::leave: {
      const std::vector<int> facts = facts_for(machine_, place_);
      if (!facts.empty()) record("reached", {{"until", phase.until_text}, {"facts", values(facts)}}, facts);
      return move(entry_of(phase.next), "done", "");
    }
    case Verdict::ended: return;
  }
}

// Its grace ends this sooner or later: the rule holds again, or it is overdue. One that comes and goes has its limit here.
void Engine::hold(const std::vector<int>& rules) {
  if (!held_since_) {
    held_since_ = now_;
    record("waiting", {{"until", rule_names(rules)}, {"within_ms", kPatience.count()}});
  }
  if (now_ >= *held_since_ + kPatience) return go_back("rule-broken", rule_names(rules));
  waiting_ = {Waiting::Kind::condition, "rule holds again: " + rule_names(rules), *held_since_, *held_since_ + kPatience};
  mode_ = Mode::pausing;
  wake_at_ = now_ + kPoll;
}

// What keeps a phase from being left: its 'until', or a rule that it suspends and that does not hold again yet.
std::string Engine::waited_for() const {
  const Phase& phase = machine_.phase(place_.at.index);
  std::string text;
  if (phase.until.eval(world_) != Truth::yes) text = describe(machine_, phase.until, world_);
  for (const auto& rule : machine_.rules) {
    if (must_hold_again(machine_, place_.at.index, rule) && rule.always.eval(world_) != Truth::yes) text += (text.empty() ? "" : "; ") + ("'" + rule.name + "' does not hold again: " + describe(machine_, rule.always, world_));
  }
  return text;
}

// Every gate's verdict is recorded with its evidence, the open ones too.
void Engine::enter_phase() {
  const Phase& phase = machine_.phase(place_.at.index);
  std::string closed;
  for (const auto& gate : phase.gates) {
    const Truth t = gate.holds.eval(world_);
    record("gate", {{"gate", gate.id}, {"verdict", to_string(t)}, {"mode", to_string(gate.mode)}, {"requires", gate.text}, {"facts", values(gate.holds.facts())}}, gate.holds.facts());
    if (gate.mode == GateMode::enforce && t != Truth::yes) closed += (closed.empty() ? "" : ", ") + gate.id;
  }
  if (closed.empty()) return move(Place{place_.at, 0}, "gates-open", "");
  move(entry_of(phase.refused), "refused", closed);
}

// An end is what it says, or it is not entered.
void Engine::judge_end() {
  const End& end = machine_.end(place_.at.index);
  const Truth t = end.holds.eval(world_);
  if (t != Truth::yes) {
    const Millis limit = left_phase_.end ? kPatience : std::max(kPatience, machine_.phase(left_phase_.index).within);
    if (now_ < entered_ + limit && !(end.kind == EndKind::attention && t == Truth::unknown && lost(end.holds.facts()))) {
      waiting_ = {Waiting::Kind::condition, describe(machine_, end.holds, world_), entered_, entered_ + limit};
      mode_ = Mode::pausing;
      wake_at_ = now_ + kPoll;
      return;
    }
    record("not-so", {{"end", end.name}, {"requires", end.holds_text}, {"facts", values(end.holds.facts())}}, end.holds.facts());
    return move(entry_of(attention_after(machine_, place_.at.index)), "not-so", "'" + end.name + "' would not be true: " + describe(machine_, end.holds, world_));
  }
  record("ended", {{"end", end.name}, {"kind", to_string(end.kind)}, {"facts", values(end.holds.facts())}}, end.holds.facts());
  mode_ = Mode::over;
  waiting_ = {};
  out_.push_back(command::Ended{place_.at.index});
}

// Whatever of these is unknown lies on a host that has had its patience, here or at an earlier place.
bool Engine::lost(const std::vector<int>& facts) const {
  return std::all_of(facts.begin(), facts.end(), [this](int f) { return world_[static_cast<std::size_t>(f)] != kUnknown || sight_.lost(f, now_, kPatience); });
}

void Engine::unknown_for_too_long(const std::vector<int>& facts) {
  if (!unknown_since_) unknown_since_ = now_;
  const Phase& phase = machine_.phase(place_.at.index);
  const bool leaving = place_.step >= static_cast<int>(phase.steps.size());
  // What is waited for before leaving may be out of sight for a while, as a node that starts is.
  const Millis until = std::max(*unknown_since_ + kPatience, leaving ? entered_ + phase.within : Millis(0));
  if (now_ < until && !(broken_rules() != 0 && lost(facts))) {
    waiting_ = {Waiting::Kind::observation, names(facts), *unknown_since_, until};
    mode_ = Mode::pausing;
    wake_at_ = std::min(now_ + kPoll, until);
    return;
  }
  unknown_since_.reset();
  if (place_.step == Place::kGates) return enter_phase();  // unknown never opens a gate
  record("unknown", {{"at", to_string(machine_, place_)}, {"facts", values(facts)}}, facts);
  if (pending_here() && current().repeatable.eval(world_) != Truth::yes)
    return move(entry_of(attention_end(machine_)), "unknown", current().name + " may have been done, and whether it was cannot be seen: " + names(facts));
  if (leaving) return move(entry_of(phase.overrun), "unknown", "could not be observed: " + names(facts));
  go_back("unknown", "could not be observed: " + names(facts));
}

// --- acting --------------------------------------------------------------------------------------------------------

void Engine::act(const Action& action) {
  const int index = machine_.phase(place_.at.index).steps[static_cast<std::size_t>(place_.step)].action;
  // Judged by what is seen now: a failed attempt may have left something that makes a second one wrong.
  if (action.repeatable.eval(world_) != Truth::yes) {
    if (pending_ == index) return await_earlier(action);
    if (attempt_ > 1) return go_back("not-repeatable", not_again(action));
  }
  const bool again = attempt_ > 1 || pending_ == index;
  pending_.reset();
  const std::vector<int> facts = facts_of_effect(action);
  deadline_ = now_ + action.within;
  record("intent", {{"action", action.name}, {"attempt", attempt_}, {"host", action.host}, {"facts", values(facts)}}, facts);
  if (action.operations.empty()) {
    outcome_ = Outcome::done;
    outcome_text_.clear();
    out_.push_back(command::Instruct{index});
    return confirm();
  }
  mode_ = Mode::acting;
  waiting_ = {Waiting::Kind::action, action.name, now_, deadline_};
  out_.push_back(command::Execute{index, attempt_, again});
}

// Nobody who began it hears of it any more, the action may still be under way on its host: it has its time.
void Engine::await_earlier(const Action& action) {
  const std::vector<int> facts = facts_of_effect(action);
  record("awaited", {{"action", action.name}, {"within_ms", action.within.count()}, {"facts", values(facts)}}, facts);
  awaiting_earlier_ = true;
  outcome_ = Outcome::unknown;
  if (lost_ == 0) outcome_text_ = "begun before the run was interrupted";
  deadline_ = now_ + action.within;
  confirm();
}

std::string Engine::not_again(const Action& action) { return action.name + " was begun before and its effect is not there; it must not be done again"; }

void Engine::confirm() {
  mode_ = Mode::confirming;
  const std::vector<int> facts = facts_of_effect(current());
  for (const int f : facts) world_[static_cast<std::size_t>(f)] = kUnknown;
  out_.push_back(command::Observe{++ticket_, facts});
}

void Engine::judge_effect() {
  const Action& action = current();
  const std::vector<int> facts = facts_of_effect(action);
  const Truth t = effect_holds(action.effects, world_);
  if (t == Truth::yes) {
    pending_.reset();
    const bool odd = outcome_ != Outcome::done;
    record("confirmed", {{"action", action.name}, {"attempt", attempt_}, {"facts", values(facts)}, {"despite", odd ? Json(outcome_text_) : Json()}}, facts);
    attempt_ = 1;
    return advance("confirmed", odd ? std::string("its effect is there, although its outcome was ") + to_string(outcome_) : "");
  }
  if (t == Truth::no && outcome_ == Outcome::failed) return action_failed(outcome_text_.empty() ? "it says that it failed" : outcome_text_);
  if (now_ >= deadline_) {
    std::string why = "its effect did not come within " + std::to_string(action.within.count() / 1000) + " s";
    for (std::size_t i = 0; i < facts.size(); ++i) why += (i == 0 ? ": " : ", ") + machine_.fact(facts[i]).name + " is " + machine_.value_name(facts[i], world_[static_cast<std::size_t>(facts[i])]);
    if (t == Truth::unknown && action.repeatable.eval(world_) != Truth::yes) {
      record("unknown", {{"at", to_string(machine_, place_)}, {"facts", values(facts)}}, facts);
      return move(entry_of(attention_end(machine_)), "unknown", action.name + " may have been done, and whether it was cannot be seen");
    }
    if (awaiting_earlier_) {
      pending_.reset();
      if (roll_back_) return judge();
      return go_back("not-repeatable", not_again(action));
    }
    return action_failed(why + (outcome_text_.empty() ? "" : " (" + outcome_text_ + ")"));
  }
  const bool person = action.operations.empty();
  if (person || outcome_ == Outcome::unknown) {  // nothing of this process is under way: a long wait must not hold up what is more urgent
    if (obeyed_stop() || (person && obeyed_roll_back())) return;
    if (overdue() != 0 && !machine_.phase(place_.at.index).retreat) return go_back("rule-broken", overdue_names());
    if (may_try_again(t)) return try_again();
  }
  waiting_ = {person ? Waiting::Kind::person : Waiting::Kind::effect, action.name, deadline_ - action.within, deadline_};
  mode_ = Mode::settling;
  wake_at_ = std::min(now_ + kPoll, deadline_);
}

// Its connection broke, its host answers again, and its effect is not there. That is no failed attempt and does not count
// as one; kMostLost bounds it, afterwards the rest of the limit is waited out.
bool Engine::may_try_again(Truth effect) const {
  if (outcome_ != Outcome::unknown || awaiting_earlier_ || effect != Truth::no || lost_ >= kMostLost) return false;
  return now_ >= finished_ + kPatience && current().repeatable.eval(world_) == Truth::yes;
}

// As after a resume: looked at first, and judged anew whether it may be repeated.
void Engine::try_again() {
  ++lost_;
  pending_ = machine_.phase(place_.at.index).steps[static_cast<std::size_t>(place_.step)].action;
  look();
}

void Engine::action_failed(const std::string& why) {
  const Action& action = current();
  const std::vector<int> facts = facts_of_effect(action);
  record("failed", {{"action", action.name}, {"attempt", attempt_}, {"why", why}, {"facts", values(facts)}}, facts);
  if (attempt_ < action.attempts && action.repeatable.eval(world_) == Truth::yes) {
    ++attempt_;
    return look();
  }
  attempt_ = 1;
  go_back("failed", action.name + ": " + why);
}

// --- moving ----------------------------------------------------------------------------------------------------------

void Engine::go_back(const std::string& reason, const std::string& text) {
  move(entry_of(machine_.phase(place_.at.index).back), reason, text);
}

void Engine::move(Place to, const std::string& reason, const std::string& text) {
  record("moved", {{"from", to_string(machine_, place_)}, {"to", to_string(machine_, to)}, {"reason", reason}, {"text", text},
                   {"phase", to.at.end ? Json() : Json(machine_.phase(to.at.index).name)}, {"step", to.step}, {"end", to.at.end ? Json(machine_.name_of(to.at)) : Json()}});
  if (!place_.at.end) left_phase_ = place_.at;
  if (!place_.at.end && !to.at.end)
    for (std::size_t i = 0; i < broken_.size(); ++i) {
      if (!suspended(machine_.rules[i], place_.at.index) || suspended(machine_.rules[i], to.at.index)) continue;
      // A rule that counts again counts from now: what is late to be seen mended has its grace.
      if (broken_[i].seen_since) broken_[i].seen_since = now_;
      if (broken_[i].clients_since) broken_[i].clients_since = now_;
    }
  place_ = to;
  pending_.reset();
  attempt_ = 1;
  lost_ = 0;
  awaiting_earlier_ = false;
  waited_ = false;
  entered_ = now_;
  unknown_since_.reset();
  held_since_.reset();
  wake_at_.reset();
  waiting_ = {};
  look();
}

bool Engine::pending_here() const {
  if (!pending_ || place_.at.end || place_.step < 0) return false;
  const auto& steps = machine_.phase(place_.at.index).steps;
  return static_cast<std::size_t>(place_.step) < steps.size() && steps[static_cast<std::size_t>(place_.step)].action == *pending_;
}

const Action& Engine::current() const {
  return machine_.action(machine_.phase(place_.at.index).steps[static_cast<std::size_t>(place_.step)].action);
}

// --- what is known ---------------------------------------------------------------------------------------------------

void Engine::see(const Seen& seen) {
  for (const auto& [f, value] : seen) world_[static_cast<std::size_t>(f)] = value;
  sight_.see(seen, now_);
  note_rules();
}

void Engine::note_rules() {
  for (std::size_t i = 0; i < machine_.rules.size(); ++i) {
    Broken& b = broken_[i];
    const Truth t = machine_.rules[i].always.eval(world_);
    if (t == Truth::no && !b.seen_since) b.seen_since = now_;
    if (t == Truth::yes) b.seen_since.reset();  // unknown changes nothing: it neither breaks nor mends a rule
    const bool broken = b.seen_since || b.clients_since;
    if (broken == b.told) continue;
    b.told = broken;
    if (broken) b.by_clients = b.clients_since.has_value();
    const std::vector<int> facts = machine_.rules[i].always.facts();
    record(broken ? "rule-broken" : "rule-holds",
           {{"rule", machine_.rules[i].name}, {"suspended", !place_.at.end && suspended(machine_.rules[i], place_.at.index)}, {"seen_by", b.by_clients ? "clients" : "facts"}, {"facts", values(facts)}}, facts);
  }
}

std::uint64_t Engine::broken_rules() const {
  std::uint64_t mask = 0;
  for (std::size_t i = 0; i < broken_.size(); ++i)
    if (broken_[i].seen_since || broken_[i].clients_since) mask |= 1ULL << i;
  return mask;
}

std::uint64_t Engine::overdue() const {
  std::uint64_t mask = 0;
  if (place_.at.end) return mask;
  for (std::size_t i = 0; i < broken_.size(); ++i) {
    const Broken& b = broken_[i];
    const Rule& rule = machine_.rules[i];
    const Millis allowed = suspended(rule, place_.at.index) ? rule.for_at_most : rule.grace;
    const bool late = (b.seen_since && now_ - *b.seen_since > allowed) || (b.clients_since && now_ - *b.clients_since > allowed);
    if (late) mask |= 1ULL << i;
  }
  return mask;
}

// --- words -----------------------------------------------------------------------------------------------------------

void Engine::record(const std::string& kind, Json body, std::vector<int> evidence) {
  std::sort(evidence.begin(), evidence.end());
  evidence.erase(std::unique(evidence.begin(), evidence.end()), evidence.end());
  out_.push_back(command::Record{kind, std::move(body), std::move(evidence)});
}

Json Engine::values(const std::vector<int>& facts) const {
  Json map = Json::object();
  for (const int f : facts) map[machine_.fact(f).name] = machine_.value_name(f, world_[static_cast<std::size_t>(f)]);
  return map;
}

std::string Engine::names(const std::vector<int>& facts) const {
  std::string text;
  for (const int f : facts) text += (text.empty() ? "" : ", ") + machine_.fact(f).name;
  return text;
}

std::string Engine::overdue_names() const {
  std::vector<int> rules;
  for (std::size_t i = 0; i < machine_.rules.size(); ++i)
    if (overdue() >> i & 1u) rules.push_back(static_cast<int>(i));
  return rule_names(rules);
}

std::string Engine::rule_names(const std::vector<int>& rules) const {
  std::string text;
  for (const int r : rules) text += (text.empty() ? "" : "; ") + machine_.rule(r).name;
  return text;
}

}  // namespace interlock::fsm
