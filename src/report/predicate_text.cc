#include "src/report/predicate_text.h"

#include <vector>

#include <fmt/format.h>

namespace interlock::report {
namespace {

std::string fact_text(const fsm::Machine& m, const fsm::Predicate::Node& n, std::uint64_t mask) {
  const fsm::Fact& f = m.fact(n.fact);
  std::vector<std::string> yes, no;
  for (std::size_t v = 0; v < f.values.size(); ++v) (mask >> v & 1u ? yes : no).push_back(f.values[v]);
  if (yes.size() == 1) return f.name + " == '" + yes.front() + "'";
  if (no.size() == 1) return f.name + " != '" + no.front() + "'";
  return fmt::format("{} in ['{}']", f.name, fmt::join(yes, "', '"));
}

}  // namespace

std::string predicate_text(const fsm::Machine& m, const fsm::Predicate& p) {
  std::vector<std::string> stack;
  const auto join = [&](std::size_t count, const char* between) {
    std::string text;
    for (std::size_t i = stack.size() - count; i < stack.size(); ++i) text += (text.empty() ? "" : between) + stack[i];
    stack.resize(stack.size() - count);
    return count > 1 ? "(" + text + ")" : text;
  };
  const fsm::Predicate::Node* last = nullptr;
  for (const auto& n : p.nodes()) {
    switch (n.op) {
      case fsm::Predicate::Node::Op::constant: stack.push_back(n.mask ? "true" : "false"); break;
      case fsm::Predicate::Node::Op::fact: stack.push_back(fact_text(m, n, n.mask)); break;
      case fsm::Predicate::Node::Op::negation: stack.back() = last != nullptr && last->op == fsm::Predicate::Node::Op::fact ? fact_text(m, *last, ~last->mask) : "!" + stack.back(); break;
      case fsm::Predicate::Node::Op::all: stack.push_back(join(n.count, " && ")); break;
      case fsm::Predicate::Node::Op::any: stack.push_back(join(n.count, " || ")); break;
      case fsm::Predicate::Node::Op::one: stack.push_back("exactly one of " + join(n.count, ", ")); break;
    }
    last = &n;
  }
  std::string text = stack.empty() ? "true" : stack.back();
  if (text.size() > 2 && text.front() == '(' && text.back() == ')' && text.find('(', 1) == std::string::npos) text = text.substr(1, text.size() - 2);
  return text;
}

}  // namespace interlock::report
