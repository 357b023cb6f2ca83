// One type for every probe, one file per technology, one row in the registry (probes/registry.cc).
// A probe observes once: it never decides, never retries, changes nothing, and ends by its deadline.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "fsm/observation.h"
#include "probes/host.h"
#include "probes/secret.h"

namespace interlock {

// Gives the secret behind a reference. Arguments hold references, never secrets: {"secret": "manager"}.
class Secrets {
 public:
  virtual ~Secrets() = default;
  [[nodiscard]] virtual Result<Secret> resolve(const std::string& name) = 0;
};

struct ProbeRequest {
  const Json& args;       // as in `observe: {KIND: ARGS}`, parameters filled in
  Host& host;
  Secrets& secrets;
  Hosts& hosts;
  Deadline deadline;
};

// One argument of a probe, for the loader, the schema and `interlock probe KIND --help`.
struct ProbeArgument {
  std::string_view name;
  enum class Type { text, number, flag, secret, list, any, sha256 } type;
  bool required;
  std::string_view help;
  std::span<const std::string_view> choices{};   // the only values allowed; empty: any of the type
};

struct ProbeKind {
  std::string_view name;                    // "tcp", "mysql", …
  std::string_view help;                    // what it observes, and the shape of its value
  std::span<const ProbeArgument> arguments;
  Reading (*observe)(const ProbeRequest&);
};

[[nodiscard]] std::span<const ProbeKind> probe_kinds();
[[nodiscard]] const ProbeKind* find_probe(std::string_view name);

}  // namespace interlock
