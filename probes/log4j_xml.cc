#include "probes/log4j_xml.h"

#include <algorithm>
#include <array>
#include <map>

#include "probes/xml_text.h"

namespace interlock {
namespace {

// What sites change: how much is logged, where to, how large and for how long.
bool site_attribute(std::string_view name) {
  constexpr std::array<std::string_view, 17> kNames{"level", "size", "max", "min", "filename", "filepattern", "interval", "age", "monitorinterval",
                                                    "basepath", "glob", "exceeds", "maxdepth", "status", "value", "additivity", "modulate"};
  return std::find(kNames.begin(), kNames.end(), lower_ascii(name)) != kNames.end();
}

// "Configuration/Loggers/Logger[cn.hotpu]" or, without a name, with the number among its like.
using Keyed = std::vector<std::pair<std::string, const XmlElement*>>;
constexpr std::size_t kKeyNameBytes = 200;
Keyed keyed(const std::vector<XmlElement>& elements) {
  Keyed result;
  std::vector<std::string> parents;
  std::map<std::string, std::size_t> count;
  for (const XmlElement& element : elements) {
    parents.resize(element.depth + 1);
    std::string key = element.depth == 0 ? element.name : parents[element.depth - 1] + "/" + element.name;
    const XmlAttribute* name = element.attribute("name");
    if (name == nullptr) name = element.attribute("ref");
    if (name != nullptr) key += "[" + std::string(head(name->value, kKeyNameBytes)) + "]";
    const std::size_t nth = ++count[key];
    if (nth > 1) key += "#" + std::to_string(nth);
    parents[element.depth] = key;
    result.emplace_back(std::move(key), &element);
  }
  return result;
}

class Merge {
 public:
  Merge(std::string_view old_text, std::string_view new_text, std::string_view old_file, std::string_view new_file)
      : old_text_(old_text), new_text_(new_text), old_file_(old_file), new_file_(new_file), old_(read_xml(old_text, old_file)), new_(read_xml(new_text, new_file)) {}

  ConfigMerge run() {
    const Keyed before = keyed(old_), fresh = keyed(new_);
    std::map<std::string_view, const XmlElement*> by_key;
    for (const auto& [key, element] : before) by_key.emplace(key, element);
    std::map<std::string_view, bool> matched;
    for (const auto& [key, element] : fresh) {
      const auto found = by_key.find(key);
      matched[key] = true;
      if (found == by_key.end()) {
        merge_.differences.push_back({key, Carried::new_only, {}, "<" + element->name + ">", {}});
      } else {
        compare(key, *found->second, *element);
      }
    }
    for (const auto& [key, element] : before) {
      if (matched.count(key) > 0) continue;
      merge_.differences.push_back({key, Carried::old_only, "<" + element->name + ">", {}, {}});
      merge_.diagnostics.push_back(Diagnostic{std::string(old_file_), element->at.line, element->at.column, Severity::warning,
                                              "element " + std::string(head(key, 120)) + " is not in the new version's file and is dropped", {}, "add it by hand if it is the site's own"});
    }
    merge_.text = apply_edits(new_text_, std::move(edits_));
    return std::move(merge_);
  }

 private:
  void compare(const std::string& key, const XmlElement& before, const XmlElement& fresh) {
    for (const XmlAttribute& attribute : fresh.attributes) {
      const XmlAttribute* old = before.attribute(attribute.name);
      if (old == nullptr || old->value == attribute.value) continue;
      const std::string name = key + "/@" + attribute.name;
      const bool carry = site_attribute(attribute.name) && fits(*old, attribute);
      note(name, carry, old->value, attribute.value);
      if (carry) edits_.push_back({attribute.raw.offset, attribute.raw.length, std::string(old_text_.substr(old->raw.offset, old->raw.length))});
    }
    if (before.text == fresh.text || !before.plain || !fresh.plain) return;
    const bool carry = equals_ignoring_case(fresh.name, "property") && !before.self_closing;
    note(key, carry, before.text, fresh.text);
    if (carry) edits_.push_back(replace_text(fresh, old_text_.substr(before.raw_text.offset, before.raw_text.length)));
  }

  // The raw old value may stand between the new file's quotes.
  [[nodiscard]] bool fits(const XmlAttribute& old, const XmlAttribute& fresh) const {
    const char quote = new_text_[fresh.raw.offset - 1];
    return old_text_.substr(old.raw.offset, old.raw.length).find(quote) == std::string_view::npos;
  }

  void note(const std::string& key, bool carry, const std::string& old_value, const std::string& new_value) {
    merge_.differences.push_back({key, carry ? Carried::carried : Carried::kept_new, shown_value(key, old_value), shown_value(key, new_value),
                                  carry ? "" : "not a level, size or path"});
  }

  std::string_view old_text_, new_text_, old_file_, new_file_;
  std::vector<XmlElement> old_, new_;
  std::vector<Edit> edits_;
  ConfigMerge merge_;
};

}  // namespace

ConfigMerge merge_log4j_xml(std::string_view old_text, std::string_view new_text, std::string_view old_file, std::string_view new_file) {
  return Merge(old_text, new_text, old_file, new_file).run();
}

}  // namespace interlock
