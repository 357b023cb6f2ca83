#include "fsm/site_parameters.h"

#include <vector>

#include "fsm/diagnostic.h"
#include "fsm/shape.h"
#include "fsm/suggest.h"

namespace interlock::fsm {

void add_declared(const ProcedureSource& procedure, ParameterNames& names) {
  for (const auto& parameter : procedure.params) names.insert(parameter.first);
}

void add_declared(const Library& components, ParameterNames& names) {
  for (const auto& [name, component] : components)
    for (const auto& parameter : component.params) names.insert(parameter.first);
}

void check_site_parameters(const std::string& file, const std::string& text, const ParameterNames& declared) {
  const std::vector<std::string> known(declared.begin(), declared.end());
  std::vector<Diagnostic> found;
  for (const auto& item : parse_yaml(file, text)["params"]) {
    const std::string name = item.first.Scalar();
    if (declared.contains(name)) continue;
    const Where where = where_of(file, item.first);
    const std::string word = nearest(name, known);
    found.push_back({where.file, static_cast<std::size_t>(where.line), static_cast<std::size_t>(where.column), Severity::error, "no procedure and no component has a parameter '" + name + "'",
                     "a name under params of a procedure or component of the catalog", word.empty() ? "" : "write '" + word + "'"});
  }
  if (!found.empty()) throw InputError(found);
}

}  // namespace interlock::fsm
