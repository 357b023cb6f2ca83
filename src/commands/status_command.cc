// interlock status [RUN]: what runs, what has ended; --follow attaches to a run from anywhere on this host.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <ctime>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "src/commands/command.h"
#include "src/report/escape.h"
#include "src/report/layout.h"
#include "src/report/progress.h"
#include "src/report/terminal.h"
#include "src/run/run_session.h"

namespace interlock {
namespace {

constexpr Millis kFollowPoll{200};

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

std::string standing(const RunSummary& run, bool zh) {
  if (!run.intact) return zh ? "已损坏" : "damaged";
  return run.finished() ? run.end : zh ? "未结束" : "open";
}

// What a damaged run says of itself is shown, so that it can be found, and told to be damaged.
int list(Store& store, const Globals& globals) {
  const auto runs = store.runs({});
  if (!runs) throw CommandError{kExitUnavailable, runs.error().text};
  const bool intact = std::all_of(runs->begin(), runs->end(), [](const RunSummary& run) { return run.intact; });
  const int exit_code = intact ? kExitSuccess : kExitData;
  if (globals.format == "json") {
    Json all = Json::array();
    for (const auto& run : *runs) all.push_back(to_json(run));
    put(report::json_text(all) + "\n");
    return exit_code;
  }
  if (runs->empty()) put(globals.chinese() ? "还没有任何运行。\n" : "No runs yet.\n");
  for (const auto& run : *runs)
    put(fmt::format("{:<28} {:<12} {:<32} {}  {}\n", printable(run.id), printable(run.site), printable(run.procedure), local_time(run.started_ms), printable(standing(run, globals.chinese()))));
  return exit_code;
}

// The live row is for onlookers and not protected: what is not as it should be is left out.
std::string text_in(const Json& live, const char* key) { return live.contains(key) && live[key].is_string() ? live[key].get<std::string>() : ""; }
double seconds_in(const Json& live, const char* key) { return live.contains(key) && live[key].is_number() ? live[key].get<double>() / 1000 : 0; }

void show(Store& store, const Run& run, const Globals& globals) {
  const auto live = store.live(run.id);
  const auto holder = store.lock_holder(run.site);
  if (globals.format == "json") {
    Json json = to_json(run);
    if (live && *live) json["live"] = (*live)->now;
    put(report::json_text(json) + "\n");
    return;
  }
  put(fmt::format("{}  {} on {}, {}, by {}\n", run.id, run.procedure, run.site, local_time(run.started_ms), run.operator_name));
  if (run.finished()) {
    put(fmt::format("  ended: {}\n", printable(run.end)));
    return;
  }
  if (live && *live) {
    const Json& now = (*live)->now;
    put(fmt::format("  at {}", printable(text_in(now, "place"))));
    if (const std::string what = text_in(now, "waiting_for"); !what.empty())
      put(fmt::format(", waiting for {} ({:.1f} of at most {:.1f} s)", printable(what), seconds_in(now, "waited_ms"), seconds_in(now, "limit_ms")));
    put(fmt::format("; seen {}\n", local_time((*live)->at_ms)));
  }
  if (holder && *holder && (*holder)->run == run.id) {
    put(fmt::format("  lock: {}\n", printable(describe(**holder))));
    if ((*holder)->liveness == Liveness::dead) put(fmt::format("  its process is gone: interlock resume {0}, or interlock rollback {0}\n", run.id));
  }
}

// Reads the journal as it grows and tells it as the run itself would. Ends with the run, or when its process has gone.
int follow(Store& store, const Run& run, const Globals& globals) {
  const Prepared prepared = prepare_again(run);
  DescriptorSink sink(STDOUT_FILENO);
  ProgressOptions options;
  options.language = globals.words();
  PlainProgress progress(prepared.machine, sink, std::move(options));
  std::int64_t seen = 0;
  while (true) {
    const auto records = store.records(run.id, seen);
    if (!records) throw CommandError{kExitData, records.error().text};
    for (const auto& r : *records) {
      progress.on_record(r.kind, r.body, r.evidence);
      seen = r.seq;
      if (r.kind == "stopped") return kExitSuccess;
    }
    const auto now = store.load_run(run.id);
    if (now && now->finished()) return kExitSuccess;
    const auto holder = store.lock_holder(run.site);
    const bool working = holder && *holder && (*holder)->run == run.id && (*holder)->liveness != Liveness::dead;
    if (!working && records->empty()) {
      show(store, run, globals);
      return kExitSuccess;
    }
    std::this_thread::sleep_for(kFollowPoll);
  }
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
    const auto store = open_store(globals);
    exit_code = kExitSuccess;
    if (id->empty() && !*following) {
      exit_code = list(*store, globals);
      return;
    }
    const Run run = load_run(*store, id->empty() ? "last" : *id);
    if (*following)
      exit_code = follow(*store, run, globals);
    else
      show(*store, run, globals);
  });

  auto lock = std::make_shared<std::pair<std::string, std::string>>();
  CLI::App* unlock = app.add_subcommand("unlock", "Break the lock of a run that will not be resumed");
  unlock->add_option("SITE", lock->first, "the site's name")->required();
  unlock->add_option("RUN", lock->second, "the whole name of the run that holds it")->required();
  unlock->footer("Only the run that is named loses its lock, and only when its process is gone.");
  unlock->callback([lock, &globals, &exit_code] {
    const auto store = open_store(globals);
    const Result<void> broken = store->break_lock(lock->first, lock->second);
    if (!broken) throw CommandError{kExitLocked, broken.error().text};
    exit_code = kExitSuccess;
  });
}

}  // namespace interlock
