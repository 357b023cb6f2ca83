// A predicate over facts, with every name resolved: what the proof, the live run and the audit all evaluate.
// Small and flat, so that evaluating it over millions of worlds is cheap. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fsm/truth.h"

namespace interlock::fsm {

// A value of a fact is its index in Fact::values; kUnknown when it could not be observed.
using Value = std::uint8_t;
inline constexpr Value kUnknown = 0xFF;
using World = std::vector<Value>;  // by fact index

class Predicate {
 public:
  Predicate() : Predicate(constant(true)) {}
  [[nodiscard]] static Predicate constant(bool value);
  // The fact has one of the values in `mask` (bit i: value i).
  [[nodiscard]] static Predicate fact_in(int fact, std::uint64_t mask);
  [[nodiscard]] static Predicate negate(Predicate a);
  [[nodiscard]] static Predicate all_of(std::vector<Predicate> parts);
  [[nodiscard]] static Predicate any_of(std::vector<Predicate> parts);
  [[nodiscard]] static Predicate exactly_one_of(std::vector<Predicate> parts);

  [[nodiscard]] Truth eval(const World& world) const { return eval_node(nodes_.size() - 1, world).first; }
  [[nodiscard]] std::vector<int> facts() const;  // sorted, each once
  // constant true or false; unknown: it depends on facts
  [[nodiscard]] Truth settled() const;

  struct Node {
    enum class Op : std::uint8_t { constant, fact, negation, all, any, one } op;
    std::uint16_t count = 0;   // operands, which stand before this node
    int fact = 0;
    std::uint64_t mask = 0;    // constant: 0 or 1
  };
  // In postfix order: the last is the root, each operator's operands come before it. For renderings.
  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }

 private:
  explicit Predicate(std::vector<Node> nodes) : nodes_(std::move(nodes)) {}
  static Predicate combine(Node::Op op, std::vector<Predicate> parts);
  // The truth of the subtree that ends at `end`, and the index before its first node.
  [[nodiscard]] std::pair<Truth, std::size_t> eval_node(std::size_t end, const World& world) const;

  std::vector<Node> nodes_;
};

}  // namespace interlock::fsm
