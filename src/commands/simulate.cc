#include "src/commands/simulate.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <thread>
#include <unistd.h>

#include "fsm/simulator.h"
#include "src/commands/bind_unseen.h"
#include "src/report/simulation_report.h"
#include "src/report/simulation_transcript.h"
#include "src/report/terminal.h"
#include "src/run/prepare.h"
#include "src/run/run_session.h"

namespace interlock {
namespace {

constexpr int kFoundSomething = 1;

int one(const fsm::Machine& machine, const SimulateArgs& args, const Globals& globals) {
  // Times are shown in the local zone, and a transcript is the same everywhere.
  setenv("TZ", "UTC0", 1);
  tzset();
  const fsm::Simulator simulator(machine);
  fsm::Simulation run;
  {
    DescriptorSink sink(STDOUT_FILENO);
    SimulationTranscript transcript(machine, sink, globals.words());
    run = simulator.run({.seed = args.seed, .faults = args.faults.value_or(0)}, &transcript);
  }
  std::printf("\n%s", simulation_text(machine, args.seed, run, globals.words()).c_str());
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
    std::puts(campaign_json(machine, campaign).dump(2).c_str());
  else
    std::fputs(campaign_text(machine, campaign, globals.words()).c_str(), stdout);
  return campaign.wrong.empty() ? static_cast<int>(kExitSuccess) : kFoundSomething;
}

}  // namespace

int simulate(const SimulateArgs& args, const Globals& globals) {
  Catalog catalog = globals.catalog();
  const fsm::Machine machine = bind_unseen(catalog, args.site, args.procedure, parse_settings(args.settings));
  check_kinds(machine);
  return args.seeds > 0 ? many(machine, args, globals) : one(machine, args, globals);
}

}  // namespace interlock
