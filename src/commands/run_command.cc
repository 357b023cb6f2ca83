// interlock run | resume | rollback: shows what will be done, asks, and runs it.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <unistd.h>

#include <fmt/format.h>

#include "src/commands/ask.h"
#include "src/commands/command.h"
#include "src/commands/pager.h"
#include "src/commands/plan_view.h"
#include "src/commands/simulate.h"
#include "src/report/check_report.h"
#include "src/report/layout.h"
#include "src/report/proof_report.h"
#include "src/report/progress.h"
#include "src/report/terminal.h"
#include "src/report/way_back.h"
#include "src/run/gate_check.h"
#include "src/run/kept_scripts.h"
#include "src/run/outage_gate.h"
#include "src/run/proof_gate.h"
#include "src/run/run_session.h"

namespace interlock {
namespace {

// Live on a terminal, plain lines otherwise; with what it writes to.
struct Progress {
  DescriptorSink sink{STDOUT_FILENO};
  std::unique_ptr<RunListener> listener;
};

std::unique_ptr<Progress> make_progress(const fsm::Machine& machine, const std::string& run, std::vector<fsm::JournalRecord> history, const Globals& globals) {
  auto progress = std::make_unique<Progress>();
  ProgressOptions options;
  options.language = globals.words();
  options.colours = globals.colours();
  options.history = std::move(history);
  options.typing = globals.typing(run);
  if (isatty(STDOUT_FILENO) == 1)
    progress->listener = std::make_unique<TerminalProgress>(machine, progress->sink, std::move(options));
  else
    progress->listener = std::make_unique<PlainProgress>(machine, progress->sink, std::move(options));
  return progress;
}

// Of a run whose process ends at once.
std::string last_words(const std::string& id, const Globals& globals) {
  const char* text = globals.chinese() ? "\n已立即停止；可能有操作正在主机上执行。resume 会先观察实际状态：interlock resume RUN\n"
                                       : "\nstopped at once; an action may be under way on a host. Resume looks first: interlock resume RUN\n";
  return report::harmless(report::typed(text, globals.typing(id)));
}

int tell(const SessionEnd& session, const Prepared& prepared, const Globals& globals) {
  const bool zh = globals.chinese();
  const auto line = [&](const std::string& text) { put(report::typed(text, globals.typing(session.run_id)) + "\n"); };
  if (session.end.how == RunEnd::How::stopped) {
    line(zh ? "已按要求停在安全位置。继续：interlock resume RUN；回退：interlock rollback RUN" : "Stopped at a safe place, as asked. Go on: interlock resume RUN   Go back: interlock rollback RUN");
  } else if (session.end.how == RunEnd::How::no_journal) {
    const std::string why = printable(session.end.text);
    line(zh ? fmt::format("日志无法写入，未再执行任何操作：{}。处理后：interlock resume RUN", why)
            : fmt::format("The journal could not be written, and nothing more was done: {}. When that is mended: interlock resume RUN", why));
  } else {
    const fsm::End& end = prepared.machine.end(session.end.end);
    put(report::say(globals.words(), report::Word::labelled, report::end_words(to_string(end.kind), globals.words()), printable(end.title.empty() ? end.name : end.title.in(zh))) + "\n");
    if (!end.look.empty()) line("  " + printable(zh ? report::labelled(report::Word::look_at, end.look.in(zh), globals.words()) : "look: " + end.look.in(zh)));
    if (!end.type.empty()) line("  " + printable(report::labelled(report::Word::to_type, end.type.in(zh), globals.words())));
    if (end.kind != fsm::EndKind::success) line(zh ? "原因与依据：interlock explain RUN" : "Why, with the evidence: interlock explain RUN");
    line(zh ? "报告：interlock report RUN --html FILE" : "Report: interlock report RUN --html FILE");
  }
  if (!session.not_closed.empty()) {
    const std::string why = printable(session.not_closed);
    line(zh ? fmt::format("但运行的结束未能写入状态文件：{}。站点仍被锁定，处理后执行：interlock resume RUN", why)
            : fmt::format("But the state file could not be told that it has ended: {}. The site stays locked; when that is mended: interlock resume RUN", why));
  }
  return session.exit_code;
}

struct RunArgs {
  std::string site, procedure;
  std::vector<std::string> settings;
  bool yes = false, simulate = false;
  SimulateArgs simulation;
};

// What is not proven is not begun.
bool proven(Store& store, const Prepared& prepared, const Globals& globals) {
  const bool zh = globals.chinese();
  const ProofGate gate = prove_before_run(store, prepared, [&] {
    put(zh ? "正在证明：穷举各种起始状态、故障与崩溃，需要数秒…\n" : "Proving that it holds whatever fails on the way; this takes some seconds …\n");
    std::fflush(stdout);
  });
  const std::string asked = gate.budget.each[fsm::kAsked] == 0 ? "" : zh ? "及操作员要求回退" : ", and the operator's request for the way back";
  const std::string budget = budget_words(gate.budget, globals.words()) + asked;
  if (gate.known) {
    put(fmt::format(fmt::runtime(zh ? "已证明（此前）：{}\n" : "Proven before: {}\n"), budget));
  } else if (gate.open()) {
    put(fmt::format(fmt::runtime(zh ? "已证明：{}，{} 个状态，{:.1f} 秒\n" : "Proven: {}; {} states, {:.1f} s\n"), budget, report::grouped(gate.proof.states), gate.seconds));
  } else {
    put(proof_text(prepared.machine, gate.budget, gate.proof, gate.seconds, globals.words()));
    if (gate.proof.findings.empty())
      put(zh ? "搜索未完成，未能证明，拒绝执行，未做任何变更。\n" : "Refused, because the search for a proof was not finished; nothing was changed.\n");
    else
      put(zh ? "存在反例，拒绝执行，未做任何变更。修改流程后再试：interlock verify SITE PROCEDURE\n" : "Refused, because it is not proven; nothing was changed. Mend the procedure, and see: interlock verify SITE PROCEDURE\n");
  }
  return gate.open();
}

// Refused before a run is begun: nothing is journalled, and nothing was changed.
int refuse(const CheckResult& result, const Globals& globals) {
  put(render_check(result, Format::text, globals.words(), globals.colours()), globals.colours());
  put(globals.chinese() ? "拒绝执行，未做任何变更。\n" : "Refused; nothing was changed.\n");
  return kExitUnchanged;
}

// What is sure to be refused is refused before anybody reads a plan. Who is asked is told of closed gates now; with
// --yes the run itself judges them, and journals it.
std::optional<int> refused_early(const RunArgs& args, const Prepared& prepared, const Globals& globals) {
  const CheckResult result = args.yes ? only_own(prepared) : pre_flight(prepared);
  if (!result.gates.empty() && nagios_status(result) > kExitWarning) return refuse(result, globals);
  return std::nullopt;
}

bool approved(const RunArgs& args, const Prepared& prepared, const Globals& globals) {
  if (args.yes) return true;
  const std::string question = globals.chinese() ? "确认执行？输入 是 或 yes；输入 p 查看完整计划：" : "Go ahead? Type yes, or p for the whole plan: ";
  for (Answer answer = ask("\n" + question, globals);; answer = ask("\n" + question, globals)) {
    if (answer != Answer::plan) return answer == Answer::yes;
    page(plan_text(prepared, globals));
  }
}

int start(const RunArgs& args, const Globals& globals) {
  Catalog catalog = globals.catalog();
  if (!args.yes) somebody_to_ask(globals);
  const Prepared prepared = prepare(catalog, args.site, args.procedure, parse_settings(args.settings));
  const auto store = open_store(globals);
  nobody_else(*store, prepared);
  if (const auto code = refused_early(args, prepared, globals)) return *code;
  put(summary_text(prepared, globals));
  if (!proven(*store, prepared, globals)) return kExitUnchanged;
  if (!approved(args, prepared, globals)) {
    put(globals.chinese() ? "未确认，未做任何变更。\n" : "Not approved; nothing was changed.\n");
    return kExitUnchanged;
  }
  const Run run = begin_run(*store, prepared, sources_of(catalog, args.site, args.procedure, prepared));
  put(fmt::format("\n{} {}\n", globals.chinese() ? "运行" : "run", run.id));
  std::fflush(stdout);
  SessionEnd end;
  {
    const auto progress = make_progress(prepared.machine, run.id, {}, globals);
    end = drive(*store, run, prepared, false, false, *progress->listener, last_words(run.id, globals));
  }
  return tell(end, prepared, globals);
}

int go_on(const std::string& id, bool roll_back, bool yes, const Globals& globals) {
  const auto store = open_store_there(globals);
  const Run run = load_run(*store, id);
  if (run.finished()) {
    put(globals.chinese() ? fmt::format("运行 {} 已结束（{}），没有可继续或回退的步骤。\n", run.id, report::end_words(run.end, globals.words())) : fmt::format("run {} has ended ({}): there is nothing to go on with or to take back.\n", run.id, run.end));
    return kExitUnchanged;
  }
  const Prepared prepared = prepare_again(run);
  auto history = store->records(run.id, 0);
  if (!history) throw CommandError{kExitData, history.error().text};
  if (const auto changed = changed_scripts(prepared, run.sources.value("scripts", Json()))) throw CommandError{kExitConfig, *changed};
  if (roll_back && !yes) {
    somebody_to_ask(globals);
    put(render_way_back(prepared.machine, *history, globals.words()));
    if (ask(globals.chinese() ? "回退运行 " + run.id + "？输入 是 或 yes：" : "Take run " + run.id + " back? Type yes: ", globals) != Answer::yes) {
      put(globals.chinese() ? "未确认，未做任何变更。\n" : "Not approved; nothing was changed.\n");
      return kExitUnchanged;
    }
  }
  if (!roll_back && stands_on_way_back(prepared.machine, *history)) {
    put(globals.chinese() ? "该运行正在回退途中，将完成回退：\n" : "This run is on its way back, and finishes it:\n");
    put(render_way_back(prepared.machine, *history, globals.words()));
    std::fflush(stdout);
  }
  SessionEnd end;
  {
    const auto progress = make_progress(prepared.machine, run.id, std::move(*history), globals);
    end = drive(*store, run, prepared, true, roll_back, *progress->listener, last_words(run.id, globals));
  }
  return tell(end, prepared, globals);
}

}  // namespace

void add_run(CLI::App& app, const Globals& globals, int& exit_code) {
  auto args = std::make_shared<RunArgs>();
  CLI::App* run = app.add_subcommand("run", "Check, say what will be done, ask, and run it");
  run->add_option("SITE", args->site, "the site's name, or its file")->required();
  run->add_option("PROCEDURE", args->procedure, "the procedure's name, or its file")->required();
  run->add_option("--set", args->settings, "a parameter of the procedure: name=value")->take_all();
  run->add_flag("--yes", args->yes, "approve the plan without being asked");
  CLI::Option* simulated = run->add_flag("--simulate", args->simulate, "on a model of the site, in virtual time; no host is contacted");
  CLI::Option* seed = run->add_option("--seed", args->simulation.seed, "what chance decides comes from this number (default 1)")->needs(simulated)->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1} << 62));
  CLI::Option* seeds = run->add_option("--seeds", args->simulation.seeds, "so many runs, from --seed on; tells what they break")->needs(simulated)->check(CLI::Range(1, 1'000'000'000));
  run->add_option("--faults", args->simulation.faults, "at most so many faults in each run (default 0 with one seed, 3 with many)")->needs(simulated)->check(CLI::Range(0, 100));
  StoryChoice& story = args->simulation.story;
  CLI::Option* replayed = run->add_option("--replay", args->simulation.replay, "plays a story of this file, which 'verify --format json' wrote: its first finding, unless told otherwise")->needs(simulated)->excludes(seed)->excludes(seeds);
  CLI::Option* finding = run->add_option("--finding", story.finding, "that of this finding: 1, 2, …")->needs(replayed)->check(CLI::Range(1, 1'000'000));
  CLI::Option* end = run->add_option("--end", story.end, "the shortest that leads to this end; with --faults, after so many")->needs(replayed)->excludes(finding);
  run->add_option("--gate", story.gate, "what goes wrong without this gate, PHASE/GATE (of 'verify --gates')")->needs(replayed)->excludes(finding)->excludes(end);
  run->footer(
      "Ctrl-C stops at the next safe place, a second one at once; a lost terminal stops nothing (interlock status --follow).\n"
      "Exit status: 0 success, 10 refused and nothing changed, 11 rolled back, 12 attention needed, 13 locked by another run.\n"
      "With --simulate --seeds: 0 nothing broken, 1 something broken. With --replay: 0 it comes as told, 1 it goes another way.\n"
      "Example: interlock run site.yaml hotdb-master-backup-nonstop\n"
      "         interlock run site.yaml hotdb-master-backup-nonstop --simulate --seed 7 --faults 2\n"
      "         interlock run site.yaml hotdb-master-backup-nonstop --simulate --seeds 10000\n"
      "         interlock run site.yaml hotdb-master-backup-nonstop --simulate --replay proof.json");
  run->callback([args, &globals, &exit_code] {
    if (!args->simulate) {
      exit_code = start(*args, globals);
      return;
    }
    if (!args->simulation.replay.empty() && args->simulation.faults && args->simulation.story.end.empty()) throw CommandError{kExitUsage, "with --replay, --faults says which story of an end is meant: give --end NAME too"};
    args->simulation.story.faults = args->simulation.faults;
    args->simulation.site = args->site;
    args->simulation.procedure = args->procedure;
    args->simulation.settings = args->settings;
    exit_code = simulate(args->simulation, globals);
  });

  auto id = std::make_shared<std::string>("last");
  CLI::App* resume = app.add_subcommand("resume", "Go on with a run that was interrupted");
  resume->add_option("RUN", *id, "the run, a unique beginning of its name, or 'last'");
  resume->footer("Reality is observed first: what has taken effect is not repeated.\nExample: interlock resume last");
  resume->callback([id, &globals, &exit_code] { exit_code = go_on(*id, false, true, globals); });

  auto back_id = std::make_shared<std::string>("last");
  auto yes = std::make_shared<bool>(false);
  CLI::App* rollback = app.add_subcommand("rollback", "Take the way back of a run that was interrupted");
  rollback->add_option("RUN", *back_id, "the run, a unique beginning of its name, or 'last'");
  rollback->add_flag("--yes", *yes, "do not ask");
  rollback->callback([back_id, yes, &globals, &exit_code] { exit_code = go_on(*back_id, true, *yes, globals); });
}

}  // namespace interlock
