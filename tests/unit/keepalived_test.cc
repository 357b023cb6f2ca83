// keepalived.conf: reading, judging a pair, predicting outages, rewriting roles.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/keepalived_pair.h"
#include "tests/unit/keepalived_samples.h"

namespace interlock {
namespace {

using samples::backup;
using samples::keepalived;
using samples::KeepalivedSample;
using samples::master;
using testing::HasSubstr;

KeepalivedPair pair_of(const KeepalivedSample& a, const KeepalivedSample& b) {
  return analyse_pair(parse_keepalived(keepalived(a), "master.conf"), parse_keepalived(keepalived(b), "backup.conf"));
}

OutagePrediction predicted(const KeepalivedPair& pair, VipEvent event) {
  for (const auto& p : pair.predictions) {
    if (p.event == event) return p;
  }
  ADD_FAILURE() << "no prediction";
  return {};
}

void expect_range(const OutagePrediction& p, double least, double mean, double most) {
  EXPECT_EQ(p.moves, VipMoves::yes) << p.because;
  EXPECT_NEAR(p.outage.min_ms, least, 1) << p.because;
  EXPECT_NEAR(p.outage.mean_ms, mean, 1) << p.because;
  EXPECT_NEAR(p.outage.max_ms, most, 1) << p.because;
}

TEST(KeepalivedConf, ReadsTheHandbooksMasterFile) {
  const KeepalivedConf conf = parse_keepalived(keepalived(master()), "k.conf");
  EXPECT_EQ(to_string(conf.diagnostics), "k.conf:32:19: warning: auth_pass has more than 8 characters; keepalived uses the first 8; fix: shorten it on both nodes");
  ASSERT_EQ(conf.scripts.size(), 2u);
  EXPECT_EQ(conf.scripts[1].command, "/bin/bash /usr/local/hotdb/hotdb-server/bin/check_hotdb_process.sh connect_master");
  EXPECT_EQ(conf.scripts[1].fall.value, 3);
  EXPECT_EQ(conf.scripts[1].timeout_s.value, 5);
  EXPECT_EQ(conf.scripts[0].effective_timeout_s(), 5) << "without a timeout, keepalived uses the interval";
  ASSERT_EQ(conf.instances.size(), 1u);
  const VrrpInstance& instance = conf.instances[0];
  EXPECT_EQ(instance.virtual_router_id.value, 89);
  EXPECT_EQ(instance.priority.value, 100);
  EXPECT_TRUE(instance.nopreempt.value);
  EXPECT_EQ(instance.auth_type.value, "PASS");
  EXPECT_EQ(instance.auth_password.reveal(), "Zq7planted");
  ASSERT_EQ(instance.addresses.size(), 1u);
  EXPECT_EQ(instance.addresses[0].address, "192.168.200.140/24");
  EXPECT_EQ(instance.addresses[0].label, "eth1:1");
  EXPECT_EQ(instance.track_interfaces, std::vector<std::string>{"eth1"});
  ASSERT_EQ(instance.notifies.size(), 3u);
  EXPECT_EQ(instance.notifies[2].event, "notify_fault");
}

TEST(KeepalivedConf, ReadsNamesWithBlanksAndCommandsWrappedInPrint) {
  const std::string text =
      "vrrp_script check_HotDB Server_process {\n\nscript \"/bin/bash /usr/local/bin/check_hotdb_p\n\nrocess.sh process\"\n\ninterval 5\n\n}\n"
      "vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 1\n track_script {\n check_HotDB Server_process weight -20\n }\n"
      " virtual_ipaddress {\n 10.0.0.1\n }\n}\n";
  const KeepalivedConf conf = parse_keepalived(text, "k.conf");
  EXPECT_FALSE(has_errors(conf.diagnostics)) << to_string(conf.diagnostics);
  ASSERT_EQ(conf.scripts.size(), 1u);
  EXPECT_EQ(conf.scripts[0].name, "check_HotDB Server_process");
  EXPECT_EQ(conf.scripts[0].command, "/bin/bash /usr/local/bin/check_hotdb_process.sh process");
  ASSERT_EQ(conf.instances[0].track_scripts.size(), 1u);
  EXPECT_EQ(conf.instances[0].track_scripts[0].weight, -20);
  EXPECT_THAT(to_string(conf.diagnostics), HasSubstr("k.conf:1:13: warning: the name 'check_HotDB Server_process' has a blank in it"));
  EXPECT_THAT(to_string(conf.diagnostics), HasSubstr("k.conf:3:8: warning: this quoted string goes on in the next line"));
}

TEST(KeepalivedConf, TakesAParameterAndABraceOnALineOfItsOwn) {
  const KeepalivedConf conf = parse_keepalived(
      "vrrp_instance VI\n{\n interface ${IF}\n virtual_router_id 3 # c\n priority 7!c\n virtual_ipaddress {\n 10.0.0.1\n }\n}\n", "k");
  EXPECT_EQ(to_string(conf.diagnostics), "");
  EXPECT_EQ(conf.instances.at(0).interface.value, "${IF}");
  EXPECT_EQ(conf.instances.at(0).priority.value, 7);
}

struct Wrong {
  const char* text;
  const char* diagnostic;
};
class KeepalivedErrors : public testing::TestWithParam<Wrong> {};
TEST_P(KeepalivedErrors, AreToldWithPlaceAndFix) {
  EXPECT_THAT(to_string(parse_keepalived(GetParam().text, "k").diagnostics), HasSubstr(GetParam().diagnostic));
}
INSTANTIATE_TEST_SUITE_P(All, KeepalivedErrors, testing::Values(
    Wrong{"vrrp_instance a {\n  priority 10\n", "k:1:17: error: this '{' is never closed; expected a '}' before the end of the file"},
    Wrong{"}\n", "k:1:1: error: a '}' that closes nothing"},
    Wrong{"vrrp_script s {\n script \"a b\n}\n", "k:2:9: error: this quote is never closed"},
    Wrong{"vrrp_instance a {\n  prioritty 10\n}\n", "k:2:3: warning: unknown keyword 'prioritty' in vrrp_instance; expected 'priority'; fix: write priority"},
    Wrong{"vrrp_instance a {\n  priority 300\n}\n", "k:2:12: error: priority is '300'; expected a whole number from 1 to 255"},
    Wrong{"vrrp_instance a {\n  priority ten\n}\n", "k:2:12: error: priority is 'ten'"},
    Wrong{"vrrp_instance a {\n  priority\n}\n", "k:2:3: error: 'priority' without a value"},
    Wrong{"vrrp_instance {\n}\n", "k:1:1: error: 'vrrp_instance' without a name"},
    Wrong{"vrrp_instance a {\n state MASTER\n nopreempt\n}\n", "k:3:2: error: nopreempt is ignored with state MASTER"},
    Wrong{"vrrp_instance a {\n state SLAVE\n}\n", "k:2:8: error: state is 'SLAVE'; expected MASTER or BACKUP"},
    Wrong{"vrrp_instance a {\n advert_int 0.5\n}\n", "k:2:13: error: VRRP version 2 has no fractions of a second"},
    Wrong{"vrrp_script chk {\n script x\n}\nvrrp_instance a {\n track_script {\n  chkk\n }\n}\n", "k:6:3: error: 'chkk' is tracked but no vrrp_script has that name; expected 'chk'"},
    Wrong{"vrrp_script s {\n}\n", "k:1:1: error: vrrp_script 's' has no script"},
    Wrong{"vrrp_script s {\n script a\n}\nvrrp_script s {\n script b\n}\n", "k:4:1: error: vrrp_script 's' is defined twice"},
    Wrong{"include conf.d/*.conf\n", "k:1:1: warning: the included file is not followed"},
    Wrong{"a {\nb {\nc {\nd {\ne {\nf {\ng {\nh {\ni {\nj {\nk {\nl {\nm {\nn {\no {\np {\nq {\nr {\n", "blocks are nested too deeply"}));

TEST(KeepalivedConf, RefusesWhatIsNotText) {
  try {
    (void)parse_keepalived("a\nbc\xB0\n", "k");
    FAIL();
  } catch (const InputError& e) {
    EXPECT_STREQ(e.what(), "k:2:3: error: byte 0xB0 is not valid UTF-8 here; expected UTF-8 text; fix: convert the file, for example: iconv -f GB18030 -t UTF-8");
  }
}

// ---- Pairs -------------------------------------------------------------------------------------------------

TEST(KeepalivedPair, TheHandbooksPairIsSoundAndFailsOver) {
  const KeepalivedPair pair = pair_of(master(), backup());
  EXPECT_TRUE(pair.sound) << to_string(pair.diagnostics);
  EXPECT_TRUE(pair.failover_works);
  EXPECT_EQ(pair.priority_gap, 5);
  EXPECT_EQ(pair.master_role.role, KeepalivedRole::master) << pair.master_role.why;
  EXPECT_EQ(pair.backup_role.role, KeepalivedRole::backup) << pair.backup_role.why;
}

// Every row of the table of measured and derived outages (100 against 95, advert_int 1, interval 5, fall 2, weight -10).
TEST(KeepalivedOutage, RowGracefulStop) { expect_range(predicted(pair_of(master(), backup()), VipEvent::graceful_stop), 629, 629, 629); }
TEST(KeepalivedOutage, RowCrash) { expect_range(predicted(pair_of(master(), backup()), VipEvent::crash), 2629, 3129, 3629); }
TEST(KeepalivedOutage, RowServiceDiesWeighted) { expect_range(predicted(pair_of(master(), backup()), VipEvent::service_dies), 7629, 10629, 13629); }
TEST(KeepalivedOutage, RowServiceDiesWeightZero) {
  KeepalivedSample m = master(), b = backup();
  m.weight = b.weight = 0;
  expect_range(predicted(pair_of(m, b), VipEvent::service_dies), 5629, 8129, 10629);
}
TEST(KeepalivedOutage, RowScriptHangs) {
  // fall 2 with the default time limit, which is the interval: up to 2 x 5 s more.
  expect_range(predicted(pair_of(master(), backup()), VipEvent::script_hangs), 7629, 15629, 23629);
}
TEST(KeepalivedOutage, RowBackupRaised) {
  const auto p = predicted(pair_of(master(), backup()), VipEvent::peer_raised);
  expect_range(p, 0, 0, 0);
  EXPECT_NEAR(p.takeover.max_ms, 3605, 2) << "three adverts and the skew of priority 101";
}
TEST(KeepalivedOutage, RowGracefulStopVersion3) {
  KeepalivedSample m = master(), b = backup();
  m.advert = b.advert = "0.1";
  m.extra_global = b.extra_global = "    vrrp_version 3\n";
  expect_range(predicted(pair_of(m, b), VipEvent::graceful_stop), 62.9, 62.9, 62.9);
}
TEST(KeepalivedOutage, RowGracefulStopPriority254) {
  KeepalivedSample b = backup();
  b.priority = 254;
  expect_range(predicted(pair_of(master(), b), VipEvent::graceful_stop), 7.8, 7.8, 7.8);
}

TEST(KeepalivedOutage, AReturningPreemptingHolderMovesTheVipASecondTime) {
  KeepalivedSample m = master();
  m.nopreempt = false;
  const auto p = predicted(pair_of(m, backup()), VipEvent::holder_returns);
  EXPECT_EQ(p.moves, VipMoves::yes);
  EXPECT_NEAR(p.takeover.max_ms, 3609, 2);
  EXPECT_EQ(predicted(pair_of(master(), backup()), VipEvent::holder_returns).moves, VipMoves::no);
}

TEST(KeepalivedOutage, SeveralScriptsAddUpToCrossTheGap) {
  KeepalivedSample m = master();
  m.priority = 110;  // one weight of -10 gives 100, two give 90, below 95
  const auto p = predicted(pair_of(m, backup()), VipEvent::service_dies);
  // The second script has fall 3: noticed after 10 to 15 s.
  expect_range(p, 12629, 15629, 18629);
}

TEST(KeepalivedOutage, AfterTheSwitchAFailingBackupDoesNotGiveTheVipBack) {
  const KeepalivedPair pair = pair_of(master(), backup());
  const auto dies = std::find_if(pair.reverse.begin(), pair.reverse.end(), [](const auto& p) { return p.event == VipEvent::service_dies; });
  ASSERT_NE(dies, pair.reverse.end());
  EXPECT_EQ(dies->moves, VipMoves::no) << "the old master has nopreempt: until the rebuild there is no failover";
}

TEST(KeepalivedOutage, AReversedWeightIsNotGuessedAt) {
  KeepalivedSample m = master();
  m.process_extra = "    weight -10 reverse\n";
  EXPECT_EQ(predicted(pair_of(m, backup()), VipEvent::crash).moves, VipMoves::unknown);
}

struct Broken {
  const char* name;
  std::function<void(KeepalivedSample&, KeepalivedSample&)> change;
  const char* diagnostic;
};
class KeepalivedPairFaults : public testing::TestWithParam<Broken> {};
TEST_P(KeepalivedPairFaults, IsAnErrorThatNamesIt) {
  KeepalivedSample m = master(), b = backup();
  GetParam().change(m, b);
  const KeepalivedPair pair = pair_of(m, b);
  EXPECT_FALSE(pair.sound);
  EXPECT_THAT(to_string(pair.diagnostics), HasSubstr(GetParam().diagnostic));
  EXPECT_THAT(to_string(pair.diagnostics), testing::Not(HasSubstr("planted"))) << "no password in a diagnostic";
}
INSTANTIATE_TEST_SUITE_P(All, KeepalivedPairFaults, testing::Values(
    Broken{"WeightBelowGap", [](auto& m, auto& b) { m.weight = b.weight = -2; }, "the weights are smaller than the gap between the priorities"},
    Broken{"NopreemptOnBackup", [](auto&, auto& b) { b.extra_instance = "    nopreempt\n"; }, "backup.conf:29:5: error: the backup has nopreempt"},
    Broken{"SamePriority", [](auto&, auto& b) { b.priority = 100; }, "both nodes have the same priority"},
    Broken{"MasterBelow", [](auto& m, auto&) { m.priority = 90; }, "master.conf:28:14: error: the master's priority is below the backup's (90 against 95)"},
    Broken{"Password", [](auto&, auto& b) { b.password = "otherplanted"; }, "auth_pass differs from the master's file"},
    Broken{"AdvertInt", [](auto&, auto& b) { b.advert = "2"; }, "advert_int is 2 here and 1 in the master's file"},
    Broken{"Version", [](auto&, auto& b) { b.extra_global = "    vrrp_version 3\n"; }, "version is 3 here and 2 in the master's file"},
    Broken{"Unicast", [](auto&, auto& b) { b.extra_instance = "    unicast_peer {\n 10.0.0.1\n }\n"; }, "one file names unicast_peer"},
    Broken{"NoNopreempt", [](auto& m, auto&) { m.nopreempt = false; }, "but nopreempt is missing"},
    Broken{"TwoMasters", [](auto& m, auto& b) { b = m; b.priority = 95; }, "the backup's file has the role 'master'"}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(KeepalivedRole, AMixtureIsOtherAndSaysWhy) {
  std::string text = keepalived(master());
  text.replace(text.find("connect_master"), 14, "connect_backup");
  const auto verdict = keepalived_role(parse_keepalived(text, "k"));
  EXPECT_EQ(verdict.role, KeepalivedRole::other);
  EXPECT_THAT(verdict.why, HasSubstr("but backup by connect_backup (line 14)"));
}

// ---- Rewriting ---------------------------------------------------------------------------------------------

TEST(KeepalivedRewrite, SwappingRolesTwiceGivesTheOriginalBytes) {
  const std::string m = keepalived(master()), b = keepalived(backup());
  const std::string new_m = as_master(b, m), new_b = as_backup(m, b);
  EXPECT_NE(new_m, b);
  EXPECT_EQ(as_backup(new_m, new_b), b);
  EXPECT_EQ(as_master(new_b, new_m), m);
}

TEST(KeepalivedRewrite, ChangesTheRoleAndNothingElse) {
  KeepalivedSample expected = backup();  // the backup's own device and comments, the master's values
  const std::string new_master = as_master(keepalived(backup()), keepalived(master()));
  expected.master = true;
  expected.priority = 100;
  std::string text = keepalived(expected);
  for (std::size_t at; (at = text.find("eth1")) != std::string::npos;) text.replace(at, 4, "eth0");
  EXPECT_EQ(new_master, text);
}

TEST(KeepalivedRewrite, TheRewrittenPairIsSoundWithRolesExchanged) {
  const std::string m = keepalived(master()), b = keepalived(backup());
  const std::string new_m = as_master(b, m), new_b = as_backup(m, b);
  const KeepalivedPair pair = analyse_pair(parse_keepalived(new_m, "a"), parse_keepalived(new_b, "b"));
  EXPECT_TRUE(pair.sound) << to_string(pair.diagnostics);
  EXPECT_TRUE(pair.failover_works);
}

TEST(KeepalivedRewrite, IsWithoutEffectWhenTheRoleIsThereAlready) {
  const std::string m = keepalived(master()), b = keepalived(backup());
  EXPECT_EQ(as_master(m, b), m);
  EXPECT_EQ(as_backup(b, m), b);
}

TEST(KeepalivedRewrite, HoldsForManyLayouts) {
  // Line ends, wrapping in print, tabs, comment lines, order and values; the pair is laid out alike.
  for (const bool windows : {false, true}) {
    for (const bool wrapped : {false, true}) {
      for (const int priority : {2, 50, 99, 100, 200, 254}) {
        for (const bool comments : {false, true}) {
          KeepalivedSample m = master(), b = backup();
          m.priority = priority;
          b.priority = priority - 1;
          const auto lay_out = [&](std::string text) {
            if (comments) text.insert(text.find("    priority"), "    # 优先级\n\n");
            if (wrapped) {
              const auto at = text.find("check_hotdb_process.sh connect");
              text.insert(at + 13, "\n\n  ");
            }
            if (!windows) return text;
            std::string crlf;
            for (const char c : text) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
            return crlf;
          };
          const std::string mt = lay_out(keepalived(m)), bt = lay_out(keepalived(b));
          const std::string new_m = as_master(bt, mt), new_b = as_backup(mt, bt);
          EXPECT_EQ(keepalived_role(parse_keepalived(new_m, "k")).role, KeepalivedRole::master);
          EXPECT_EQ(as_backup(new_m, new_b), bt) << windows << wrapped << priority << comments;
          EXPECT_EQ(as_master(new_b, new_m), mt) << windows << wrapped << priority << comments;
        }
      }
    }
  }
}

TEST(KeepalivedRewrite, RefusesWhenThePeerHasNoValuesToGive) {
  const std::string b = keepalived(backup());
  EXPECT_THROW((void)as_master(b, b), InputError);
  try {
    (void)as_master(b, b, "mine", "peer");
  } catch (const InputError& e) {
    EXPECT_THAT(e.what(), HasSubstr("peer: error: the peer's file does not have the master's form"));
  }
}

TEST(KeepalivedRewrite, PairsThatAreNotHotdbsSwapPriorityAndNopreempt) {
  const std::string form = "vrrp_instance v {\n state BACKUP\n interface e\n virtual_router_id 5\nNOPRE priority PRIO\n virtual_ipaddress {\n  10.0.0.9\n }\n}\n";
  const auto fill = [&](const std::string& pre, const std::string& prio) {
    std::string text = form;
    text.replace(text.find("NOPRE"), 5, pre);
    text.replace(text.find("PRIO"), 4, prio);
    return text;
  };
  EXPECT_EQ(as_master(fill("", "90"), fill(" nopreempt\n", "110")), fill(" nopreempt\n", "110"));
  EXPECT_EQ(as_backup(fill(" nopreempt\n", "110"), fill("", "90")), fill("", "90"));
}

TEST(KeepalivedRewrite, PriorityAloneGoesThereAndBack) {
  const std::string b = keepalived(backup());
  const std::string raised = with_priority(b, 110);
  EXPECT_EQ(parse_keepalived(raised, "k").instances[0].priority.value, 110);
  EXPECT_EQ(with_priority(raised, 95), b);
  EXPECT_THROW((void)with_priority(b, 255), InputError);
  EXPECT_THROW((void)with_priority(b, 100, "VI_9"), InputError);
  EXPECT_THROW((void)with_priority(b + b, 100), InputError);
}

}  // namespace
}  // namespace interlock
