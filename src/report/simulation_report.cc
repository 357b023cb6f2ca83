#include "src/report/simulation_report.h"

#include <fmt/format.h>

#include "src/report/layout.h"

namespace interlock {
namespace {

using fsm::Breach;
using fsm::SiteEvent;
using Kind = fsm::Simulation::Wrong::Kind;
using report::in;

const std::string& action(const fsm::Machine& m, const SiteEvent& e) { return m.action(e.index).name; }

std::string fact_names(const fsm::Machine& m, const std::vector<int>& facts) {
  std::string text;
  for (const int f : facts) text += (text.empty() ? "" : ", ") + m.fact(f).name;
  return text;
}

std::string end_name(const fsm::Machine& m, int end, Language l) { return end == Campaign::kStuck ? in(l, "stuck", "停滞") : m.end(end).name; }

std::string claim(const fsm::Machine& m, Kind kind, int index, Language l) {
  switch (kind) {
    case Kind::none: break;
    case Kind::safety: return in(l, "a rule is broken by what we do: ", "我方动作破坏规则：") + m.rule(index).name;
    case Kind::stuck: return in(l, "the run gets stuck", "运行停滞");
    case Kind::not_true: return in(l, "the end is not what it says: ", "结束状态名不副实：") + m.end(index).name;
    case Kind::regret: return in(l, "nothing failed, and yet it does not end in success but in: ", "无任何故障却未成功，结束于：") + m.end(index).name;
  }
  return "";
}

std::string whose(Breach::Whose w, Language l) {
  switch (w) {
    case Breach::Whose::ours: return in(l, "by our action", "由我方动作造成");
    case Breach::Whose::site: return in(l, "by the site's answer to us, and nothing had failed", "由站点对我方动作的反应造成，且无故障");
    case Breach::Whose::raced: return in(l, "by our action, because the site moved between look and act", "由我方动作造成：观察与执行之间站点发生了变化");
    case Breach::Whose::fault: return in(l, "by a fault", "由故障造成");
  }
  return "";
}

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::none: return "none";
    case Kind::safety: return "safety";
    case Kind::stuck: return "stuck";
    case Kind::not_true: return "not-true";
    case Kind::regret: return "regret";
  }
  return "";
}

void note(Campaign::Told& told, std::uint64_t seed, std::uint64_t runs) {
  told.seed = told.runs == 0 ? seed : std::min(told.seed, seed);
  told.runs += runs;
}

}  // namespace

void Campaign::add(const fsm::Machine& machine, std::uint64_t seed, const fsm::Simulation& run) {
  ++seeds;
  records += static_cast<std::uint64_t>(run.records);
  ++ends[{static_cast<int>(run.faults.size()), run.end}];
  if (const auto w = run.wrong(machine); w.kind != Kind::none) note(wrong[{w.kind, w.index}], seed, 1);
  for (const auto& b : run.breaches)
    if (b.whose == Breach::Whose::raced) note(raced[b.rule], seed, 1);
}

void Campaign::add(const Campaign& other) {
  seeds += other.seeds;
  records += other.records;
  for (const auto& [key, count] : other.ends) ends[key] += count;
  for (const auto& [key, told] : other.wrong) note(wrong[key], told.seed, told.runs);
  for (const auto& [key, told] : other.raced) note(raced[key], told.seed, told.runs);
}

std::string event_text(const fsm::Machine& m, const SiteEvent& e, Language l) {
  const std::string fault = in(l, "FAULT: ", "故障："), site = in(l, "the site: ", "站点：");
  const auto index = static_cast<std::size_t>(e.index);
  switch (e.what) {
    case SiteEvent::What::effect: return "";
    case SiteEvent::What::reaction: return site + m.reactions[index].name;
    case SiteEvent::What::action_fails: return fault + action(m, e) + in(l, " fails and does nothing", " 失败，不产生效果");
    case SiteEvent::What::action_lost: return fault + action(m, e) + in(l, " does nothing, and its connection breaks", " 未产生效果，且连接中断");
    case SiteEvent::What::outcome_lost: return fault + action(m, e) + in(l, " takes effect, and its outcome gets lost", " 产生效果，但结果丢失");
    case SiteEvent::What::hollow: return fault + action(m, e) + in(l, " says that it succeeds, and does nothing", " 自称成功，实际不产生效果");
    case SiteEvent::What::unseen: return fault + in(l, "cannot be observed: ", "无法观察：") + fact_names(m, e.facts);
    case SiteEvent::What::seen_again: return site + in(l, "can be observed again: ", "恢复可观察：") + fact_names(m, e.facts);
    case SiteEvent::What::gone: return fault + in(l, "host gone: ", "主机失联：") + m.hosts[index].name;
    case SiteEvent::What::crash: return fault + in(l, "crash of ", "崩溃 ") + m.crashes[index].what;
    case SiteEvent::What::late: return fault + in(l, "it comes much too late: ", "来得太晚：") + m.reactions[index].name;
    case SiteEvent::What::lost: return fault + in(l, "it does not come: ", "未发生：") + m.reactions[index].name;
    case SiteEvent::What::died: return fault + in(l, "the operator's process is killed", "操作进程被杀死");
    case SiteEvent::What::resumed: return in(l, "the operator goes on with the run", "操作员继续该运行");
    case SiteEvent::What::asked: return in(l, "the operator asks for the way back", "操作员要求回退");
  }
  return "";
}

std::string simulation_text(const fsm::Machine& m, std::uint64_t seed, const fsm::Simulation& run, Language l) {
  std::string text;
  if (run.end < 0) text += fmt::format("{}: {}\n", end_name(m, run.end, l), report::printable(run.stuck));
  else text += fmt::format("{}: {}\n", to_string(m.end(run.end).kind), report::printable(m.end(run.end).title.empty() ? m.end(run.end).name : m.end(run.end).title.in(l == Language::zh)));
  text += fmt::format(fmt::runtime(in(l, "seed {}: {} of virtual time, {} records, {} actions, {} processes of the operator, {} faults\n", "种子 {}：虚拟时间 {}，记录 {}，动作 {}，操作进程 {}，故障 {}\n")),
                      seed, report::duration(run.took), run.records, run.executions, run.processes, run.faults.size());
  for (const auto& b : run.breaches) {
    const std::string by = b.by.what == SiteEvent::What::effect ? action(m, b.by) : event_text(m, b.by, l);
    text += report::hang("  ! ", fmt::format(fmt::runtime(in(l, "at {:.3f} s '{}' is broken {} ({})", "{:.3f} 秒时规则“{}”被破坏：{}（{}）")), static_cast<double>(b.by.at.count()) / 1000, m.rule(b.rule).name, whose(b.whose, l), by), report::page_columns());
  }
  if (const auto w = run.wrong(m); w.kind != Kind::none) text += report::hang("  ✗ ", claim(m, w.kind, w.index, l), report::page_columns());
  if (!run.end_is_true) text += report::hang("    ✗ ", describe(m, m.end(run.end).holds, run.world), report::page_columns());
  return text;
}

std::string campaign_text(const fsm::Machine& m, const Campaign& c, Language l) {
  const double each_ms = c.seeds == 0 ? 0 : c.seconds * 1000 / static_cast<double>(c.seeds);
  std::string text = fmt::format("{} @ {}: {}", m.procedure, m.site, c.wrong.empty() ? in(l, "NOTHING BROKEN", "未发现问题") : in(l, "BROKEN", "发现问题"));
  text += fmt::format(fmt::runtime(in(l, ", {} seeds with up to {} faults each\n", "，{} 个种子，每个最多 {} 个故障\n")), report::grouped(c.seeds), c.faults);
  text += fmt::format(fmt::runtime(in(l, "  {} records, {:.2f} s, {:.2f} ms a run\n", "  记录 {}，{:.2f} 秒，每次运行 {:.2f} 毫秒\n")), report::grouped(c.records), c.seconds, each_ms);
  for (const auto& [key, runs] : c.ends)
    text += fmt::format(fmt::runtime(in(l, "  after {} faults: {:<16} {:>8} runs\n", "  {} 个故障后：{:<16} {:>8} 次\n")), key.first, end_name(m, key.second, l), report::grouped(runs));
  for (const auto& [rule, told] : c.raced)
    text += report::hang("  · ", fmt::format(fmt::runtime(in(l, "moved between look and act: '{}' broken in {} runs, first by seed {}", "观察与执行之间站点发生变化：规则“{}”被破坏 {} 次，首个种子 {}")), m.rule(rule).name, told.runs, told.seed), report::page_columns());
  for (const auto& [key, told] : c.wrong) {
    text += report::hang("  ✗ ", fmt::format(fmt::runtime(in(l, "{} ({} runs, first by seed {})", "{}（{} 次，首个种子 {}）")), claim(m, key.first, key.second, l), told.runs, told.seed), report::page_columns());
    text += fmt::format("      interlock run {} --simulate --seed {} --faults {}\n", c.of, told.seed, c.faults);
  }
  return text;
}

Json campaign_json(const fsm::Machine& m, const Campaign& c) {
  Json ends = Json::array(), wrong = Json::array(), raced = Json::array();
  for (const auto& [key, runs] : c.ends) ends.push_back({{"faults", key.first}, {"end", end_name(m, key.second, Language::en)}, {"runs", runs}});
  for (const auto& [key, told] : c.wrong) wrong.push_back({{"kind", name_of(key.first)}, {"claim", claim(m, key.first, key.second, Language::en)}, {"runs", told.runs}, {"first_seed", told.seed}});
  for (const auto& [rule, told] : c.raced) raced.push_back({{"rule", m.rule(rule).name}, {"times", told.runs}, {"first_seed", told.seed}});
  return {{"procedure", m.procedure}, {"site", m.site}, {"digest", digest(m)}, {"first_seed", c.first}, {"seeds", c.seeds}, {"faults", c.faults},
          {"seconds", c.seconds}, {"records", c.records}, {"ends", ends}, {"wrong", wrong}, {"raced", raced}};
}

}  // namespace interlock
