#include "src/run/settle.h"

#include <algorithm>

#include "probes/package_name.h"

namespace interlock {
namespace {

const fsm::Fact* fact_of_probe(const fsm::Machine& m, std::string_view probe) {
  const auto it = std::find_if(m.facts.begin(), m.facts.end(), [&](const fsm::Fact& f) { return f.probe == probe; });
  return it == m.facts.end() ? nullptr : &*it;
}

Settled config_sql_of(const fsm::Machine& m, const Json&) {
  const fsm::Fact* history = fact_of_probe(m, "upgrade_history");
  const std::size_t scripts = history != nullptr && history->args.contains("scripts") ? history->args["scripts"].size() : 0;
  if (scripts == 0)
    return {"false", {"the site names no upgrade scripts (params: scripts): THE CONFIG DATABASE IS LEFT ALONE, neither dumped nor upgraded", "站点文件未给出升级脚本（params: scripts）：配置库不备份、不升级"}};
  return {"true", {"the site names " + std::to_string(scripts) + (scripts == 1 ? " upgrade script" : " upgrade scripts") + ": the config database is dumped and upgraded", "站点文件给出 " + std::to_string(scripts) + " 个升级脚本：备份并升级配置库"}};
}

// From 2.5.6 on a compute node needs JDK 8 and the vendor's own licence.
Settled jdk8_of(const fsm::Machine& m, const Json&) {
  const fsm::Fact* package = fact_of_probe(m, "package");
  const auto name = parse_package_name(package == nullptr ? "" : package->args.value("file", ""));
  if (!name) return {"true", {"the package's name tells no version: JDK 8 is installed", "无法从程序包名称得知版本：安装 JDK 8"}};
  if (!needs_jdk8(name->version)) return {"false", {"version " + to_string(name->version) + " of the package needs no JDK 8", "程序包版本 " + to_string(name->version) + " 不需要 JDK 8"}};
  return {"true", {"version " + to_string(name->version) + " of the package needs JDK 8", "程序包版本 " + to_string(name->version) + " 需要 JDK 8"}};
}

Settled handover_of(const fsm::Machine&, const Json& handover) {
  if (!handover.is_object()) return {"service-first", {"this machine looks at no keepalived files: the manual's order", "此状态机不涉及 keepalived 配置文件：按手册顺序"}};
  return {handover.at("chosen").get<std::string>(), {handover.at("because").at("en").get<std::string>(), handover.at("because").at("zh").get<std::string>()}};
}

constexpr Derivation kDerivations[] = {
    {"config_sql", "true", config_sql_of},
    {"jdk8", "true", jdk8_of},
    {"handover", "priority", handover_of},
};

}  // namespace

std::span<const Derivation> derivations() { return kDerivations; }

}  // namespace interlock
