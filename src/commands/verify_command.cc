// interlock verify SITE PROCEDURE: the proof, without looking at any host. interlock verify --journal RUN: whether a
// real run was as the model says.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "fsm/conformance.h"
#include "fsm/suggest.h"
#include "src/commands/bind_unseen.h"
#include "src/commands/command.h"
#include "src/commands/fault_budget.h"
#include "src/report/escape.h"
#include "src/report/layout.h"
#include "src/report/proof_report.h"
#include "src/run/prepare.h"
#include "src/run/proof_gate.h"
#include "src/run/run_session.h"

namespace interlock {
namespace {

enum : int { kProven = 0, kCounterexample = 1, kExhausted = 2 };

struct VerifyArgs {
  std::string site, procedure, end, journal;
  std::vector<std::string> settings;
  FaultBudget budget;
  bool gates = false, all = false;
};

struct Timed {
  fsm::Proof proof;
  double seconds = 0;
};

Timed timed_proof(const fsm::Machine& machine, const fsm::ProcedureSource& procedure, const fsm::Budget& budget) {
  const auto began = std::chrono::steady_clock::now();
  Timed timed{prove_bound(machine, procedure, budget)};
  timed.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return timed;
}

int verdict(const fsm::Proof& proof) { return !proof.findings.empty() ? kCounterexample : proof.complete ? kProven : kExhausted; }

void check_end(const fsm::Machine& machine, const std::string& end) {
  std::vector<std::string> known;
  for (const auto& e : machine.ends) known.push_back(e.name);
  if (end.empty() || std::find(known.begin(), known.end(), end) != known.end()) return;
  const std::string word = nearest(end, known);
  throw CommandError{kExitUsage, "there is no end '" + end + "'" + (word.empty() ? "" : "; did you mean '" + word + "'?")};
}

std::vector<GateNeed> gate_needs(const fsm::Machine& machine, const fsm::Budget& budget) {
  std::vector<GateNeed> needs;
  for (int p = 0; p < static_cast<int>(machine.phases.size()); ++p)
    for (int g = 0; g < static_cast<int>(machine.phase(p).gates.size()); ++g)
      if (machine.phase(p).gates[static_cast<std::size_t>(g)].mode == fsm::GateMode::enforce) needs.push_back({p, g, fsm::prove(machine, budget, {p, g})});
  return needs;
}

int verify(const VerifyArgs& args, const Globals& globals) {
  const bool json = globals.form(parse_plan_format, kPlanFormatWords) == PlanFormat::json;
  Catalog catalog = globals.catalog();
  const fsm::ProcedureSource procedure = catalog.procedure(args.procedure);
  const fsm::Machine machine = bind_unseen(catalog, args.site, args.procedure, parse_settings(args.settings));
  check_end(machine, args.end);
  const fsm::Budget budget = args.budget.of(procedure);
  const auto [proof, seconds] = timed_proof(machine, procedure, budget);
  const std::vector<GateNeed> needs = args.gates ? gate_needs(machine, budget) : std::vector<GateNeed>{};
  if (json) {
    Json result = proof_json(machine, budget, proof, seconds);
    if (args.gates) result["gates"] = gate_needs_json(machine, needs);
    put(report::json_text(result) + "\n");
  } else {
    put(proof_text(machine, budget, proof, seconds, globals.words()));
    if (!args.end.empty()) put(ending_text(machine, proof, args.end, globals.words()));
    put(gate_needs_text(machine, needs, globals.words()));
    put(unseen_text(globals.words()));
  }
  return verdict(proof);
}

// The site under configs/sites with which a procedure is shown: the first that has all its roles.
std::string example_site(Catalog& catalog, const fsm::ProcedureSource& procedure) {
  for (const auto& name : catalog.site_names()) {
    const fsm::SiteSource site = catalog.site(name);
    if (std::all_of(procedure.roles.begin(), procedure.roles.end(), [&](const auto& role) { return fsm::find(site.roles, role.first) != nullptr; })) return name;
  }
  throw CommandError{kExitConfig, "no site under " + catalog.folder().string() + "/sites has all the roles of " + procedure.name};
}

int verify_all(const VerifyArgs& args, const Globals& globals) {
  const bool json = globals.form(parse_plan_format, kPlanFormatWords) == PlanFormat::json;
  Catalog catalog = globals.catalog();
  if (catalog.procedure_names().empty()) throw CommandError{kExitConfig, "there is no procedure under " + catalog.folder().string()};
  Json results = Json::array();
  int worst = kProven;
  for (const auto& name : catalog.procedure_names()) {
    const fsm::ProcedureSource procedure = catalog.procedure(name);
    const fsm::Machine machine = bind_unseen(catalog, example_site(catalog, procedure), name, {});
    const fsm::Budget budget = args.budget.of(procedure);
    const auto [proof, seconds] = timed_proof(machine, procedure, budget);
    if (verdict(proof) == kCounterexample || worst == kProven) worst = verdict(proof);
    if (json)
      results.push_back(proof_json(machine, budget, proof, seconds));
    else
      put(proof_text(machine, budget, proof, seconds, globals.words()));
  }
  put(json ? report::json_text(results) + "\n" : unseen_text(globals.words()));
  return worst;
}

int verify_journal(const VerifyArgs& args, const Globals& globals) {
  const std::unique_ptr<Store> store = open_store_there(globals);
  const Run run = load_run(*store, args.journal);
  const auto records = store->records(run.id, 0);
  if (!records) throw CommandError{kExitData, records.error().text};
  const fsm::Conformance found = fsm::conformance(prepare_again(run).machine, *records);
  const bool zh = globals.chinese();
  const std::string why = printable(found.why);
  if (globals.format == "json") {
    put(report::json_text(Json{{"run", run.id}, {"conforms", found.conforms}, {"known", found.known}, {"records", found.records}, {"crashes", found.crashes}, {"seq", found.seq}, {"kind", found.kind}, {"why", found.why}}) + "\n");
  } else if (found.conforms) {
    put(zh ? fmt::format("{}：{} 条记录与模型一致，需假定 {} 次崩溃\n", run.id, found.records, found.crashes) : fmt::format("{}: {} records are as the model says; crashes to be supposed: {}\n", run.id, found.records, found.crashes));
  } else if (!found.known) {
    put(zh ? fmt::format("{}：自第 {} 条记录起无法判断：{}\n", run.id, found.seq, why) : fmt::format("{}: from record {} on it is not known: {}\n", run.id, found.seq, why));
  } else {
    put(zh ? fmt::format("{}：第 {} 条记录（{}）与模型不符：{}\n", run.id, found.seq, found.kind, why) : fmt::format("{}: record {} ({}) is not as the model says: {}\n", run.id, found.seq, found.kind, why));
  }
  return found.conforms ? kProven : found.known ? kCounterexample : kExhausted;
}

}  // namespace

void add_verify(CLI::App& app, const Globals& globals, int& exit_code) {
  auto args = std::make_shared<VerifyArgs>();
  CLI::App* command = app.add_subcommand("verify", "Prove the machine: every site, fault and crash, before the first command");
  auto* site = command->add_option("SITE", args->site, "the site's name, or its file");
  auto* procedure = command->add_option("PROCEDURE", args->procedure, "the procedure's name, or its file")->needs(site);
  site->needs(procedure);
  auto* journal = command->add_option("--journal", args->journal, "instead: was this run (or last) as the model says?")->excludes(site);
  command->add_flag("--all", args->all, "every procedure of the catalog, each with its example site")->excludes(site)->excludes(journal);
  command->add_option("--set", args->settings, "a parameter of the procedure: name=value")->take_all();
  add_fault_budget(*command, args->budget);
  command->add_option("--most-states", args->budget.most_states, "give up after so many states (default 50,000,000)")->check(CLI::Range(std::size_t{1}, std::size_t{2'000'000'000}));
  command->add_flag("--unreduced", args->budget.unreduced, "explore every step for itself, also those that are passed over (docs/proof.md)");
  command->add_option("--end", args->end, "tell the shortest stories that lead to this end");
  command->add_flag("--gates", args->gates, "ask of every gate what it is for");
  command->footer("Example: interlock verify site.yaml hotdb-master-backup-nonstop --faults 2\n         interlock verify --all\nExit status: 0 proven, 1 a counterexample, 2 not finished.");
  command->callback([args, &globals, &exit_code] {
    if (args->journal.empty() && args->site.empty() && !args->all) throw CommandError{kExitUsage, "verify needs SITE and PROCEDURE, --all, or --journal RUN"};
    exit_code = args->all ? verify_all(*args, globals) : args->journal.empty() ? verify(*args, globals) : verify_journal(*args, globals);
  });
}

}  // namespace interlock
