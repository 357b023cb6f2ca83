// The names and expressions of a machine in Promela. Used by render_promela.cc only.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "fsm/machine.h"

namespace interlock::fsm {

class PromelaWords {
 public:
  explicit PromelaWords(const Machine& machine);

  [[nodiscard]] const std::string& fact(int i) const { return facts_[static_cast<std::size_t>(i)]; }
  [[nodiscard]] const std::string& value(int fact, Value v) const { return values_[static_cast<std::size_t>(fact)][v]; }
  [[nodiscard]] std::string expression(const Predicate& predicate) const;
  // "a = x; b = y; ": all at once, by the values before.
  [[nodiscard]] std::string assignments(const std::vector<Effect>& effects) const;
  // A name that is used for nothing else: letters, digits and '_'. No name here is a word of Promela, since each has
  // two '_' or the given beginning.
  [[nodiscard]] std::string fresh(const std::string& beginning, const std::string& name);

 private:
  [[nodiscard]] std::string test(int fact, std::uint64_t mask) const;
  [[nodiscard]] std::string value_after(const Effect& effect) const;
  const Machine& machine_;
  std::set<std::string> taken_;
  std::vector<std::string> facts_;
  std::vector<std::vector<std::string>> values_;
};

// What a comment may hold: one line, without its own end.
[[nodiscard]] std::string promela_comment(const std::string& text);

}  // namespace interlock::fsm
