// The proof that `run` demands: with the faults that the procedure says, and remembered for just those.
#include "src/run/proof_gate.h"

#include <gtest/gtest.h>

#include "tests/support/scratch.h"
#include "tests/support/tiny.h"

namespace interlock {
namespace {

TEST(ProofGate, SupposesTheFaultsThatTheProcedureSays) {
  const tests::Scratch scratch;
  const auto store = Store::open(scratch.file("state.db")).value();
  Prepared prepared;
  prepared.machine = tests::bind_folder(INTERLOCK_SOURCE_DIR "/tests/scenarios/pair");
  prepared.procedure.phases.emplace_back();
  int begun = 0;
  const auto ask = [&](fsm::Named<int> faults) {
    prepared.procedure.faults = std::move(faults);
    return prove_before_run(*store, prepared, [&] { ++begun; });
  };
  const ProofGate none = ask({{"all", 0}, {"asked", 0}});
  EXPECT_TRUE(none.open());
  EXPECT_FALSE(none.known);
  EXPECT_EQ(none.budget.faults, 0);
  EXPECT_TRUE(none.proof.complete);
  EXPECT_TRUE(ask({{"asked", 0}, {"all", 0}}).known) << "the same in another order";
  EXPECT_EQ(begun, 1) << "what is known is not announced";
  const ProofGate one = ask({{"all", 1}, {"asked", 0}});
  EXPECT_FALSE(one.known) << "more was asked for than was proven";
  EXPECT_GT(one.proof.states, none.proof.states);
  const ProofGate without = ask({{"all", 1}, {"asked", 0}, {"action", 0}});
  EXPECT_FALSE(without.known);
  EXPECT_LT(without.proof.states, one.proof.states);
}

}  // namespace
}  // namespace interlock
