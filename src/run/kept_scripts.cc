#include "src/run/kept_scripts.h"

#include "probes/arguments.h"

namespace interlock {
namespace {

constexpr std::chrono::seconds kSumWithin{30};

Result<std::string> sum_of(const Prepared& prepared, const std::string& path) {
  return prepared.hosts->control().sha256(path, std::chrono::steady_clock::now() + kSumWithin);
}

}  // namespace

Json script_sums(const Prepared& prepared) {
  Json sums = Json::object();
  for (const auto& fact : prepared.machine.facts) {
    if (fact.probe != "upgrade_history") continue;
    for (const Json& script : ArgumentReader(fact.args).list("scripts")) {
      if (!script.is_string()) continue;
      if (const auto sum = sum_of(prepared, script.get<std::string>())) sums[script.get<std::string>()] = *sum;
    }
  }
  return sums;
}

std::optional<std::string> changed_scripts(const Prepared& prepared, const Json& sums) {
  if (!sums.is_object()) return std::nullopt;
  for (const auto& [path, sum] : sums.items()) {
    const auto now = sum_of(prepared, path);
    const std::string was = sum.is_string() ? sum.get<std::string>() : "?";
    if (!now) return "the upgrade script " + path + " cannot be read (" + now.error().text + "); put it back as it was when the run began (SHA-256 " + was + ")";
    if (*now != was) return "the upgrade script " + path + " is not what it was when the run began: put that back (SHA-256 " + was + "), since it tells what the config database has run";
  }
  return std::nullopt;
}

}  // namespace interlock
