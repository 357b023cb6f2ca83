// Elements of an XML file with their places in the text, so that single values can be replaced while layout,
// comments and everything else stay byte for byte. pugixml parses; this adds what it does not keep: where a value
// stands. DTDs are skipped, no entity but the five built in is expanded, nothing external is ever read. Pure.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fsm/text.h"

namespace interlock {

struct XmlSpan {
  std::size_t offset = 0;
  std::size_t length = 0;
};

struct XmlAttribute {
  std::string name;
  std::string value;   // entities resolved
  XmlSpan raw;         // between the quotes
};

struct XmlElement {
  std::string name;
  std::vector<XmlAttribute> attributes;
  std::string text;                // own text, entities resolved, blanks at both ends dropped
  XmlSpan raw_text;                // what is to be replaced to change the text
  bool plain = true;               // holds text only: no child element, comment or CDATA, so that it can be replaced
  bool self_closing = false;       // <a/>: raw_text covers the "/>"
  Position at;
  std::size_t depth = 0;
  [[nodiscard]] const XmlAttribute* attribute(std::string_view name) const;
};

// Every element in document order. Throws InputError: not text, not XML, an encoding other than UTF-8, or beyond one
// of these limits, which no configuration file comes near.
inline constexpr std::size_t kXmlDepth = 32;
inline constexpr std::size_t kXmlElements = 20'000;
inline constexpr std::size_t kXmlNameBytes = 256;
[[nodiscard]] std::vector<XmlElement> read_xml(std::string_view text, std::string_view file);

// The edit that gives the element this text; `raw` is written as it is, entities and all.
[[nodiscard]] Edit replace_text(const XmlElement& element, std::string_view raw);
[[nodiscard]] std::string escape_xml(std::string_view value);

}  // namespace interlock
