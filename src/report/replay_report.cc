#include "src/report/replay_report.h"

#include <fmt/format.h>

#include "src/report/layout.h"
#include "src/report/proof_report.h"

namespace interlock {
namespace {

using fsm::Finding;
using report::in;

// The number that `verify` gives a line; that of the one before it where it is not told.
int number_of(const fsm::Told& told, std::size_t line) {
  int number = 0;
  for (std::size_t i = 0; i <= line; ++i) number += is_quiet(told.story[i]) ? 0 : 1;
  return number;
}

std::string claim(const fsm::Machine& m, const fsm::Told& told, Language l) {
  if (told.kind) return finding_words(m, *told.kind, told.index, l);
  return in(l, "the run comes to the end ", "运行到达结束状态 ") + m.end(told.index).name;
}

// The facts that make it so.
std::string because(const fsm::Machine& m, const fsm::Told& told, const fsm::World& world) {
  if (told.kind == Finding::Kind::safety) return describe(m, m.rule(told.index).always, world);
  if (told.kind == Finding::Kind::not_true) return describe(m, m.end(told.index).holds, world);
  return "";
}

}  // namespace

std::string replay_line(const fsm::Machine& m, const fsm::Told& told, std::size_t line, Language l) {
  const fsm::StoryLine& s = told.story[line];
  if (is_quiet(s)) return "";
  return report::hang(fmt::format("{:>3}. ", number_of(told, line)), fmt::format("[{}] {}", to_string(m, s.from), line_words(m, s, l)), report::page_columns());
}

std::string replay_text(const fsm::Machine& m, const fsm::Told& told, const fsm::Replayed& run, bool changed, Language l) {
  std::string text = "\n";
  if (run.as_told()) {
    text += report::hang(in(l, "AS TOLD: ", "与所述一致："), claim(m, told, l), report::page_columns());
    if (const std::string why = because(m, told, run.world); !why.empty()) text += report::hang("  ✗ ", why, report::page_columns());
  } else {
    const fsm::StoryLine& s = told.story[run.line];
    text += report::hang(fmt::format(fmt::runtime(in(l, "ANOTHER WAY at line {}: ", "自第 {} 行起不同：")), number_of(told, run.line)), fmt::format("[{}] {}", to_string(m, s.from), line_words(m, s, l)), report::page_columns());
    text += report::hang(in(l, "  but: ", "  实际："), run.why, report::page_columns());
  }
  text += fmt::format(fmt::runtime(in(l, "{} of virtual time, {} records, {} actions, {} processes of the operator\n", "虚拟时间 {}，记录 {}，动作 {}，操作进程 {}\n")), report::duration(run.took), run.records, run.executions,
                      run.processes);
  if (changed) text += report::hang("", in(l, "The proof is of another machine: the files, the settings or the program have changed since.", "该证明针对另一台状态机：此后文件、参数或程序已更改。"), report::page_columns());
  return text;
}

Json replay_json(const fsm::Machine& m, const fsm::Told& told, const fsm::Replayed& run, bool changed) {
  const fsm::StoryLine& s = told.story[run.line];
  return {{"procedure", m.procedure}, {"site", m.site}, {"claim", claim(m, told, Language::en)}, {"as_told", run.as_told()}, {"changed", changed},
          {"line", number_of(told, run.line)}, {"at", to_string(m, s.from)}, {"what", line_words(m, s, Language::en)}, {"why", run.as_told() ? Json() : Json(run.why)},
          {"end", run.end < 0 ? Json() : Json(m.end(run.end).name)}, {"took_ms", run.took.count()}, {"records", run.records}, {"actions", run.executions}, {"processes", run.processes}};
}

}  // namespace interlock
