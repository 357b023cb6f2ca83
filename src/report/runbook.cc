#include "src/report/runbook.h"

#include <algorithm>
#include <map>
#include <set>

#include "fsm/decide.h"
#include "probes/text.h"
#include "src/report/by_hand.h"
#include "src/report/layout.h"
#include "src/report/predicate_text.h"
#include "src/report/story.h"

namespace interlock {
namespace report {
namespace {

class Runbook {
 public:
  Runbook(const fsm::Machine& machine, const Describe& describe, const HandSite& site, Language language)
      : m_(machine), describe_(describe), site_(site), language_(language), phases_(reachable_phases(machine)), no_return_(points_of_no_return(machine)) {}

  std::string text(const std::string& version) {
    line("## " + text_of(titled(m_.title, m_.procedure, language_)));
    if (!m_.about.empty()) line(text_of(in(m_.about, language_)));
    line("*" + say(language_, Word::rb_digest, version, fsm::digest(m_).substr(0, 16)) + "*");
    line(say(language_, Word::rb_typing));
    hosts();
    rules();
    for (const int i : phases_)
      if (!is_way_back(m_, i)) phase(i);
    for (const int i : phases_)
      if (is_way_back(m_, i)) phase(i);
    ends();
    out_.pop_back();
    return std::move(out_);
  }

 private:
  void line(const std::string& text) { out_ += text + "\n\n"; }
  // Foreign text between Markdown: one line, and nothing that Markdown would take for its own.
  [[nodiscard]] static std::string text_of(const std::string& text) {
    std::string out;
    for (const char c : printable(text)) out += c == '<' ? "&lt;" : c == '*' || c == '`' || c == '[' || c == ']' ? std::string("\\") + c : std::string(1, c);
    return out;
  }
  // Code in a line; Markdown has no way to write a backtick in one that is quoted by one.
  [[nodiscard]] static std::string code(const std::string& text) {
    const std::string shown = printable(text);
    return shown.find('`') == std::string::npos ? "`" + shown + "`" : "`` " + shown + " ``";
  }
  void bullet(const std::string& indent, Word head, const std::string& text) { out_ += indent + "- " + say(language_, Word::labelled, "**" + say(language_, head) + "**", text) + "\n"; }
  void commands(const std::string& indent, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    out_ += indent + "```sh\n";
    for (const auto& command : lines) out_ += indent + printable(command) + "\n";
    out_ += indent + "```\n";
  }
  [[nodiscard]] std::string chapter(int index) const {
    const fsm::Phase& p = m_.phase(index);
    const std::string title = p.title.empty() ? p.name : in(p.title, language_);
    return is_way_back(m_, index) ? say(language_, Word::labelled, say(language_, Word::rb_back), title) : title;
  }
  [[nodiscard]] std::string to(fsm::Target t) const {
    if (!t.end) return fmt::format("[{}](#{})", text_of(chapter(t.index)), m_.phase(t.index).name);
    const fsm::End& e = m_.end(t.index);
    return fmt::format("[{}](#end-{})", text_of(say(language_, Word::rb_end, e.title.empty() ? e.name : in(e.title, language_))), e.name);
  }
  [[nodiscard]] std::string fact_name(const fsm::Fact& f) const { return in(f.title, language_).empty() ? f.name : titled(f.title, f.name, language_); }

  void hosts() {
    std::map<std::string, std::set<std::string>> roles;
    for (const auto& f : m_.facts) roles[f.role].insert(f.host);
    for (const auto& a : m_.actions) roles[a.role].insert(a.host);
    line("### " + say(language_, Word::rb_roles));
    for (const auto& [role, names] : roles)
      for (const auto& name : names) {
        const auto address = site_.addresses.find(name);
        const std::string shown = where(false, name);
        out_ += "- " + text_of(say(language_, Word::labelled, role, address == site_.addresses.end() ? shown : shown + " " + address->second)) + "\n";
      }
    out_ += "\n";
  }

  void rules() {
    if (m_.rules.empty()) return;
    line("### " + say(language_, Word::rb_rules));
    for (const auto& r : m_.rules) {
      std::string phases;
      for (const int i : phases_)
        if (fsm::suspended(r, i)) phases += (phases.empty() ? "" : say(language_, Word::comma)) + chapter(i);
      const std::string where = phases.empty() ? say(language_, Word::always_so) : say(language_, Word::suspended_in, phases, duration(r.for_at_most));
      out_ += "- " + text_of(say(language_, Word::labelled, r.title.empty() ? r.name : in(r.title, language_), where)) + "\n";
    }
    out_ += "\n";
  }

  void phase(int index) {
    const fsm::Phase& p = m_.phase(index);
    out_ += fmt::format("### {} {{#{}}}\n\n", text_of(chapter(index)), p.name);
    if (!no_return_.empty() && no_return_.front() == index) line("**" + say(language_, Word::rb_no_return) + "**");
    gates(p);
    for (const auto& s : p.steps) step(s);
    const bool waits = p.until.settled() != fsm::Truth::yes;
    if (waits) {
      line("#### " + say(language_, Word::rb_wait));
      line(say(language_, Word::rb_wait_for, duration(p.within), printable(p.until_text)));
      look("", p.until.facts());
      out_ += "\n";
    }
    bullet("", Word::rb_then, to(p.next));
    if (!p.steps.empty() || waits) bullet("", Word::rb_failed, to(p.back));
    if (waits && !(p.overrun == p.back)) bullet("", Word::rb_late, to(p.overrun));
    out_ += "\n";
  }

  // The control host has one name, whether the site lists it among its hosts or not.
  [[nodiscard]] std::string where(bool here, const std::string& host) const { return here || host == site_.control ? say(language_, Word::control_host) : host; }

  // What to type to see facts, by host; facts that are seen by the same command once.
  void look(const std::string& indent, const std::vector<int>& facts) {
    std::vector<std::string> lines;
    for (const int f : facts) {
      const fsm::Fact& fact = m_.fact(f);
      const ByHand hand = by_hand(fact, site_, language_);
      const std::string text = fmt::format("[{}] {}", where(hand.here, fact.host), hand.command);
      if (std::find(lines.begin(), lines.end(), text) == lines.end()) lines.push_back(text);
    }
    commands(indent, lines);
  }

  void gates(const fsm::Phase& p) {
    if (p.gates.empty()) return;
    line(say(language_, Word::rb_before, to(p.refused)));
    int number = 0;
    for (const auto& g : p.gates) {
      std::string title = text_of(g.title.empty() ? g.id : in(g.title, language_));
      if (g.mode == fsm::GateMode::warn) title += " " + say(language_, Word::warning_only);
      if (g.mode == fsm::GateMode::observe) title += " " + say(language_, Word::rb_observe);
      out_ += fmt::format("{}. **{}**\n\n", ++number, title);
      bullet("    ", Word::rb_demand, code(g.text.empty() ? predicate_text(m_, g.holds) : g.text));
      if (!g.remedy.empty()) bullet("    ", Word::rb_remedy, text_of(in(g.remedy, language_)));
      bullet("    ", Word::rb_look, "");
      out_ += "\n";
      look("        ", g.holds.facts());
      out_ += "\n";
    }
  }

  void step(const fsm::Step& s) {
    const fsm::Action& a = m_.action(s.action);
    line(fmt::format("#### {}", text_of(say(language_, Word::action_full, a.title.empty() ? a.name : in(a.title, language_), a.name, a.host))));
    if (s.only_if.settled() != fsm::Truth::yes) line(say(language_, Word::rb_only_if, printable(predicate_text(m_, s.only_if))));
    if (!a.needs_text.empty()) line(say(language_, Word::rb_needs, printable(predicate_text(m_, a.needs))));
    if (a.operations.empty()) {
      line(say(language_, Word::rb_on, text_of(a.host)));
      line(text_of(in(a.manual, language_)));
    }
    type(a);
    line(say(language_, Word::labelled, "**" + say(language_, Word::rb_done_when) + "**", effects(a)) + say(language_, Word::sentence_gap) + say(language_, Word::rb_skip));
    look("", facts_of(a));
    out_ += "\n";
    if (a.attempts > 1) return line(say(language_, Word::rb_limits, duration(a.within), a.attempts));
    line(say(language_, a.repeatable.settled() == fsm::Truth::yes ? Word::rb_within : Word::rb_limit, duration(a.within)));
  }

  // What is typed, in blocks by where: on the action's host, or on the control host.
  void type(const fsm::Action& a) {
    std::vector<ByHand> all;
    for (const auto& o : a.operations)
      for (auto& hand : by_hand(o, a.host, describe_(o), site_, language_)) all.push_back(std::move(hand));
    for (std::size_t i = 0; i < all.size();) {
      std::vector<std::string> block;
      const std::string host = where(all[i].here, a.host);
      for (; i < all.size() && where(all[i].here, a.host) == host; ++i)
        for (const auto text : lines_of(all[i].command)) block.emplace_back(text);
      line(say(language_, Word::rb_on, text_of(host)));
      commands("", block);
      out_ += "\n";
    }
  }

  [[nodiscard]] static std::vector<int> facts_of(const fsm::Action& a) {
    std::vector<int> facts;
    for (const auto& e : a.effects) facts.push_back(e.fact);
    return facts;
  }

  [[nodiscard]] std::string effects(const fsm::Action& a) const {
    std::string text;
    for (const auto& e : a.effects)
      for (const auto& [condition, value] : e.cases) {
        const std::string name = text_of(fact_name(m_.fact(e.fact))), becomes = code(m_.value_name(e.fact, value));
        text += (text.empty() ? "" : say(language_, Word::comma)) + (condition.settled() == fsm::Truth::yes ? say(language_, Word::rb_becomes, name, becomes) : say(language_, Word::rb_becomes_if, name, becomes, code(predicate_text(m_, condition))));
      }
    return text + (language_ == Language::zh ? "。" : ".");
  }

  void ends() {
    line("### " + say(language_, Word::ends));
    for (const auto& e : m_.ends) {
      out_ += fmt::format("#### {} {{#end-{}}}\n\n", text_of(titled(e.title, e.name, language_)), e.name);
      if (!e.holds_text.empty()) line(say(language_, Word::holds_when, code(e.holds_text)));
      if (!e.look.empty()) line(say(language_, Word::labelled, "**" + say(language_, Word::look_at) + "**", text_of(in(e.look, language_))));
      if (!e.type.empty()) line(say(language_, Word::labelled, "**" + say(language_, Word::to_type) + "**", text_of(in(e.type, language_))));
    }
  }

  const fsm::Machine& m_;
  const Describe& describe_;
  const HandSite& site_;
  const Language language_;
  const std::vector<int> phases_, no_return_;
  std::string out_;
};

}  // namespace
}  // namespace report

std::string render_runbook(const fsm::Machine& machine, const Describe& describe, const HandSite& site, const std::string& version, Language language) {
  return report::Runbook(machine, describe, site, language).text(version);
}

}  // namespace interlock
