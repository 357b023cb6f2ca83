#include "fsm/replay.h"

#include <algorithm>
#include <deque>

#include "fsm/resume.h"
#include "fsm/simulated_parts.h"
#include "fsm/simulated_site.h"
#include "fsm/stations.h"

namespace interlock::fsm {
namespace {

using What = Move::What;

constexpr Millis kLook{2}, kAct{20};   // the least that they take in a simulated run
constexpr int kMostSteps = 1000;       // of the engine for one line

// Why the run went another way than the story.
struct Elsewhere {
  std::string why;
};

// One line's worth of what the engine did, as its records tell.
struct Deed {
  std::string from, to, reason, text;
};

// What the records may give as the reason for a move of the model.
std::vector<std::string> reasons_of(const Move& move) {
  switch (move.what) {
    case What::decided:
      switch (static_cast<Verdict>(move.index)) {
        case Verdict::enter: return {"gates-open"};
        case Verdict::refuse: return {"refused"};
        case Verdict::pass_over: return {"passed", "confirmed"};
        case Verdict::act: return {"confirmed"};
        case Verdict::interlocked: return {"interlocked"};
        case Verdict::not_ready: return {"not-ready"};
        case Verdict::turn_back: return {"rule-broken"};
        case Verdict::leave: return {"done"};
        case Verdict::look:
        case Verdict::hold:
        case Verdict::wait:
        case Verdict::ended: return {};
      }
      return {};
    case What::overrun: return {"overrun", "rule-broken"};
    case What::late: return {"overrun", "rule-broken", "not-so"};
    case What::ended: return {"ended"};
    case What::not_so: return {"not-so"};
    case What::again: return {"not-repeatable"};
    case What::failed: return {"failed"};
    case What::unseen: return {"unknown", "refused", "not-so", "failed"};
    case What::out_of_sight: return {"unknown", "refused"};
    case What::died: return {"resumed"};
    case What::asked: return {"rollback"};
    case What::start:
    case What::reaction:
    case What::crash:
    case What::gone:
    case What::lost:
    case What::partly: return {};
  }
  return {};
}

bool is_of_site(What what) { return what == What::reaction || what == What::crash || what == What::gone || what == What::lost || what == What::partly; }

// Whether time has to pass before it comes.
bool waits(const Move& move) {
  switch (move.what) {
    case What::overrun:
    case What::late:
    case What::not_so:
    case What::again:
    case What::failed:
    case What::unseen:
    case What::out_of_sight:
    case What::asked: return true;
    case What::decided: return static_cast<Verdict>(move.index) == Verdict::turn_back;
    case What::start:
    case What::reaction:
    case What::ended:
    case What::crash:
    case What::gone:
    case What::lost:
    case What::partly:
    case What::died: return false;
  }
  return false;
}

bool turns(const Move& move) {
  return move.what == What::asked || (move.what == What::decided && static_cast<Verdict>(move.index) == Verdict::turn_back);
}

class Player {
 public:
  Player(const Machine& machine, const Told& told, SimulationListener* listener)
      : machine_(machine), told_(told), story_(told.story), listener_(listener), site_(machine, story_.front().world), journal_(now_), lost_(machine.reactions.size()) {
    for (std::size_t r = 0; r < machine.rules.size(); ++r)
      for (const int f : machine.rules[r].always.facts()) watched_.push_back(f);
    std::sort(watched_.begin(), watched_.end());
    watched_.erase(std::unique(watched_.begin(), watched_.end()), watched_.end());
  }

  Replayed play(const std::function<void(std::size_t)>& on_line) {
    try {
      engine_.emplace(machine_);
      step(event::Start{});
      for (line_ = 1; line_ < story_.size(); ++line_) {
        if (on_line) on_line(line_);
        play(story_[line_]);
      }
      line_ = story_.size() - 1;
      watch();
      judge();
    } catch (const Elsewhere& e) {
      result_.why = e.why;
    }
    result_.line = line_;
    result_.place = engine_->place();
    result_.world = site_.world();
    result_.took = now_;
    result_.records = static_cast<int>(journal_.records().size());
    return std::move(result_);
  }

 private:
  void play(const StoryLine& l) {
    if (is_of_site(l.move.what)) of_site(l);
    else of_engine(l);
    for (std::size_t r = 0; r < lost_.size(); ++r) lost_[r] = lost_[r] && machine_.reactions[r].when.eval(site_.world()) == Truth::yes;
    const World& now = site_.world();
    for (std::size_t f = 0; f < now.size(); ++f)
      if (now[f] != l.world[f] && std::find(gone_.begin(), gone_.end(), static_cast<int>(f)) == gone_.end()) throw Elsewhere{name_of(f) + " is " + machine_.value_name(static_cast<int>(f), now[f]) + ", the story says " + machine_.value_name(static_cast<int>(f), l.world[f])};
  }

  // --- the site --------------------------------------------------------------------------------------------------------

  void of_site(const StoryLine& l) {
    const std::size_t i = l.move.index;
    if (l.move.what == What::gone) {
      gone_ = asked_by_us_alone(machine_, machine_.hosts[i]);
      site_.hide(machine_.hosts[i].facts, true);
      return change(SiteEvent::What::gone, static_cast<int>(i), machine_.hosts[i].crash);
    }
    if (l.move.what == What::crash) return change(SiteEvent::What::crash, static_cast<int>(i), machine_.crashes[i].effects);
    const Reaction& reaction = machine_.reactions[i];
    if (!comes(i)) throw Elsewhere{"nothing brings it about: " + describe(machine_, reaction.when, site_.world())};
    if (l.move.what == What::reaction) return change(SiteEvent::What::reaction, static_cast<int>(i), reaction.then);
    lost_[i] = true;
    tell(SiteEvent::What::lost, static_cast<int>(i));
    if (l.move.what == What::lost) return;
    for (const auto& effect : reaction.then)
      if (apply({effect}, site_.world()) == l.world) return change(SiteEvent::What::reaction, static_cast<int>(i), {effect});
    throw Elsewhere{"no single effect of it leads to what the story says"};
  }

  // Whether the reaction is possible and would change anything.
  [[nodiscard]] bool comes(std::size_t reaction) const {
    const Reaction& r = machine_.reactions[reaction];
    return !lost_[reaction] && r.when.eval(site_.world()) == Truth::yes && !site_.would_change(r.then).facts.empty();
  }
  [[nodiscard]] std::optional<std::size_t> coming() const {
    for (std::size_t r = 0; r < lost_.size(); ++r)
      if (comes(r) && !machine_.reactions[r].at_will) return r;
    return std::nullopt;
  }

  void change(SiteEvent::What what, int index, const std::vector<Effect>& effects) {
    tell(what, index, site_.would_change(effects));
    site_.change(effects);
  }

  void tell(SiteEvent::What what, int index, SimulatedSite::Changes changes = {}) {
    if (listener_ != nullptr) listener_->on_event({what, now_, index, std::move(changes.facts), std::move(changes.values)});
  }

  void hide(const std::vector<int>& facts) {
    hidden_ = facts;
    site_.hide(facts, true);
    tell(SiteEvent::What::unseen, 0, {facts, {}});
  }
  void show() {
    if (hidden_.empty()) return;
    site_.hide(hidden_, false);
    tell(SiteEvent::What::seen_again, 0, {hidden_, {}});
    hidden_.clear();
  }

  // --- the engine ------------------------------------------------------------------------------------------------------

  // The engine goes on until it has done what a line of the story is about; it may have done so already, at a place
  // where nothing has to be observed.
  void of_engine(const StoryLine& l) {
    const bool passed = turns(l.move) && passed_in_phase(l);
    if (passed) done_.clear();
    begin(l);
    for (int i = 0; done_.empty(); ++i) {
      if (i == kMostSteps) throw Elsewhere{"the run does not come to it"};
      advance(l);
    }
    show();
    const Deed deed = std::move(done_.front());
    done_.pop_front();
    const std::vector<std::string> reasons = reasons_of(l.move);
    const bool so = (passed || deed.from == to_string(machine_, l.from)) && deed.to == to_string(machine_, l.to) && std::find(reasons.begin(), reasons.end(), deed.reason) != reasons.end();
    if (!so) throw Elsewhere{"the run goes from " + deed.from + " to " + deed.to + " (" + deed.reason + (deed.text.empty() ? "" : ": " + deed.text) + ")"};
  }

  // Where nothing has to be observed the run does not stand still. It is turned round at the next place of the phase,
  // from which the way back is the same.
  [[nodiscard]] bool passed_in_phase(const StoryLine& l) const {
    const Place place = engine_->place();
    return !done_.empty() && place.at == l.from.at && std::all_of(done_.begin(), done_.end(), [&](const Deed& d) { return d.reason == "gates-open"; });
  }

  // What is so from the beginning of a line on.
  void begin(const StoryLine& l) {
    switch (l.move.what) {
      case What::unseen:
        if (l.move.index == 0) hide(to_hide(l));
        return;
      case What::asked: return ask();
      case What::late:
        if (const auto r = coming()) tell(SiteEvent::What::late, static_cast<int>(*r));
        return;
      case What::overrun:
      case What::not_so:
        if (const auto r = coming()) throw Elsewhere{"the site is not at rest: " + machine_.reactions[*r].name};
        return;
      case What::start:
      case What::decided:
      case What::reaction:
      case What::ended:
      case What::again:
      case What::failed:
      case What::out_of_sight:
      case What::crash:
      case What::gone:
      case What::lost:
      case What::partly:
      case What::died: return;
    }
  }

  // What was begun by a process that died is not turned away from for good when it can be seen that it may be done again.
  [[nodiscard]] std::vector<int> to_hide(const StoryLine& l) const {
    std::vector<int> facts = facts_for(machine_, l.from);
    if (!pending_ || l.to == entry_of(attention_end(machine_))) return facts;
    const std::vector<int> needed = machine_.action(*pending_).repeatable.facts();
    std::erase_if(facts, [&](int f) { return std::binary_search(needed.begin(), needed.end(), f); });
    return facts;
  }

  // As `interlock rollback` does with a run whose process is gone.
  void ask() {
    if (std::exchange(asked_before_, false)) return;
    tell(SiteEvent::What::asked, 0);
    resume(true);
  }

  // The run leaves at once where nothing has to be observed: to be heard there, the request comes during the action before.
  [[nodiscard]] bool asks_where_it_does_not_stand_still() const {
    const auto ours = std::find_if(story_.begin() + static_cast<std::ptrdiff_t>(line_) + 1, story_.end(), [](const StoryLine& l) { return !is_of_site(l.move.what); });
    return ours != story_.end() && ours->move.what == What::asked && facts_for(machine_, ours->from).empty();
  }

  void resume(bool roll_back) {
    ++result_.processes;
    asked_.reset();
    acting_.reset();
    engine_.emplace(machine_, resume_from(machine_, journal_.records()));
    tell(SiteEvent::What::resumed, 0);
    if (roll_back) step(event::RollBackRequest{});
    step(event::Start{});
  }

  void advance(const StoryLine& l) {
    if (acting_) return act(l);
    if (asked_) return answer(l);
    const auto wake = engine_->wake_at();
    if (!wake) throw Elsewhere{"the run stands at " + to_string(machine_, engine_->place()) + " and goes no further"};
    if (!waits(l.move)) throw Elsewhere{"the run waits at " + to_string(machine_, engine_->place()) + ": " + engine_->waiting().what};
    now_ = std::max({now_, *wake, engine_->waiting().until});
    step(event::Tick{});
  }

  void answer(const StoryLine& l) {
    now_ += kLook;
    watch();
    if (l.move.what == What::decided && static_cast<Verdict>(l.move.index) == Verdict::turn_back) now_ += longest_grace() + Millis(1);
    const command::Observe asked = *std::exchange(asked_, std::nullopt);
    step(event::Observed{asked.ticket, seen(asked.facts)});
  }

  [[nodiscard]] Millis longest_grace() const {
    Millis most{};
    for (std::size_t r = 0; r < machine_.rules.size(); ++r)
      if (engine_->broken_rules() >> r & 1u) most = std::max(most, machine_.rules[r].grace);
    return most;
  }

  // An action has begun. What comes of it is what the line says.
  void act(const StoryLine& l) {
    const int index = *std::exchange(acting_, std::nullopt);
    const Action& action = machine_.action(index);
    now_ += kAct;
    switch (l.move.what) {
      case What::failed:
        tell(SiteEvent::What::action_fails, index);
        if (l.move.index == 1) besides();
        return finish(action, Outcome::failed, "the story makes it fail");
      case What::died:
        if (l.move.index == 1) besides();
        tell(SiteEvent::What::died, 0);
        pending_ = index;
        return resume(false);
      case What::unseen:
        if (l.move.index != 1) break;
        take_effect(index, l);
        hide(facts_of_effect(action));
        return finish(action, Outcome::done, "");
      case What::decided:
        if (static_cast<Verdict>(l.move.index) != Verdict::act) break;
        take_effect(index, l);
        if (asks_where_it_does_not_stand_still()) {
          tell(SiteEvent::What::asked, 0);
          step(event::RollBackRequest{});
          asked_before_ = true;
        }
        return finish(action, Outcome::done, "");
      case What::start:
      case What::reaction:
      case What::overrun:
      case What::ended:
      case What::not_so:
      case What::again:
      case What::out_of_sight:
      case What::crash:
      case What::gone:
      case What::late:
      case What::lost:
      case What::partly:
      case What::asked: break;
    }
    throw Elsewhere{"the run does " + action.name};
  }

  void finish(const Action& action, Outcome outcome, const char* text) {
    if (!action.operations.empty()) step(event::Finished{outcome, text});
  }

  // An action is under way, so the engine stands at a step; where the story says that it stands may be any place.
  void besides() {
    const Place place = engine_->place();
    site_.change(may_change(machine_, machine_.phase(place.at.index).steps[static_cast<std::size_t>(place.step)]));
  }

  void take_effect(int action, const StoryLine& l) {
    const std::vector<Effect>& effects = machine_.action(action).effects;
    if (apply(effects, site_.world()) != l.world) besides();
    change(SiteEvent::What::effect, action, effects);
  }

  void watch() { step(event::Watched{seen(watched_)}); }

  [[nodiscard]] Seen seen(const std::vector<int>& facts) const {
    Seen list;
    for (const int f : facts) list.emplace_back(f, site_.seen(f));
    return list;
  }

  void step(const Event& event) {
    for (const auto& command : engine_->step(event, now_)) carry_out(command);
  }

  void carry_out(const Command& command) {
    if (const auto* record = std::get_if<command::Record>(&command)) {
      write(*record);
    } else if (const auto* observe = std::get_if<command::Observe>(&command)) {
      asked_ = *observe;
      if (last_kind() == "failed") done_.push_back({to_string(machine_, engine_->place()), to_string(machine_, engine_->place()), "failed", ""});
    } else if (const auto* execute = std::get_if<command::Execute>(&command)) {
      acting_ = execute->action;
      ++result_.executions;
    } else if (const auto* instruct = std::get_if<command::Instruct>(&command)) {
      acting_ = instruct->action;
      if (listener_ != nullptr) listener_->on_instruct(now_, machine_.action(instruct->action));
    } else if (const auto* ended = std::get_if<command::Ended>(&command)) {
      result_.end = ended->end;
      const std::string& name = machine_.end(ended->end).name;
      done_.push_back({name, name, "ended", ""});
    }
  }

  [[nodiscard]] const std::string& last_kind() const { return journal_.records().back().kind; }

  void write(const command::Record& record) {
    (void)journal_.append(record.kind, record.body, nullptr);  // memory is never full
    if (listener_ != nullptr) listener_->on_record(journal_.records().back());
    const Json& b = record.body;
    if (record.kind == "moved") {
      pending_.reset();
      done_.push_back({b.at("from"), b.at("to"), b.at("reason"), b.at("text")});
    }
    if (record.kind == "resumed" && story_[line_].move.what == What::died) {
      const std::string at = to_string(machine_, engine_->place());
      done_.push_back({at, at, "resumed", ""});
    }
  }

  // --- what the story is told for --------------------------------------------------------------------------------------

  void judge() const {
    const auto i = static_cast<std::size_t>(told_.index);
    if (!told_.kind || *told_.kind == Finding::Kind::regret || *told_.kind == Finding::Kind::too_easy || *told_.kind == Finding::Kind::not_true) {
      if (result_.end != told_.index) throw Elsewhere{"the run does not come to the end " + machine_.ends[i].name};
    }
    if (!told_.kind) return;
    switch (*told_.kind) {
      case Finding::Kind::regret:
      case Finding::Kind::too_easy: return;
      case Finding::Kind::not_true:
        if (machine_.ends[i].holds.eval(site_.world()) != Truth::no) throw Elsewhere{"the end is what it says: " + describe(machine_, machine_.ends[i].holds, site_.world())};
        return;
      case Finding::Kind::safety: return judge_rule(machine_.rules[i]);
      case Finding::Kind::dead_end:
        if (result_.end >= 0) throw Elsewhere{"the run comes to the end " + machine_.end(result_.end).name};
        return;
    }
  }

  void judge_rule(const Rule& rule) const {
    if (story_.size() < 2) throw Elsewhere{"nothing moves in this story"};
    const World& before = story_[story_.size() - 2].world;
    const Place place = engine_->place();
    if (rule.always.eval(site_.world()) != Truth::no) throw Elsewhere{"'" + rule.name + "' holds: " + describe(machine_, rule.always, site_.world())};
    if (rule.always.eval(before) != Truth::yes) throw Elsewhere{"'" + rule.name + "' did not hold before"};
    if (!place.at.end && suspended(rule, place.at.index)) throw Elsewhere{"'" + rule.name + "' is suspended in " + machine_.phase(place.at.index).name};
  }

  [[nodiscard]] const std::string& name_of(std::size_t fact) const { return machine_.facts[fact].name; }

  const Machine& machine_;
  const Told& told_;
  const std::vector<StoryLine>& story_;
  SimulationListener* listener_;
  Millis now_{};
  SimulatedSite site_;
  MemoryJournal journal_;
  std::optional<Engine> engine_;
  bool asked_before_ = false;               // for the way back, before the line that tells it
  std::optional<command::Observe> asked_;  // and not answered
  std::optional<int> acting_, pending_;    // actions: begun; begun by a process that died
  std::deque<Deed> done_;                  // that no line has spoken of
  std::vector<bool> lost_;                 // by reaction
  std::vector<int> watched_, hidden_, gone_;  // facts; gone_: of a host that is gone, which nobody asks for any more
  std::size_t line_ = 0;
  Replayed result_;
};

}  // namespace

Replayed replay(const Machine& machine, const Told& told, SimulationListener* listener, const std::function<void(std::size_t)>& on_line) {
  return Player(machine, told, listener).play(on_line);
}

}  // namespace interlock::fsm
