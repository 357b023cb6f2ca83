// What is wrong with a text that a person wrote, where, and what to do about it.
// Plain data, immutable once thrown; no I/O. A diagnostic never holds a secret: whoever builds one quotes
// names and numbers of the input, not values of credentials. It does not decide what happens next:
// loaders throw InputError, the command catches it once, at the top.
#pragma once

#include <cstddef>
#include <exception>
#include <string>
#include <vector>

namespace interlock {

enum class Severity {
  error,    // the text cannot be used as it is
  warning,  // usable, and probably not what its author meant
  note,     // worth knowing; nothing to do
};
[[nodiscard]] const char* to_string(Severity severity);

struct Diagnostic {
  std::string file;         // as the operator named it; empty: the text has no name
  std::size_t line = 0;     // from 1; 0: the whole file
  std::size_t column = 0;   // from 1, in characters; 0: the whole line
  Severity severity = Severity::error;
  std::string message;      // one sentence without its full stop: what was found
  std::string expected;     // what would have been right; may be empty
  std::string fix;          // what to type or change; may be empty

  bool operator==(const Diagnostic&) const = default;
};

// `file:line:column: error: message; expected …; fix: …`, leaving out what is empty or 0.
[[nodiscard]] std::string to_string(const Diagnostic& diagnostic);
// One line each, in the given order, without a newline at the end.
[[nodiscard]] std::string to_string(const std::vector<Diagnostic>& diagnostics);
[[nodiscard]] bool has_errors(const std::vector<Diagnostic>& diagnostics);

// Thrown by loaders for input that cannot be used (exit code 78). Holds at least one diagnostic.
class InputError : public std::exception {
 public:
  explicit InputError(Diagnostic diagnostic);
  explicit InputError(std::vector<Diagnostic> diagnostics);

  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const noexcept { return diagnostics_; }
  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::vector<Diagnostic> diagnostics_;
  std::string text_;
};

// Throws InputError about a whole file.
[[noreturn]] void reject(std::string file, std::string message, std::string expected = "", std::string fix = "");

}  // namespace interlock
