// Arguments of probes: checked against a kind's table, then read with their types. Pure; any thread.
// A value that came out of a parameter may be text: "3323" is a number and "true" a flag.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/probe.h"

namespace interlock {

struct ArgumentProblem {
  std::string argument;  // whose value is wrong; empty: it is not the value (an unknown or a missing argument)
  std::string text;      // one sentence
};

// One for each unknown, missing or ill-typed argument; empty when `args` fits the kind.
// A value that still holds a parameter ("${port}") fits every type.
[[nodiscard]] std::vector<ArgumentProblem> check_arguments(std::span<const ProbeArgument> arguments, const Json& args);
[[nodiscard]] std::string all_problems(std::span<const ProbeArgument> arguments, const Json& args);  // all, in one text

[[nodiscard]] std::string_view to_string(ProbeArgument::Type type);

// Reads arguments that have been checked. An absent or null argument is nullopt (flag: false).
class ArgumentReader {
 public:
  explicit ArgumentReader(const Json& args) : args_(args) {}
  [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
  [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;
  [[nodiscard]] bool flag(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> secret(std::string_view name) const;  // the reference, not the secret
  [[nodiscard]] std::vector<Json> list(std::string_view name) const;
  [[nodiscard]] std::uint16_t port(std::string_view name = "port") const;  // 0 when absent

 private:
  [[nodiscard]] const Json* find(std::string_view name) const;
  const Json& args_;
};

}  // namespace interlock
