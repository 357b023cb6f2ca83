#include "fsm/source.h"

#include "fsm/grammar.h"
#include "fsm/shape.h"
#include "fsm/text.h"

namespace interlock::fsm {
namespace {

constexpr int kSshPort = 22;  // where neither host nor site names one

// Reads checked nodes; the shape has been verified before, so nothing here needs to doubt a form.
struct Reader {
  std::string file;

  Where at(const YAML::Node& n) const { return where_of(file, n); }
  std::string text(const YAML::Node& n) const { return n ? n.Scalar() : ""; }
  bool flag(const YAML::Node& n) const { return n && n.as<bool>(); }
  Words words(const YAML::Node& n) const {
    if (!n) return {};
    if (n.IsScalar()) return {n.Scalar(), n.Scalar()};
    return {text(n["en"]), text(n["zh"])};
  }
  Written written(const YAML::Node& n) const {
    const Where w = at(n);
    return {n.Scalar(), parse_expression(n.Scalar(), w), w};
  }
  std::optional<Written> optional(const YAML::Node& n) const {
    if (!n) return std::nullopt;
    return written(n);
  }
  // The shape has been checked to be a number of some size.
  int number(const YAML::Node& n, long least, long most, const char* message) const {
    const long value = n.as<long>();
    if (value < least || value > most) fail(at(n), message, std::to_string(least) + " to " + std::to_string(most));
    return static_cast<int>(value);
  }
  Millis duration(const YAML::Node& n, Millis fallback) const { return n ? duration_of(file, n) : fallback; }
  // A duration that a parameter may give.
  Millis duration(const YAML::Node& n, Millis fallback, std::string& param) const {
    if (n && n.Scalar().starts_with("${")) {
      const std::string& s = n.Scalar();
      if (!s.ends_with("}")) fail(at(n), "'" + s + "' is not a duration", "15s or ${parameter}");
      param = s.substr(2, s.size() - 3);
      return fallback;
    }
    return duration(n, fallback);
  }
  std::vector<std::string> names(const YAML::Node& n) const {
    std::vector<std::string> list;
    if (n)
      for (const auto& item : n) list.push_back(item.Scalar());
    return list;
  }
  Named<Given> values(const YAML::Node& n) const {
    Named<Given> list;
    if (n)
      for (const auto& item : n) list.emplace_back(item.first.Scalar(), Given{json_of(file, item.second), at(item.second)});
    return list;
  }

  // {KIND: ARGUMENTS}
  std::pair<std::string, Json> kind(const YAML::Node& n, const char* what) const {
    if (!n.IsMap() || n.size() != 1) fail(at(n), std::string("not a ") + what, std::string("{") + what + ": arguments}");
    const auto item = n.begin();
    return {item->first.Scalar(), json_of(file, item->second)};
  }

  Named<ParameterSource> params(const YAML::Node& n) const {
    Named<ParameterSource> list;
    if (!n) return list;
    for (const auto& item : n) {
      ParameterSource p;
      p.where = at(item.first);
      if (item.second["default"]) p.fallback = json_of(file, item.second["default"]);
      p.values = names(item.second["values"]);
      if (item.second["values"] && p.values.empty()) fail(at(item.second["values"]), "parameter '" + item.first.Scalar() + "' may have no value at all", "every value it can take");
      p.secret = flag(item.second["secret"]);
      p.help = words(item.second["help"]);
      list.emplace_back(item.first.Scalar(), std::move(p));
    }
    return list;
  }

  FactSource fact(const YAML::Node& key, const YAML::Node& n) const {
    FactSource f;
    f.where = at(key);
    f.title = words(n["title"]);
    if (n["values"].IsSequence()) {
      f.values = names(n["values"]);
      f.conditions.resize(f.values.size());
    } else {
      for (const auto& item : n["values"]) {
        f.values.push_back(item.first.Scalar());
        f.conditions.emplace_back(written(item.second));
      }
    }
    if (f.values.size() < 2) fail(f.where, "fact '" + key.Scalar() + "' has fewer than two values", "every value it can take");
    if (f.values.size() > 60) fail(f.where, "fact '" + key.Scalar() + "' has more than 60 values", "a coarser fact");
    for (std::size_t i = 0; i < f.values.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (f.values[i] == f.values[j]) fail(f.where, "value '" + f.values[i] + "' stands twice", "each value once");
    f.args_where = at(n["observe"]);
    std::tie(f.probe, f.args) = kind(n["observe"], "probe");
    f.within = duration(n["within"], Millis(5000));
    f.every = duration(n["every"], Millis(250));
    return f;
  }

  std::vector<EffectSource> effects(const YAML::Node& n) const {
    std::vector<EffectSource> list;
    if (!n) return list;
    for (const auto& item : n) {
      EffectSource e;
      e.where = at(item.first);
      e.fact = item.first.Scalar();
      if (item.second.IsScalar()) {
        e.cases.emplace_back(item.second.Scalar(), std::nullopt);
      } else {
        for (const auto& c : item.second) e.cases.emplace_back(c.first.Scalar(), written(c.second));
      }
      list.push_back(std::move(e));
    }
    return list;
  }

  ActionSource action(const YAML::Node& key, const YAML::Node& n) const {
    ActionSource a;
    a.where = at(key);
    a.title = words(n["title"]);
    a.manual = words(n["manual"]);
    a.look = words(n["look"]);
    if (n["do"])
      for (const auto& item : n["do"]) {
        OperationSource o;
        o.where = at(item);
        std::tie(o.kind, o.args) = kind(item, "operation");
        a.operations.push_back(std::move(o));
      }
    if (a.operations.empty() == a.manual.empty())
      fail(a.where, "action '" + key.Scalar() + "' has " + (a.operations.empty() ? "neither 'do' nor 'manual'" : "both 'do' and 'manual'"), "one of the two");
    a.effects = effects(n["effect"]);
    a.may_change = effects(n["may_change"]);
    if (a.effects.empty()) fail(a.where, "action '" + key.Scalar() + "' has no effect that can be observed", "effect: {fact: value}");
    a.needs = optional(n["needs"]);
    a.repeatable = written(n["repeatable"]);
    a.within = duration(n["within"], Millis(0), a.within_param);
    if (n["attempts"]) {
      a.attempts = number(n["attempts"], 1, 10, "attempts out of range");
    }
    return a;
  }

  std::optional<TargetSource> target(const YAML::Node& n) const {
    if (!n) return std::nullopt;
    TargetSource t;
    t.where = at(n);
    if (n.IsScalar()) {
      t.name = n.Scalar();
    } else {
      t.by = n["by"].Scalar();
      for (const auto& item : n["is"]) t.choices.emplace_back(item.first.Scalar(), item.second.Scalar());
    }
    return t;
  }

  GateSource gate(const YAML::Node& key, const YAML::Node& n) const {
    GateSource g;
    g.where = at(key);
    if (n.IsScalar()) {
      g.holds = written(n);
      return g;
    }
    g.holds = written(n["holds"]);
    g.title = words(n["title"]);
    g.remedy = words(n["remedy"]);
    g.kept = words(n["kept"]);
    g.when = optional(n["when"]);
    if (n["mode"]) g.mode = n["mode"].Scalar();
    return g;
  }

  StepSource step(const YAML::Node& n) const {
    StepSource s;
    s.where = at(n);
    if (n.IsScalar()) {
      s.action = n.Scalar();
      return s;
    }
    s.action = text(n["do"]);
    s.only_if = optional(n["if"]);
    s.when = optional(n["when"]);
    s.may_change = effects(n["may_change"]);
    s.each = text(n["each"]);
    s.of = text(n["of"]);
    s.steps = names(n["steps"]);
    const bool loop = !s.each.empty() || !s.of.empty() || !s.steps.empty();
    if (loop == !s.action.empty()) fail(s.where, "not a step", "{do: role.action} or {each: n, of: role, steps: [n.action]}");
    if (loop && (s.each.empty() || s.of.empty() || s.steps.empty())) fail(s.where, "an incomplete loop", "{each: n, of: role, steps: [n.action]}");
    return s;
  }

  PhaseSource phase(const YAML::Node& key, const YAML::Node& n) const {
    PhaseSource p;
    p.where = at(key);
    p.title = words(n["title"]);
    p.when = optional(n["when"]);
    p.until = optional(n["until"]);
    p.within = duration(n["within"], Millis(30000), p.within_param);
    p.next = target(n["next"]);
    p.back = target(n["back"]);
    p.refused = target(n["refused"]);
    p.overrun = target(n["overrun"]);
    p.gates = names(n["gates"]);
    if (n["steps"])
      for (const auto& item : n["steps"]) p.steps.push_back(step(item));
    return p;
  }

  RuleSource rule(const YAML::Node& n) const {
    RuleSource r;
    r.where = at(n);
    r.name = text(n["name"]);
    r.title = n["title"] ? words(n["title"]) : Words{r.name, r.name};
    r.always = written(n["always"]);
    r.grace = duration(n["grace"], Millis(2000));
    if (n["except"]) {
      r.except_in = names(n["except"]["in"]);
      r.for_at_most = duration(n["except"]["for_at_most"], Millis(0), r.for_at_most_param);
    }
    return r;
  }

  ReactionSource reaction(const YAML::Node& n) const {
    ReactionSource r;
    r.where = at(n);
    r.name = text(n["name"]);
    if (n["each"]) {
      for (const auto& item : n["each"]) r.each.emplace_back(item.first.Scalar(), names(item.second));
    }
    r.when = written(n["when"]);
    r.then = effects(n["then"]);
    r.may_fail = flag(n["may_fail"]);
    r.at_will = flag(n["at_will"]);
    if (r.may_fail && r.at_will) fail(r.where, "the reaction '" + r.name + "' is both may_fail and at_will", "one of them: what comes at will need not come");
    return r;
  }

  EndSource end(const YAML::Node& key, const YAML::Node& n) const {
    EndSource e;
    e.where = at(key);
    e.is = text(n["is"]);
    e.title = words(n["title"]);
    if (n["least_faults"]) e.least_faults = number(n["least_faults"], 0, 7, "least_faults out of range");
    e.look = words(n["look"]);
    e.type = words(n["type"]);
    e.holds = optional(n["holds"]);
    return e;
  }

  Named<int> faults(const YAML::Node& n) const {
    Named<int> list;
    if (n)
      for (const auto& item : n) list.emplace_back(item.first.Scalar(), number(item.second, 0, 7, "faults out of range"));
    return list;
  }

  SshSource ssh(const YAML::Node& n) const {
    SshSource s;
    s.user = text(n["user"]);
    s.key = text(n["key"]);
    s.password = text(n["password"]);
    s.known_hosts = text(n["known_hosts"]);
    s.config = text(n["config"]);
    if (n["port"]) {
      s.port = number(n["port"], 1, 65535, "not a port");
    }
    return s;
  }

  HostSource host(const YAML::Node& key, const YAML::Node& n) const {
    HostSource h;
    h.where = at(key);
    h.address = text(n["address"]);
    if (n["via"]) h.via = text(n["via"]);
    if (n["ports"]) h.ports = text(n["ports"]);
    if (n["ssh"]) h.ssh = ssh(n["ssh"]);
    return h;
  }

  // One machine under two names would be looked at twice, and taken for two that agree.
  void add_host(SiteSource& s, const std::string& name, HostSource host) const {
    const auto port = [&](const HostSource& h) { return h.ssh && h.ssh->port != 0 ? h.ssh->port : !h.ssh && s.ssh && s.ssh->port != 0 ? s.ssh->port : kSshPort; };
    for (const auto& [other, earlier] : s.hosts)
      if (equals_ignoring_case(earlier.address, host.address) && port(earlier) == port(host))
        fail(host.where, "host '" + name + "' has the address " + host.address + " of host '" + other + "' in line " + std::to_string(earlier.where.line), "an address of its own, or another ssh port");
    s.hosts.emplace_back(name, std::move(host));
  }

  PlayerSource player(const YAML::Node& n) const {
    PlayerSource p;
    p.where = at(n);
    p.host = text(n["host"]);
    p.params = values(n["params"]);
    return p;
  }
};

}  // namespace

ComponentSource load_component(const std::string& file, const std::string& text) {
  const YAML::Node n = parse_yaml(file, text);
  check_shape(file, n, grammar::kComponent);
  const Reader r{file};
  ComponentSource c;
  c.where = r.at(n);
  c.name = r.text(n["component"]);
  c.title = r.words(n["title"]);
  c.params = r.params(n["params"]);
  if (n["facts"])
    for (const auto& item : n["facts"]) c.facts.emplace_back(item.first.Scalar(), r.fact(item.first, item.second));
  if (n["actions"])
    for (const auto& item : n["actions"]) c.actions.emplace_back(item.first.Scalar(), r.action(item.first, item.second));
  c.crash = r.effects(n["crash"]);
  c.assume = r.optional(n["assume"]);
  return c;
}

ProcedureSource load_procedure(const std::string& file, const std::string& text) {
  const YAML::Node n = parse_yaml(file, text);
  check_shape(file, n, grammar::kProcedure);
  const Reader r{file};
  ProcedureSource p;
  p.file = file;
  p.name = r.text(n["procedure"]);
  p.title = r.words(n["title"]);
  p.about = r.words(n["about"]);
  p.params = r.params(n["params"]);
  p.assume = r.optional(n["assume"]);
  for (const auto& item : n["roles"]) {
    RoleSource role;
    role.where = r.at(item.first);
    role.title = r.words(item.second["title"]);
    role.components = r.names(item.second["components"]);
    role.many = r.flag(item.second["many"]);
    role.may_be_empty = r.flag(item.second["may_be_empty"]);
    if (role.may_be_empty && !role.many) fail(role.where, "role '" + item.first.Scalar() + "' may be empty, and is not one that many play", "many: true");
    role.params = r.values(item.second["params"]);
    p.roles.emplace_back(item.first.Scalar(), std::move(role));
  }
  if (n["rules"])
    for (const auto& item : n["rules"]) p.rules.push_back(r.rule(item));
  if (const YAML::Node c = n["clients"]) {
    ClientsSource clients;
    clients.where = r.at(c);
    clients.title = r.words(c["title"]);
    std::tie(clients.probe, clients.args) = r.kind(c["ask"], "probe");
    clients.every = r.duration(c["every"], Millis(10));
    clients.rule = r.text(c["rule"]);
    p.clients = std::move(clients);
  }
  if (n["reactions"])
    for (const auto& item : n["reactions"]) p.reactions.push_back(r.reaction(item));
  if (n["gates"])
    for (const auto& item : n["gates"]) p.gates.emplace_back(item.first.Scalar(), r.gate(item.first, item.second));
  for (const auto& item : n["phases"]) p.phases.emplace_back(item.first.Scalar(), r.phase(item.first, item.second));
  for (const auto& item : n["ends"]) p.ends.emplace_back(item.first.Scalar(), r.end(item.first, item.second));
  p.faults = r.faults(n["faults"]);
  return p;
}

SiteSource load_site(const std::string& file, const std::string& text) {
  const YAML::Node n = parse_yaml(file, text);
  check_shape(file, n, grammar::kSite);
  const Reader r{file};
  SiteSource s;
  s.file = file;
  s.name = r.text(n["site"]);
  s.title = r.words(n["title"]);
  if (n["ssh"]) s.ssh = r.ssh(n["ssh"]);
  for (const auto& item : n["hosts"]) r.add_host(s, item.first.Scalar(), r.host(item.first, item.second));
  for (const auto& item : n["roles"]) {
    std::vector<PlayerSource> players;
    if (item.second.IsSequence())
      for (const auto& one : item.second) players.push_back(r.player(one));
    else
      players.push_back(r.player(item.second));
    s.roles.emplace_back(item.first.Scalar(), std::move(players));
  }
  s.params = r.values(n["params"]);
  if (n["secrets"])
    for (const auto& item : n["secrets"]) {
      SecretSource secret;
      secret.where = r.at(item.first);
      secret.env = r.text(item.second["env"]);
      secret.file = r.text(item.second["file"]);
      secret.command = r.names(item.second["command"]);
      if ((secret.env.empty() ? 0 : 1) + (secret.file.empty() ? 0 : 1) + (secret.command.empty() ? 0 : 1) != 1)
        fail(secret.where, "secret '" + item.first.Scalar() + "' needs one source", "env, file or command");
      s.secrets.emplace_back(item.first.Scalar(), std::move(secret));
    }
  return s;
}

}  // namespace interlock::fsm
