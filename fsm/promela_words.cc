#include "fsm/promela_words.h"

#include <fmt/format.h>

#include "fsm/predicate_terms.h"
#include "fsm/printable.h"

namespace interlock::fsm {
namespace {

using Op = Predicate::Node::Op;

std::string plain(const std::string& name) {
  std::string text;
  for (const char c : name) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    text += kept ? std::string(1, c) : c == '.' ? "__" : "_";
  }
  return text;
}

}  // namespace

std::string promela_comment(const std::string& text) {
  std::string line;
  for (const char c : printable_lines(text)) line += c == '*' || c == '\\' || c == '\n' || c == '\t' ? ' ' : c;
  return "/* " + line + " */";
}

PromelaWords::PromelaWords(const Machine& machine) : machine_(machine) {
  for (const Fact& f : machine.facts) {
    facts_.push_back(fresh("", f.name.find('.') == std::string::npos ? "site." + f.name : f.name));
    values_.emplace_back();
    for (const auto& value : f.values) values_.back().push_back(fresh(facts_.back() + "__", value));
  }
}

std::string PromelaWords::fresh(const std::string& beginning, const std::string& name) {
  const std::string wanted = beginning + plain(name);
  std::string given = wanted;
  for (int i = 2; !taken_.insert(given).second; ++i) given = wanted + "__" + std::to_string(i);
  return given;
}

std::string PromelaWords::test(int fact_index, std::uint64_t mask) const {
  std::vector<Value> yes, no;
  for (Value v = 0; v < machine_.fact(fact_index).values.size(); ++v) (mask >> v & 1u ? yes : no).push_back(v);
  if (no.empty()) return "true";
  if (yes.empty()) return "false";
  const auto one = [&](const char* op, Value v) { return "(" + fact(fact_index) + op + value(fact_index, v) + ")"; };
  if (no.size() == 1) return one(" != ", no.front());
  std::string text;
  for (const Value v : yes) text += (text.empty() ? "" : " || ") + one(" == ", v);
  return yes.size() == 1 ? text : "(" + text + ")";
}

std::string PromelaWords::expression(const Predicate& predicate) const {
  std::vector<std::string> stack;
  for (const auto& node : predicate.nodes()) {
    if (node.op == Op::constant) {
      stack.emplace_back(node.mask != 0 ? "true" : "false");
      continue;
    }
    if (node.op == Op::fact) {
      stack.push_back(test(node.fact, node.mask));
      continue;
    }
    const char* between = node.op == Op::all ? " && " : node.op == Op::any ? " || " : " + ";
    std::string text = node.op == Op::negation ? "!" : "";
    for (std::size_t i = stack.size() - node.count; i < stack.size(); ++i) text += (i == stack.size() - node.count ? "" : between) + stack[i];
    stack.resize(stack.size() - node.count);
    stack.push_back("(" + text + (node.op == Op::one ? " == 1" : "") + ")");
  }
  return stack.back();
}

std::string PromelaWords::value_after(const Effect& effect) const {
  std::string text = fact(effect.fact);
  for (auto c = effect.cases.rbegin(); c != effect.cases.rend(); ++c)
    text = c->first.settled() == Truth::yes ? value(effect.fact, c->second) : "(" + expression(c->first) + " -> " + value(effect.fact, c->second) + " : " + text + ")";
  return text;
}

std::string PromelaWords::assignments(const std::vector<Effect>& effects) const {
  bool crossed = false;  // a condition reads what another effect has changed
  for (const Effect& effect : effects)
    for (const auto& c : effect.cases) crossed = crossed || (effects.size() > 1 && speaks_of(c.first, effects));
  std::string first, then;
  for (std::size_t i = 0; i < effects.size(); ++i) {
    if (crossed) first += fmt::format("scratch[{}] = {}; ", i, value_after(effects[i]));
    then += fact(effects[i].fact) + " = " + (crossed ? fmt::format("scratch[{}]", i) : value_after(effects[i])) + "; ";
  }
  return first + then;
}

}  // namespace interlock::fsm
