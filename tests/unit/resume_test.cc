// Where a run goes on: the places of the shipped procedure, from journals as they are written.
#include <gtest/gtest.h>

#include <set>

#include "fsm/bind.h"
#include "fsm/resume.h"
#include "src/catalog/catalog.h"
#include "src/run/prepare.h"

namespace interlock::fsm {
namespace {

class ResumeFrom : public ::testing::Test {
 protected:
  ResumeFrom() {
    Catalog catalog = Catalog::load(std::string(INTERLOCK_SOURCE_DIR) + "/configs");
    const SiteSource site = catalog.site("lab");
    const ProcedureSource procedure = catalog.procedure("hotdb-master-backup-nonstop");
    machine = fsm::bind(procedure, catalog.components(), site, assumed_parameters(procedure, site, {{"switch_back", "true"}}));
    add("started", {});
  }
  void add(const std::string& kind, Json body) {
    JournalRecord r;
    r.kind = kind;
    r.body = std::move(body);
    records.push_back(std::move(r));
  }
  void move(const std::string& phase, int step) { add("moved", {{"phase", phase}, {"step", step}, {"end", nullptr}}); }
  void end(const std::string& name, const std::string& kind) {
    add("moved", {{"phase", nullptr}, {"end", name}});
    add("ended", {{"end", name}, {"kind", kind}});
  }
  std::string place() { return to_string(machine, resume_from(machine, records).value().place); }
  Machine machine;
  std::vector<JournalRecord> records;
};

TEST_F(ResumeFrom, TheLastPlace) {
  move("upgrade-backup", 2);
  EXPECT_EQ(place(), "upgrade-backup/3 backup.install");
}

TEST_F(ResumeFrom, WhereItGaveUpAndNotWhereItOnlyKeptClientsServed) {
  move("undo-backup", 1);
  move("stay", 0);
  end("one-node", "attention");
  EXPECT_EQ(place(), "undo-backup/1 backup.stop");  // from its beginning: what kept clients served has changed the site
  move("stay", 3);                                   // and gave up again
  end("in-doubt", "attention");
  EXPECT_EQ(place(), "undo-backup/1 backup.stop");
}

TEST_F(ResumeFrom, WhereHandingBackWasGivenUp) {
  move("hand-back", 1);
  move("keep-roles", 0);
  move("stay", 0);
  end("one-node", "attention");
  EXPECT_EQ(place(), "hand-back/1 master.call_vip");
}

TEST_F(ResumeFrom, TheVeryPlaceWhereNothingWasDoneSince) {
  move("undo-backup", 1);
  end("one-node", "attention");
  EXPECT_EQ(place(), "undo-backup/2 backup.put_back");
}

TEST_F(ResumeFrom, AWayThatIsStillGoneOn) {
  move("undo-backup", 1);
  move("stay", 3);
  EXPECT_EQ(place(), "stay/4 master.write_backup_conf");
}

TEST_F(ResumeFrom, AnEndThatWasNotJudgedYet) {
  move("undo-backup", 1);
  add("moved", {{"phase", nullptr}, {"end", "one-node"}});
  EXPECT_EQ(place(), "one-node");
}

const std::set<std::string> kGivenUp{"keep-roles", "stay", "backup-alone", "master-alone"};

TEST(MaySettle, IsSoWhereAnotherEndCanBeReached) {
  Catalog catalog = Catalog::load(std::string(INTERLOCK_SOURCE_DIR) + "/configs");
  const SiteSource site = catalog.site("lab");
  const ProcedureSource procedure = catalog.procedure("hotdb-master-backup-nonstop");
  const Machine m = fsm::bind(procedure, catalog.components(), site, assumed_parameters(procedure, site, {{"switch_back", "true"}}));
  for (int p = 0; p < static_cast<int>(m.phases.size()); ++p) EXPECT_EQ(may_settle(m, p), !kGivenUp.contains(m.phase(p).name)) << m.phase(p).name;
}

}  // namespace
}  // namespace interlock::fsm
