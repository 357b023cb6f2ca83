#include "fsm/predicate.h"

#include <algorithm>
#include <utility>

namespace interlock::fsm {

Predicate Predicate::constant(bool value) { return Predicate({Node{Node::Op::constant, 0, 0, value ? 1u : 0u}}); }
Predicate Predicate::fact_in(int fact, std::uint64_t mask) { return Predicate({Node{Node::Op::fact, 0, fact, mask}}); }

Predicate Predicate::negate(Predicate a) {
  if (a.nodes_.size() == 1 && a.nodes_[0].op == Node::Op::constant) return constant(a.nodes_[0].mask == 0);
  a.nodes_.push_back(Node{Node::Op::negation, 1, 0, 0});
  return a;
}

Predicate Predicate::combine(Node::Op op, std::vector<Predicate> parts) {
  if (parts.size() == 1) return std::move(parts[0]);
  std::vector<Node> nodes;
  for (const auto& part : parts) nodes.insert(nodes.end(), part.nodes_.begin(), part.nodes_.end());
  nodes.push_back(Node{op, static_cast<std::uint16_t>(parts.size()), 0, 0});
  return Predicate(std::move(nodes));
}

Predicate Predicate::all_of(std::vector<Predicate> parts) {
  std::vector<Predicate> kept;
  for (auto& part : parts) {
    if (part.settled() == Truth::no) return constant(false);
    if (part.settled() == Truth::unknown) kept.push_back(std::move(part));
  }
  return kept.empty() ? constant(true) : combine(Node::Op::all, std::move(kept));
}

Predicate Predicate::any_of(std::vector<Predicate> parts) {
  std::vector<Predicate> kept;
  for (auto& part : parts) {
    if (part.settled() == Truth::yes) return constant(true);
    if (part.settled() == Truth::unknown) kept.push_back(std::move(part));
  }
  return kept.empty() ? constant(false) : combine(Node::Op::any, std::move(kept));
}

Predicate Predicate::exactly_one_of(std::vector<Predicate> parts) {
  if (parts.empty()) return constant(false);
  return combine(Node::Op::one, std::move(parts));
}

Truth Predicate::settled() const {
  if (nodes_.size() == 1 && nodes_[0].op == Node::Op::constant) return truth(nodes_[0].mask != 0);
  return Truth::unknown;
}

std::vector<int> Predicate::facts() const {
  std::vector<int> list;
  for (const auto& node : nodes_)
    if (node.op == Node::Op::fact) list.push_back(node.fact);
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

std::pair<Truth, std::size_t> Predicate::eval_node(std::size_t end, const World& world) const {
  const Node& node = nodes_[end];
  switch (node.op) {
    case Node::Op::constant: return {truth(node.mask != 0), end - 1};
    case Node::Op::fact: {
      const Value value = world[static_cast<std::size_t>(node.fact)];
      return {value == kUnknown ? Truth::unknown : truth((node.mask >> value & 1u) != 0), end - 1};
    }
    case Node::Op::negation: {
      const auto [t, before] = eval_node(end - 1, world);
      return {!t, before};
    }
    case Node::Op::all:
    case Node::Op::any:
    case Node::Op::one: break;
  }
  Truth all = Truth::yes, any = Truth::no;
  int holding = 0, open = 0;
  std::size_t at = end - 1;
  for (int i = 0; i < node.count; ++i) {
    const auto [t, before] = eval_node(at, world);
    at = before;
    all = both(all, t);
    any = either(any, t);
    holding += t == Truth::yes;
    open += t == Truth::unknown;
  }
  if (node.op == Node::Op::all) return {all, at};
  if (node.op == Node::Op::any) return {any, at};
  if (holding > 1) return {Truth::no, at};
  return {open > 0 ? Truth::unknown : truth(holding == 1), at};
}

}  // namespace interlock::fsm
