#include "fsm/simulator.h"

#include <algorithm>
#include <queue>
#include <stdexcept>

#include "fsm/chance.h"
#include "fsm/resume.h"
#include "fsm/simulated_parts.h"
#include "fsm/simulated_site.h"
#include "fsm/start_worlds.h"

namespace interlock::fsm {
namespace {

// How long things usually take. Short ones are as likely as long ones (Chance::spread).
constexpr Millis kLookLeast{2}, kLookMost{40};
constexpr Millis kActLeast{20}, kSlowest{30'000};       // the most, if its limit is not nearer
constexpr Millis kReactLeast{20}, kReactMost{2000};
constexpr std::uint32_t kSeldom = 8;  // one in so many times what comes at will comes
constexpr Millis kLateLeast{10'000}, kLateMost{180'000};
constexpr Millis kHiddenLeast{500}, kHiddenMost{120'000};
constexpr Millis kAwayLeast{500}, kAwayMost{60'000};    // until an operator resumes
constexpr Millis kGapNoticed{100}, kFirstAnswer{1000}, kNextClient{10};  // as the client meter
constexpr int kPartOfLimit = 10, kSlowOneIn = 24, kEffectLaterOneIn = 4, kDiesWithUsOneIn = 3;
constexpr int kMostEvents = 1'000'000, kMostAtRest = 10'000;

}  // namespace

// What does not depend on the seed.
struct Simulator::Known {
  std::vector<Group> watched, groups;
  Millis most{};
  int usual_records = 1;                         // of a run without faults: what faults are spread over
};

class Simulator::Run {
 public:
  Run(const Simulator& simulator, const SimulationSettings& settings, SimulationListener* listener)
      : machine_(simulator.machine_), known_(*simulator.known_), listener_(listener), chance_(settings.seed),
        site_(machine_, simulator.starts_[chance_.below(simulator.starts_.size())]), journal_(now_), watched_(known_.watched) {
    result_.start = looked_ = site_.world();
    planned_ = planned_faults(machine_, settings, known_.usual_records, chance_);
  }

  Simulation go() {
    settle();
    start_process(std::nullopt, false);
    while (!over_ && advance()) {
    }
    if (result_.end >= 0) come_to_rest();
    result_.took = ended_at_;
    result_.records = static_cast<int>(journal_.records().size());
    result_.world = site_.world();
    return std::move(result_);
  }

 private:
  // --- faults --------------------------------------------------------------------------------------------------------

  // After each record: false, the process dies right here.
  bool set_faults_off() {
    bool lives = true;
    const int records = static_cast<int>(journal_.records().size());
    for (auto& f : planned_) {
      if (f.set_off || (f.after_last && result_.faults.empty()) || records < f.at_record + (f.after_last ? last_fault_record_ : 0)) continue;
      f.set_off = true;
      switch (f.kind) {
        case Fault::action: ++failing_; break;
        case Fault::late: ++late_; break;
        case Fault::lost: ++lost_; break;
        case Fault::crash: plan(Due::What::crash, f.delay); break;
        case Fault::gone: plan(Due::What::gone, f.delay); break;
        case Fault::blind: plan(Due::What::hide, f.delay); break;
        case Fault::asked: plan(Due::What::ask, f.delay); break;
        case Fault::died:
          if (f.delay.count() == 0) lives = false;
          else plan(Due::What::die, f.delay);
      }
    }
    return lives;
  }

  SiteEvent tell(SiteEvent::What what, int index, SimulatedSite::Changes changes = {}) {
    SiteEvent event{what, now_, index, std::move(changes.facts), std::move(changes.values)};
    if (is_fault(what)) {
      result_.faults.push_back(event);
      last_fault_record_ = static_cast<int>(journal_.records().size());
    }
    if (listener_ != nullptr) listener_->on_event(event);
    return event;
  }

  // --- time ----------------------------------------------------------------------------------------------------------

  void plan(Due::What what, Millis after, int index = 0, std::uint32_t number = 0) { ahead_.push({what, now_ + after, ++order_, number, index}); }

  // The next thing that happens; false: nothing can any more.
  bool advance() {
    if (++events_ > kMostEvents || now_ > known_.most) return stuck("does not come to an end");
    const std::optional<Millis> wake = engine_ ? engine_->wake_at() : std::nullopt;
    if (ahead_.empty() && !wake) return stuck("waits for something that never comes");
    const Millis next = std::max(now_, std::min(ahead_.empty() ? *wake : ahead_.top().at, wake.value_or(Millis::max())));
    if (engine_ && look_at_rules(next)) return true;
    now_ = next;
    if (!ahead_.empty() && ahead_.top().at <= now_) {
      const Due due = ahead_.top();
      ahead_.pop();
      happen(due);
    } else {
      step(event::Tick{});
    }
    return true;
  }

  bool stuck(const char* why) {
    result_.stuck = why;
    if (engine_) result_.stuck += std::string(" at ") + to_string(machine_, engine_->place()) + (engine_->waiting().what.empty() ? "" : ": " + engine_->waiting().what);
    ended_at_ = now_;
    return false;
  }

  // The watch: true when one of its looks comes before `next`. What it sees as the engine knows it is not told again.
  bool look_at_rules(Millis next) {
    for (;;) {
      const auto first = std::min_element(watched_.begin(), watched_.end(), [](const Group& a, const Group& b) { return a.next < b.next; });
      if (first == watched_.end() || first->next > next) return false;
      const Millis at = std::max(now_, first->next);
      first->next = at + first->every + chance_.between(kLookLeast, kLookMost);
      bool news = engine_->broken_rules() != 0;
      for (const int f : first->facts) news = news || site_.seen(f) != engine_->world()[static_cast<std::size_t>(f)];
      if (!news) continue;
      now_ = at;
      step(event::Watched{seen(first->facts)});
      return true;
    }
  }

  void happen(const Due& due) {
    const bool ours = engine_ && due.number == process_;
    switch (due.what) {
      case Due::What::answer:
        if (!ours || due.index != ticket_) return;
        looked_ = site_.world();
        return step(event::Observed{due.index, seen(asked_)});
      case Due::What::finished:
        if (ours) step(event::Finished{outcome_, outcome_text_});
        return;
      case Due::What::gap:
        if (ours && gap_since_ && !gap_told_) gap(now_ - *gap_since_);
        return;
      case Due::What::effect: return take_effect(due.index);
      case Due::What::reaction: return react(due.index, due.number);
      case Due::What::crash: return crash();
      case Due::What::gone: return lose_host();
      case Due::What::hide: return hide();
      case Due::What::show:
        site_.hide(hidden_[static_cast<std::size_t>(due.index)], false);
        tell(SiteEvent::What::seen_again, 0, {hidden_[static_cast<std::size_t>(due.index)], {}});
        return;
      case Due::What::die:
        if (engine_) die(SiteEvent::What::died);
        return;
      case Due::What::ask: return ask();
      case Due::What::resume: {
        ++result_.processes;
        tell(SiteEvent::What::resumed, 0);
        return start_process(resume_from(machine_, journal_.records()), due.index != 0);
      }
    }
  }

  // --- the operator's process ------------------------------------------------------------------------------------------

  void start_process(std::optional<Resume> resume, bool roll_back) {
    ++process_;
    stopping_ = false;
    engine_.emplace(machine_, std::move(resume));
    for (auto& group : watched_) group.next = now_ + chance_.between(kLookLeast, kLookMost);
    gap_since_.reset();
    gap_told_ = false;
    note_clients(kFirstAnswer);
    if (roll_back) step(event::RollBackRequest{});
    step(event::Start{});
  }

  void step(const Event& event) {
    if (!engine_) return;
    for (const auto& command : engine_->step(event, now_))
      if (!carry_out(command)) return;
  }

  // False: the process is gone, or the run is over.
  bool carry_out(const Command& command) {
    if (const auto* record = std::get_if<command::Record>(&command)) return write(record->kind, record->body);
    if (const auto* observe = std::get_if<command::Observe>(&command)) {
      ticket_ = observe->ticket;
      asked_ = observe->facts;
      plan(Due::What::answer, chance_.between(kLookLeast, kLookMost), ticket_, process_);
    } else if (const auto* execute = std::get_if<command::Execute>(&command)) {
      begin(*execute);
    } else if (const auto* instruct = std::get_if<command::Instruct>(&command)) {
      if (listener_ != nullptr) listener_->on_instruct(now_, machine_.action(instruct->action));
      ask_person(instruct->action);
    } else if (const auto* ended = std::get_if<command::Ended>(&command)) {
      result_.end = ended->end;
      ended_at_ = now_;
      over_ = true;
      return false;
    } else if (std::holds_alternative<command::Stopped>(command)) {
      leave(true);
      return false;
    }
    return true;
  }

  bool write(const std::string& kind, const Json& body) {
    (void)journal_.append(kind, body, nullptr);  // memory is never full
    if (listener_ != nullptr) listener_->on_record(journal_.records().back());
    if (set_faults_off()) return true;
    die(SiteEvent::What::died);
    return false;
  }

  void leave(bool roll_back) {
    place_ = engine_->place();
    engine_.reset();
    plan(Due::What::resume, chance_.spread(kAwayLeast, kAwayMost), roll_back ? 1 : 0);
  }

  // What it was doing goes on at its host without it, or does not.
  void die(SiteEvent::What what) {
    tell(what, 0);
    for (auto& u : under_way_)
      if (!u.over && chance_.one_in(kDiesWithUsOneIn)) u.over = true;
    leave(what == SiteEvent::What::asked || stopping_);
  }

  // Ctrl-C and then `rollback`, or a lost process and then `rollback`.
  void ask() {
    if (!engine_ || stopping_) return;
    if (chance_.one_in(3)) return die(SiteEvent::What::asked);
    tell(SiteEvent::What::asked, 0);
    stopping_ = true;
    if (write("stop-requested", Json::object())) step(event::StopRequest{});
  }

  // --- what we do ------------------------------------------------------------------------------------------------------

  void begin(const command::Execute& execute) {
    ++result_.executions;
    const Action& action = machine_.action(execute.action);
    if (execute.again)  // the second attempt waits for the first, or ends it
      for (auto& u : under_way_) u.over = u.over || u.action == execute.action;
    const bool slow = chance_.one_in(kSlowOneIn);
    const Millis most = std::max(kActLeast, std::min(kSlowest, slow ? action.within * 9 / 10 : action.within / kPartOfLimit));
    const Millis takes = chance_.spread(kActLeast, most);
    result_.slow = result_.slow || slow;
    outcome_ = Outcome::done;
    outcome_text_.clear();
    Millis effect = takes - chance_.between(Millis(0), takes / 2);
    if (chance_.one_in(kEffectLaterOneIn)) effect = std::min(takes * 2, action.within * 9 / 10);
    bool takes_effect = true;
    if (failing_ > 0) {
      --failing_;
      constexpr SiteEvent::What kWays[] = {SiteEvent::What::action_fails, SiteEvent::What::action_lost, SiteEvent::What::outcome_lost, SiteEvent::What::hollow};
      const SiteEvent::What way = kWays[chance_.below(std::size(kWays))];
      takes_effect = way == SiteEvent::What::outcome_lost;
      outcome_ = way == SiteEvent::What::action_fails ? Outcome::failed : way == SiteEvent::What::hollow ? Outcome::done : Outcome::unknown;
      outcome_text_ = outcome_ == Outcome::failed ? "the simulator made it fail" : outcome_ == Outcome::unknown ? "the connection broke" : "";
      tell(way, execute.action);
    }
    plan(Due::What::finished, takes, 0, process_);
    if (takes_effect) await_effect(execute.action, effect);
  }

  void ask_person(int action) {
    if (failing_ > 0) {
      --failing_;
      tell(SiteEvent::What::action_fails, action);
      return;
    }
    await_effect(action, chance_.spread(Millis(1000), std::max(Millis(1000), machine_.action(action).within / 2)));
  }

  void await_effect(int action, Millis after) {
    under_way_.push_back({action, looked_, effects_, false});
    plan(Due::What::effect, after, static_cast<int>(under_way_.size()) - 1);
  }

  void take_effect(int index) {
    UnderWay& u = under_way_[static_cast<std::size_t>(index)];
    if (u.over) return;
    u.over = true;
    const std::vector<Effect>& effects = machine_.action(u.action).effects;
    const SiteEvent event = tell(SiteEvent::What::effect, u.action, site_.would_change(effects));
    const std::vector<int> as_looked = phase() < 0 ? std::vector<int>{} : site_.would_break(effects, u.looked, phase());
    const bool overlaps = effects_ != u.effects_before;
    for (const int r : broken_by(effects)) {
      const bool ours = overlaps || std::find(as_looked.begin(), as_looked.end(), r) != as_looked.end();
      result_.breaches.push_back({ours ? Breach::Whose::ours : Breach::Whose::raced, r, event});
    }
    ++effects_;
    change(effects);
  }

  // --- what the site does ------------------------------------------------------------------------------------------------

  void react(int index, std::uint32_t number) {
    if (!site_.comes(index, number)) return;
    const std::vector<Effect>& effects = machine_.reactions[static_cast<std::size_t>(index)].then;
    const SiteEvent event = tell(SiteEvent::What::reaction, index, site_.would_change(effects));
    for (const int r : broken_by(effects)) result_.breaches.push_back({result_.faults.empty() ? Breach::Whose::site : Breach::Whose::fault, r, event});
    change(effects);
  }

  void crash() {
    if (over_) return;
    const std::size_t count = machine_.crashes.size(), first = chance_.below(count);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t c = (first + i) % count;
      const std::vector<Effect>& effects = machine_.crashes[c].effects;
      SimulatedSite::Changes changed = site_.would_change(effects);
      if (changed.facts.empty()) continue;
      const SiteEvent event = tell(SiteEvent::What::crash, static_cast<int>(c), std::move(changed));
      for (const int r : broken_by(effects)) result_.breaches.push_back({Breach::Whose::fault, r, event});
      return change(effects);
    }
  }

  // For good: only one host at a time.
  void lose_host() {
    if (std::exchange(host_is_gone_, true)) return;
    const std::size_t h = chance_.below(machine_.hosts.size());
    const Host& host = machine_.hosts[h];
    const SiteEvent event = tell(SiteEvent::What::gone, static_cast<int>(h), site_.would_change(host.crash));
    for (const int r : broken_by(host.crash)) result_.breaches.push_back({Breach::Whose::fault, r, event});
    site_.hide(host.facts, true);
    change(host.crash);
  }

  // What one look shows, or everything at one role.
  void hide() {
    if (over_) return;
    std::vector<int> facts;
    if (chance_.one_in(2)) {
      facts = known_.groups[chance_.below(known_.groups.size())].facts;
    } else {
      const std::string& role = machine_.facts[chance_.below(machine_.facts.size())].role;
      for (std::size_t f = 0; f < machine_.facts.size(); ++f)
        if (machine_.facts[f].role == role) facts.push_back(static_cast<int>(f));
    }
    site_.hide(facts, true);
    hidden_.push_back(facts);
    plan(Due::What::show, chance_.spread(kHiddenLeast, kHiddenMost), static_cast<int>(hidden_.size()) - 1);
    tell(SiteEvent::What::unseen, 0, {std::move(facts), {}});
  }

  [[nodiscard]] int phase() const {
    const Place place = engine_ ? engine_->place() : place_;
    return over_ || place.at.end ? -1 : place.at.index;
  }
  [[nodiscard]] std::vector<int> broken_by(const std::vector<Effect>& effects) const { return phase() < 0 ? std::vector<int>{} : site_.would_break(effects, site_.world(), phase()); }

  void change(const std::vector<Effect>& effects) {
    site_.change(effects);
    // What an action is for is there, whoever brought it about: it has no more to do.
    for (auto& u : under_way_) u.over = u.over || effect_holds(machine_.action(u.action).effects, site_.world()) == Truth::yes;
    settle();
    note_clients(kGapNoticed);
  }

  void settle() {
    site_.settle([this](int reaction) -> std::optional<std::uint32_t> {
      const Reaction& what = machine_.reactions[static_cast<std::size_t>(reaction)];
      if (what.at_will && chance_.below(kSeldom) != 0) return std::nullopt;
      Millis after = chance_.spread(kReactLeast, what.at_will ? kLateMost : kReactMost);
      if (lost_ > 0 && !over_ && what.may_fail) {
        --lost_;
        tell(SiteEvent::What::lost, reaction);
        return std::nullopt;
      }
      if (late_ > 0 && !over_ && !what.at_will) {
        --late_;
        tell(SiteEvent::What::late, reaction);
        after = chance_.spread(kLateLeast, kLateMost);
      }
      plan(Due::What::reaction, after, reaction, ++reactions_);
      return reactions_;
    });
  }

  // --- clients -------------------------------------------------------------------------------------------------------

  // They are served when the rule that stands for them holds, and notice by their next connection.
  void note_clients(Millis noticed) {
    if (!machine_.clients || !engine_) return;
    const bool served = machine_.rule(machine_.clients->rule).always.eval(site_.world()) == Truth::yes;
    if (!served && !gap_since_) {
      gap_since_ = now_;
      plan(Due::What::gap, noticed, 0, process_);
    } else if (served && gap_since_) {
      const Millis since = *gap_since_;
      gap_since_.reset();
      if (!gap_told_) return;
      gap_told_ = false;
      if (write("client-gap", {{"from_ms", since.count()}, {"length_ms", (now_ + kNextClient - since).count()}})) gap(Millis(0));
    }
  }

  void gap(Millis length) {
    gap_told_ = length.count() > 0;
    step(event::ClientGap{length});
  }

  [[nodiscard]] Seen seen(const std::vector<int>& facts) const {
    Seen list;
    list.reserve(facts.size());
    for (const int f : facts) list.emplace_back(f, site_.seen(f));
    return list;
  }

  // The run is over, the site may not be: an end is judged by what the site comes to by itself.
  void come_to_rest() {
    engine_.reset();
    for (int i = 0; !ahead_.empty(); ++i) {
      if (i == kMostAtRest) return;  // it never rests: no claim
      const Due due = ahead_.top();
      ahead_.pop();
      now_ = std::max(now_, due.at);
      if (due.what == Due::What::effect || due.what == Due::What::reaction) happen(due);
    }
    result_.end_is_true = machine_.end(result_.end).holds.eval(site_.world()) == Truth::yes;
  }

  const Machine& machine_;
  const Known& known_;
  SimulationListener* listener_;
  Chance chance_;
  SimulatedSite site_;
  Millis now_{}, ended_at_{};
  MemoryJournal journal_;
  std::vector<Group> watched_;
  std::optional<Engine> engine_;
  Simulation result_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> ahead_;
  std::vector<PlannedFault> planned_;
  std::vector<UnderWay> under_way_;
  std::vector<std::vector<int>> hidden_;
  std::vector<int> asked_;
  World looked_;
  Place place_;                                  // of the last process, when there is none
  Outcome outcome_ = Outcome::done;
  std::string outcome_text_;
  std::optional<Millis> gap_since_;
  std::uint32_t order_ = 0, process_ = 0, reactions_ = 0;
  int ticket_ = 0, events_ = 0, effects_ = 0, failing_ = 0, late_ = 0, lost_ = 0, last_fault_record_ = 0;
  bool over_ = false, stopping_ = false, host_is_gone_ = false, gap_told_ = false;
};

Simulation::Wrong Simulation::wrong(const Machine& machine) const {
  for (const auto& b : breaches)
    if (b.whose == Breach::Whose::ours || b.whose == Breach::Whose::site) return {Wrong::Kind::safety, b.rule};
  if (end < 0) return {Wrong::Kind::stuck, 0};
  if (!end_is_true) return {Wrong::Kind::not_true, end};
  if (faults.empty() && !slow && machine.end(end).kind != EndKind::success) return {Wrong::Kind::regret, end};
  return {};
}

Simulator::Simulator(const Machine& machine) : machine_(machine), known_(std::make_unique<Known>()) {
  const bool known = each_start(machine, {}, [&](const World& world) {
    starts_.push_back(world);
    return starts_.size() < kMostStarts;
  });
  if (!known) throw std::invalid_argument("the gates of the first phase and what is taken for granted are too entangled to find out which sites fit them");
  if (starts_.empty()) throw std::invalid_argument("no site fits the gates of the first phase and what is taken for granted: nothing can be simulated");
  std::vector<int> watched, all;
  for (const auto& rule : machine.rules)
    for (const int f : rule.always.facts()) watched.push_back(f);
  for (std::size_t f = 0; f < machine.facts.size(); ++f) all.push_back(static_cast<int>(f));
  known_->watched = groups_of(machine, watched);
  known_->groups = groups_of(machine, all);
  known_->most = generous_limit(machine);
  known_->usual_records = std::max(1, run({}, nullptr).records);
}

Simulator::~Simulator() = default;

Simulation Simulator::run(const SimulationSettings& settings, SimulationListener* listener) const { return Run(*this, settings, listener).go(); }

}  // namespace interlock::fsm
