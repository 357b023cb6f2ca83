// interlock report | explain RUN: what a run did, for a manager and for an auditor; or only why it ended as it did.
#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include "src/commands/command.h"
#include "src/report/html_report.h"
#include "src/report/layout.h"
#include "src/report/timeline.h"
#include "src/run/run_session.h"
#include "src/version.h"

namespace interlock {
namespace {

struct Told {
  Prepared prepared;
  std::vector<fsm::JournalRecord> records;
  RunInfo info;
};

Told gather(const std::string& id, const Globals& globals) {
  const auto store = open_store_there(globals);
  const Run run = load_run(*store, id);
  Told told{prepare_again(run), {}, {}};
  const auto records = store->intact_records(run.id);
  if (!records) throw CommandError{kExitData, records.error().text};
  told.records = *records;
  told.info.journal_hash = store->last_hash(run.id).value_or("");

  RunInfo& info = told.info;
  info.run_id = run.id;
  info.state = globals.state;
  info.operator_name = run.operator_name;
  char host[256] = "";
  (void)gethostname(host, sizeof host - 1);
  info.control_host = host;
  info.interlock_version = version();
  info.machine_digest = run.digest;
  info.made_ms = std::chrono::duration_cast<Millis>(std::chrono::system_clock::now().time_since_epoch()).count();
  info.exit_code = run.exit_code;
  const Liveness living = liveness_of(run.process);
  if (!run.finished() && living != Liveness::unknown) info.process = living == Liveness::alive ? RunInfo::Process::alive : RunInfo::Process::gone;
  info.pid = run.process.pid;
  info.process_host = run.process.host;
  const auto damage = store->verify(run.id);
  if (damage) info.seal = *damage ? RunInfo::Seal::damaged : RunInfo::Seal::intact;
  if (damage && *damage) info.damage = "record " + std::to_string((*damage)->seq) + ": " + (*damage)->what;
  for (const char* name : {"old_version", "new_version"})
    if (const auto* given = fsm::find(told.prepared.site.params, name))
      info.versions.emplace_back(std::string(name).substr(0, 3), given->value.is_string() ? given->value.get<std::string>() : given->value.dump());
  const auto* handover = fsm::find(told.prepared.machine.params, "handover");
  info.forecast = forecast_from(told.prepared.notes, handover != nullptr && handover->is_string() ? handover->get<std::string>() : "");
  return told;
}

// What stands before a damage is told, but nobody shall take it for the whole.
int exit_code_of(const Told& told) {
  if (told.info.seal != RunInfo::Seal::damaged) return kExitSuccess;
  std::fflush(stdout);
  std::fprintf(stderr, "interlock: the journal is damaged: %s\n", report::printable(told.info.damage).c_str());
  return kExitData;
}

void write_whole(const std::string& path, const std::string& text) {
  // A terminal, a pipe or another device is written to; renaming a file over it would take it away.
  std::error_code ignored;
  const auto there = std::filesystem::status(path, ignored);
  const bool beside = !std::filesystem::exists(there) || std::filesystem::is_regular_file(there);
  const std::string fresh = beside ? path + ".new" : path;
  errno = 0;
  std::ofstream file(fresh, std::ios::binary);
  file << text;
  file.close();
  if (file && (!beside || std::rename(fresh.c_str(), path.c_str()) == 0)) return;
  const int why = errno;
  if (beside) std::remove(fresh.c_str());
  throw CommandError{kExitOutput, "the report could not be written to '" + path + "'" + (why == 0 ? "" : std::string(": ") + std::strerror(why))};
}

}  // namespace

void add_report(CLI::App& app, const Globals& globals, int& exit_code) {
  auto id = std::make_shared<std::string>("last");
  auto html = std::make_shared<std::string>();
  CLI::App* report = app.add_subcommand("report", "What a run did: time line, gates with evidence, commands, outage");
  report->add_option("RUN", *id, "the run, a unique beginning of its name, or 'last'");
  report->add_option("--html", *html, "write an HTML file that stands alone");
  report->footer("Formats: text, json, junit, html.\nExample: interlock report last --html upgrade.html --lang zh");
  report->callback([id, html, &globals, &exit_code] {
    const Told told = gather(*id, globals);
    if (!html->empty())
      write_whole(*html, render_html(told.prepared.machine, told.records, told.info, globals.words()));
    else
      put(render_report(told.prepared.machine, told.records, told.info, globals.form(parse_report_format, kReportFormatWords), globals.words(), globals.colours()), globals.colours());
    if (!html->empty()) put((globals.chinese() ? "已写入 " : "written: ") + printable(*html) + "\n");
    exit_code = exit_code_of(told);
  });

  auto why_id = std::make_shared<std::string>("last");
  CLI::App* explain = app.add_subcommand("explain", "Why a run ended as it did, and what to do now");
  explain->add_option("RUN", *why_id, "the run, a unique beginning of its name, or 'last'");
  explain->callback([why_id, &globals, &exit_code] {
    const Told told = gather(*why_id, globals);
    put(render_explanation(told.prepared.machine, told.records, told.info, globals.words(), globals.colours()), globals.colours());
    exit_code = exit_code_of(told);
  });
}

}  // namespace interlock
