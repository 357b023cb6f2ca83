// A compute node's own files: server.xml (role, what belongs to this node, ports) and the start script (which Java).
// Credentials are never shown.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "probes/package_name.h"
#include "probes/server_xml.h"
#include "probes/start_script.h"
#include "src/lint/linters.h"

namespace interlock {
namespace {

constexpr std::array<std::string_view, 4> kAddresses{"serverPort", "managerPort", "VIP", "url"};
constexpr std::array<std::string_view, 3> kJavaNames{"JAVA_BIN", "JAVA_VERSION", "JAVA_OPTS"};

std::string shown(const ServerXml& xml, std::string_view name) {
  const ServerProperty* property = xml.find(name);
  if (property == nullptr) return "(missing)";
  const std::string value = shown_value(name, property->value);
  return value.empty() ? "(empty)" : value;
}

void check_role(const ServerXml& xml, const ServerRoleVerdict& verdict, LintResult& result) {
  const std::string mode = xml.value("haMode");
  const bool pair = mode.empty() || mode == "0" || mode == "2" || mode == "3";
  if (!pair || verdict.role != ServerRole::other || xml.properties.empty()) return;
  const ServerProperty* state = xml.find("haState");
  const Position at = state == nullptr ? Position{} : state->at;
  result.diagnostics.push_back(Diagnostic{xml.file, at.line, at.column, Severity::warning, "neither a master nor a backup: " + verdict.why,
                                          "haState master with an empty haNodeHost, or backup with the master's IP:PORT", "correct the two keys; they count from the node's next start"});
}

const ScriptAssignment* last_active(const std::vector<ScriptAssignment>& all, std::string_view name) {
  const auto found = std::find_if(all.rbegin(), all.rend(), [&](const ScriptAssignment& a) { return !a.commented && a.name == name; });
  return found == all.rend() ? nullptr : &*found;
}

void check_java(const std::string& file, const std::vector<ScriptAssignment>& all, std::string_view name, LintResult& result) {
  const auto is_active = [&](const ScriptAssignment& a) { return !a.commented && a.name == name; };
  const auto number = std::count_if(all.begin(), all.end(), is_active);
  const ScriptAssignment* active = last_active(all, name);
  if (active == nullptr) {
    result.diagnostics.push_back(Diagnostic{file, 0, 0, Severity::warning, "the script does not set " + std::string(name), "a line " + std::string(name) + "=…", "add it, as in the script of the package"});
    return;
  }
  if (number > 1) {
    result.diagnostics.push_back(Diagnostic{file, active->at.line, active->at.column, Severity::warning, fmt::format("{} is set {} times; the last one counts", name, number),
                                            "one assignment that is not commented out", "comment the others out"});
  }
  if (name != "JAVA_VERSION") return;
  if (!active->value.starts_with("1.8.") && !active->value.starts_with("8")) {
    result.diagnostics.push_back(Diagnostic{file, active->at.line, active->at.column, Severity::note, "the script names Java '" + active->value + "'; HotDB needs JDK 8 from " + to_string(kJdk8Since) + " on", "", ""});
  }
}

}  // namespace

LintResult lint_server_xml(const LintFile& file) {
  LintResult result{file.kind, {file.file}, "server.xml", {}, Json::object(), {}};
  try {
    const ServerXml xml = parse_server_xml(file.text, file.file);
    const ServerRoleVerdict verdict = server_role(xml);
    result.rows.push_back({"role", std::string(to_string(verdict.role)) + ": " + verdict.why});
    for (const std::string_view key : per_node_keys()) result.rows.push_back({std::string(key), shown(xml, key), "of this node alone"});
    for (const std::string_view key : kAddresses) result.rows.push_back({std::string(key), shown(xml, key)});
    const auto credentials = std::count_if(xml.properties.begin(), xml.properties.end(), [](const ServerProperty& p) { return p.credential; });
    result.rows.push_back({fmt::format("{} properties, {} of them credentials, which are not shown", xml.properties.size(), credentials)});
    result.found = {{"role", to_string(verdict.role)}, {"why", verdict.why}, {"properties", server_xml_facts(xml)}, {"credentials", credentials}, {"per_node", Json::array()}};
    result.found["properties"].erase("role");
    for (const std::string_view key : per_node_keys()) result.found["per_node"].push_back(key);
    result.diagnostics = xml.diagnostics;
    check_role(xml, verdict, result);
  } catch (const InputError& error) {
    result.diagnostics = error.diagnostics();
  }
  return result;
}

LintResult lint_start_script(const LintFile& file) {
  LintResult result{file.kind, {file.file}, "start script", {}, Json::object(), {}};
  try {
    const auto all = read_start_script(file.text, file.file);
    for (const ScriptAssignment& assignment : all) {
      const bool counts = &assignment == last_active(all, assignment.name);
      const std::string value = shown_value(assignment.name, assignment.value);
      result.rows.push_back({assignment.name, fmt::format("line {}", assignment.at.line), counts ? "counts" : assignment.commented ? "commented out" : "overridden", value});
      result.found["assignments"].push_back({{"name", assignment.name}, {"line", assignment.at.line}, {"counts", counts}, {"commented", assignment.commented}, {"value", value}});
    }
    for (const std::string_view name : kJavaNames) check_java(file.file, all, name, result);
  } catch (const InputError& error) {
    result.diagnostics = error.diagnostics();
  }
  return result;
}

}  // namespace interlock
