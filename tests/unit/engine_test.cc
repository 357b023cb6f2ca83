// The engine by its transcripts: each file of tests/scenarios is a story with what the engine records and does.
// INTERLOCK_REWRITE=1 writes the transcripts anew; then read the difference before committing it.
#include "fsm/engine.h"

#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scratch.h"
#include "tests/support/tiny.h"

namespace interlock::tests {
namespace {

const std::string kScenarios = std::string(INTERLOCK_SOURCE_DIR) + "/tests/scenarios";

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kScenarios))
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

class Scenario : public ::testing::TestWithParam<std::string> {};

TEST_P(Scenario, GoesAsWritten) {
  const std::string path = kScenarios + "/" + GetParam() + ".txt";
  const std::string expected = read_whole(path);
  const std::string actual = run_scenario(expected, kScenarios);
  if (rewrite_golden_files()) return write_whole(path, actual);
  EXPECT_EQ(actual, expected) << "when the difference is meant: INTERLOCK_REWRITE=1";
  EXPECT_EQ(run_scenario(expected, kScenarios), actual) << "the same script gives the same transcript";
}

INSTANTIATE_TEST_SUITE_P(All, Scenario, ::testing::ValuesIn(scenario_names()), [](const auto& row) {
  std::string name = row.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

Tiny pair_at_start() {
  Tiny tiny(bind_folder(kScenarios + "/pair"));
  tiny.command("site a.process=running a.service=open a.version=old b.process=running b.service=closed b.version=old");
  return tiny;
}

int records_of_a_whole_run() {
  Tiny tiny = pair_at_start();
  tiny.command("run");
  EXPECT_EQ(tiny.end(), "success");
  return static_cast<int>(tiny.journal().size());
}

// --- killed at any record ------------------------------------------------------------------------------------------

TEST(EngineCrash, AtEveryRecordEndsInSuccessAndRepeatsNothing) {
  const int records = records_of_a_whole_run();
  ASSERT_GT(records, 30);
  for (int n = 1; n < records; ++n) {
    Tiny tiny = pair_at_start();
    tiny.command("crash after " + std::to_string(n));
    tiny.command("run");
    ASSERT_EQ(tiny.end(), "crashed");
    tiny.command("resume");
    // Killed between intent and action, an action that must not be repeated has not taken place and may not be
    // begun: nobody knows that it was not. Then the way back is taken; everywhere else it goes on.
    const auto& last = tiny.journal()[static_cast<std::size_t>(n) - 1];
    const bool in_doubt = last.kind == "intent" && (last.body["action"] == "a.install" || last.body["action"] == "b.install");
    if (in_doubt) {
      EXPECT_EQ(tiny.end(), last.body["action"] == "b.install" ? "rolled-back" : "one-node") << tiny.transcript();
    } else {
      EXPECT_EQ(tiny.end(), "success") << "killed after record " << n << "\n" << tiny.transcript();
    }
    for (const char* once : {"a.install", "b.install"}) {
      const auto times = tiny.executions().find(once);
      EXPECT_LE(times == tiny.executions().end() ? 0 : times->second, 1) << once << ", killed after record " << n;
    }
  }
}

// One run that is killed again and again, a little later each time.
TEST(EngineCrash, AgainAndAgainStillEnds) {
  Tiny tiny = pair_at_start();
  tiny.command("crash after 1");
  tiny.command("run");
  for (int resumes = 1; tiny.end() == "crashed" && resumes < 100; ++resumes) {
    tiny.command("crash after " + std::to_string(resumes + 1));
    tiny.command("resume");
  }
  EXPECT_TRUE(tiny.end() == "success" || tiny.end() == "rolled-back") << tiny.transcript();
  for (const auto& [action, times] : tiny.executions()) {
    if (action.ends_with(".install")) {
      EXPECT_EQ(times, 1) << action;
    }
  }
}

// Every single failure of every action is absorbed: an end other than a riddle, and clients are served.
TEST(EngineFaults, OneFailureOfAnyActionIsAbsorbed) {
  const fsm::Machine machine = bind_folder(kScenarios + "/pair");
  int stories = 0;
  for (const auto& action : machine.actions)
    for (const char* how : {"fails", "fails-done", "lost", "lost-done", "hollow", "late 3s"}) {
      Tiny tiny = pair_at_start();
      tiny.command("on " + action.name + "#1 " + how);
      tiny.command("run");
      EXPECT_THAT(tiny.end(), ::testing::AnyOf("success", "rolled-back", "one-node")) << action.name << " " << how << "\n" << tiny.transcript();
      const auto served = world_of(machine, {{"a.service", "open"}, {"b.service", "open"}});
      const auto is_open = [&](const char* fact) {
        const auto i = static_cast<std::size_t>(fact_named(machine, fact));
        return tiny.world()[i] == served[i];
      };
      EXPECT_TRUE(is_open("a.service") != is_open("b.service")) << "exactly one serves: " << action.name << " " << how << "\n" << tiny.transcript();
      ++stories;
    }
  EXPECT_EQ(stories, 6 * static_cast<int>(machine.actions.size()));
  EXPECT_GE(machine.actions.size(), 9U);
}

// --- the step itself -----------------------------------------------------------------------------------------------

template <typename T>
const T* first_of(const std::vector<fsm::Command>& commands) {
  for (const auto& c : commands)
    if (const T* found = std::get_if<T>(&c)) return found;
  return nullptr;
}

fsm::Seen seen(const fsm::World& world, const std::vector<int>& facts) {
  fsm::Seen list;
  for (const int f : facts) list.emplace_back(f, world[static_cast<std::size_t>(f)]);
  return list;
}

class EngineStep : public ::testing::Test {
 protected:
  fsm::Machine machine_ = bind_folder(kScenarios + "/pair");
  fsm::World world_ = world_of(machine_, {{"a.process", "running"}, {"a.service", "open"}, {"a.version", "old"}, {"b.process", "running"}, {"b.service", "closed"}, {"b.version", "old"}});
  fsm::Engine engine_{machine_};
};

TEST_F(EngineStep, ObservesAllGatesAtOnce) {
  const auto commands = engine_.step(fsm::event::Start{}, Millis(0));
  const auto* observe = first_of<fsm::command::Observe>(commands);
  ASSERT_NE(observe, nullptr);
  EXPECT_EQ(observe->facts.size(), 6U);
  EXPECT_EQ(engine_.waiting().kind, fsm::Waiting::Kind::observation);
}

TEST_F(EngineStep, AnswersToEarlierQuestionsDoNotDecide) {
  const auto commands = engine_.step(fsm::event::Start{}, Millis(0));
  const auto* observe = first_of<fsm::command::Observe>(commands);
  EXPECT_TRUE(engine_.step(fsm::event::Observed{observe->ticket + 1, seen(world_, observe->facts)}, Millis(10)).empty());
  EXPECT_EQ(engine_.place(), start_of(machine_));
  EXPECT_FALSE(engine_.step(fsm::event::Observed{observe->ticket, seen(world_, observe->facts)}, Millis(20)).empty());
}

TEST_F(EngineStep, EventsThatNobodyWaitsForChangeNothing) {
  (void)engine_.step(fsm::event::Start{}, Millis(0));
  EXPECT_TRUE(engine_.step(fsm::event::Finished{fsm::Outcome::done, ""}, Millis(5)).empty());
  EXPECT_TRUE(engine_.step(fsm::event::Tick{}, Millis(6)).empty());
  EXPECT_EQ(engine_.place(), start_of(machine_));
}

TEST_F(EngineStep, IntentIsRecordedBeforeTheActionBegins) {
  auto commands = engine_.step(fsm::event::Start{}, Millis(0));
  for (int i = 0; i < 5 && first_of<fsm::command::Execute>(commands) == nullptr; ++i) {
    const auto* observe = first_of<fsm::command::Observe>(commands);
    ASSERT_NE(observe, nullptr);
    commands = engine_.step(fsm::event::Observed{observe->ticket, seen(world_, observe->facts)}, Millis(10 * i));
  }
  ASSERT_GE(commands.size(), 2U);
  const auto* record = std::get_if<fsm::command::Record>(&commands[commands.size() - 2]);
  ASSERT_NE(record, nullptr);
  EXPECT_EQ(record->kind, "intent");
  EXPECT_FALSE(record->evidence.empty());
  ASSERT_TRUE(std::holds_alternative<fsm::command::Execute>(commands.back()));
  EXPECT_EQ(engine_.waiting().kind, fsm::Waiting::Kind::action);
}

TEST_F(EngineStep, NothingMoreComesAfterTheEnd) {
  world_[static_cast<std::size_t>(fact_named(machine_, "b.service"))] = world_[static_cast<std::size_t>(fact_named(machine_, "a.service"))];
  auto commands = engine_.step(fsm::event::Start{}, Millis(0));
  const auto* observe = first_of<fsm::command::Observe>(commands);
  commands = engine_.step(fsm::event::Observed{observe->ticket, seen(world_, observe->facts)}, Millis(10));
  ASSERT_NE(first_of<fsm::command::Ended>(commands), nullptr) << "refused: an end that needs nothing observed";
  EXPECT_TRUE(engine_.over());
  EXPECT_TRUE(engine_.step(fsm::event::Start{}, Millis(20)).empty());
  EXPECT_TRUE(engine_.step(fsm::event::RollBackRequest{}, Millis(20)).empty());
}

}  // namespace
}  // namespace interlock::tests
