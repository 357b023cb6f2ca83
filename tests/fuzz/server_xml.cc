// Any bytes as server.xml and log4j2.xml: never a crash; merging with itself changes nothing; setting a role and
// setting it back gives the same values; merging twice is merging once.
#include <string_view>

#include "probes/log4j_xml.h"
#include "probes/server_xml.h"
#include "tests/fuzz/property.h"

using namespace interlock;

namespace {

constexpr std::string_view kFresh =
    "<hotdb:server><system>\n<property name=\"haState\">master</property><!-- c -->\n<property name=\"haNodeHost\"/>\n"
    "<property name=\"url\">new</property>\n<property name=\"password\"></property></system></hotdb:server>\n";

void check_role(std::string_view text) {
  const std::string backup = server_xml_with_role(text, ServerRole::backup, "10.0.0.2:3325");
  const ServerXml xml = parse_server_xml(backup, "b");
  PROPERTY(xml.value("haState") == "backup");
  PROPERTY(xml.value("haNodeHost") == "10.0.0.2:3325");
  PROPERTY(server_xml_with_role(backup, ServerRole::backup, "10.0.0.2:3325") == backup);
  PROPERTY(parse_server_xml(text, "t").properties.size() == xml.properties.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const ServerXml xml = parse_server_xml(text, "fuzz");
    (void)server_role(xml, "10.0.0.2:3325");
    (void)server_xml_facts(xml).dump();
    PROPERTY(merge_log4j_xml(text, text).text == text);
  } catch (const InputError& error) {
    PROPERTY(!error.diagnostics().empty());
    return 0;
  }
  try {
    PROPERTY(merge_server_xml(text, text, MergeSource::same_node).text == text);
    const ConfigMerge merge = merge_server_xml(text, kFresh, MergeSource::same_node);
    PROPERTY(merge_server_xml(text, merge.text, MergeSource::same_node).text == merge.text);
    PROPERTY(parse_server_xml(merge.text, "m").value("haState") == (parse_server_xml(text, "t").find("haState") ? parse_server_xml(text, "t").value("haState") : "master"));
    check_role(text);
  } catch (const InputError& error) {
    PROPERTY(!error.diagnostics().empty());
  }
  return 0;
}
