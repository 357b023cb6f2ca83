#include "fsm/diagnostic.h"

#include <algorithm>
#include <utility>

namespace interlock {

const char* to_string(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "?";
}

std::string to_string(const Diagnostic& diagnostic) {
  std::string text;
  if (!diagnostic.file.empty()) text += diagnostic.file + ":";
  if (diagnostic.line > 0) {
    text += std::to_string(diagnostic.line) + ":";
    if (diagnostic.column > 0) text += std::to_string(diagnostic.column) + ":";
  }
  if (!text.empty()) text += " ";
  text += std::string(to_string(diagnostic.severity)) + ": " + diagnostic.message;
  if (!diagnostic.expected.empty()) text += "; expected " + diagnostic.expected;
  if (!diagnostic.fix.empty()) text += "; fix: " + diagnostic.fix;
  return text;
}

std::string to_string(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!text.empty()) text += "\n";
    text += to_string(diagnostic);
  }
  return text;
}

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

InputError::InputError(Diagnostic diagnostic) : InputError(std::vector<Diagnostic>{std::move(diagnostic)}) {}

InputError::InputError(std::vector<Diagnostic> diagnostics)
    : diagnostics_(std::move(diagnostics)), text_(to_string(diagnostics_)) {}

void reject(std::string file, std::string message, std::string expected, std::string fix) {
  throw InputError(Diagnostic{std::move(file), 0, 0, Severity::error, std::move(message), std::move(expected), std::move(fix)});
}

}  // namespace interlock
