// interlock lint without its command: texts in, findings out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "src/lint/lint.h"
#include "src/lint/lint_view.h"
#include "tests/support/scratch.h"
#include "tests/unit/keepalived_samples.h"

namespace interlock::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

LintFile a_file(LintKind kind, std::string name, std::string text) { return {kind, std::move(name), std::move(text)}; }
LintFile conf(std::string name, const samples::KeepalivedSample& sample) { return a_file(LintKind::keepalived, std::move(name), samples::keepalived(sample)); }
LintFile sql(std::string name, std::string text) { return a_file(LintKind::upgrade_sql, std::move(name), std::move(text)); }
LintResult only(const LintFile& file) { return lint({file}, {}).front(); }

TEST(LintRecognises, ByNameAndByContent) {
  struct Row {
    const char* file;
    const char* text;
    std::optional<LintKind> kind;
  };
  const Row rows[] = {
      {"2.5.5.sql", "", LintKind::upgrade_sql},
      {"keepalived.conf", "", LintKind::keepalived},
      {"hotdb-1.txt", "global_defs {\n}\nvrrp_instance VI_1 {\n}\n", LintKind::keepalived},
      {"notes.txt", "the vrrp_instance is wrong\n", std::nullopt},
      {"server.xml", "not XML at all", LintKind::server_xml},
      {"node-1.xml", "<?xml version=\"1.0\"?>\n<hotdb:server xmlns:hotdb=\"x\"/>", LintKind::server_xml},
      {"log4j2.xml", "<Configuration/>", std::nullopt},
      {"bin/hotdb_server", "", LintKind::start_script},
      {"start", "#!/bin/sh\nJAVA_OPTS=\"-Xmx4G\"\n", LintKind::start_script},
      {"start", "#!/bin/sh\necho\n", std::nullopt},
      {"a.yaml", "# a comment\nsite: lab\nhosts: {}\n", LintKind::site},
      {"a.yml", "procedure: p\nroles: {}\n", LintKind::procedure},
      {"a.yaml", "component: c\nfacts:\n  site: {}\n", LintKind::component},
      {"a.yaml", "apiVersion: v1\n", std::nullopt},
      {"-", "component: c\n", LintKind::component},
  };
  for (const Row& row : rows) EXPECT_EQ(recognise(row.file, row.text), row.kind) << row.file << ": " << row.text;
}

TEST(LintRecognises, EveryWordOfAs) {
  for (const auto& word : lint_kind_words()) {
    ASSERT_TRUE(parse_lint_kind(word)) << word;
    EXPECT_EQ(word, to_string(*parse_lint_kind(word)));
  }
  EXPECT_FALSE(parse_lint_kind("yaml"));
}

TEST(LintKeepalived, OneFileTellsItsRole) {
  const LintResult result = only(conf("m.conf", samples::master()));
  EXPECT_EQ(result.found["role"], "master");
  EXPECT_EQ(result.found["instances"][0]["priority"], 100);
  EXPECT_FALSE(has_errors(result.diagnostics)) << to_string(result.diagnostics);
}

TEST(LintKeepalived, APairPredictsEveryEventInWhateverOrderTheFilesAreGiven) {
  const auto results = lint({conf("b.conf", samples::backup()), conf("m.conf", samples::master())}, {});
  ASSERT_EQ(results.size(), 3U);
  const Json& pair = results[2].found;
  EXPECT_EQ(pair["master"], "m.conf");
  EXPECT_EQ(pair["sound"], true);
  EXPECT_EQ(pair["outage"].size(), 6U);
  EXPECT_NEAR(pair["outage"]["graceful stop of keepalived"].value("/outage_ms/max"_json_pointer, 0.0), 629, 1);
  EXPECT_THAT(lint_text(results, false), HasSubstr("graceful stop of keepalived"));
}

TEST(LintKeepalived, APairThatCannotFailOverIsAnError) {
  auto weak = samples::master();
  weak.weight = -2;
  const auto results = lint({conf("m.conf", weak), conf("b.conf", samples::backup())}, {});
  EXPECT_EQ(results[2].found["failover_works"], false);
  EXPECT_TRUE(has_errors(results[2].diagnostics));
}

TEST(LintKeepalived, ThreeFilesAreNoPair) {
  EXPECT_EQ(lint({conf("a", samples::master()), conf("b", samples::backup()), conf("c", samples::backup())}, {}).size(), 3U);
}

TEST(LintKeepalived, NoPasswordIsShown) {
  auto master = samples::master(), backup = samples::backup();
  backup.password = "Other9planted";
  const auto results = lint({conf("m.conf", master), conf("b.conf", backup)}, {});
  EXPECT_THAT(lint_text(results, false) + lint_json(results, {}, 0), Not(HasSubstr("planted")));
}

TEST(LintSql, StatementsAreClassedInTheOrderOfTheScripts) {
  const auto results = lint({sql("2.5.5.sql", "create table t (a int);\n"), sql("2.5.6.sql", "alter table t drop column a;\n\ndelete from old;\n")}, {});
  ASSERT_EQ(results.size(), 1U) << "one upgrade";
  const Json& statements = results[0].found["statements"];
  ASSERT_EQ(statements.size(), 3U);
  EXPECT_EQ(statements[0]["class"], "additive");
  EXPECT_EQ(statements[2]["class"], "destructive");
  EXPECT_EQ(statements[2]["line"], 3);
  EXPECT_EQ(results[0].found["verdict"], "unsafe");
  EXPECT_GT(count(results[0].diagnostics).warnings, 0U);
  EXPECT_EQ(count(results[0].diagnostics).errors, 0U) << "a script may be right and still need a stop";
}

TEST(LintSql, ScriptsOutOfOrderAreDoubted) {
  const auto results = lint({sql("a/2.5.10.sql", ""), sql("b/2.5.9.sql", "")}, {});
  ASSERT_EQ(results[0].diagnostics.size(), 1U);
  EXPECT_THAT(results[0].diagnostics[0].message, HasSubstr("2.5.9 comes after that of 2.5.10"));
  EXPECT_TRUE(lint({sql("2.5.9.sql", ""), sql("2.5.10.sql", "")}, {})[0].diagnostics.empty());
}

TEST(LintSql, TheLiveSchemaDecidesWhatTheScriptAloneCannot) {
  const LintFile script = sql("2.5.6.sql", "alter table t modify a bigint;\n");
  EXPECT_EQ(only(script).found["verdict"], "undecided");
  EXPECT_THAT(to_string(only(script).diagnostics), HasSubstr("--host-role"));
  LintWorld world;
  const Json row{{"table_schema", "db"}, {"table_name", "t"}, {"column_name", "a"}, {"column_type", "int(11)"}, {"is_nullable", "YES"}, {"column_default", nullptr},
                 {"character_set_name", nullptr}, {"collation_name", nullptr}, {"extra", ""}, {"table_collation", "utf8mb4_general_ci"}};
  world.schema = schema_from_rows(Json::array({row})).value();
  EXPECT_EQ(lint({script}, world)[0].found["verdict"], "widening-only");
}

std::string server_xml(const std::string& state, const std::string& peer) {
  return "<hotdb:server xmlns:hotdb=\"x\"><system>\n"
         "<property name=\"url\">jdbc:mysql://hotdb:planted1@127.0.0.1:3306/c</property>\n"
         "<property name=\"password\">planted2</property>\n"
         "<property name=\"haMode\">0</property>\n"
         "<property name=\"haState\">" + state + "</property>\n<property name=\"haNodeHost\">" + peer + "</property>\n</system></hotdb:server>\n";
}

TEST(LintServerXml, TellsTheRoleAndHidesCredentials) {
  const auto results = lint({a_file(LintKind::server_xml, "server.xml", server_xml("backup", "10.0.0.1:3325"))}, {});
  EXPECT_EQ(results[0].found["role"], "backup");
  EXPECT_TRUE(results[0].diagnostics.empty()) << to_string(results[0].diagnostics);
  const std::string shown = lint_text(results, false) + lint_json(results, {}, 0);
  EXPECT_THAT(shown, Not(HasSubstr("planted")));
  EXPECT_THAT(shown, HasSubstr("haNodeHost"));
}

TEST(LintServerXml, NeitherMasterNorBackupIsAWarningWithItsLine) {
  const LintResult result = only(a_file(LintKind::server_xml, "server.xml", server_xml("master", "10.0.0.1:3325")));
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_EQ(result.diagnostics[0].line, 5U);
  EXPECT_EQ(result.diagnostics[0].severity, Severity::warning);
}

TEST(LintServerXml, WhatIsNotXmlIsAnErrorOfTheContent) { EXPECT_TRUE(has_errors(only(a_file(LintKind::server_xml, "server.xml", "<hotdb:server")).diagnostics)); }

TEST(LintStartScript, TheLastAssignmentCounts) {
  const LintResult result = only(a_file(LintKind::start_script, "hotdb_server",
                                        "#!/bin/sh\nJAVA_BIN=/usr/bin/java\nJAVA_VERSION=\"1.7.0_80\"\n#JAVA_OPTS=\"-Xmx16G\"\nJAVA_OPTS=\"-Xmx4G\"\nJAVA_OPTS=\"-Xmx8G -Dkey.password=planted\"\n"));
  const Json& found = result.found["assignments"];
  ASSERT_EQ(found.size(), 5U);
  EXPECT_EQ(found[4]["counts"], true);
  EXPECT_EQ(found[3]["counts"], false);
  EXPECT_THAT(result.found.dump(), Not(HasSubstr("planted")));
  EXPECT_THAT(to_string(result.diagnostics), HasSubstr("set 2 times"));
  EXPECT_THAT(to_string(result.diagnostics), HasSubstr("needs JDK 8"));
}

LintCatalog shipped() {
  LintCatalog catalog;
  const std::string configs = std::string(INTERLOCK_SOURCE_DIR) + "/configs";
  for (const auto& item : std::filesystem::directory_iterator(configs + "/components")) {
    auto component = fsm::load_component(item.path().string(), read_whole(item.path()));
    catalog.components.emplace(component.name, component);
  }
  catalog.sites.push_back(fsm::load_site("lab.yaml", read_whole(configs + "/sites/lab.yaml")));
  return catalog;
}
LintFile nonstop() {
  return a_file(LintKind::procedure, "nonstop.yaml", read_whole(std::string(INTERLOCK_SOURCE_DIR) + "/configs/procedures/hotdb/hotdb-master-backup-nonstop.yaml"));
}

TEST(LintProcedure, IsBoundToTheSitesThatHaveItsRoles) {
  const LintCatalog catalog = shipped();
  const LintResult result = lint({nonstop()}, {{}, {{"nonstop.yaml", &catalog}}}).front();
  EXPECT_FALSE(has_errors(result.diagnostics)) << to_string(result.diagnostics);
  EXPECT_GT(result.found["bound_to"]["lab"]["actions"], 10);
}

TEST(LintProcedure, AWrongNameIsFoundByBinding) {
  const LintCatalog catalog = shipped();
  LintFile file = nonstop();
  file.text.replace(file.text.find("master.reload_config"), 20, "master.reload_confog");
  const LintResult result = lint({file}, {{}, {{"nonstop.yaml", &catalog}}}).front();
  ASSERT_TRUE(has_errors(result.diagnostics));
  EXPECT_GT(result.diagnostics[0].line, 1U);
  EXPECT_THAT(result.diagnostics[0].fix, HasSubstr("reload_config"));
}

TEST(LintProcedure, WithoutACatalogThatIsSaid) {
  const LintResult result = lint({nonstop()}, {}).front();
  EXPECT_EQ(count(result.diagnostics).notes, 1U);
}

TEST(LintComponent, ChecksProbesAndOperations) {
  const LintResult result = only(a_file(LintKind::component, "c.yaml",
                                        "component: c\nfacts:\n  up: {values: [\"no\", \"yes\"], observe: {tpc: {port: 1}}}\n"
                                        "  open: {values: [\"no\", \"yes\"], observe: {tcp: {prot: 1}}}\n"
                                        "actions:\n  stop: {do: [{runn: [sh]}], effect: {up: \"no\"}, within: 5s, repeatable: \"true\"}\n"));
  const std::string all = to_string(result.diagnostics);
  EXPECT_THAT(all, HasSubstr("c.yaml:3:"));
  EXPECT_THAT(all, HasSubstr("there is no probe 'tpc'"));
  EXPECT_THAT(all, HasSubstr("prot"));
  EXPECT_THAT(all, HasSubstr("there is no operation 'runn'"));
}

TEST(LintComponent, EveryShippedOneIsGood) {
  for (const auto& item : std::filesystem::directory_iterator(std::string(INTERLOCK_SOURCE_DIR) + "/configs/components")) {
    const LintResult result = only(a_file(LintKind::component, item.path().filename().string(), read_whole(item.path())));
    EXPECT_FALSE(has_errors(result.diagnostics)) << to_string(result.diagnostics);
  }
}

TEST(LintSite, SaysWhichProceduresItFitsAndWhyNot) {
  LintCatalog catalog = shipped();
  catalog.procedures.push_back(fsm::load_procedure("nonstop.yaml", nonstop().text));
  const std::string lab = read_whole(std::string(INTERLOCK_SOURCE_DIR) + "/configs/sites/lab.yaml");
  const auto judge = [&](const std::string& text) { return lint({a_file(LintKind::site, "lab.yaml", text)}, {{}, {{"lab.yaml", &catalog}}}).front(); };
  EXPECT_TRUE(judge(lab).found["procedures"].contains("hotdb-master-backup-nonstop")) << to_string(judge(lab).diagnostics);
  std::string wrong = lab;
  wrong.replace(wrong.find("  vip: 10.89.0.100\n"), 19, "");
  const LintResult result = judge(wrong);
  EXPECT_EQ(count(result.diagnostics).errors, 0U);
  EXPECT_GT(count(result.diagnostics).warnings, 0U);
  EXPECT_THAT(result.diagnostics[0].message, HasSubstr("for the procedure hotdb-master-backup-nonstop"));
}

TEST(LintSite, AMisspeltParameterIsAnErrorWithTheLikelyWord) {
  LintCatalog catalog = shipped();
  catalog.procedures.push_back(fsm::load_procedure("nonstop.yaml", nonstop().text));
  std::string wrong = read_whole(std::string(INTERLOCK_SOURCE_DIR) + "/configs/sites/lab.yaml");
  wrong.replace(wrong.find("  scripts:"), 10, "  scirpts:");
  const LintResult result = lint({a_file(LintKind::site, "lab.yaml", wrong)}, {{}, {{"lab.yaml", &catalog}}}).front();
  EXPECT_EQ(count(result.diagnostics).errors, 1U);
  EXPECT_THAT(to_string(result.diagnostics), HasSubstr("no procedure and no component has a parameter 'scirpts'"));
  EXPECT_THAT(to_string(result.diagnostics), HasSubstr("write 'scripts'"));
}

TEST(LintView, JsonKeepsEveryDiagnosticWithItsPlace) {
  const auto results = lint({a_file(LintKind::site, "s.yaml", "site: s\nhosts: {a: {adress: x}}\nroles: {}\n")}, {});
  const Json shown = Json::parse(lint_json(results, {Diagnostic{"gone", 0, 0, Severity::error, "there is no such file", "", ""}}, 78));
  EXPECT_EQ(shown["exit_code"], 78);
  EXPECT_EQ(shown["unread"][0]["file"], "gone");
  EXPECT_EQ(shown["results"][0]["diagnostics"][0]["line"], 2);
  EXPECT_EQ(shown["errors"], 2);
}

}  // namespace
}  // namespace interlock::tests
