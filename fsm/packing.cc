#include "fsm/packing.h"

#include <algorithm>
#include <bit>

namespace interlock::fsm {

using Op = Predicate::Node::Op;

namespace {
constexpr std::size_t kMostAlternatives = 12;
}

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
  const auto found = alternatives(0, true);
  if (!found) return;
  nodes_.clear();
  for (const auto& tests : *found) {
    tests_.insert(tests_.end(), tests.begin(), tests.end());
    if (tests.empty()) tests_.emplace_back();  // always so
    tests_.back().last = true;
  }
}

std::optional<PackedPredicate::Alternatives> PackedPredicate::both(const Alternatives& a, const Alternatives& b) {
  Alternatives product;
  for (const auto& left : a)
    for (const auto& right : b) {
      std::vector<Test> tests = left;
      bool possible = true;
      for (const Test& t : right) {
        const auto same = std::find_if(tests.begin(), tests.end(), [&](const Test& other) { return other.word == t.word; });
        if (same == tests.end()) {
          tests.push_back(t);
          continue;
        }
        possible = possible && (same->value & t.mask) == (t.value & same->mask);
        same->mask |= t.mask;
        same->value |= t.value;
      }
      for (Test& t : tests) t.last = false;
      if (possible) product.push_back(std::move(tests));
      if (product.size() > kMostAlternatives) return std::nullopt;
    }
  return product;
}

std::optional<PackedPredicate::Alternatives> PackedPredicate::alternatives(std::size_t at, bool wanted) const {
  const Node& node = nodes_[at];
  Alternatives found;
  switch (node.op) {
    case Op::constant:
      if ((node.mask != 0) == wanted) found.emplace_back();
      return found;
    case Op::fact:
      for (std::uint64_t value = 0; value <= node.slot.mask(); ++value)
        if (((node.mask >> value & 1U) != 0) == wanted) found.push_back({Test{node.slot.mask() << node.slot.shift, value << node.slot.shift, node.slot.word, false}});
      if (found.size() == node.slot.mask() + 1) found = {{}};
      if (found.size() > kMostAlternatives) return std::nullopt;
      return found;
    case Op::negation: return alternatives(at + 1, !wanted);
    case Op::one: return std::nullopt;
    case Op::all:
    case Op::any: break;
  }
  if ((node.op == Op::all) == wanted) {
    found.emplace_back();
    for (std::size_t i = at + 1; i < node.end; i = nodes_[i].end) {
      const auto part = alternatives(i, wanted);
      auto more = part ? both(found, *part) : std::nullopt;
      if (!more) return std::nullopt;
      found = std::move(*more);
    }
    return found;
  }
  for (std::size_t i = at + 1; i < node.end; i = nodes_[i].end) {
    const auto part = alternatives(i, wanted);
    if (!part || found.size() + part->size() > kMostAlternatives) return std::nullopt;
    found.insert(found.end(), part->begin(), part->end());
  }
  return found;
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
