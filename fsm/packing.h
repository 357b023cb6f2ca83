// A machine's worlds in bits, for the proof: every fact has a slot of a word, and predicates are tests of slots.
// In the proof everything is known, so a fact needs no bit pattern for `unknown`. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fsm/machine.h"

namespace interlock::fsm {

// Some bits of one word. No bits: a value that is always 0.
struct Slot {
  std::uint16_t word = 0;
  std::uint8_t shift = 0, bits = 0;

  [[nodiscard]] std::uint64_t mask() const { return (std::uint64_t{1} << bits) - 1; }
  [[nodiscard]] std::uint64_t get(const std::uint64_t* words) const { return words[word] >> shift & mask(); }
  void set(std::uint64_t* words, std::uint64_t value) const { words[word] = (words[word] & ~(mask() << shift)) | value << shift; }
};

// Hands out slots one after the other; a slot never lies across two words.
class Packing {
 public:
  Slot add(std::uint64_t values);  // room for 0 … values - 1
  [[nodiscard]] std::size_t words() const { return word_ + 1U; }

 private:
  std::uint16_t word_ = 0;
  std::uint8_t used_ = 0;
};

[[nodiscard]] std::vector<Slot> pack_facts(const Machine& machine, Packing& packing);

// A predicate over packed worlds. Most are a few alternatives of a few tests, `this word, so masked, is that`; one that
// would be too many alternatives is kept as a tree in prefix order, with short cuts.
class PackedPredicate {
 public:
  PackedPredicate(const Predicate& predicate, const std::vector<Slot>& facts);
  [[nodiscard]] bool eval(const std::uint64_t* words) const {
    if (!nodes_.empty()) return eval_at(0, words);
    for (std::size_t i = 0; i < tests_.size(); ++i) {
      bool holds = (words[tests_[i].word] & tests_[i].mask) == tests_[i].value;
      while (!tests_[i].last) {
        ++i;
        holds = holds && (words[tests_[i].word] & tests_[i].mask) == tests_[i].value;
      }
      if (holds) return true;
    }
    return false;
  }

 private:
  struct Test {
    std::uint64_t mask = 0, value = 0;
    std::uint16_t word = 0;
    bool last = true;        // of its alternative
  };
  using Alternatives = std::vector<std::vector<Test>>;
  struct Node {
    Predicate::Node::Op op;
    std::uint32_t end = 0;   // behind the last node of this subtree
    Slot slot;
    std::uint64_t mask = 0;
  };
  void add(const std::vector<Predicate::Node>& nodes, const std::vector<std::size_t>& starts, std::size_t at, const std::vector<Slot>& facts);
  [[nodiscard]] bool eval_at(std::size_t at, const std::uint64_t* words) const;
  // Of the subtree at this node, where it is to be `wanted`; nothing: too many.
  [[nodiscard]] std::optional<Alternatives> alternatives(std::size_t at, bool wanted) const;
  [[nodiscard]] static std::optional<Alternatives> both(const Alternatives& a, const Alternatives& b);
  std::vector<Test> tests_;
  std::vector<Node> nodes_;
};

class PackedEffects {
 public:
  PackedEffects(const std::vector<Effect>& effects, const std::vector<Slot>& facts);
  // The conditions are those of `before`; only the facts of the effects change in `after`.
  void apply(const std::uint64_t* before, std::uint64_t* after) const;

 private:
  struct Change {
    Slot slot;
    std::vector<std::pair<PackedPredicate, Value>> cases;
  };
  std::vector<Change> changes_;
};

}  // namespace interlock::fsm
