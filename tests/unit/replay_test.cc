// Stories of the proof, played by the engine: each comes as it is told, also when it was written and read again; or the
// line is named at which it does not.
#include "fsm/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fsm/bind.h"
#include "fsm/diagnostic.h"
#include "src/report/proof_report.h"
#include "src/report/proof_story.h"
#include "src/report/replay_report.h"
#include "src/report/simulation_transcript.h"
#include "tests/support/golden.h"
#include "tests/support/scratch.h"
#include "tests/support/shipped.h"
#include "tests/support/text_sink.h"

namespace interlock {
namespace {

using ::testing::HasSubstr;
using fsm::Verdict;
using tests::shipped;
using What = fsm::Move::What;

fsm::Machine accident() {
  const auto text = [](const std::string& file) { return tests::read_whole(std::string(INTERLOCK_SOURCE_DIR) + "/tests/accidents/hotdb-online/" + file); };
  fsm::ComponentSource component = fsm::load_component("component.yaml", text("component.yaml"));
  const fsm::Library library{{component.name, component}};
  return fsm::bind(fsm::load_procedure("procedure.yaml", text("procedure.yaml")), library, fsm::load_site("site.yaml", text("site.yaml")), {});
}

std::string proof_of(const fsm::Machine& machine, const fsm::Budget& budget = {}) { return proof_json(machine, budget, fsm::prove(machine, budget), 0).dump(); }

std::size_t line_of(const fsm::Told& told, What what) {
  const auto at = std::find_if(told.story.begin(), told.story.end(), [&](const fsm::StoryLine& l) { return l.move.what == what; });
  return static_cast<std::size_t>(at - told.story.begin());
}

// Two faults among them, and the operator's request for the way back.
TEST(Replay, EveryEndOfTheShippedProceduresComesAsTold) {
  for (const char* procedure : {"hotdb-master-backup-nonstop", "hotdb-master-backup-stopped"}) {
    const fsm::Machine machine = shipped(procedure);
    fsm::Budget budget;
    budget.each[static_cast<std::size_t>(fsm::Fault::gone)] = 1;
    const fsm::Proof proof = fsm::prove(machine, budget);
    const std::string text = proof_json(machine, budget, proof, 0).dump();
    EXPECT_GT(proof.ends.size(), 5U);
    for (const auto& [key, ending] : proof.ends) {
      const auto& [faults, end] = key;
      const fsm::Told told = told_in(machine, "proof.json", text, {.finding = {}, .end = machine.end(end).name, .faults = faults, .gate = ""});
      EXPECT_EQ(told.index, end);
      EXPECT_EQ(told.story.size(), ending.story.size());
      const fsm::Replayed run = fsm::replay(machine, told);
      EXPECT_TRUE(run.as_told()) << procedure << ", " << machine.end(end).name << " after " << faults << " faults, line " << run.line << ", "
                                 << line_words(machine, told.story[run.line], Language::en) << ": " << run.why;
      EXPECT_EQ(run.end, end);
    }
  }
}

TEST(Replay, IsToldLineByLine) {
  const tests::EasternTime zone;
  const fsm::Machine machine = accident();
  const fsm::Told told = told_in(machine, "proof.json", proof_of(machine), {});
  for (const Language language : {Language::en, Language::zh}) {
    tests::TextSink sink;
    SimulationTranscript transcript(machine, sink, language);
    const fsm::Replayed run = fsm::replay(machine, told, &transcript, [&](std::size_t line) { (void)sink.write(replay_line(machine, told, line, language), true); });
    tests::expect_golden(language == Language::en ? "simulation/replay.text" : "simulation/replay.zh.text", sink.all + replay_text(machine, told, run, false, language));
  }
}

TEST(Replay, NamesTheLineAtWhichItGoesAnotherWay) {
  const fsm::Machine machine = accident();
  const fsm::Told told = told_in(machine, "proof.json", proof_of(machine), {});
  struct Row {
    const char* what;
    void (*change)(fsm::Told&);
    What at;
    const char* why;
  };
  const Row rows[] = {
      {"the site does not react, and time passes", [](fsm::Told& t) {
         const std::size_t i = line_of(t, What::reaction);
         for (std::size_t k = i; k < t.story.size(); ++k) t.story[k].world = t.story[i - 1].world;
         t.story.erase(t.story.begin() + static_cast<std::ptrdiff_t>(i));
       }, What::overrun, "the site is not at rest"},
      {"a step passed over that is not", [](fsm::Told& t) { t.story[line_of(t, What::reaction) - 1].move.index = static_cast<std::uint16_t>(Verdict::pass_over); }, What::decided, "the run does backup.go_online"},
      {"an effect that it does not have", [](fsm::Told& t) { t.story[line_of(t, What::reaction) - 1].world.front() ^= 1; }, What::decided, "the story says"},
      {"it comes to another end", [](fsm::Told& t) { t.index = 0; }, What::ended, "the run does not come to the end success"},
      {"what is waited for is there", [](fsm::Told& t) { t.story[line_of(t, What::overrun)].move = {What::decided, fsm::Who::ours, static_cast<std::uint16_t>(Verdict::leave)}; }, What::decided, "the run waits at switch/leave"},
      {"a failure half way where there is no step", [](fsm::Told& t) {
         fsm::StoryLine& act = t.story[line_of(t, What::reaction) - 1];
         act.move = {What::failed, fsm::Who::fault, 1};
         act.from = fsm::entry_of({true, 0});
       }, What::failed, "the run goes from"},
      {"a rule broken at the start", [](fsm::Told& t) {
         t.kind = fsm::Finding::Kind::safety;
         t.index = 0;
         t.story.resize(1);
       }, What::start, "nothing moves in this story"},
      {"a reaction that nothing brings about", [](fsm::Told& t) { std::swap(t.story[line_of(t, What::reaction) - 1], t.story[line_of(t, What::reaction)]); }, What::reaction, "nothing brings it about"},
  };
  for (const auto& row : rows) {
    fsm::Told other = told;
    row.change(other);
    const fsm::Replayed run = fsm::replay(machine, other);
    EXPECT_THAT(run.why, HasSubstr(row.why)) << row.what;
    EXPECT_EQ(other.story[run.line].move.what, row.at) << row.what << ", line " << run.line;
  }
}

// A procedure that was mended since does not go that way any more.
TEST(Replay, TellsAProofOfAnotherMachine) {
  const fsm::Machine machine = accident();
  const std::string text = proof_of(machine);
  EXPECT_TRUE(is_of(machine, text));
  fsm::Machine mended = accident();
  mended.reactions.front().when = fsm::Predicate::constant(false);
  EXPECT_FALSE(is_of(mended, text));
  const fsm::Told told = told_in(mended, "proof.json", text, {});
  const fsm::Replayed run = fsm::replay(mended, told);
  EXPECT_THAT(run.why, HasSubstr("nothing brings it about"));
  EXPECT_THAT(replay_text(mended, told, run, true, Language::en), HasSubstr("of another machine"));
}

TEST(Replay, RefusesAFileThatIsNoProofOfThis) {
  const fsm::Machine machine = accident();
  const std::string good = proof_of(machine);
  const auto complaint = [&](const std::string& text, const StoryChoice& choice = {}) -> std::string {
    try {
      (void)told_in(machine, "proof.json", text, choice);
      return "accepted";
    } catch (const InputError& e) {
      return e.what();
    }
  };
  const auto with = [&](const std::string& what, const std::string& by) { return std::string(good).replace(good.find(what), what.size(), by); };
  EXPECT_THAT(complaint("COUNTEREXAMPLE"), HasSubstr("this is not a proof"));
  EXPECT_THAT(complaint("[]"), HasSubstr("this is not a proof"));
  EXPECT_THAT(complaint("{\"findings\": [{\"kind\": 7}], \"ends\": []}"), HasSubstr("this is not a proof"));
  EXPECT_THAT(complaint("{\"findings\": [], \"ends\": []}"), HasSubstr("there are 0 findings"));
  EXPECT_THAT(complaint("{\"findings\": [{\"kind\": \"dead-end\", \"story\": []}], \"ends\": []}"), HasSubstr("the story has no lines"));
  EXPECT_THAT(complaint(with("\"regret\"", "\"regrets\"")), HasSubstr("there is no finding 'regrets' here; did you mean 'regret'?"));
  EXPECT_THAT(complaint(good, {.finding = 9, .end = "", .faults = {}, .gate = ""}), HasSubstr("no finding 9"));
  EXPECT_THAT(complaint(good, {.finding = {}, .end = "unchanged", .faults = 2, .gate = ""}), HasSubstr("there is no story of the end 'unchanged' with 2 faults"));
  EXPECT_THAT(complaint(good, {.finding = {}, .end = "", .faults = {}, .gate = "preflight/memory"}), HasSubstr("without the gate 'preflight/memory'"));
}

}  // namespace
}  // namespace interlock
