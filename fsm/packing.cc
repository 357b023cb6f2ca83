#include "fsm/packing.h"

#include <bit>

namespace interlock::fsm {

using Op = Predicate::Node::Op;

Slot Packing::add(std::uint64_t values) {
  Slot slot;
  slot.bits = static_cast<std::uint8_t>(values < 2 ? 0 : std::bit_width(values - 1));
  if (used_ + slot.bits > 64) {
    ++word_;
    used_ = 0;
  }
  slot.word = word_;
  slot.shift = slot.bits == 0 ? std::uint8_t{0} : used_;
  used_ = static_cast<std::uint8_t>(used_ + slot.bits);
  return slot;
}

std::vector<Slot> pack_facts(const Machine& machine, Packing& packing) {
  std::vector<Slot> slots;
  for (const auto& fact : machine.facts) slots.push_back(packing.add(fact.values.size()));
  return slots;
}

PackedPredicate::PackedPredicate(const Predicate& predicate, const std::vector<Slot>& facts) {
  const auto& nodes = predicate.nodes();
  std::vector<std::size_t> starts(nodes.size());  // of the subtree that ends at this node
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    std::size_t start = i;
    for (int k = 0; k < nodes[i].count; ++k) start = starts[start - 1];
    starts[i] = start;
  }
  add(nodes, starts, nodes.size() - 1, facts);
}

void PackedPredicate::add(const std::vector<Predicate::Node>& nodes, const std::vector<std::size_t>& starts, std::size_t at, const std::vector<Slot>& facts) {
  const Predicate::Node& node = nodes[at];
  const std::size_t mine = nodes_.size();
  nodes_.push_back(Node{node.op, 0, node.op == Op::fact ? facts[static_cast<std::size_t>(node.fact)] : Slot{}, node.mask});
  std::size_t end = at;
  for (int k = 0; k < node.count; ++k) {
    add(nodes, starts, end - 1, facts);
    end = starts[end - 1];
  }
  nodes_[mine].end = static_cast<std::uint32_t>(nodes_.size());
}

bool PackedPredicate::eval_at(std::size_t at, const std::uint64_t* words) const {
  const Node& node = nodes_[at];
  switch (node.op) {
    case Op::constant: return node.mask != 0;
    case Op::fact: return (node.mask >> node.slot.get(words) & 1u) != 0;
    case Op::negation: return !eval_at(at + 1, words);
    case Op::all:
      for (std::size_t i = at + 1; i < node.end; i = nodes_[i].end)
        if (!eval_at(i, words)) return false;
      return true;
    case Op::any:
      for (std::size_t i = at + 1; i < node.end; i = nodes_[i].end)
        if (eval_at(i, words)) return true;
      return false;
    case Op::one: break;
  }
  int holding = 0;
  for (std::size_t i = at + 1; i < node.end; i = nodes_[i].end) holding += eval_at(i, words);
  return holding == 1;
}

PackedEffects::PackedEffects(const std::vector<Effect>& effects, const std::vector<Slot>& facts) {
  for (const auto& effect : effects) {
    Change change{facts[static_cast<std::size_t>(effect.fact)], {}};
    for (const auto& [condition, value] : effect.cases) change.cases.emplace_back(PackedPredicate(condition, facts), value);
    changes_.push_back(std::move(change));
  }
}

void PackedEffects::apply(const std::uint64_t* before, std::uint64_t* after) const {
  for (const auto& change : changes_)
    for (const auto& [condition, value] : change.cases)
      if (condition.eval(before)) {
        change.slot.set(after, value);
        break;
      }
}

}  // namespace interlock::fsm
