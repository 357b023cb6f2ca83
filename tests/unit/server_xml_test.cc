// server.xml, the start script and log4j2.xml: reading, roles, and merging a site's values into a new version.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/log4j_xml.h"
#include "probes/server_xml.h"
#include "probes/start_script.h"

namespace interlock {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string server(const std::string& properties, const std::string& encoding = "UTF-8") {
  return "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>\n<!DOCTYPE hotdb:server SYSTEM \"server.dtd\">\n"
         "<hotdb:server xmlns:hotdb=\"http://cn.hotpu/\">\n<system>\n" + properties + "</system>\n</hotdb:server>\n";
}
std::string property(const std::string& name, const std::string& value, const std::string& comment = "") {
  return "  <property name=\"" + name + "\">" + value + "</property>" + (comment.empty() ? "" : "<!-- " + comment + " -->") + "\n";
}

std::string old_master() {
  return server(property("url", "jdbc:mysql://10.0.0.3:3306/cfg", "主配置库地址") + property("password", "planted-1") +
                property("haMode", "0") + property("haState", "master") + property("haNodeHost", "", "其他节点 IP:PORT") +
                property("serverId", "1") + property("processors", "16") + property("gone", "x") + property("bakPassword", "planted-2"));
}
std::string fresh() {
  return server(property("url", "jdbc:mysql://127.0.0.1:3306/hotdb_config", "address of the config database") + "<!-- layout -->\n\n" +
                property("password", "hotdb_config") + property("haMode", "1") + property("haState", "backup") + property("haNodeHost", "1.2.3.4:3325") +
                property("serverId", "9") + property("processors", "16") + property("brandNew", "true") + property("bakPassword", ""));
}

TEST(ServerXml, ReadsPropertiesInOrderAndHidesCredentials) {
  const ServerXml xml = parse_server_xml(old_master(), "server.xml");
  EXPECT_EQ(to_string(xml.diagnostics), "");
  ASSERT_EQ(xml.properties.size(), 9u);
  EXPECT_EQ(xml.properties[0].name, "url");
  EXPECT_EQ(xml.properties[0].at, (Position{5, 3}));
  EXPECT_EQ(xml.find("password")->secret.reveal(), "planted-1");
  EXPECT_EQ(xml.value("password"), "");
  const Json facts = server_xml_facts(xml);
  EXPECT_EQ(facts["role"], "master");
  EXPECT_EQ(facts["processors"], "16");
  EXPECT_THAT(facts.dump(), Not(HasSubstr("planted")));
}

TEST(ServerXml, RoleDecisionTable) {
  struct Row { const char* mode; const char* state; const char* peer; const char* expected; ServerRole role; const char* why; };
  for (const Row& row : {Row{"0", "master", "", "", ServerRole::master, "empty"}, Row{"0", "master", "10.0.0.2:3325", "", ServerRole::other, "not empty"},
                         Row{"0", "backup", "10.0.0.2:3325", "", ServerRole::backup, ""}, Row{"0", "backup", "10.0.0.2:3325", "10.0.0.2:3325", ServerRole::backup, ""},
                         Row{"0", "backup", "10.0.0.9:3325", "10.0.0.2:3325", ServerRole::other, "not the master's 10.0.0.2:3325"},
                         Row{"0", "backup", "", "", ServerRole::other, "IP:PORT"}, Row{"0", "backup", "10.0.0.2", "", ServerRole::other, "IP:PORT"},
                         Row{"0", "backup", "10.0.0.2:0", "", ServerRole::other, "IP:PORT"}, Row{"0", "backup", "10.0.0.2:70000", "", ServerRole::other, "IP:PORT"},
                         Row{"0", "slave", "", "", ServerRole::other, "neither"}, Row{"0", "", "", "", ServerRole::other, "neither"},
                         Row{"1", "master", "", "", ServerRole::other, "cluster"}, Row{"2", "master", "", "", ServerRole::master, ""}}) {
    const auto verdict = server_role(parse_server_xml(server(property("haMode", row.mode) + property("haState", row.state) + property("haNodeHost", row.peer)), "s"), row.expected);
    EXPECT_EQ(verdict.role, row.role) << row.state << " " << row.peer << ": " << verdict.why;
    EXPECT_THAT(verdict.why, HasSubstr(row.why));
  }
  EXPECT_THAT(server_role(parse_server_xml(server(property("haState", "master")), "s")).why, HasSubstr("haNodeHost is missing"));
}

TEST(ServerXml, MergeCarriesTheNodesValuesAndKeepsTheNewLayout) {
  const ConfigMerge merge = merge_server_xml(old_master(), fresh(), MergeSource::same_node, "old.xml", "new.xml");
  const std::string expected = server(property("url", "jdbc:mysql://10.0.0.3:3306/cfg", "address of the config database") + "<!-- layout -->\n\n" +
                                      property("password", "planted-1") + property("haMode", "0") + property("haState", "master") + property("haNodeHost", "") +
                                      property("serverId", "1") + property("processors", "16") + property("brandNew", "true") + property("bakPassword", "planted-2"));
  EXPECT_EQ(merge.text, expected);
  std::string report;
  for (const auto& difference : merge.differences) report += to_string(difference) + "\n";
  EXPECT_EQ(report,
            "url: 'jdbc:mysql://127.0.0.1:3306/hotdb_config' replaced by the old 'jdbc:mysql://10.0.0.3:3306/cfg'\n"
            "password: '(secret)' replaced by the old '(secret)'\n"
            "haMode: '1' replaced by the old '0'\nhaState: 'backup' replaced by the old 'master'\nhaNodeHost: '1.2.3.4:3325' replaced by the old ''\n"
            "serverId: '9' replaced by the old '1'\nbrandNew: new, 'true'\nbakPassword: '' replaced by the old '(secret)'\n"
            "gone: no longer known to the new version, was 'x'\n");
  EXPECT_THAT(to_string(merge.diagnostics), HasSubstr("old.xml:12:3: warning: property 'gone' is not in the new version's file"));
}

TEST(ServerXml, PerNodeKeysNeverComeFromAnotherNode) {
  const ConfigMerge merge = merge_server_xml(old_master(), fresh(), MergeSource::other_node);
  const ServerXml result = parse_server_xml(merge.text, "s"), own = parse_server_xml(fresh(), "s");
  for (const std::string_view key : per_node_keys()) EXPECT_EQ(result.value(key), own.value(key)) << key;
  EXPECT_EQ(result.value("url"), "jdbc:mysql://10.0.0.3:3306/cfg");
  EXPECT_EQ(per_node_keys().size(), 7u);
}

TEST(ServerXml, MergingTwiceChangesNothingMore) {
  const std::string once = merge_server_xml(old_master(), fresh(), MergeSource::same_node).text;
  EXPECT_EQ(merge_server_xml(old_master(), once, MergeSource::same_node).text, once);
}

TEST(ServerXml, ValuesKeepTheirEntitiesAndEmptyElementsAreFilled) {
  const std::string before = server("<property name='a'>x &amp; y &lt;</property><property name=\"b\">1</property>");
  const std::string after = server("<property  name = 'a' />\n<property name=\"b\"\n>\n  2\n</property>");
  EXPECT_EQ(merge_server_xml(before, after, MergeSource::same_node).text,
            server("<property  name = 'a' >x &amp; y &lt;</property>\n<property name=\"b\"\n>\n  1\n</property>"));
}

TEST(ServerXml, RoleIsSetAndNothingElse) {
  const std::string backup = server_xml_with_role(old_master(), ServerRole::backup, "10.0.0.2:3325");
  EXPECT_EQ(server_role(parse_server_xml(backup, "s"), "10.0.0.2:3325").role, ServerRole::backup);
  EXPECT_EQ(server_xml_with_role(backup, ServerRole::master, ""), old_master());
  EXPECT_THROW((void)server_xml_with_role(old_master(), ServerRole::backup, ""), InputError);
  EXPECT_THROW((void)server_xml_with_role(old_master(), ServerRole::master, "10.0.0.2:3325"), InputError);
  EXPECT_THROW((void)server_xml_with_role(old_master(), ServerRole::other, ""), InputError);
  EXPECT_THROW((void)server_xml_with_role(server(property("haState", "master")), ServerRole::master, ""), InputError);
}

std::string xml_refusal(const std::string& text) {
  try {
    const ServerXml xml = parse_server_xml(text, "s");
    return to_string(xml.diagnostics);
  } catch (const InputError& e) {
    return e.what();
  }
}

TEST(ServerXml, WrongInputIsOneClearError) {
  EXPECT_THAT(xml_refusal("<a><b></a>"), HasSubstr("s:1:9: error: this is not well-formed XML"));
  EXPECT_THAT(xml_refusal(""), HasSubstr("s:1:1: error: this is not well-formed XML: No document element found"));
  EXPECT_THAT(xml_refusal(server("", "GBK")), HasSubstr("s:1:1: error: the file declares the encoding 'GBK'; expected encoding=\"UTF-8\""));
  EXPECT_THAT(xml_refusal(server("\xD6\xF7")), HasSubstr("s:5:1: error: byte 0xD6 is not valid UTF-8"));
  EXPECT_THAT(xml_refusal("<x/>"), HasSubstr("s:1:1: error: the root element is 'x'; expected hotdb:server"));
  EXPECT_THAT(xml_refusal(server(property("a", "1") + property("a", "2"))), HasSubstr("s:6:3: error: property 'a' stands twice"));
  EXPECT_THAT(xml_refusal(server("<property>1</property>")), HasSubstr("a property without a name"));
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  for (int i = 0; i < 100; ++i) deep += "</a>";
  EXPECT_THAT(xml_refusal(deep), HasSubstr("nested too deeply"));
  EXPECT_THAT(xml_refusal(std::string(50'000'000, 'x')), HasSubstr("s: error: the file has 50000000 bytes"));
}

TEST(ServerXml, EntitiesAreNeitherExpandedNorFetched) {
  const std::string text = "<!DOCTYPE hotdb:server [<!ENTITY a SYSTEM \"file:///etc/passwd\"><!ENTITY b \"bbbb\">]>\n<hotdb:server><property name=\"x\">&a;&b;</property></hotdb:server>";
  EXPECT_EQ(parse_server_xml(text, "s").value("x"), "&a;&b;");
}

TEST(ShownValue, MasksCredentialsWhereverTheyStand) {
  EXPECT_EQ(shown_value("bak1Password", "x"), "(secret)");
  EXPECT_EQ(shown_value("url", "jdbc:mysql://h/d?user=u&password=planted&x=1"), "jdbc:mysql://h/d?user=u&password=(secret)&x=1");
  EXPECT_EQ(shown_value("url", "amqp://u:planted@h:5672/v"), "amqp://u:(secret)@h:5672/v");
  EXPECT_EQ(shown_value("JAVA_OPTS", "-Xmx4G -Djavax.net.ssl.keyStorePassword=planted -Da=b"), "-Xmx4G -Djavax.net.ssl.keyStorePassword=(secret) -Da=b");
  EXPECT_EQ(shown_value("url", "jdbc:mysql://h:3306/d"), "jdbc:mysql://h:3306/d");
}

// ---- Start script ------------------------------------------------------------------------------------------

const char* const kOldScript =
    "#!/bin/sh\nPID_DIR=\"$HOTDB_HOME\"/run\nJAVA_BIN=\"$HOTDB_HOME\"/../jdk/bin/java\nJAVA_VERSION=\"1.7.0_80\"\n#with CMS\n"
    "JAVA_OPTS=\"-server -Xms4G -Xmx4G\"\n#with G1\n#JAVA_OPTS=\"-server -Xms16G\"\nif true; then\n  run\nfi\n";
const char* const kNewScript =
    "#!/bin/sh\n# 新版本\nJAVA_BIN=\"$HOTDB_HOME\"/../jdk/bin/java\nJAVA_VERSION=\"1.8.0_000\"\nJAVA_OPTS=\"-server -Xms1G -Xmx1G \\\n -XX:+UseG1GC\"\n#JAVA_OPTS=\"-x\"\nrun_new\n";

TEST(StartScript, ReadsActiveAndCommentedAssignments) {
  const auto found = read_start_script(kOldScript);
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0].value, "\"$HOTDB_HOME\"/../jdk/bin/java");
  EXPECT_EQ(found[1].value, "1.7.0_80");
  EXPECT_EQ(found[1].at, (Position{4, 1}));
  EXPECT_TRUE(found[3].commented);
  EXPECT_EQ(active_value(found, "JAVA_OPTS"), "-server -Xms4G -Xmx4G");
  EXPECT_EQ(active_value(found, "NONE"), std::nullopt);
}

TEST(StartScript, MergeCarriesOptionsSetsJavaAndKeepsTheRest) {
  const ConfigMerge merge = merge_start_script(kOldScript, kNewScript, JavaChoice{"/usr/local/jdk8/jdk8u252-b09/bin/java", "1.8.0_252"});
  EXPECT_EQ(merge.text,
            "#!/bin/sh\n# 新版本\nJAVA_BIN=\"/usr/local/jdk8/jdk8u252-b09/bin/java\"\nJAVA_VERSION=\"1.8.0_252\"\nJAVA_OPTS=\"-server -Xms4G -Xmx4G\"\n#JAVA_OPTS=\"-x\"\nrun_new\n");
  EXPECT_EQ(merge.differences.size(), 3u);
  EXPECT_EQ(merge_start_script(kOldScript, merge.text, JavaChoice{"/usr/local/jdk8/jdk8u252-b09/bin/java", "1.8.0_252"}).text, merge.text);
}

TEST(StartScript, WithoutAChoiceTheOldJavaIsCarried) {
  const ConfigMerge merge = merge_start_script(kOldScript, kNewScript, std::nullopt);
  EXPECT_THAT(merge.text, HasSubstr("JAVA_VERSION=\"1.7.0_80\"\nJAVA_OPTS=\"-server -Xms4G -Xmx4G\"\n#JAVA"));
}

TEST(StartScript, RefusesWhatNeedsAPerson) {
  EXPECT_THROW((void)read_start_script("JAVA_OPTS=\"open\n"), InputError);
  EXPECT_NO_THROW((void)read_start_script("#JAVA_OPTS=\"open\n"));
  EXPECT_THROW((void)with_java("JAVA_BIN=a\n", {"/j", "1"}), InputError) << "no JAVA_VERSION";
  EXPECT_THROW((void)with_java("JAVA_BIN=a\nJAVA_BIN=b\nJAVA_VERSION=1\n", {"/j", "1"}), InputError);
  EXPECT_THROW((void)with_java(kNewScript, {"/j; rm x", "1"}), InputError);
  EXPECT_THROW((void)with_java(kNewScript, {"", "1"}), InputError);
  EXPECT_THROW((void)merge_start_script("JAVA_OPTS=1\nJAVA_OPTS=\"$JAVA_OPTS 2\"\n", "JAVA_OPTS=1\n", std::nullopt), InputError);
  EXPECT_EQ(with_java("JAVA_BIN=a; x\nJAVA_VERSION='1' # c", {"/j", "2"}), "JAVA_BIN=/j; x\nJAVA_VERSION=\"2\" # c");
}

// ---- log4j2.xml --------------------------------------------------------------------------------------------

TEST(Log4jXml, CarriesLevelsSizesAndPathsAndReportsTheRest) {
  const std::string before =
      "<Configuration status=\"warn\"><Properties><Property name=\"dir\">/data/logs</Property></Properties><Appenders>"
      "<RollingFile name=\"F\" fileName=\"/data/h.log\" immediateFlush=\"true\"><SizeBasedTriggeringPolicy size=\"500 MB\"/><Old/></RollingFile></Appenders>"
      "<Loggers><Logger name=\"b\" level=\"debug\"/><Logger name=\"a\" level=\"info\"/></Loggers></Configuration>";
  const std::string after =
      "<!-- 新 -->\n<Configuration status=\"warn\">\n<Properties><Property name=\"dir\">logs</Property></Properties><Appenders>\n"
      "<RollingFile name=\"F\" fileName='logs/h.log' immediateFlush=\"false\"><SizeBasedTriggeringPolicy size=\"100 MB\"/></RollingFile></Appenders>\n"
      "<Loggers><Logger name=\"a\" level=\"warn\"/><Logger name=\"b\" level=\"warn\"/><Logger name=\"c\" level=\"warn\"/></Loggers></Configuration>";
  const ConfigMerge merge = merge_log4j_xml(before, after, "old.xml", "new.xml");
  EXPECT_EQ(merge.text,
            "<!-- 新 -->\n<Configuration status=\"warn\">\n<Properties><Property name=\"dir\">/data/logs</Property></Properties><Appenders>\n"
            "<RollingFile name=\"F\" fileName='/data/h.log' immediateFlush=\"false\"><SizeBasedTriggeringPolicy size=\"500 MB\"/></RollingFile></Appenders>\n"
            "<Loggers><Logger name=\"a\" level=\"info\"/><Logger name=\"b\" level=\"debug\"/><Logger name=\"c\" level=\"warn\"/></Loggers></Configuration>");
  std::string report;
  for (const auto& difference : merge.differences) report += to_string(difference) + "\n";
  EXPECT_THAT(report, HasSubstr("Configuration/Appenders/RollingFile[F]/@immediateFlush: 'false' kept, the old was 'true'"));
  EXPECT_THAT(report, HasSubstr("Configuration/Loggers/Logger[c]: new, '<Logger>'"));
  EXPECT_THAT(to_string(merge.diagnostics), HasSubstr("RollingFile[F]/Old is not in the new version's file"));
}

}  // namespace
}  // namespace interlock
