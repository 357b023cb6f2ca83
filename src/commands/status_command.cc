// interlock status [RUN]: what runs, what has ended; --follow attaches to a run from anywhere on this host.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <ctime>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "src/commands/command.h"
#include "src/report/escape.h"
#include "src/report/gloss.h"
#include "src/report/layout.h"
#include "src/report/progress.h"
#include "src/report/terminal.h"
#include "src/report/way_back.h"
#include "src/run/run_session.h"

namespace interlock {
namespace {

constexpr Millis kFollowPoll{200};
constexpr std::int64_t kLastWords = 8;  // records at the end that tell how a process ended

std::string local_time(std::int64_t ms) {
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm tm{};
  localtime_r(&seconds, &tm);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &tm);
  return text;
}

Json to_json(const RunSummary& run) {
  Json json{{"run", run.id}, {"site", run.site}, {"procedure", run.procedure}, {"operator", run.operator_name}, {"started_ms", run.started_ms}, {"records", run.records}, {"finished", run.finished()}};
  if (run.finished()) json["end"] = run.end;
  if (run.exit_code) json["exit_code"] = *run.exit_code;
  if (!run.intact) json["damaged"] = true;
  return json;
}

// What a run that has not ended is doing.
enum class Standing { running, stopped, attention, cut_off };

Standing standing_of(const Store& store, const RunSummary& run) {
  if (liveness_of(run.process) != Liveness::dead) return Standing::running;
  const auto records = store.records(run.id, std::max<std::int64_t>(0, run.records - kLastWords)).value_or(std::vector<fsm::JournalRecord>{});
  for (auto r = records.rbegin(); r != records.rend(); ++r) {
    if (r->kind == "stopped") return Standing::stopped;
    if (r->kind == "ended") return Standing::attention;
    if (!r->kind.starts_with("client")) break;  // what clients noticed is written behind it
  }
  return Standing::cut_off;
}

const char* word_of(Standing standing) {
  constexpr const char* kWords[] = {"running", "stopped", "attention", "process-gone"};
  return kWords[static_cast<int>(standing)];
}

const char* to_string(Standing standing, bool chinese) {
  switch (standing) {
    case Standing::running: return chinese ? "运行中" : "running";
    case Standing::stopped: return chinese ? "已停止，可继续或回退" : "stopped: resume or rollback";
    case Standing::attention: return chinese ? "需人工处理：explain" : "ATTENTION: explain";
    case Standing::cut_off: return chinese ? "进程已不存在：resume 或 rollback" : "process gone: resume or rollback";
  }
  return "";
}

// What a damaged run says of itself is shown, so that it can be found, and told to be damaged.
int list(Store& store, const Globals& globals) {
  const auto runs = store.runs({});
  if (!runs) throw CommandError{kExitUnavailable, runs.error().text};
  const bool intact = std::all_of(runs->begin(), runs->end(), [](const RunSummary& run) { return run.intact; });
  const int exit_code = intact ? kExitSuccess : kExitData;
  if (globals.format == "json") {
    Json all = Json::array();
    for (const auto& run : *runs) {
      all.push_back(to_json(run));
      all.back()["state"] = !run.intact ? "damaged" : run.finished() ? "ended" : word_of(standing_of(store, run));
    }
    put(report::json_text(all) + "\n");
    return exit_code;
  }
  const bool zh = globals.chinese();
  if (runs->empty()) {
    put(zh ? "还没有任何运行。\n" : "No runs yet.\n");
    return exit_code;
  }
  const auto row = [](const std::string& run, const std::string& site, const std::string& procedure, const std::string& started, const std::string& state) {
    using report::pad;
    put(pad(printable(run), 28) + " " + pad(printable(site), 12) + " " + pad(printable(procedure), 30) + " " + pad(started, 19) + "  " + printable(state) + "\n");
  };
  zh ? row("运行", "站点", "流程", "开始时间", "状态") : row("RUN", "SITE", "PROCEDURE", "STARTED", "STATE");
  for (const auto& run : *runs) row(run.id, run.site, run.procedure, local_time(run.started_ms), !run.intact ? (zh ? "已损坏" : "damaged") : run.finished() ? report::end_words(run.end, globals.words()) : to_string(standing_of(store, run), zh));
  return exit_code;
}

bool on_way_back(const Store& store, const Run& run) {
  const auto records = store.records(run.id, 0);
  return records && stands_on_way_back(prepare_again(run).machine, *records);
}

// The live row is for onlookers and not protected: what is not as it should be is left out.
std::string text_in(const Json& live, const char* key) { return live.contains(key) && live[key].is_string() ? live[key].get<std::string>() : ""; }
double seconds_in(const Json& live, const char* key) { return live.contains(key) && live[key].is_number() ? live[key].get<double>() / 1000 : 0; }

// The live row is written now and then; of a process that is gone the journal knows more, and waits for nothing.
std::optional<Store::Live> seen_last(const Store& store, const Run& run, Standing standing) {
  if (standing == Standing::running) return store.live(run.id).value_or(std::nullopt);
  const auto records = store.intact_records(run.id);
  if (!records || records->empty()) return std::nullopt;
  Store::Live last{records->back().at_ms, Json::object()};
  for (const auto& r : *records)
    if (r.kind == "moved" && r.body.contains("to")) last.now["place"] = r.body["to"];
  return last;
}

int exit_code_of(const std::optional<Damage>& damage) {
  if (!damage) return kExitSuccess;
  std::fflush(stdout);
  std::fprintf(stderr, "interlock: the journal is damaged: record %lld: %s\n", static_cast<long long>(damage->seq), printable(damage->what).c_str());
  return kExitData;
}

int show(Store& store, const Run& run, const Globals& globals) {
  const auto damage = store.verify(run.id);
  if (!damage) throw CommandError{kExitUnavailable, damage.error().text};
  const Standing standing = run.finished() ? Standing::stopped : standing_of(store, run);
  const auto live = run.finished() ? std::nullopt : seen_last(store, run, standing);
  const auto holder = store.lock_holder(run.site);
  if (globals.format == "json") {
    Json json = to_json(run);
    if (*damage) json["damaged"] = true;
    if (live) json["live"] = live->now;
    put(report::json_text(json) + "\n");
    return exit_code_of(*damage);
  }
  const bool zh = globals.chinese();
  put(fmt::format(fmt::runtime(zh ? "{}  {}，站点 {}，{}，操作人 {}\n" : "{}  {} on {}, {}, by {}\n"), run.id, run.procedure, run.site, local_time(run.started_ms), run.operator_name));
  if (run.finished()) {
    put(fmt::format(fmt::runtime(zh ? "  已结束：{}\n" : "  ended: {}\n"), printable(report::end_words(run.end, globals.words()))));
    return exit_code_of(*damage);
  }
  if (live) {
    const Json& now = live->now;
    put(fmt::format(fmt::runtime(zh ? "  位于 {}" : "  at {}"), printable(text_in(now, "place"))));
    if (const std::string what = text_in(now, "waiting_for"); !what.empty())
      put(fmt::format(fmt::runtime(zh ? "，等待 {}（{:.1f} 秒，最长 {:.1f} 秒）" : ", waiting for {} ({:.1f} of at most {:.1f} s)"), printable(what), seconds_in(now, "waited_ms"), seconds_in(now, "limit_ms")));
    put(fmt::format(fmt::runtime(zh ? "；观察于 {}\n" : "; seen {}\n"), local_time(live->at_ms)));
  }
  put(fmt::format(fmt::runtime(zh ? "  状态：{}\n" : "  state: {}\n"), to_string(standing, zh)));
  if (holder && *holder && (*holder)->run == run.id) put(fmt::format(fmt::runtime(zh ? "  锁：{}\n" : "  lock: {}\n"), printable(report::glossed(describe(**holder), globals.words()))));
  if (standing == Standing::running || *damage) return exit_code_of(*damage);
  if (on_way_back(store, run)) put(zh ? "  正在回退途中：resume 与 rollback 都将完成回退。\n" : "  It is on the way back: resume and rollback both finish the rollback.\n");
  put("  " + report::typed(report::say(globals.words(), report::Word::ways_from_here, run.id), globals.typing()) + "\n");
  return kExitSuccess;
}

// Reads the journal as it grows and tells it as the run itself would, with the journal's own times. Ends with the run,
// or when its process has gone: a stop that was resumed is only a line.
int follow(Store& store, const Run& run, const Globals& globals) {
  const Prepared prepared = prepare_again(run);
  DescriptorSink sink(STDOUT_FILENO);
  ProgressOptions options;
  options.language = globals.words();
  options.typing = globals.typing(run.id);
  std::int64_t told_ms = 0;
  options.clock = [&told_ms] { return told_ms; };
  PlainProgress progress(prepared.machine, sink, std::move(options));
  std::int64_t seen = 0;
  while (true) {
    const auto now = store.load_run(run.id);  // before the records: what it wrote at last is told too
    const auto records = store.records(run.id, seen);
    if (!records) throw CommandError{kExitData, records.error().text};
    for (const auto& r : *records) {
      told_ms = r.at_ms;
      progress.on_record(r.kind, r.body, r.evidence);
      seen = r.seq;
    }
    if (now && now->finished()) return kExitSuccess;
    if (now && liveness_of(now->process) == Liveness::dead && records->empty()) {
      return show(store, *now, globals);
    }
    std::this_thread::sleep_for(kFollowPoll);
  }
}

// SITE as a name, or as the file that says it.
std::string site_named(const std::string& text, const Globals& globals) {
  const bool path = text.find('/') != std::string::npos || text.ends_with(".yaml") || text.ends_with(".yml");
  if (!path) return text;
  Catalog catalog = globals.catalog();
  return catalog.site(text).name;
}

int break_it(const std::string& site, const std::string& run, const Globals& globals) {
  const auto store = open_store_there(globals);
  const Result<void> broken = store->break_lock(site, run);
  if (broken) {
    put(fmt::format(fmt::runtime(globals.chinese() ? "站点 {} 已解锁；运行 {} 并未结束，主机未改变。\n" : "site {} is unlocked. Run {} has not ended, and nothing was changed on any host.\n"), printable(site), printable(run)));
    return kExitSuccess;
  }
  const Failure& why = broken.error();
  throw CommandError{why.cause == Cause::missing ? kExitUnchanged : why.cause == Cause::denied ? kExitLocked : kExitUnavailable, why.text};
}

}  // namespace

void add_status(CLI::App& app, const Globals& globals, int& exit_code) {
  auto id = std::make_shared<std::string>();
  auto following = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("status", "What runs, what has ended");
  command->add_option("RUN", *id, "the run, a unique beginning of its name, or 'last'");
  command->add_flag("--follow", *following, "go on telling until the run ends");
  command->footer("Example: interlock status last --follow");
  command->callback([id, following, &globals, &exit_code] {
    const auto store = open_store_there(globals);
    exit_code = kExitSuccess;
    if (id->empty() && !*following) {
      exit_code = list(*store, globals);
      return;
    }
    const Run run = load_run(*store, id->empty() ? "last" : *id);
    if (*following)
      exit_code = follow(*store, run, globals);
    else
      exit_code = show(*store, run, globals);
  });

  auto lock = std::make_shared<std::pair<std::string, std::string>>();
  CLI::App* unlock = app.add_subcommand("unlock", "Break the lock of a run that will not be resumed");
  unlock->add_option("SITE", lock->first, "the site's name, or its file")->required();
  unlock->add_option("RUN", lock->second, "the whole name of the run that holds it")->required();
  unlock->footer("Only the run that is named loses its lock, and only when its process is gone.");
  unlock->callback([lock, &globals, &exit_code] {
    exit_code = break_it(site_named(lock->first, globals), lock->second, globals);
  });
}

}  // namespace interlock
