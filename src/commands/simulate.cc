#include "src/commands/simulate.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <thread>
#include <unistd.h>

#include "fsm/simulator.h"
#include "src/catalog/text_file.h"
#include "src/commands/bind_unseen.h"
#include "src/report/replay_report.h"
#include "src/report/escape.h"
#include "src/report/simulation_report.h"
#include "src/report/simulation_transcript.h"
#include "src/report/terminal.h"
#include "src/run/prepare.h"
#include "src/run/run_session.h"

namespace interlock {
namespace {

constexpr int kFoundSomething = 1, kAnotherWay = 1;
constexpr std::size_t kMostBytes = 256 << 20;  // of a proof: --gates of a large machine

// Times are shown in the local zone, and a transcript is the same everywhere.
void same_zone_everywhere() {
  setenv("TZ", "UTC0", 1);
  tzset();
}

int one(const fsm::Machine& machine, const SimulateArgs& args, const Globals& globals) {
  same_zone_everywhere();
  const fsm::Simulator simulator(machine);
  fsm::Simulation run;
  {
    DescriptorSink sink(STDOUT_FILENO);
    SimulationTranscript transcript(machine, sink, globals.words());
    run = simulator.run({.seed = args.seed, .faults = args.faults.value_or(0)}, &transcript);
  }
  put("\n" + simulation_text(machine, args.seed, run, globals.words()));
  return run.end < 0 ? static_cast<int>(kExitAttention) : exit_code_of(machine.end(run.end).kind);
}

int many(const fsm::Machine& machine, const SimulateArgs& args, const Globals& globals) {
  const auto began = std::chrono::steady_clock::now();
  const fsm::Simulator simulator(machine);
  const int faults = args.faults.value_or(kCampaignFaults);
  std::atomic<std::uint64_t> next{0};
  std::vector<Campaign> parts(std::max(1u, std::thread::hardware_concurrency()));
  {
    std::vector<std::jthread> threads;
    for (auto& part : parts)
      threads.emplace_back([&] {
        for (std::uint64_t i = next++; i < args.seeds; i = next++) {
          const std::uint64_t seed = args.seed + i;
          part.add(machine, seed, simulator.run({.seed = seed, .faults = faults}));
        }
      });
  }
  Campaign campaign;
  for (const auto& part : parts) campaign.add(part);
  campaign.of = args.site + " " + args.procedure;
  for (const auto& setting : args.settings) campaign.of += " --set " + setting;
  campaign.first = args.seed;
  campaign.faults = faults;
  campaign.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  if (globals.format == "json")
    put(report::json_text(campaign_json(machine, campaign)) + "\n");
  else
    put(campaign_text(machine, campaign, globals.words()));
  return campaign.wrong.empty() ? static_cast<int>(kExitSuccess) : kFoundSomething;
}

// As the proof did that told what goes wrong without it.
void leave_out(fsm::Machine& machine, const std::string& gate) {
  for (auto& phase : machine.phases)
    for (auto& g : phase.gates)
      if (phase.name + "/" + g.id == gate) g.mode = fsm::GateMode::observe;
}

int replay(fsm::Machine machine, const SimulateArgs& args, const Globals& globals) {
  same_zone_everywhere();
  const std::string text = read_text_file(args.replay, kMostBytes);
  const fsm::Told told = told_in(machine, args.replay, text, args.story);
  const bool changed = !is_of(machine, text);
  leave_out(machine, args.story.gate);
  fsm::Replayed run;
  if (globals.form(parse_plan_format, kPlanFormatWords) == PlanFormat::json) {
    run = fsm::replay(machine, told);
    put(report::json_text(replay_json(machine, told, run, changed)) + "\n");
  } else {
    {
      DescriptorSink sink(STDOUT_FILENO);
      SimulationTranscript transcript(machine, sink, globals.words());
      run = fsm::replay(machine, told, &transcript, [&](std::size_t line) { (void)sink.write(replay_line(machine, told, line, globals.words()), true); });
    }
    put(replay_text(machine, told, run, changed, globals.words()));
  }
  return run.as_told() ? static_cast<int>(kExitSuccess) : kAnotherWay;
}

}  // namespace

int simulate(const SimulateArgs& args, const Globals& globals) {
  Catalog catalog = globals.catalog();
  const fsm::Machine machine = bind_unseen(catalog, args.site, args.procedure, parse_settings(args.settings));
  if (!args.replay.empty()) return replay(machine, args, globals);  // whatever can be proven
  return args.seeds > 0 ? many(machine, args, globals) : one(machine, args, globals);
}

}  // namespace interlock
