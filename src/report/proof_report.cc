#include "src/report/proof_report.h"

#include <map>

#include <fmt/format.h>

#include "src/report/layout.h"
#include "src/report/proof_story.h"

namespace interlock {
namespace {

using fsm::Finding;
using fsm::Verdict;
using What = fsm::Move::What;
using report::in;

const fsm::Action* action_at(const fsm::Machine& m, fsm::Place place) {
  if (place.at.end || place.step < 0) return nullptr;
  const auto& steps = m.phase(place.at.index).steps;
  return static_cast<std::size_t>(place.step) < steps.size() ? &m.action(steps[static_cast<std::size_t>(place.step)].action) : nullptr;
}

std::string decided(const fsm::Machine& m, Verdict verdict, fsm::Place from, Language l) {
  const fsm::Action* action = action_at(m, from);
  const std::string name = action != nullptr ? action->name : "";
  switch (verdict) {
    case Verdict::enter: return in(l, "the gates are open", "检查项全部放行");
    case Verdict::refuse: return in(l, "a gate is closed", "检查项未放行");
    case Verdict::pass_over: return name + in(l, ": nothing to do", "：无需执行");
    case Verdict::act: return in(l, "we do ", "执行 ") + name;
    case Verdict::interlocked: return name + in(l, " would break a rule and is not done", " 会破坏规则，不执行");
    case Verdict::not_ready: return name + in(l, " cannot be done: what it needs does not hold", " 的前提不成立，不执行");
    case Verdict::turn_back: return in(l, "a rule has been broken for too long: the way back", "规则破坏超时，回退");
    case Verdict::leave: return in(l, "the phase is left", "阶段完成");
    case Verdict::look:
    case Verdict::hold:
    case Verdict::wait:
    case Verdict::ended: break;
  }
  return to_string(verdict);
}

std::string words_of(const fsm::Machine& m, const fsm::StoryLine& line, Language l) {
  const fsm::Action* action = action_at(m, line.from);
  const std::string name = action != nullptr ? action->name : to_string(m, line.from);
  const auto i = static_cast<std::size_t>(line.move.index);
  switch (line.move.what) {
    case What::start: return in(l, "the site at the start", "开始时的站点");
    case What::decided: return decided(m, static_cast<Verdict>(line.move.index), line.from, l);
    case What::reaction: return in(l, "the site: ", "站点自身：") + m.reactions[i].name;
    case What::overrun: return in(l, "waiting is in vain: nothing moves any more", "等待无果：站点不再变化");
    case What::ended: return in(l, "the end: ", "结束：") + m.ends[i].name;
    case What::not_so: return in(l, "the end would not be true: ", "结束条件不成立：") + m.ends[i].name;
    case What::again: return name + in(l, " was begun before and must not be done again", " 已开始过，不可重复");
    case What::failed: return in(l, "FAULT: ", "故障：") + name + (line.move.index == 1 ? in(l, " fails half way", " 中途失败") : in(l, " fails and has done nothing", " 失败，未产生效果"));
    case What::unseen:
      return in(l, "FAULT: ", "故障：") + (line.move.index == 1 ? name + in(l, " takes effect, but this cannot be observed", " 已生效但无法观察") : in(l, "what decides here cannot be observed: ", "无法观察判定所需的事实：") + name);
    case What::out_of_sight: return in(l, "what decides here cannot be seen: ", "判定所需的事实不可见：") + name;
    case What::crash: return in(l, "FAULT: crash of ", "故障：崩溃 ") + m.crashes[i].what;
    case What::late: return in(l, "FAULT: what the site should do by itself comes too late", "故障：站点自身的反应来得太晚");
    case What::partly: return in(l, "FAULT: it comes in part only: ", "故障：仅部分发生：") + m.reactions[i].name;
    case What::lost: return in(l, "FAULT: it does not come: ", "故障：未发生：") + m.reactions[i].name;
    case What::gone: return in(l, "FAULT: a host is gone, and nothing of it can be seen any more: ", "故障：主机失联，其状态不再可见：") + m.hosts[i].name;
    case What::died: return in(l, "FAULT: the operator's process dies while it does ", "故障：操作进程中断于 ") + name + in(l, ", and is resumed", "，随后恢复");
    case What::asked: return in(l, "the operator asks for the way back", "操作员要求回退");
  }
  return "";
}

std::string changes(const fsm::Machine& m, const fsm::StoryLine& line) {
  std::string text;
  for (const int f : line.changed) text += (text.empty() ? "" : ", ") + m.fact(f).name + " = " + m.value_name(f, line.world[static_cast<std::size_t>(f)]);
  return text;
}

std::string story(const fsm::Machine& m, const std::vector<fsm::StoryLine>& lines, Language l) {
  std::string text;
  int number = 0;
  for (const auto& line : lines) {
    if (is_quiet(line)) continue;
    text += report::hang(fmt::format("    {:>3}. ", ++number), fmt::format("[{}] {}", to_string(m, line.from), words_of(m, line, l)), report::page_columns());
    if (const std::string what = changes(m, line); !what.empty()) text += report::hang("         → ", what, report::page_columns());
  }
  return text;
}

// Those that the number of all faults does not limit as much.
std::map<std::string, int> limits_of(const fsm::Budget& budget) {
  std::map<std::string, int> limits;
  for (std::size_t k = 0; k < fsm::kFaultKinds; ++k)
    if (k == fsm::kAsked ? budget.each[k] != fsm::Budget{}.each[k] : budget.each[k] < budget.faults) limits[to_string(static_cast<fsm::Fault>(k))] = budget.each[k];
  return limits;
}

// Gates that are not enforced and were closed on the way: with one of them the story might not have come about.
std::vector<std::string> let_by(const fsm::Machine& m, const std::vector<fsm::StoryLine>& lines) {
  std::vector<std::string> names;
  for (const auto& line : lines) {
    if (line.from.at.end || line.from.step != fsm::Place::kGates || line.move.what != What::decided) continue;
    for (const auto& gate : m.phase(line.from.at.index).gates)
      if (gate.mode != fsm::GateMode::enforce && gate.holds.eval(line.world) == fsm::Truth::no) names.push_back(m.phase(line.from.at.index).name + "/" + gate.id);
  }
  return names;
}

}  // namespace

std::string budget_words(const fsm::Budget& budget, Language l) {
  std::string text = fmt::format(fmt::runtime(in(l, "up to {} faults", "最多 {} 个故障")), budget.faults), limits;
  for (const auto& [kind, most] : limits_of(budget)) limits += fmt::format("{}{} {}", limits.empty() ? "" : ", ", kind, most);
  return limits.empty() ? text : text + in(l, " (at most: ", "（其中最多：") + limits + in(l, ")", "）");
}

std::string finding_words(const fsm::Machine& m, Finding::Kind kind, int index, Language l) {
  switch (kind) {
    case Finding::Kind::safety: return in(l, "a rule is broken by what we do: ", "我方动作破坏规则：") + m.rule(index).name;
    case Finding::Kind::regret: return in(l, "nothing failed, and yet it does not end in success but in: ", "无任何故障却未成功，结束于：") + m.ends[static_cast<std::size_t>(index)].name;
    case Finding::Kind::too_easy:
      return in(l, "so few faults should not end in ", "如此少的故障不应结束于 ") + m.ends[static_cast<std::size_t>(index)].name;
    case Finding::Kind::not_true: return in(l, "the end is not what it says: ", "结束状态名不副实：") + m.ends[static_cast<std::size_t>(index)].name;
    case Finding::Kind::dead_end: return in(l, "no end can be reached any more", "无法到达任何结束状态");
  }
  return "";
}

std::string line_words(const fsm::Machine& m, const fsm::StoryLine& line, Language l) { return words_of(m, line, l); }

bool is_quiet(const fsm::StoryLine& line) {
  const bool passes = line.move.what == What::decided && (line.move.index == static_cast<int>(Verdict::enter) || line.move.index == static_cast<int>(Verdict::pass_over));
  return line.move.what == What::start || (passes && line.changed.empty());
}

std::string proof_text(const fsm::Machine& m, const fsm::Budget& budget, const fsm::Proof& p, double seconds, Language l) {
  std::string text = fmt::format("{} @ {}: ", m.procedure, m.site);
  text += p.proven() ? in(l, "PROVEN", "已证明") : p.findings.empty() ? in(l, "NOT FINISHED", "未完成") : in(l, "COUNTEREXAMPLE", "存在反例");
  text += in(l, ", with ", "，") + budget_words(budget, l) + "\n";
  if (p.memory_used_up) text += in(l, "  the memory was used up\n", "  内存已用尽\n");
  text += fmt::format(fmt::runtime(in(l, "  {} sites to start on, {} states, {} edges, depth {}, {:.2f} s, {} bytes a state\n", "  起始站点 {}，状态 {}，边 {}，深度 {}，{:.2f} 秒，每状态 {} 字节\n")),
                      report::grouped(p.initial), report::grouped(p.states), report::grouped(p.edges), p.depth, seconds, p.states == 0 ? 0 : p.bytes / p.states);
  for (const auto& [key, ending] : p.ends)
    text += fmt::format(fmt::runtime(in(l, "  after {} faults: {:<16} {} states{}\n", "  {} 个故障后：{:<16} {} 个状态{}\n")), key.first, m.end(key.second).name, report::grouped(ending.states),
                        p.proven() && key.first == 0 && m.end(key.second).kind != fsm::EndKind::success ? in(l, " (with your request for the way back)", "（操作员要求回退时）") : "");
  for (const auto& f : p.findings) {
    text += fmt::format("\n  ✗ {} ({})\n", report::printable(finding_words(m, f.kind, f.index, l)), fmt::format(fmt::runtime(in(l, "faults: {}", "故障数：{}")), f.faults));
    text += story(m, f.story, l);
    if (const auto gates = let_by(m, f.story); !gates.empty())
      text += report::hang(in(l, "         not enforced, and closed on this way: ", "         未强制且在此路径上未通过："), fmt::format("{}", fmt::join(gates, ", ")), report::page_columns());
    if (!f.story.empty() && f.kind == Finding::Kind::safety) text += report::hang("         ✗ ", describe(m, m.rule(f.index).always, f.story.back().world), report::page_columns());
    if (!f.story.empty() && f.kind == Finding::Kind::not_true) text += report::hang("         ✗ ", describe(m, m.ends[static_cast<std::size_t>(f.index)].holds, f.story.back().world), report::page_columns());
  }
  const auto list = [&](const std::string& title, const std::vector<std::string>& names) {
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
    if (!all.empty()) text += report::hang("  " + title + " ", all, report::page_columns());
  };
  std::vector<std::string> places, done, taken;
  for (const fsm::Place place : p.never_at) places.push_back(to_string(m, place));
  for (const fsm::Place place : p.never_done) done.push_back(to_string(m, place));
  for (const auto& [phase, edge] : p.never_taken) taken.push_back(m.phase(phase).name + "→" + edge);
  list(in(l, "never reached:", "从未到达："), places);
  list(in(l, "never begun:", "从未执行："), done);
  list(in(l, "never taken:", "从未走过："), taken);
  return text;
}

std::string ending_text(const fsm::Machine& m, const fsm::Proof& p, const std::string& end, Language l) {
  std::string text;
  for (const auto& [key, ending] : p.ends) {
    if (m.ends[static_cast<std::size_t>(key.second)].name != end) continue;
    text += fmt::format(fmt::runtime(in(l, "\n  the shortest way to {} with {} faults\n", "\n  到达 {} 的最短路径（故障数 {}）\n")), end, key.first) + story(m, ending.story, l);
  }
  return text;
}

std::string unseen_text(Language l) {
  return report::hang(in(l, "  not seen: ", "  模型之外："),
                      in(l, "what happens while an action is under way, and how long anything takes; what no file says the site does; a network that is cut in two; what people do at an end for attention. More: docs/proof.md",
                         "动作执行过程中的情况与时间长短；文件未声明的站点行为；网络分区；需人工处理时人的操作。详见 docs/proof.md"),
                      report::page_columns());
}

std::string gate_needs_text(const fsm::Machine& m, const std::vector<GateNeed>& needs, Language l) {
  std::string text;
  for (const auto& need : needs) {
    const fsm::Gate& gate = m.phase(need.phase).gates[static_cast<std::size_t>(need.gate)];
    text += fmt::format("  {}/{}: ", m.phase(need.phase).name, gate.id);
    if (need.proof.findings.empty() && !need.proof.complete) {
      text += in(l, "not known: the search was not finished\n", "未知：搜索未完成\n");
      continue;
    }
    if (need.proof.findings.empty()) {
      text += in(l, "adds nothing in the model\n", "在模型中没有作用\n");
      if (!gate.kept.empty()) text += report::hang(in(l, "    kept: ", "    保留理由："), gate.kept.in(l == Language::zh), report::page_columns());
      continue;
    }
    text += in(l, "needed: ", "必要：") + report::printable(finding_words(m, need.proof.findings.front().kind, need.proof.findings.front().index, l)) + "\n";
  }
  return text;
}

Json gate_needs_json(const fsm::Machine& m, const std::vector<GateNeed>& needs) {
  Json gates = Json::array();
  for (const auto& need : needs) {
    Json gate{{"phase", m.phase(need.phase).name}, {"gate", m.phase(need.phase).gates[static_cast<std::size_t>(need.gate)].id}, {"complete", need.proof.complete}, {"needed", nullptr}, {"story", nullptr}};
    if (!need.proof.findings.empty()) {
      const Finding& f = need.proof.findings.front();
      gate.update({{"needed", finding_words(m, f.kind, f.index, Language::en)}, {"kind", to_string(f.kind)}, {"of", subject_of(m, f.kind, f.index)}, {"story", story_json(m, f.story)}});
    }
    gates.push_back(std::move(gate));
  }
  return gates;
}

Json proof_json(const fsm::Machine& m, const fsm::Budget& budget, const fsm::Proof& p, double seconds) {
  Json ends = Json::array(), findings = Json::array();
  for (const auto& [key, ending] : p.ends)
    ends.push_back({{"faults", key.first}, {"end", m.ends[static_cast<std::size_t>(key.second)].name}, {"states", ending.states}, {"story", story_json(m, ending.story)}});
  for (const auto& f : p.findings) findings.push_back({{"kind", to_string(f.kind)}, {"of", subject_of(m, f.kind, f.index)}, {"claim", finding_words(m, f.kind, f.index, Language::en)}, {"faults", f.faults}, {"let_by", let_by(m, f.story)}, {"story", story_json(m, f.story)}});
  Json places = Json::array(), done = Json::array(), taken = Json::array();
  for (const fsm::Place place : p.never_at) places.push_back(to_string(m, place));
  for (const fsm::Place place : p.never_done) done.push_back(to_string(m, place));
  for (const auto& [phase, edge] : p.never_taken) taken.push_back(m.phase(phase).name + "/" + edge);
  return {{"procedure", m.procedure}, {"site", m.site}, {"digest", digest(m)}, {"proven", p.proven()}, {"complete", p.complete}, {"memory_used_up", p.memory_used_up}, {"faults", budget.faults}, {"at_most", limits_of(budget)},
          {"starts", p.initial}, {"states", p.states}, {"edges", p.edges}, {"depth", p.depth}, {"bytes", p.bytes}, {"seconds", seconds}, {"ends", ends},
          {"findings", findings}, {"never_reached", places}, {"never_begun", done}, {"never_taken", taken}};
}

}  // namespace interlock
