#include "fsm/predicate_terms.h"

#include <algorithm>
#include <span>

namespace interlock::fsm {
namespace {

using Node = Predicate::Node;
using Op = Node::Op;

// Builds up from the leaves: `leaf` for constants and facts, `join` for the rest with what came of their operands.
template <typename T, typename Leaf, typename Join>
T fold(const Predicate& predicate, const Leaf& leaf, const Join& join) {
  std::vector<T> stack;
  for (const Node& node : predicate.nodes()) {
    if (node.op == Op::constant || node.op == Op::fact) {
      stack.push_back(leaf(node));
      continue;
    }
    std::vector<T> parts(stack.end() - node.count, stack.end());
    stack.erase(stack.end() - node.count, stack.end());
    stack.push_back(join(node, std::move(parts)));
  }
  return stack.back();
}

Predicate joined(const Node& node, std::vector<Predicate> parts) {
  switch (node.op) {
    case Op::negation: return Predicate::negate(std::move(parts.front()));
    case Op::all: return Predicate::all_of(std::move(parts));
    case Op::any: return Predicate::any_of(std::move(parts));
    case Op::one: return Predicate::exactly_one_of(std::move(parts));
    case Op::constant:
    case Op::fact: break;
  }
  return Predicate::constant(node.mask != 0);
}

Predicate leaf_of(const Node& node) { return node.op == Op::constant ? Predicate::constant(node.mask != 0) : Predicate::fact_in(node.fact, node.mask); }

// For each case the condition under which it is the one that counts; last, that none does.
std::vector<Predicate> turns(const Effect& effect) {
  std::vector<Predicate> list, none;
  for (const auto& [condition, value] : effect.cases) {
    std::vector<Predicate> mine = none;
    mine.push_back(condition);
    list.push_back(Predicate::all_of(std::move(mine)));
    none.push_back(Predicate::negate(condition));
  }
  list.push_back(Predicate::all_of(std::move(none)));
  return list;
}

// A predicate as known to hold, and as known not to.
struct Known {
  Predicate yes, no;
};

Known known(const Node& node, const std::vector<Known>& parts) {
  std::vector<Predicate> yes, no, settled, two;
  for (const Known& part : parts) {
    for (const Predicate& before : yes) two.push_back(Predicate::all_of({before, part.yes}));
    yes.push_back(part.yes);
    no.push_back(part.no);
    settled.push_back(Predicate::any_of({part.yes, part.no}));
  }
  switch (node.op) {
    case Op::negation: return {no.front(), yes.front()};
    case Op::all: return {Predicate::all_of(yes), Predicate::any_of(no)};
    case Op::any: return {Predicate::any_of(yes), Predicate::all_of(no)};
    case Op::one:
    case Op::constant:
    case Op::fact: break;
  }
  two.push_back(Predicate::all_of(no));
  settled.push_back(Predicate::exactly_one_of(yes));
  return {Predicate::all_of(settled), Predicate::any_of(two)};
}

}  // namespace

Predicate with_tests(const Predicate& predicate, const std::function<Predicate(const Node&)>& test) {
  return fold<Predicate>(predicate, [&](const Node& node) { return node.op == Op::fact ? test(node) : leaf_of(node); }, joined);
}

Predicate after(const Predicate& predicate, const std::vector<Effect>& effects) {
  return with_tests(predicate, [&](const Node& node) {
    const auto effect = std::find_if(effects.begin(), effects.end(), [&](const Effect& e) { return e.fact == node.fact; });
    if (effect == effects.end()) return leaf_of(node);
    const std::vector<Predicate> when = turns(*effect);
    std::vector<Predicate> ways{Predicate::all_of({when.back(), leaf_of(node)})};
    for (std::size_t i = 0; i < effect->cases.size(); ++i)
      if ((node.mask >> effect->cases[i].second & 1u) != 0) ways.push_back(when[i]);
    return Predicate::any_of(std::move(ways));
  });
}

Predicate already(const std::vector<Effect>& effects) {
  std::vector<Predicate> all;
  for (const Effect& effect : effects) {
    const std::vector<Predicate> when = turns(effect);
    std::vector<Predicate> ways{when.back()};
    for (std::size_t i = 0; i < effect.cases.size(); ++i) ways.push_back(Predicate::all_of({when[i], Predicate::fact_in(effect.fact, std::uint64_t{1} << effect.cases[i].second)}));
    all.push_back(Predicate::any_of(std::move(ways)));
  }
  return Predicate::all_of(std::move(all));
}

Predicate certain_without(const Predicate& predicate, const std::vector<int>& unknown) {
  const auto leaf = [&](const Node& node) {
    if (node.op == Op::fact && std::binary_search(unknown.begin(), unknown.end(), node.fact)) return Known{Predicate::constant(false), Predicate::constant(false)};
    return Known{leaf_of(node), Predicate::negate(leaf_of(node))};
  };
  return fold<Known>(predicate, leaf, [](const Node& node, const std::vector<Known>& parts) { return known(node, parts); }).yes;
}

std::vector<Predicate> conjuncts(const Predicate& predicate) {
  std::vector<Predicate> list;
  const auto join = [&](const Node& node, std::vector<Predicate> parts) {
    if (&node == &predicate.nodes().back() && node.op == Op::all) list = parts;
    return joined(node, std::move(parts));
  };
  const Predicate whole = fold<Predicate>(predicate, leaf_of, join);
  if (list.empty()) return {whole};
  std::vector<Predicate> flat;
  for (const Predicate& part : list) {
    const std::vector<Predicate> inner = conjuncts(part);
    flat.insert(flat.end(), inner.begin(), inner.end());
  }
  return flat;
}

bool speaks_of(const Predicate& predicate, const std::vector<Effect>& effects) {
  const std::vector<int> facts = predicate.facts();
  return std::any_of(effects.begin(), effects.end(), [&](const Effect& e) { return std::binary_search(facts.begin(), facts.end(), e.fact); });
}

}  // namespace interlock::fsm
