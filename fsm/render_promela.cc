// The model of fsm/model.h in Promela. Two processes: the operator, whose label is the place, and the site. Every move
// is one d_step, so that SPIN stores no state that is not one of the proof's but the one before the start.
// It is written from the machine and from decide()'s rules, not from model.h, so that each checks the other.
#include <algorithm>
#include <bit>
#include <numeric>

#include <fmt/format.h>

#include "fsm/decide.h"
#include "fsm/predicate_terms.h"
#include "fsm/promela_words.h"
#include "fsm/render.h"

namespace interlock::fsm {
namespace {

std::vector<Effect> with(std::vector<Effect> effects, const std::vector<Effect>& more) {
  effects.insert(effects.end(), more.begin(), more.end());
  return effects;
}

std::string all(const std::vector<std::string>& parts, const char* between = " && ") { return parts.empty() ? "true" : fmt::format("({})", fmt::join(parts, between)); }
bool is_good(const End& end) { return end.kind == EndKind::success || end.kind == EndKind::rolled_back; }
int bits_for(std::size_t values) { return std::max(1, static_cast<int>(std::bit_width(values - 1))); }

class Promela {
 public:
  Promela(const Machine& machine, const Budget& budget) : m_(machine), budget_(budget), words_(machine) {
    for (const Rule& r : m_.rules) rules_.push_back(words_.fresh("rule__", r.name));
    for (const Rule& r : m_.rules) breaks_.push_back(words_.fresh("safety__", r.name));
    for (std::size_t r = 0; r < m_.reactions.size(); ++r) reactions_.push_back(words_.fresh("reaction__", std::to_string(r + 1)));
    for (const Phase& p : m_.phases) phases_.push_back(words_.fresh("phase__", p.name));
    for (const End& e : m_.ends) {
      ends_.push_back(words_.fresh("at__end__", e.name));
      ended_.push_back(words_.fresh("end__", e.name));
      regrets_.push_back(words_.fresh("regret__", e.name));
      lies_.push_back(words_.fresh("not_true__", e.name));
    }
    for (std::size_t p = 0; p < m_.phases.size(); ++p) {
      places_.emplace_back();
      for (std::size_t s = 0; s <= m_.phases[p].steps.size() + 1; ++s)
        places_.back().push_back(words_.fresh("at__" + std::string(), m_.phases[p].name + (s == 0 ? ".gates" : s > m_.phases[p].steps.size() ? ".leave" : "." + std::to_string(s))));
    }
    for (const Action& a : m_.actions) most_attempts_ = std::max(most_attempts_, a.attempts);
    for (std::size_t k = 0; k < kFaultKinds; ++k) counted_[k] = budget.each[k] > 0 && (k == kAsked || budget.each[k] < budget.faults);
  }

  std::string text() {
    line("{}", promela_comment(fmt::format("{} on site {}, machine {}", m_.procedure, m_.site, digest(m_))));
    line("/* Rendered by interlock graph; what it says and how to check it with SPIN: docs/renderings.md. */");
    line("#ifndef FAULTS\n#define FAULTS {}\n#endif", budget_.faults);
    facts();
    control();
    rules();
    site_macros();
    site();
    operator_();
    start();
    claims();
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }
  void define(const std::string& name, const std::string& value) { line("#define {} {}", name, value); }
  [[nodiscard]] std::string expr(const Predicate& p) const { return words_.expression(p); }

  void facts() {
    line("\n/* The facts of the site. */");
    for (int f = 0; f < static_cast<int>(m_.facts.size()); ++f) {
      for (Value v = 0; v < m_.fact(f).values.size(); ++v) define(words_.value(f, v), std::to_string(v));
      line("unsigned {} : {};", words_.fact(f), bits_for(m_.fact(f).values.size()));
    }
  }

  void control() {
    line("\n/* Where the operator stands (its label says more), and what may still go wrong. */");
    for (std::size_t p = 0; p < phases_.size(); ++p) define(phases_[p], std::to_string(p));
    define("AT_AN_END", std::to_string(phases_.size()));
    define("AT_A_GOOD_END", std::to_string(phases_.size() + 1));  // where the rules count as well
    define("ENDED", std::to_string(phases_.size() + 2));
    define("ENDED_WELL", std::to_string(phases_.size() + 3));
    define("NOT_BEGUN", std::to_string(phases_.size() + 4));
    line("unsigned phase : {} = NOT_BEGUN;", bits_for(phases_.size() + 5));
    line("unsigned left : 3 = FAULTS;");
    if (most_attempts_ > 1) line("unsigned attempt : {};", bits_for(static_cast<std::size_t>(most_attempts_)));
    line("bit pending;");
    for (std::size_t k = 0; k < kFaultKinds; ++k) {
      const std::string name = to_string(static_cast<Fault>(k));
      if (static_cast<Fault>(k) == Fault::gone) continue;  // not in this rendering: `verify --at-most gone=0` explores the same
      if (counted_[k]) line("unsigned left__{} : 3 = {};", name, budget_.each[k]);
      if (k == kAsked) {  // no fault, and not counted among them
        define("may__" + name, counted_[k] ? "(left__" + name + " > 0)" : "false");
        define("spend__" + name, counted_[k] ? "left__" + name + " = left__" + name + " - 1" : "skip");
        define("undisturbed", counted_[k] ? fmt::format("(left == FAULTS && left__{} == {})", name, budget_.each[k]) : "(left == FAULTS)");
        continue;
      }
      define("may__" + name, budget_.each[k] == 0 ? "false" : counted_[k] ? "(left > 0 && left__" + name + " > 0)" : "(left > 0)");
      define("spend__" + name, counted_[k] ? "left = left - 1; left__" + name + " = left__" + name + " - 1" : "left = left - 1");
    }
    std::size_t most = 0;
    const auto count = [&](const std::vector<Effect>& effects) { most = std::max(most, effects.size()); };
    for (const auto& p : m_.phases)
      for (const auto& s : p.steps) count(with(m_.action(s.action).effects, may_change(m_, s)));
    for (const auto& r : m_.reactions) count(r.then);
    for (const auto& c : m_.crashes) count(c.effects);
    line("hidden byte scratch[{}];  /* not part of a state */", std::max<std::size_t>(1, most));
  }

  void rules() {
    line("\n/* The rules; where each is in force; and whether the last move of ours, or of a site on which nothing has failed,"
         "\n   has broken it. */");
    for (std::size_t r = 0; r < m_.rules.size(); ++r) {
      std::vector<std::string> where{"(phase < AT_AN_END || phase == AT_A_GOOD_END || phase == ENDED_WELL)"};
      for (std::size_t p = 0; p < phases_.size(); ++p)
        if (m_.rules[r].suspended_in[p]) where.push_back("phase != " + phases_[p]);
      define(rules_[r], expr(m_.rules[r].always));
      define("in_force__" + rules_[r], all(where));
      line("hidden byte {};", breaks_[r]);
    }
  }

  void site_macros() {
    line("\n/* Of each end: that it is a success if nothing failed; and that it is true, once the site does nothing any more. */");
    for (std::size_t e = 0; e < m_.ends.size(); ++e) line("hidden byte {}, {};", regrets_[e], lies_[e]);
    line("\n/* What the site does by itself. */");
    std::vector<std::string> none, forget;
    for (std::size_t r = 0; r < m_.reactions.size(); ++r) {
      const Reaction& reaction = m_.reactions[r];
      const std::string& name = reactions_[r];
      line("{}", promela_comment(reaction.name));
      define("when__" + name, expr(reaction.when));
      if (reaction.may_fail) line("bit lost__{};", name);
      if (reaction.may_fail) forget.push_back(fmt::format("lost__{0} = (lost__{0} && when__{0})", name));
      define("comes__" + name, fmt::format("({}when__{} && {})", reaction.may_fail ? "!lost__" + name + " && " : "", name, expr(Predicate::negate(already(reaction.then)))));
      if (!reaction.at_will) none.push_back("!comes__" + name);
    }
    define("quiet", all(none));
    line("/* A reaction that was lost may come when what brings it about is there anew. */");
    define("forget", forget.empty() ? "skip" : fmt::format("{}", fmt::join(forget, "; ")));
  }

  // Effects, with the blame for what they break of these rules; `blamed`: under which condition.
  [[nodiscard]] std::string changed(const std::vector<Effect>& effects, const std::vector<std::size_t>& blame, const std::string& blamed) const {
    std::string before, then;
    for (const std::size_t r : blame) {
      if (!speaks_of(m_.rules[r].always, effects)) continue;
      before += fmt::format("{} = {}; ", breaks_[r], rules_[r]);
      then += fmt::format(" {0} = ({0}{2} && in_force__{1} && !{1}); assert(!{0});", breaks_[r], rules_[r], blamed);
    }
    return before + words_.assignments(effects) + "forget;" + then;
  }

  void site() {
    std::vector<std::size_t> every(m_.rules.size());
    std::iota(every.begin(), every.end(), 0u);
    line("\nproctype site() {{\nend__site:\n  do");
    for (std::size_t r = 0; r < m_.reactions.size(); ++r) {
      const Reaction& reaction = m_.reactions[r];
      line("  {}", promela_comment(reaction.name));
      line("  :: d_step {{ comes__{} -> {} }}", reactions_[r], changed(reaction.then, every, " && left == FAULTS"));
      if (!reaction.may_fail) continue;
      line("  :: d_step {{ (comes__{0} && phase < ENDED && may__lost) -> spend__lost; lost__{0} = 1 }}", reactions_[r]);
      if (reaction.then.size() < 2) continue;
      for (const Effect& part : reaction.then)  // it may come in part
        line("  :: d_step {{ (comes__{0} && phase < ENDED && may__lost && {1}) -> spend__lost; lost__{0} = 1; {2} }}", reactions_[r], expr(Predicate::negate(already({part}))), changed({part}, {}, ""));
    }
    for (const Crash& crash : m_.crashes) {
      line("  {}", promela_comment("crash of " + crash.what));
      line("  :: d_step {{ (phase < ENDED && may__crash && {}) -> spend__crash; {} }}", expr(Predicate::negate(already(crash.effects))), changed(crash.effects, {}, ""));
    }
    if (m_.reactions.empty() && m_.crashes.empty()) line("  :: false");
    line("  od\n}}");
  }

  // --- The operator ---

  struct Way {
    std::string enter, label;  // what changes on the way there, and where it is
  };
  [[nodiscard]] Way to(Target t) const {
    const auto i = static_cast<std::size_t>(t.index);
    return t.end ? Way{is_good(m_.ends[i]) ? "phase = AT_A_GOOD_END" : "phase = AT_AN_END", ends_[i]} : Way{"phase = " + phases_[i], places_[i][0]};
  }
  // An option: when, what changes besides, where to. A way within the phase changes nothing else.
  void option(const std::string& when, const std::string& what, const Way& way) {
    std::string changes = what;
    for (const std::string& more : {way.enter, leaving_}) changes += (changes.empty() || more.empty() ? "" : changes.back() == ';' ? " " : "; ") + more;
    line("  :: d_step {{ {} -> {} }}; goto {}", when, changes.empty() ? "skip" : changes, way.label);
  }

  void operator_() {
    line("\nproctype operator() {{");
    for (int p = 0; p < static_cast<int>(m_.phases.size()); ++p) phase(p);
    for (int e = 0; e < static_cast<int>(m_.ends.size()); ++e) end(e);
    line("}}");
  }

  void phase(int index) {
    const Phase& p = m_.phase(index);
    std::vector<std::string> kept;
    for (std::size_t r = 0; r < m_.rules.size(); ++r)
      if (!suspended(m_.rules[r], index)) kept.push_back(rules_[r]);
    line("\n{}", promela_comment("phase " + p.name));
    define("kept__" + phases_[static_cast<std::size_t>(index)], all(kept));
    leaving_.clear();
    gates(index);
    for (int s = 0; s < static_cast<int>(p.steps.size()); ++s) step(index, s);
    leaving_.clear();
    leave(index);
  }

  void begin(const std::string& label, Place place) {
    line("{}: {}\n  if", label, promela_comment(to_string(m_, place)));
    kept_ = "kept__" + phases_[static_cast<std::size_t>(place.at.index)];
  }
  // A rule that has been broken for too long; `unless`: what goes before it.
  void turn_back(const Phase& p, const std::string& unless) {
    if (!p.retreat) option("(!" + kept_ + unless + ")", "", to(p.back));
  }
  void asked(const Phase& p) {
    if (!p.retreat && !(p.back == p.next)) option("may__asked", "spend__asked", to(p.back));
    line("  fi;");
  }
  [[nodiscard]] bool observes(Place place) const { return !facts_for(m_, place).empty(); }

  void gates(int index) {
    const Phase& p = m_.phase(index);
    const Place place{{false, index}, Place::kGates};
    const auto& labels = places_[static_cast<std::size_t>(index)];
    std::vector<Predicate> open;
    for (const Gate& g : p.gates)
      if (g.mode == GateMode::enforce) open.push_back(g.holds);
    const std::string is_open = expr(Predicate::all_of(open));
    begin(labels[0], place);
    option(is_open, "", {"", labels[1]});
    option("!" + is_open, "", to(p.refused));
    turn_back(p, " && " + is_open);
    if (observes(place)) option("may__blind", "spend__blind", to(p.refused));
    asked(p);
  }

  void step(int index, int number) {
    const Phase& p = m_.phase(index);
    const Step& s = p.steps[static_cast<std::size_t>(number)];
    const Action& a = m_.action(s.action);
    const Place place{{false, index}, number};
    const auto& labels = places_[static_cast<std::size_t>(index)];
    const std::string& here = labels[static_cast<std::size_t>(number) + 1];
    const Way next{"", labels[static_cast<std::size_t>(number) + 2]}, back = to(p.back), self{"", here};
    const bool tries = a.attempts > 1;
    // decide() at a step
    const std::string wanted = "wanted__" + here, safe = "safe__" + here, acts = "acts__" + here, anew = "anew__" + here, again = "again__" + here, unseen = "unseen__" + here;
    std::vector<Predicate> unbroken;
    std::vector<std::size_t> blame;
    for (std::size_t r = 0; r < m_.rules.size(); ++r) {
      if (suspended(m_.rules[r], index)) continue;
      blame.push_back(r);
      if (speaks_of(m_.rules[r].always, a.effects)) unbroken.push_back(Predicate::any_of({Predicate::negate(m_.rules[r].always), after(m_.rules[r].always, a.effects)}));
    }
    define(wanted, expr(Predicate::all_of({s.only_if, Predicate::negate(already(a.effects))})));
    define(safe, expr(Predicate::all_of(unbroken)));
    define(anew, expr(a.repeatable));
    define(unseen, expr(certain_without(a.repeatable, facts_of_effect(a))));
    const std::string ready = expr(a.needs);
    begin(here, place);
    define(acts, all({wanted, ready, safe, p.retreat ? "true" : kept_}));
    define(again, fmt::format("(!{} && (pending{}))", anew, tries ? " || attempt > 0" : ""));
    const std::string once_more = std::string(tries ? "attempt = attempt + 1; " : "") + "pending = 0";
    const std::string more = tries ? fmt::format("attempt + 1 < {}", a.attempts) : "false";
    const std::string effect = changed(a.effects, {}, "");
    const std::string blamed = changed(a.effects, blame, "");

    leaving_ = tries ? "attempt = 0; pending = 0" : "pending = 0";
    option("!" + wanted, "", next);
    option(fmt::format("({} && !{})", wanted, ready), "", back);
    option(fmt::format("({} && {} && !{})", wanted, ready, safe), "", back);
    turn_back(p, "");
    option(fmt::format("({} && {})", acts, again), "", back);
    option(fmt::format("({} && !{})", acts, again), blamed, next);
    const std::vector<Effect> besides = may_change(m_, s);
    std::vector<Effect> others = besides;  // what the effect itself does not decide
    std::erase_if(others, [&](const Effect& e) { return std::any_of(a.effects.begin(), a.effects.end(), [&](const Effect& own) { return own.fact == e.fact; }); });
    if (!others.empty()) option(fmt::format("({} && !{} && {})", acts, again, expr(Predicate::negate(already(others)))), changed(with(a.effects, others), blame, ""), next);
    const auto goes = [&](const char* fault, const std::string& also) { return fmt::format("({} && !{} && may__{}{})", acts, again, fault, also); };
    const auto stay = [&](const std::string& when, const std::string& what) {
      leaving_.clear();
      option(when, what, self);
      leaving_ = tries ? "attempt = 0; pending = 0" : "pending = 0";
    };
    if (tries) stay(goes("action", fmt::format(" && {} && {}", anew, more)), "spend__action; " + once_more);
    option(goes("action", tries ? fmt::format(" && !({} && {})", anew, more) : ""), "spend__action", back);
    if (!besides.empty()) {
      const std::string half = " && " + expr(Predicate::negate(already(besides))), halfway = "spend__action; " + changed(besides, {}, "");
      if (tries) stay(goes("action", half + fmt::format(" && {} && {}", anew, more)), halfway + " " + once_more);
      option(goes("action", half + (tries ? fmt::format(" && !({} && {})", anew, more) : "")), halfway, back);
    }
    const auto unseen_after = [&](const std::string& when, const std::string& done) {
      if (tries) stay(goes("blind", when + fmt::format(" && {} && {}", unseen, more)), "spend__blind; " + done + " " + once_more);
      option(goes("blind", when + fmt::format(" && {}{}", unseen, tries ? " && !(" + more + ")" : "")), "spend__blind; " + done, back);
      option(goes("blind", when + " && !" + unseen), "spend__blind; " + done, to(attention_end(m_)));
    };
    unseen_after("", effect);
    if (!others.empty()) unseen_after(" && " + expr(Predicate::negate(already(others))), changed(with(a.effects, others), {}, ""));
    const std::string dead = std::string("pending = 1") + (tries ? "; attempt = 0" : "");
    stay(goes("died", " && !pending"), "spend__died; " + dead);
    if (!besides.empty()) stay(goes("died", " && !pending && " + expr(Predicate::negate(already(besides)))), "spend__died; " + changed(besides, {}, "") + " " + dead);
    if (observes(place)) {
      option(fmt::format("(may__blind && pending && !{})", expr(certain_without(a.repeatable, facts_for(m_, place)))), "spend__blind", to(attention_end(m_)));
      option(fmt::format("(may__blind && (!pending || {}))", anew), "spend__blind", back);
    }
    asked(p);
  }

  void leave(int index) {
    const Phase& p = m_.phase(index);
    const Place place{{false, index}, static_cast<int>(p.steps.size())};
    std::vector<Predicate> ready{p.until};
    for (const Rule& r : m_.rules)
      if (must_hold_again(m_, index, r)) ready.push_back(r.always);
    const std::string is_ready = expr(Predicate::all_of(ready));
    begin(places_[static_cast<std::size_t>(index)].back(), place);
    option(is_ready, "", to(p.next));
    turn_back(p, "");
    // A suspended rule's time may be over first.
    std::vector<Target> ways{p.overrun};
    if (!p.retreat && !(p.back == p.overrun)) ways.push_back(p.back);
    for (const Target way : ways) {
      option(fmt::format("(!{} && quiet)", is_ready), "", to(way));
      option(fmt::format("(!{} && !quiet && may__late)", is_ready), "spend__late", to(way));
    }
    if (observes(place)) option("may__blind", "spend__blind", to(p.overrun));
    asked(p);
  }

  void end(int index) {
    const End& e = m_.end(index);
    const auto i = static_cast<std::size_t>(index);
    const Way instead = to(attention_after(m_, index));
    const std::string holds = expr(e.holds);
    line("\n{}", promela_comment("end " + e.name));
    line("{}:\n  if", ends_[i]);
    const std::string regret = fmt::format("{0} = ({1}); assert(!{0});", regrets_[i], e.kind == EndKind::success ? "false" : "undisturbed");
    option(holds, (is_good(e) ? "phase = ENDED_WELL; " : "phase = ENDED; ") + regret, {"", ended_[i]});
    option("!" + holds + " && quiet", "", instead);
    option("(!" + holds + " && !quiet && may__late)", "spend__late", instead);
    if (!e.holds.facts().empty()) option("(" + holds + " && may__blind)", "spend__blind", instead);
    line("  fi;");
    line("{0}:\nprogress__{0}:\n  do\n  :: d_step {{ true -> {1} = (quiet && !{2}); assert(!{1}) }}\n  od;", ended_[i], lies_[i], holds);
  }

  // --- The start: every world that is taken for granted and that the first phase's gates let in ---

  // The worlds are the product of the parts that no demand connects, so each part is chosen for itself.
  void start() {
    std::vector<Predicate> demands = conjuncts(m_.assume);
    for (const Gate& g : m_.phases.front().gates)
      if (g.mode == GateMode::enforce)
        for (const Predicate& part : conjuncts(g.holds)) demands.push_back(part);
    std::vector<std::size_t> group(m_.facts.size());
    std::iota(group.begin(), group.end(), 0u);
    for (const Predicate& d : demands)
      for (const int f : d.facts()) {
        const std::size_t from = group[static_cast<std::size_t>(f)], into = group[static_cast<std::size_t>(d.facts().front())];
        std::replace(group.begin(), group.end(), from, into);
      }
    line("\ninit {{\n  atomic {{");
    for (const Predicate& d : demands)
      if (d.settled() == Truth::no) line("    false;");
    for (std::size_t g = 0; g < group.size(); ++g) {
      std::vector<int> members;
      for (std::size_t f = 0; f < group.size(); ++f)
        if (group[f] == g) members.push_back(static_cast<int>(f));
      if (!members.empty()) choose(members, demands);
    }
    line("    phase = {};", phases_.front());
    line("    run site();\n    run operator()\n  }}\n}}");
  }

  void choose(const std::vector<int>& members, const std::vector<Predicate>& demands) {
    std::vector<Predicate> mine;
    for (const Predicate& d : demands)
      if (!d.facts().empty() && std::binary_search(members.begin(), members.end(), d.facts().front())) mine.push_back(d);
    std::vector<std::string> worlds;
    World world(m_.facts.size(), kUnknown);
    extend(members, 0, mine, world, worlds);
    if (worlds.size() == 1 && !worlds.front().empty()) return line("    {};", worlds.front());
    if (worlds.empty()) return line("    false;  /* there is no such world */");
    line("    if");
    for (const auto& w : worlds) line("    :: {}", w);
    line("    fi;");
  }

  void extend(const std::vector<int>& members, std::size_t at, const std::vector<Predicate>& demands, World& world, std::vector<std::string>& worlds) const {
    if (at == members.size()) {
      std::vector<std::string> parts;
      for (const int f : members) parts.push_back(words_.fact(f) + " = " + words_.value(f, world[static_cast<std::size_t>(f)]));
      worlds.push_back(fmt::format("{}", fmt::join(parts, "; ")));
      return;
    }
    Value& value = world[static_cast<std::size_t>(members[at])];
    for (value = 0; value < m_.fact(members[at]).values.size(); ++value)
      if (std::none_of(demands.begin(), demands.end(), [&](const Predicate& d) { return d.eval(world) == Truth::no; })) extend(members, at + 1, demands, world, worlds);
    value = kUnknown;
  }

  void claims() {
    line("\n/* Stronger than what the proof claims: it asks only that an end can be reached from everywhere. */");
    line("ltl an_end_is_reached {{ <> (phase == ENDED || phase == ENDED_WELL) }}");
    line("/* While nothing has failed a rule that is in force holds, whoever is to blame. */");
    for (std::size_t r = 0; r < m_.rules.size(); ++r)
      line("ltl kept__{0} {{ [] ((left == FAULTS && in_force__{0}) -> {0}) }}", rules_[r]);
  }

  const Machine& m_;
  const Budget& budget_;
  PromelaWords words_;
  std::vector<std::string> rules_, breaks_, reactions_, phases_, ends_, ended_, regrets_, lies_;
  std::vector<std::vector<std::string>> places_;  // by phase: gates, steps, leave
  std::array<bool, kFaultKinds> counted_{};
  int most_attempts_ = 1;
  std::string kept_;      // of the phase: its rules hold
  std::string leaving_;   // what a way out of the place forgets
  std::string out_;
};

}  // namespace

std::string render_promela(const Machine& machine, const Budget& budget) { return Promela(machine, budget).text(); }

}  // namespace interlock::fsm
