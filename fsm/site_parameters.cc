#include "fsm/site_parameters.h"

#include <vector>

#include "fsm/diagnostic.h"
#include "fsm/shape.h"
#include "fsm/suggest.h"

namespace interlock::fsm {

namespace {

void add(const Named<ParameterSource>& params, ParameterNames& names) {
  for (const auto& [name, parameter] : params) {
    std::string& help = names[name];
    if (help.empty()) help = parameter.help.en;
  }
}

}  // namespace

void add_declared(const ProcedureSource& procedure, ParameterNames& names) {
  add(procedure.params, names);
}

void add_declared(const Library& components, ParameterNames& names) {
  for (const auto& [name, component] : components) add(component.params, names);
}

void check_site_parameters(const std::string& file, const std::string& text, const ParameterNames& declared) {
  std::vector<std::string> known;
  for (const auto& parameter : declared) known.push_back(parameter.first);
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

void describe_parameters(Json& site_schema, const ParameterNames& declared) {
  Json properties = Json::object();
  for (const auto& [name, help] : declared) {
    properties[name] = Json::object();
    if (!help.empty()) properties[name]["description"] = help;
  }
  site_schema.at("properties").at("params")["properties"] = std::move(properties);
}

}  // namespace interlock::fsm
