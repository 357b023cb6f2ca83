#include "src/commands/fault_budget.h"

#include <charconv>

#include "fsm/suggest.h"

namespace interlock {
namespace {

std::vector<std::string> kinds() {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < fsm::kFaultKinds; ++k) names.emplace_back(to_string(static_cast<fsm::Fault>(k)));
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

void limit(FaultBudget& budget, const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string kind = text.substr(0, equals), number = equals == std::string::npos ? "" : text.substr(equals + 1);
  const auto known = kinds();
  const auto at = std::find(known.begin(), known.end(), kind);
  if (at == known.end()) {
    const std::string word = nearest(kind, known);
    throw CLI::ValidationError("--at-most", "there is no fault '" + kind + "'" + (word.empty() ? "" : "; did you mean '" + word + "'?") + " There are " + joined(known));
  }
  int n = -1;
  const auto [end, wrong] = std::from_chars(number.data(), number.data() + number.size(), n);
  if (wrong != std::errc{} || end != number.data() + number.size() || n < 0 || n > 7) throw CLI::ValidationError("--at-most", "'" + text + "': expected KIND=N with N from 0 to 7");
  budget.each[static_cast<std::size_t>(at - known.begin())] = n;
}

}  // namespace

fsm::Budget FaultBudget::of(const fsm::ProcedureSource& procedure) const {
  fsm::Budget budget = budget_of(procedure);
  budget.faults = faults.value_or(budget.faults);
  for (std::size_t k = 0; k < fsm::kFaultKinds; ++k) budget.each[k] = each[k].value_or(budget.each[k]);
  budget.most_states = most_states.value_or(budget.most_states);
  budget.unreduced = unreduced;
  return budget;
}

void add_fault_budget(CLI::App& command, FaultBudget& budget) {
  command.add_option("--faults", budget.faults, "how many faults in all (default: as the procedure says, or 2)")->check(CLI::Range(0, 7));
  command.add_option_function<std::vector<std::string>>("--at-most", [&budget](const std::vector<std::string>& given) { for (const auto& text : given) limit(budget, text); },
      "KIND=N: at most so many of a kind (" + joined(kinds()) + "; default: as the procedure says, or 7, asked 1)")->take_all();
}

}  // namespace interlock
