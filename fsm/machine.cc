#include "fsm/machine.h"

#include <openssl/sha.h>

#include <fmt/format.h>

#include "fsm/decide.h"

namespace interlock::fsm {
namespace {

std::string text_of(const Predicate& p) {
  std::string text;
  for (const auto& n : p.nodes()) text += fmt::format("{}:{}:{}:{:x} ", static_cast<int>(n.op), n.count, n.fact, n.mask);
  return text;
}

std::string text_of(const std::vector<Effect>& effects) {
  std::string text;
  for (const auto& e : effects) {
    text += fmt::format(" f{}=", e.fact);
    for (const auto& [condition, value] : e.cases) text += fmt::format("({}){},", text_of(condition), value);
  }
  return text;
}

std::string text_of(const Expression& e) {
  std::string text = fmt::format("({} {} {} {} {}", static_cast<int>(e.kind), e.value.dump(), fmt::join(e.path, "."), e.op, e.variable);
  for (const auto& part : e.parts) text += text_of(part);
  return text + ")";
}

}  // namespace

const char* to_string(GateMode mode) {
  switch (mode) {
    case GateMode::enforce: return "enforce";
    case GateMode::warn: return "warn";
    case GateMode::observe: return "observe";
  }
  return "?";
}

const char* to_string(EndKind kind) {
  switch (kind) {
    case EndKind::success: return "success";
    case EndKind::unchanged: return "unchanged";
    case EndKind::rolled_back: return "rolled-back";
    case EndKind::attention: return "attention";
  }
  return "?";
}

std::string describe(const Machine& m, const Predicate& predicate, const World& world) {
  std::string text;
  for (const int f : predicate.facts())
    text += (text.empty() ? "" : ", ") + m.fact(f).name + " is " + m.value_name(f, world[static_cast<std::size_t>(f)]);
  return text.empty() ? "always so" : text;
}

std::string canonical(const Machine& m) {
  std::string text = fmt::format("machine {} site {}\n", m.procedure, m.site);
  for (const auto& [name, value] : m.params) text += fmt::format("param {} {}\n", name, value.dump());
  for (const auto& f : m.facts) {
    text += fmt::format("fact {} [{}] {} {} on {} within {} every {}\n", f.name, fmt::join(f.values, ","), f.probe, f.args.dump(), f.host, f.within.count(), f.every.count());
    for (const auto& c : f.conditions) text += c ? "  " + text_of(*c) + "\n" : "";
  }
  for (const auto& a : m.actions) {
    text += fmt::format("action {} on {} effect{} needs {} repeatable {} within {} attempts {}\n", a.name, a.host, text_of(a.effects), text_of(a.needs),
                        text_of(a.repeatable), a.within.count(), a.attempts);
    for (const auto& o : a.operations) text += fmt::format("  {} {}\n", o.kind, o.args.dump());
  }
  for (const auto& r : m.rules) {
    text += fmt::format("rule {} {} grace {} at-most {} suspended", r.name, text_of(r.always), r.grace.count(), r.for_at_most.count());
    for (const bool s : r.suspended_in) text += s ? '1' : '0';
    text += '\n';
  }
  for (const auto& r : m.reactions) text += fmt::format("reaction {} when {} then{} {}{}\n", r.name, text_of(r.when), text_of(r.then), r.may_fail, r.at_will ? " at will" : "");
  for (const auto& c : m.crashes) text += fmt::format("crash {}{}\n", c.what, text_of(c.effects));
  for (const auto& p : m.phases) {
    text += fmt::format("phase {} until {} within {} next {}{} back {}{} refused {}{} overrun {}{} retreat {}\n", p.name, text_of(p.until), p.within.count(), p.next.end,
                        p.next.index, p.back.end, p.back.index, p.refused.end, p.refused.index, p.overrun.end, p.overrun.index, p.retreat);
    for (const auto& g : p.gates) text += fmt::format("  gate {} {} {}\n", g.id, text_of(g.holds), to_string(g.mode));
    for (const auto& s : p.steps) text += fmt::format("  step {} if {}{}\n", s.action, text_of(s.only_if), may_change(m, s).empty() ? "" : " may change" + text_of(may_change(m, s)));
  }
  for (const auto& e : m.ends) text += fmt::format("end {} {} holds {}{}\n", e.name, to_string(e.kind), text_of(e.holds), e.least_faults == 0 ? "" : fmt::format(" faults {}", e.least_faults));
  if (m.clients) text += fmt::format("clients {} {} every {} rule {}\n", m.clients->probe, m.clients->args.dump(), m.clients->every.count(), m.clients->rule);
  text += fmt::format("assume {}\n", text_of(m.assume));
  return text;
}

std::string digest(const Machine& m) {
  const std::string text = canonical(m);
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash);
  std::string hex;
  for (const unsigned char byte : hash) hex += fmt::format("{:02x}", byte);
  return hex;
}

}  // namespace interlock::fsm
