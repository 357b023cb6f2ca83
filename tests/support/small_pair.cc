#include "tests/support/small_pair.h"

#include <optional>
#include <stdexcept>

#include "fsm/bind.h"
#include "tests/support/tiny.h"

namespace interlock::tests {
namespace {

constexpr const char* kComponent = R"yaml(
component: node
title: {en: node, zh: 节点}
params: {port: {default: 3323}, vip: {}}
facts:
  service:    {title: {en: service port, zh: 服务端口}, values: {open: "it.port == 'open'", closed: "it.port == 'closed'"}, observe: {tcp: {port: "${port}"}}}
  vip:        {title: {en: VIP, zh: 虚拟 IP}, values: {held: "it.held", absent: "!it.held"}, observe: {address: {ip: "${vip}"}}}
  release:    {title: {en: version, zh: 版本}, values: [old, new], observe: {tree: {path: /srv/node}}}
  keepalived: {title: {en: keepalived, zh: keepalived}, values: {running: "it.running", stopped: "!it.running"}, observe: {process: {match: keepalived}}}
actions:
  stop:
    title: {en: stop the node, zh: 停止节点}
    do: [{run: [sh, /srv/node/bin/node, stop]}]
    effect: {service: closed}
    within: 10s
    repeatable: "true"
  install:
    title: {en: "set the old version aside and unpack the new one", zh: 备份旧版本并解压新版本}
    do: [{run: [mv, /srv/node, /srv/node_old]}, {unpack: {package: node-2.tar.gz, to: /srv/node}}]
    effect: {release: new}
    within: 60s
    repeatable: "false"
  start:
    title: {en: start the node, zh: 启动节点}
    look: {en: "/srv/node/log on ${host}", zh: "${host} 上的 /srv/node/log"}
    do: [{run: [sh, /srv/node/bin/node, start]}]
    effect: {service: open}
    needs: "release == 'new'"
    within: 10s
    repeatable: "true"
    attempts: 2
  put_back:
    title: {en: put the old version back, zh: 恢复旧版本}
    do: [{run: [mv, /srv/node_old, /srv/node]}]
    effect: {release: old}
    within: 10s
    repeatable: "true"
  stop_keepalived:
    title: {en: "stop keepalived, so that the VIP moves", zh: 停止 keepalived，使虚拟 IP 漂移}
    do: [{run: [service, keepalived, stop]}]
    effect: {keepalived: stopped, vip: absent}
    within: 10s
    repeatable: "true"
  start_keepalived:
    title: {en: start keepalived, zh: 启动 keepalived}
    do: [{run: [service, keepalived, start]}]
    effect: {keepalived: running}
    within: 10s
    repeatable: "true"
)yaml";

constexpr const char* kProcedure = R"yaml(
procedure: small-pair
title: {en: Upgrade a small pair without stopping service, zh: 小型主备不停机升级}
about: {en: One handover moves the service to the upgraded backup., zh: 升级过程发生一次切换。}
params: {vip: {}}
roles:
  master: {title: {en: master, zh: 主机}, components: [node]}
  backup: {title: {en: backup, zh: 备机}, components: [node]}
rules:
  - name: one holder
    title: {en: the VIP has one holder, zh: 虚拟 IP 只在一个节点上}
    always: "!(master.vip == 'held' && backup.vip == 'held')"
    grace: 1s
  - name: clients are served
    title: {en: clients are served, zh: 业务不中断}
    always: "[master, backup].exists(n, n.service == 'open' && n.vip == 'held')"
    except: {in: [switch, return-vip], for_at_most: 5s}
clients:
  title: {en: "a new connection through the VIP and select 1", zh: 经虚拟 IP 新建连接并执行 select 1}
  ask: {mysql: {address: "${vip}", query: "select 1"}}
  every: 10ms
  rule: clients are served
gates:
  versions:
    holds: "master.release == 'old' && backup.release == 'old'"
    title: {en: both nodes run the old version, zh: 主备均为旧版本}
    remedy: {en: finish or roll back the earlier upgrade, zh: 先完成或回退上一次升级}
  vip-on-master:
    holds: "master.vip == 'held' && backup.vip == 'absent'"
    title: {en: the VIP is on the master, zh: 虚拟 IP 在主机上}
    remedy: {en: "exchange master and backup in the site file, or move the VIP back", zh: 在站点文件中交换主备，或将虚拟 IP 切回}
  backup-ready:
    holds: "backup.service == 'closed'"
    title: {en: the backup does not serve, zh: 备机未提供服务}
    remedy: {en: "find out why both serve", zh: 查明原因}
    mode: warn
phases:
  preflight:
    title: {en: Pre-flight, zh: 升级前检查}
    gates: [versions, vip-on-master, backup-ready]
    next: upgrade-backup
    refused: unchanged
  upgrade-backup:
    title: {en: Upgrade the backup, zh: 升级备机}
    steps: [backup.stop, backup.install, backup.start]
    next: switch
    back: undo-backup
  switch:
    title: {en: Handover, zh: 切换}
    steps: [master.stop_keepalived]
    until: "backup.vip == 'held' && master.vip == 'absent'"
    within: 4s
    next: upgrade-master
    back: return-vip
  upgrade-master:
    title: {en: Upgrade the old master, zh: 升级原主机}
    steps: [master.stop, master.install, {do: master.start, if: "master.service == 'closed'"}, master.start_keepalived]
    until: "master.release == 'new'"
    next: success
    back: one-node
  return-vip:
    title: {en: The VIP goes back to the master, zh: 虚拟 IP 切回主机}
    steps: [backup.stop_keepalived, master.start_keepalived]
    until: "master.vip == 'held'"
    within: 4s
    next: undo-backup
    back: one-node
  undo-backup:
    title: {en: The backup gets its old version back, zh: 恢复备机旧版本}
    steps: [backup.stop, backup.put_back, backup.start_keepalived]
    next: rolled-back
    back: one-node
ends:
  success:
    is: success
    title: {en: both nodes run the new version, zh: 升级成功，主备均为新版本}
    holds: "master.release == 'new' && backup.release == 'new'"
  unchanged:
    is: unchanged
    title: {en: refused before anything was changed, zh: 检查未通过，未做任何变更}
  rolled-back:
    is: rolled-back
    title: {en: the old version serves again, zh: 已回退到旧版本}
    holds: "backup.release == 'old' && master.service == 'open' && master.vip == 'held'"
    look: {en: interlock report says what failed, zh: 查看报告}
    type: {en: "interlock run SITE small-pair", zh: interlock run SITE small-pair}
  one-node:
    is: attention
    title: {en: one node serves; the other needs a person, zh: 单节点提供服务，其余需人工处理}
    look: {en: "which node serves: interlock check", zh: 用 interlock check 查看}
    type: {en: interlock resume RUN or interlock rollback RUN, zh: interlock resume RUN 或 interlock rollback RUN}
)yaml";

constexpr const char* kSite = R"yaml(
site: lab
hosts:
  node-1: {address: 10.89.0.11}
  node-2: {address: 10.89.0.12}
roles:
  master: {host: node-1}
  backup: {host: node-2}
params: {vip: 10.89.0.100}
)yaml";

constexpr std::int64_t kBegan = 1605809523120;  // 2020-11-19 18:12:03.120 UTC
constexpr Millis kStep{50}, kWatch{250}, kActs{1200}, kAfter{600}, kNoticed{100}, kAway{4000};
constexpr Millis kLongest{600'000};

class Pretender {
 public:
  Pretender(const fsm::Machine& m, const Events& events, const Watcher& watcher) : m_(m), events_(events), watcher_(watcher), world_(m.facts.size(), 0) {
    change({{"master.service", "open"}, {"master.vip", "held"}, {"backup.service", "closed"}, {"backup.vip", "absent"}, {"master.release", "old"}, {"backup.release", "old"}, {"master.keepalived", "running"}, {"backup.keepalived", "running"}});
    change(events.world);
  }

  PretendedRun run() {
    segment(std::nullopt);
    if (crashed_) {
      now_ += kAway;
      started_ = now_;
      segment(resume_);
    }
    return std::move(run_);
  }

 private:
  void change(const std::map<std::string, std::string>& values) {
    for (const auto& [name, value] : values) {
      const int f = fact_named(m_, name);
      world_[static_cast<std::size_t>(f)] = value_named(m_, f, value);
    }
  }

  void segment(std::optional<fsm::Resume> resume) {
    fsm::Engine engine(m_, std::move(resume));
    finishing_.reset();
    alive_ = true;
    step(engine, fsm::event::Start{});
    for (const Millis until = now_ + kLongest; alive_ && now_ < until; now_ += kStep) {
      for (std::size_t i = 0; i < later_.size(); ++i)
        if (later_[i].first == now_) change(later_[i].second);
      react();
      if (finishing_ && now_ >= finish_at_) finish(engine);
      if (alive_ && (now_ - started_) % kWatch == Millis(0)) step(engine, fsm::event::Watched{seen(every_rule())});
      if (alive_) clients(engine);
      if (alive_ && engine.wake_at() && now_ - started_ >= *engine.wake_at()) step(engine, fsm::event::Tick{});
      if (watcher_.tick) watcher_.tick(engine, now_ - started_, gap_since_ ? now_ - *gap_since_ : Millis(0));
    }
    if (events_.clients && run_.over)
      write("clients", {{"attempts", (now_ - started_).count() / 10}, {"failures", longest_.count() / 10}, {"longest_gap_ms", longest_.count() ? longest_.count() : 14}, {"longest_gap_at_ms", longest_.count() ? longest_at_ : kBegan + 500}, {"first_failure", longest_.count() ? Json("refused: connection refused") : Json()}}, Json());
    crashed_ = crashed_ && !resumed_;
    resumed_ = true;
  }

  void step(fsm::Engine& engine, const fsm::Event& event) {
    std::vector<fsm::Event> next{event};
    while (!next.empty() && alive_) {
      const fsm::Event e = next.front();
      next.erase(next.begin());
      for (const auto& command : engine.step(e, now_ - started_)) {
        if (const auto* observe = std::get_if<fsm::command::Observe>(&command)) next.push_back(fsm::event::Observed{observe->ticket, seen(observe->facts)});
        if (const auto* record = std::get_if<fsm::command::Record>(&command)) told(*record, next);
        if (const auto* execute = std::get_if<fsm::command::Execute>(&command)) {
          finishing_ = execute->action;
          finish_at_ = now_ + kActs;
          if (m_.action(execute->action).name == events_.crash_at && !resumed_) die(engine, execute->action);
        }
        if (std::holds_alternative<fsm::command::Ended>(command) || std::holds_alternative<fsm::command::Stopped>(command)) {
          alive_ = false;
          run_.over = true;
        }
        if (!alive_) return;
      }
    }
  }

  void told(const fsm::command::Record& record, std::vector<fsm::Event>& next) {
    Json body = record.body;
    if (record.kind == "outcome" && !details_.is_null()) body["operations"] = details_;
    write(record.kind, body, record.evidence.empty() ? Json() : evidence(record.evidence));
    if (record.kind != "intent") return;
    const std::string action = body.value("action", "");
    if (action == events_.stop_at) {
      write("stop-requested", Json::object(), Json());
      next.push_back(fsm::event::StopRequest{});
    }
    if (action == events_.roll_back_at) next.push_back(fsm::event::RollBackRequest{});
  }

  void die(const fsm::Engine& engine, int action) {
    crashed_ = true;
    alive_ = false;
    resume_ = fsm::Resume{engine.place(), action};
    world_ = fsm::apply(m_.action(action).effects, world_);
  }

  void finish(fsm::Engine& engine) {
    const fsm::Action& action = m_.action(*finishing_);
    finishing_.reset();
    Events::Act act;
    if (const auto it = events_.acts.find(action.name); it != events_.acts.end() && ++done_[action.name] <= it->second.times) act = it->second;
    if (act.takes_effect) {
      world_ = fsm::apply(action.effects, world_);
      if (const auto it = events_.after.find(action.name); it != events_.after.end()) later_.emplace_back(now_ + kAfter, it->second);
    }
    details_ = act.details.is_null() ? Json::array({{{"operation", "run"}, {"outcome", to_string(act.outcome)}, {"text", act.text.empty() ? "exit 0" : act.text},
                                                     {"details", {{"commands", Json::array({{{"host", action.host}, {"command", "sh /srv/node/bin/node # " + action.name}, {"exit", act.outcome == fsm::Outcome::done ? 0 : 1}, {"out", "one line of " + action.name + "\n"}, {"err", ""}, {"truncated", false}, {"took_ms", 1180}}})}}}}})
                                     : act.details;
    step(engine, fsm::event::Finished{act.outcome, act.text});
    details_ = nullptr;
  }

  // What the site does by itself, a while after its condition has come.
  void react() {
    since_.resize(m_.reactions.size());
    for (std::size_t i = 0; i < m_.reactions.size(); ++i) {
      if (m_.reactions[i].when.eval(world_) != fsm::Truth::yes) {
        since_[i].reset();
      } else if (!since_[i]) {
        since_[i] = now_;
      } else if (now_ - *since_[i] >= kAfter) {
        world_ = fsm::apply(m_.reactions[i].then, world_);
        since_[i].reset();
      }
    }
  }

  // Clients notice from outside what the facts say.
  void clients(fsm::Engine& engine) {
    if (!events_.clients || !m_.clients) return;
    const bool served = m_.rule(m_.clients->rule).always.eval(world_) != fsm::Truth::no;  // what our probes cannot see is seen by clients
    if (!served) {
      if (!gap_since_) gap_since_ = now_;
      if (const Millis gap = now_ - *gap_since_; gap >= kNoticed) step(engine, fsm::event::ClientGap{gap});
      return;
    }
    if (!gap_since_) return;
    const Millis gap = now_ - *gap_since_;
    const std::int64_t from = kBegan + gap_since_->count();
    gap_since_.reset();
    if (gap < kNoticed) return;
    step(engine, fsm::event::ClientGap{Millis(0)});
    write("client-gap", {{"from_ms", from}, {"length_ms", gap.count()}}, Json());
    if (gap > longest_) {
      longest_ = gap;
      longest_at_ = from;
    }
  }

  [[nodiscard]] std::vector<int> every_rule() const {
    std::vector<int> facts;
    for (const auto& r : m_.rules)
      for (const int f : r.always.facts()) facts.push_back(f);
    return facts;
  }

  [[nodiscard]] fsm::Seen seen(const std::vector<int>& facts) const {
    fsm::Seen list;
    for (const int f : facts) list.emplace_back(f, world_[static_cast<std::size_t>(f)]);
    return list;
  }

  [[nodiscard]] Json evidence(const std::vector<int>& facts) const {
    Json list = Json::array();
    for (const int f : facts) {
      const fsm::Fact& fact = m_.fact(f);
      const std::string value = m_.value_name(f, world_[static_cast<std::size_t>(f)]);
      const auto saw = events_.saw.find(fact.name);
      Json one{{"fact", fact.name}, {"value", value}, {"asked", fact.probe + " on " + fact.host}, {"saw", saw == events_.saw.end() ? value : saw->second}, {"at_ms", kBegan + now_.count()}, {"took_us", 850 + 1100 * f}};
      if (value == "unknown") one["why"] = "timed out: no answer within 5 s";
      list.push_back(std::move(one));
    }
    return list;
  }

  void write(const std::string& kind, const Json& body, const Json& evidence) {
    run_.records.push_back({static_cast<std::int64_t>(run_.records.size()) + 1, kBegan + now_.count(), kind, body, evidence});
    if (watcher_.record) watcher_.record(run_.records.back());
  }

  const fsm::Machine& m_;
  const Events& events_;
  const Watcher& watcher_;
  fsm::World world_;
  PretendedRun run_;
  Millis now_{0}, started_{0}, finish_at_{};
  std::optional<int> finishing_;
  std::vector<std::pair<Millis, std::map<std::string, std::string>>> later_;
  std::map<std::string, int> done_;
  std::vector<std::optional<Millis>> since_;      // by reaction: when its condition came
  Json details_;
  std::optional<Millis> gap_since_;
  Millis longest_{0};
  std::int64_t longest_at_ = 0;
  bool alive_ = true, crashed_ = false, resumed_ = false;
  fsm::Resume resume_;
};

}  // namespace

fsm::Machine small_pair() {
  fsm::Library library;
  library["node"] = fsm::load_component("node.yaml", kComponent);
  return fsm::bind(fsm::load_procedure("small-pair.yaml", kProcedure), library, fsm::load_site("lab.yaml", kSite), {});
}

PretendedRun pretend(const fsm::Machine& machine, const Events& events, const Watcher& watcher) { return Pretender(machine, events, watcher).run(); }

Events as_planned() {
  Events e;
  e.after["master.stop_keepalived"] = {{"backup.vip", "held"}};
  e.after["backup.stop_keepalived"] = {{"master.vip", "held"}};
  return e;
}

Events switch_fails() {
  Events e = as_planned();
  e.after.erase("master.stop_keepalived");
  return e;
}

RunInfo run_info() {
  RunInfo i;
  i.run_id = "20201120-0212-lab-k3f";
  i.operator_name = "root@control";
  i.interlock_version = "0.1.0";
  i.machine_digest = std::string(64, 'd');  // the real one is not of interest here
  i.journal_hash = std::string(64, 'a');
  i.seal = RunInfo::Seal::intact;
  i.made_ms = 1605809723120;
  i.versions = {{"old", "2.5.4"}, {"new", "2.5.6"}};
  i.forecast = Forecast{"vip-first", 600, 850, 1100};
  return i;
}

}  // namespace interlock::tests
