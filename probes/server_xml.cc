#include "probes/server_xml.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

namespace interlock {
namespace {

constexpr std::array<std::string_view, 7> kPerNode{"haMode", "idcId", "idcNodeHost", "serverId", "clusterHost", "haState", "haNodeHost"};

bool per_node(std::string_view key) { return std::find(kPerNode.begin(), kPerNode.end(), key) != kPerNode.end(); }

// The property elements, each with its name.
struct Property {
  std::string name;
  const XmlElement* element;
};
std::vector<Property> properties_of(const std::vector<XmlElement>& elements) {
  std::vector<Property> properties;
  for (const XmlElement& element : elements) {
    if (element.name != "property") continue;
    const XmlAttribute* name = element.attribute("name");
    if (name != nullptr && !name->value.empty()) properties.push_back({name->value, &element});
  }
  return properties;
}

struct Loaded {
  std::string_view text;
  std::vector<XmlElement> elements;
  std::vector<Property> properties;
  std::map<std::string, const XmlElement*, std::less<>> by_name;

  Loaded(std::string_view from, std::string_view file) : text(from), elements(read_xml(from, file)), properties(properties_of(elements)) {
    for (const Property& property : properties) {
      if (!by_name.emplace(property.name, property.element).second) {
        reject(file, property.element->at, "property '" + std::string(head(property.name, 80)) + "' stands twice: which one counts is not known", "each key once", "remove one of the two");
      }
    }
  }
  [[nodiscard]] const XmlElement* find(std::string_view name) const {
    const auto found = by_name.find(name);
    return found == by_name.end() ? nullptr : found->second;
  }
  [[nodiscard]] std::string_view raw(const XmlElement& element) const {
    return element.self_closing ? std::string_view{} : text.substr(element.raw_text.offset, element.raw_text.length);
  }
};

void check_plain(const XmlElement& element, const std::string& name, std::string_view file) {
  if (element.plain) return;
  reject(file, element.at, "property '" + std::string(head(name, 80)) + "' holds more than text", "text only between <property> and </property>", "move the comment or element out of the value");
}

bool host_and_port(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  unsigned port = 0;
  const std::string_view digits = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return error == std::errc{} && end == digits.data() + digits.size() && port >= 1 && port <= 65535;
}

}  // namespace

const ServerProperty* ServerXml::find(std::string_view name) const {
  const auto found = std::find_if(properties.rbegin(), properties.rend(), [&](const ServerProperty& p) { return p.name == name; });
  return found == properties.rend() ? nullptr : &*found;
}

std::string ServerXml::value(std::string_view name) const {
  const ServerProperty* property = find(name);
  return property == nullptr ? std::string{} : property->value;
}

ServerXml parse_server_xml(std::string_view text, std::string_view file) {
  ServerXml xml;
  xml.file = file;
  const auto elements = read_xml(text, file);
  const auto report = [&](Position at, Severity severity, std::string message, std::string expected, std::string fix) {
    xml.diagnostics.push_back(Diagnostic{xml.file, at.line, at.column, severity, std::move(message), std::move(expected), std::move(fix)});
  };
  if (elements.front().name != "hotdb:server") {
    report(elements.front().at, Severity::error, "the root element is '" + std::string(head(elements.front().name, 80)) + "'", "hotdb:server", "check that this is a compute node's server.xml");
  }
  std::set<std::string, std::less<>> seen;
  for (const XmlElement& element : elements) {
    if (element.name != "property") continue;
    const XmlAttribute* name = element.attribute("name");
    if (name == nullptr || name->value.empty()) {
      report(element.at, Severity::warning, "a property without a name", "<property name=\"…\">", "name it or remove it");
      continue;
    }
    if (!seen.insert(name->value).second) {
      report(element.at, Severity::error, "property '" + std::string(head(name->value, 80)) + "' stands twice: which one counts is not known", "each key once", "remove one of the two");
    }
    ServerProperty property;
    property.name = name->value;
    property.credential = is_secret_key(property.name);
    property.at = element.at;
    if (property.credential) {
      property.secret = Secret(element.text);
    } else {
      property.value = element.text;
    }
    xml.properties.push_back(std::move(property));
  }
  if (xml.properties.empty()) {
    report(elements.front().at, Severity::error, "the file has no property", "<property name=\"…\"> elements", "check that this is a compute node's server.xml");
  }
  return xml;
}

Json server_xml_facts(const ServerXml& xml) {
  Json facts = Json::object();
  for (const ServerProperty& property : xml.properties) {
    if (!property.credential) facts[property.name] = shown_value(property.name, property.value);
  }
  facts["role"] = to_string(server_role(xml).role);
  return facts;
}

const char* to_string(ServerRole role) {
  switch (role) {
    case ServerRole::master: return "master";
    case ServerRole::backup: return "backup";
    case ServerRole::other: return "other";
  }
  return "?";
}

ServerRoleVerdict server_role(const ServerXml& xml, std::string_view expected_peer) {
  const std::string mode = xml.value("haMode"), peer = xml.value("haNodeHost");
  const ServerProperty* state = xml.find("haState");
  if (xml.find("haNodeHost") == nullptr) return {ServerRole::other, "haNodeHost is missing"};
  if (state == nullptr) return {ServerRole::other, "haState is missing"};
  if (mode == "1" || mode == "4" || mode == "5") return {ServerRole::other, "haMode is " + mode + ": in cluster mode haState has no meaning"};
  if (state->value == "master") {
    if (!peer.empty()) return {ServerRole::other, "haState is master but haNodeHost is '" + peer + "', not empty"};
    return {ServerRole::master, "haState is master and haNodeHost is empty"};
  }
  if (state->value != "backup") return {ServerRole::other, "haState is '" + state->value + "', neither master nor backup"};
  if (!host_and_port(peer)) return {ServerRole::other, "haState is backup but haNodeHost is '" + peer + "', not the master's IP:PORT"};
  if (!expected_peer.empty() && peer != expected_peer) {
    return {ServerRole::other, "haState is backup but haNodeHost is " + peer + ", not the master's " + std::string(expected_peer)};
  }
  return {ServerRole::backup, "haState is backup and haNodeHost is " + peer};
}

std::span<const std::string_view> per_node_keys() { return kPerNode; }

ConfigMerge merge_server_xml(std::string_view old_text, std::string_view new_text, MergeSource source, std::string_view old_file, std::string_view new_file) {
  const Loaded before(old_text, old_file), fresh(new_text, new_file);
  ConfigMerge merge;
  std::vector<Edit> edits;
  for (const Property& property : fresh.properties) {
    const XmlElement* old = before.find(property.name);
    const std::string shown_new = shown_value(property.name, property.element->text);
    if (old == nullptr) {
      merge.differences.push_back({property.name, Carried::new_only, {}, shown_new, {}});
      continue;
    }
    if (old->text == property.element->text) continue;
    const std::string shown_old = shown_value(property.name, old->text);
    if (source == MergeSource::other_node && per_node(property.name)) {
      merge.differences.push_back({property.name, Carried::kept_new, shown_old, shown_new, "it says which node this is"});
      continue;
    }
    check_plain(*old, property.name, old_file);
    check_plain(*property.element, property.name, new_file);
    edits.push_back(replace_text(*property.element, before.raw(*old)));
    merge.differences.push_back({property.name, Carried::carried, shown_old, shown_new, {}});
  }
  for (const Property& property : before.properties) {
    if (fresh.find(property.name) != nullptr) continue;
    merge.differences.push_back({property.name, Carried::old_only, shown_value(property.name, property.element->text), {}, {}});
    merge.diagnostics.push_back(Diagnostic{std::string(old_file), property.element->at.line, property.element->at.column, Severity::warning,
                                           "property '" + std::string(head(property.name, 80)) + "' is not in the new version's file and is dropped", {},
                                           "look up in the release notes what replaces it"});
  }
  merge.text = apply_edits(new_text, std::move(edits));
  return merge;
}

std::string server_xml_with_role(std::string_view text, ServerRole role, std::string_view ha_node_host, std::string_view file) {
  if (role == ServerRole::other) reject(file, {}, "the role 'other'", "master or backup", "choose one of them");
  if ((role == ServerRole::backup) != host_and_port(ha_node_host) || (role == ServerRole::master && !ha_node_host.empty())) {
    reject(file, {}, "haNodeHost '" + std::string(head(ha_node_host, 80)) + "' for the role " + to_string(role), role == ServerRole::master ? "an empty haNodeHost" : "the master's IP:PORT", "correct the value");
  }
  const Loaded loaded(text, file);
  std::vector<Edit> edits;
  const std::array<std::pair<std::string, std::string>, 2> wanted{{{"haState", to_string(role)}, {"haNodeHost", escape_xml(ha_node_host)}}};
  for (const auto& [key, value] : wanted) {
    const XmlElement* element = loaded.find(key);
    if (element == nullptr) reject(file, {}, "property '" + key + "' is missing", "<property name=\"" + key + "\">", "add it to <system>");
    check_plain(*element, key, file);
    edits.push_back(replace_text(*element, value));
  }
  return apply_edits(text, std::move(edits));
}

}  // namespace interlock
