// The simulator: the same seed tells the same story; what is planted is found; what can go wrong does.
#include "fsm/simulator.h"

#include <algorithm>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fsm/bind.h"
#include "src/report/simulation_report.h"
#include "src/report/simulation_transcript.h"
#include "src/run/prepare.h"
#include "tests/support/golden.h"
#include "tests/support/text_sink.h"
#include "tests/support/tiny.h"

namespace interlock {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using fsm::SiteEvent;
using Found = fsm::Simulation::Wrong::Kind;
using tests::EasternTime;

constexpr int kSeeds = 2000;

// Two nodes of which one serves. Who has nothing beside it comes to serve by itself, but not always.
constexpr const char* kNode = R"yaml(component: node
facts:
  service: {values: [closed, open], observe: {tcp: {port: 1}}}
  version: {values: [old, new], observe: {version: {}}}
actions:
  upgrade: {do: [{run: [upgrade]}], needs: "service == 'closed'", effect: {version: new}, within: 20s, repeatable: "true", attempts: 2}
  restore: {do: [{run: [restore]}], needs: "service == 'closed'", effect: {version: old}, within: 20s, repeatable: "true", attempts: 2}
  close:   {do: [{run: [close]}], effect: {service: closed}, within: 10s, repeatable: "true", attempts: 2}
crash: {service: closed}
)yaml";
constexpr const char* kSite = R"yaml(site: tiny
hosts: {host-a: {address: 192.0.2.1}, host-b: {address: 192.0.2.2}}
roles: {a: {host: host-a}, b: {host: host-b}}
)yaml";
constexpr const char* kSwap = R"yaml(procedure: swap
title: {en: "Let the other node serve, with the new version", zh: 由另一节点以新版本提供服务}
roles: {a: {components: [node]}, b: {components: [node]}}
rules:
  - name: one of them serves
    always: "[a, b].exists(n, n.service == 'open')"
    except: {in: [switch, back], for_at_most: 30s}
clients: {ask: {tcp: {port: 1}}, rule: one of them serves}
reactions:
  - name: "{y} serves when {x} does not"
    each: {x: [a, b], y: [a, b]}
    when: "x.service == 'closed' && y.service == 'closed' && x.version == 'old' && y.version == 'new'"
    then: {y.service: open}
    may_fail: true
  - name: "{x} serves when both are old"
    each: {x: [a], y: [b]}
    when: "x.service == 'closed' && y.service == 'closed' && x.version == 'old' && y.version == 'old'"
    then: {x.service: open}
gates: {ready: "a.service == 'open' && b.service == 'closed' && [a, b].all(n, n.version == 'old')"}
phases:
  preflight: {gates: [ready], refused: unchanged, next: upgrade}
  upgrade:   {steps: [b.upgrade], next: switch, back: undo}
  switch:    {steps: [a.close], until: "b.service == 'open'", within: 20s, next: success, back: back}
  back:      {steps: [b.close, b.restore], until: "a.service == 'open'", within: 20s, next: rolled-back, back: attention}
  undo:      {steps: [b.restore], next: rolled-back, back: attention}
ends:
  unchanged:   {is: unchanged}
  success:     {is: success, holds: "b.service == 'open' && b.version == 'new'"}
  rolled-back: {is: rolled-back, holds: "a.service == 'open' && b.version == 'old'"}
  attention:   {is: attention}
)yaml";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

fsm::Machine machine_of(const std::string& procedure) { return tests::bind_texts({kNode, kSite, procedure}); }

std::string transcript(const fsm::Machine& machine, std::uint64_t seed, int faults, Language language = Language::en) {
  const EasternTime zone;
  tests::TextSink sink;
  SimulationTranscript listener(machine, sink, language);
  const fsm::Simulation run = fsm::Simulator(machine).run({.seed = seed, .faults = faults}, &listener);
  return sink.all + "\n" + simulation_text(machine, seed, run, language);
}

Campaign campaign(const fsm::Machine& machine, int faults) {
  const fsm::Simulator simulator(machine);
  Campaign c;
  c.of = "SITE PROCEDURE";
  c.faults = faults;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) c.add(machine, seed, simulator.run({.seed = seed, .faults = faults}));
  return c;
}

TEST(Simulator, TellsTheSameStoryFromTheSameSeed) {
  const fsm::Machine machine = machine_of(kSwap);
  const std::string story = transcript(machine, 54, 3);
  EXPECT_EQ(transcript(machine, 54, 3), story);
  EXPECT_NE(transcript(machine, 55, 3), story);
  tests::expect_golden("simulation/swap.seed54.text", story);
  tests::expect_golden("simulation/swap.seed54.zh.text", transcript(machine, 54, 3, Language::zh));
}

TEST(Simulator, EndsInSuccessWhenNothingFails) {
  const Campaign c = campaign(machine_of(kSwap), 0);
  ASSERT_EQ(c.ends.size(), 1u);
  EXPECT_EQ(c.ends.begin()->first, std::pair(0, 1)) << "no fault, success";
  EXPECT_THAT(c.wrong, IsEmpty());
}

TEST(Simulator, DrawsFaultsOfEveryKind) {
  const fsm::Machine machine = machine_of(kSwap);
  const fsm::Simulator simulator(machine);
  std::set<SiteEvent::What> seen;
  std::map<std::size_t, int> by_number;
  int processes = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const fsm::Simulation run = simulator.run({.seed = seed, .faults = 3});
    for (const auto& f : run.faults) seen.insert(f.what);
    ++by_number[run.faults.size()];
    processes = std::max(processes, run.processes);
    EXPECT_EQ(run.wrong(machine).kind, Found::none) << "seed " << seed;
  }
  using Fault = SiteEvent::What;
  EXPECT_THAT(seen, ::testing::ElementsAre(Fault::action_fails, Fault::action_lost, Fault::outcome_lost, Fault::hollow, Fault::unseen, Fault::crash, Fault::gone, Fault::late, Fault::lost, Fault::died, Fault::asked));
  EXPECT_EQ(by_number.size(), 4u) << "none to three";
  EXPECT_EQ(processes, 4) << "killed three times in one run";
}

TEST(Simulator, DrawsOnlyTheKindsThatAreAskedFor) {
  const fsm::Machine machine = machine_of(kSwap);
  const fsm::Simulator simulator(machine);
  fsm::SimulationSettings settings{.seed = 1, .faults = 5, .each = {}};
  settings.each[static_cast<std::size_t>(fsm::Fault::died)] = 1;
  for (; settings.seed < 300; ++settings.seed) {
    const fsm::Simulation run = simulator.run(settings);
    EXPECT_THAT(run.faults, Each(::testing::Field(&SiteEvent::what, SiteEvent::What::died)));
    EXPECT_EQ(run.wrong(machine).kind, Found::none) << settings.seed;
    EXPECT_EQ(machine.end(run.end).kind, fsm::EndKind::success) << "a killed operator alone does no harm; seed " << settings.seed;
  }
}

// --- what is planted is found ------------------------------------------------------------------------------------------

TEST(SimulatorCampaign, FindsTheSitesAnswerThatBreaksARule) {
  // Nobody said that this phase may be without service, and the interlock cannot know what the site does.
  const std::string careless = replaced(replaced(kSwap, "steps: [b.upgrade]", "steps: [b.upgrade, b.restore, b.upgrade]"), "reactions:", "reactions:\n  - {name: a gives up, when: \"b.version == 'new' && a.service == 'open'\", then: {a.service: closed}}");
  const fsm::Machine machine = machine_of(careless);
  const Campaign c = campaign(machine, 1);
  const auto found = c.wrong.find({Found::safety, 0});
  ASSERT_NE(found, c.wrong.end());
  const fsm::Simulation again = fsm::Simulator(machine).run({.seed = found->second.seed, .faults = 1});
  EXPECT_EQ(again.wrong(machine).kind, Found::safety);
  EXPECT_EQ(again.breaches.front().whose, fsm::Breach::Whose::site);
  EXPECT_THAT(campaign_text(machine, c, Language::en), HasSubstr("interlock run SITE PROCEDURE --simulate --seed " + std::to_string(found->second.seed) + " --faults 1"));
  EXPECT_THAT(transcript(machine, found->second.seed, 1), HasSubstr("a rule is broken by what we do: one of them serves"));
}

TEST(SimulatorCampaign, FindsAnEndThatIsNotWhatItSays) {
  // Nothing is waited for after the switch, and the end claims what is still to be undone by the site.
  const std::string hasty = replaced(replaced(kSwap, "holds: \"b.service == 'open' && b.version == 'new'\"", "holds: \"a.service == 'closed'\""), "reactions:",
                                     "reactions:\n  - {name: a comes back, when: \"a.service == 'closed' && b.service == 'open'\", then: {a.service: open}}");
  const Campaign c = campaign(machine_of(hasty), 0);
  EXPECT_TRUE(c.wrong.contains({Found::not_true, 1}));
}

TEST(SimulatorCampaign, FindsThatNothingFailedAndYetItDidNotSucceed) {
  const Campaign c = campaign(machine_of(replaced(kSwap, "until: \"b.service == 'open'\", within: 20s", "until: \"b.service == 'open' && b.version == 'old'\", within: 20s")), 0);
  EXPECT_TRUE(c.wrong.contains({Found::regret, 2})) << "rolled back";
}

TEST(SimulatorCampaign, TellsApartWhatMovedBetweenLookAndAct) {
  // Both serve, one is closed; the other one's crash may come after the look.
  const std::string both = replaced(replaced(replaced(replaced(kSwap, "b.service == 'closed' && [a, b]", "b.service == 'open' && [a, b]"), "in: [switch, back]", "in: [back]"), "steps: [b.upgrade], next", "steps: [b.close, b.upgrade], next"),
                                    "steps: [a.close], until: \"b.service == 'open'\"", "until: \"b.version == 'new'\"");
  const std::string calm = replaced(both, "holds: \"b.service == 'open' && b.version == 'new'\"", "holds: \"b.version == 'new'\"");
  const Campaign c = campaign(machine_of(calm), 1);
  EXPECT_TRUE(c.raced.contains(0));
  EXPECT_FALSE(c.wrong.contains({Found::safety, 0}));
}

// --- the procedures that are shipped --------------------------------------------------------------------------------------

class ShippedProcedure : public ::testing::TestWithParam<const char*> {};

TEST_P(ShippedProcedure, BreaksNothingOfItsOwnMaking) {
  Catalog catalog = Catalog::load(std::string(INTERLOCK_SOURCE_DIR) + "/configs");
  const fsm::SiteSource site = catalog.site("lab");
  const fsm::ProcedureSource procedure = catalog.procedure(GetParam());
  const fsm::Machine machine = fsm::bind(procedure, catalog.components(), site, assumed_parameters(procedure, site, {}));
  const fsm::Simulator simulator(machine);
  Campaign c;
  for (std::uint64_t seed = 1; seed <= kSeeds / 4; ++seed) c.add(machine, seed, simulator.run({.seed = seed, .faults = 3}));
  EXPECT_THAT(c.wrong, IsEmpty()) << campaign_text(machine, c, Language::en);
}

INSTANTIATE_TEST_SUITE_P(All, ShippedProcedure, ::testing::Values("hotdb-master-backup-nonstop", "hotdb-master-backup-stopped"), [](const auto& row) {
  std::string name = row.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(SimulatorCampaign, GivesFiguresAsData) {
  const fsm::Machine machine = machine_of(kSwap);
  const Json json = campaign_json(machine, campaign(machine, 2));
  EXPECT_EQ(json.at("seeds"), kSeeds);
  EXPECT_EQ(json.at("wrong"), Json::array());
  std::uint64_t runs = 0;
  for (const auto& row : json.at("ends")) runs += row.at("runs").get<std::uint64_t>();
  EXPECT_EQ(runs, kSeeds);
}

}  // namespace
}  // namespace interlock
