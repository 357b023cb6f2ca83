#include "probes/xml_text.h"

#include <algorithm>
#include <pugixml.hpp>

namespace interlock {
namespace {

constexpr unsigned int kOptions = pugi::parse_default | pugi::parse_declaration | pugi::parse_comments | pugi::parse_pi | pugi::parse_ws_pcdata;
constexpr std::string_view kMark = "\xEF\xBB\xBF";

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Reader {
 public:
  Reader(std::string_view text, std::string_view file)
      : text_(text), file_(file), index_(text), base_(text.starts_with(kMark) ? kMark.size() : 0) {}

  std::vector<XmlElement> read() {
    const std::string_view body = text_.substr(base_);
    const auto result = document_.load_buffer(body.data(), body.size(), kOptions, pugi::encoding_utf8);
    if (!result) {
      const std::size_t offset = base_ + static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, result.offset));
      reject(file_, index_.at(offset), std::string("this is not well-formed XML: ") + result.description(), "well-formed XML", "correct the file at this place");
    }
    check_encoding();
    walk();
    if (elements_.empty()) reject(file_, {}, "the file has no element", "an XML document", "check that this is the file that was meant");
    return std::move(elements_);
  }

 private:
  void check_encoding() {
    const auto declaration = document_.first_child();
    if (declaration.type() != pugi::node_declaration) return;
    const std::string encoding = declaration.attribute("encoding").value();
    if (encoding.empty() || equals_ignoring_case(encoding, "utf-8") || equals_ignoring_case(encoding, "utf8") || equals_ignoring_case(encoding, "us-ascii")) return;
    reject(file_, {1, 1}, "the file declares the encoding '" + std::string(head(encoding, 40)) + "'", "encoding=\"UTF-8\"",
           "convert the file and its declaration, for example: iconv -f " + std::string(head(encoding, 40)) + " -t UTF-8");
  }

  // Document order without recursion.
  void walk() {
    pugi::xml_node node = document_.first_child();
    std::size_t depth = 0;
    while (node) {
      if (node.type() == pugi::node_element) {
        element(node, depth);
        if (elements_.size() > kXmlElements || elements_.back().name.size() > kXmlNameBytes) {
          reject(file_, elements_.back().at, "too many elements, or a name that is too long", "a configuration file", "check that this is the file that was meant");
        }
        if (node.first_child()) {
          node = node.first_child();
          if (++depth > kXmlDepth) {
            reject(file_, elements_.back().at, "elements are nested too deeply", "at most " + std::to_string(kXmlDepth) + " levels", "check that this is the file that was meant");
          }
          continue;
        }
      }
      while (node && !node.next_sibling()) {
        node = node.parent();
        if (depth == 0) return;
        --depth;
      }
      node = node.next_sibling();
    }
  }

  void element(const pugi::xml_node& node, std::size_t depth) {
    XmlElement element;
    element.name = node.name();
    element.depth = depth;
    const std::size_t name_at = base_ + static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, node.offset_debug()));
    element.at = index_.at(name_at > 0 ? name_at - 1 : 0);
    std::size_t at = name_at + element.name.size();
    for (const auto& attribute : node.attributes()) {
      at = attribute_span(at, attribute, element);
    }
    while (at < text_.size() && text_[at] != '>' && text_[at] != '/') ++at;
    element.self_closing = at < text_.size() && text_[at] == '/';
    if (element.self_closing) {
      element.raw_text = {at, 2};
    } else {
      content(node, std::min(at + 1, text_.size()), element);
    }
    elements_.push_back(std::move(element));
  }

  // Attributes come in the order of the text; pugixml has checked that each is NAME = QUOTE … QUOTE.
  std::size_t attribute_span(std::size_t at, const pugi::xml_attribute& attribute, XmlElement& element) const {
    while (at < text_.size() && text_[at] != '=') ++at;
    while (at < text_.size() && text_[at] != '"' && text_[at] != '\'') ++at;
    if (at >= text_.size()) return at;
    const std::size_t begin = at + 1;
    const std::size_t end = std::min(text_.find(text_[at], begin), text_.size());
    element.attributes.push_back(XmlAttribute{attribute.name(), attribute.value(), {begin, end - begin}});
    return std::min(end + 1, text_.size());
  }

  void content(const pugi::xml_node& node, std::size_t begin, XmlElement& element) const {
    for (const auto& child : node.children()) {
      if (child.type() == pugi::node_pcdata) {
        element.text += child.value();
      } else {
        element.plain = false;
        if (child.type() == pugi::node_cdata) element.text += child.value();
      }
    }
    const auto first = std::find_if_not(element.text.begin(), element.text.end(), blank);
    element.text.erase(element.text.begin(), first);
    while (!element.text.empty() && blank(element.text.back())) element.text.pop_back();
    // Plain content ends at the next tag. Blanks around the value belong to the layout.
    std::size_t end = element.plain ? std::min(text_.find('<', begin), text_.size()) : begin;
    while (begin < end && blank(text_[begin])) ++begin;
    while (end > begin && blank(text_[end - 1])) --end;
    element.raw_text = {begin, end - begin};
  }

  std::string_view text_, file_;
  LineIndex index_;
  std::size_t base_;
  pugi::xml_document document_;
  std::vector<XmlElement> elements_;
};

}  // namespace

const XmlAttribute* XmlElement::attribute(std::string_view wanted) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const XmlAttribute& a) { return a.name == wanted; });
  return found == attributes.end() ? nullptr : &*found;
}

std::vector<XmlElement> read_xml(std::string_view text, std::string_view file) {
  check_text(text, kConfigLimitBytes, file);
  return Reader(text, file).read();
}

Edit replace_text(const XmlElement& element, std::string_view raw) {
  if (!element.self_closing) return Edit{element.raw_text.offset, element.raw_text.length, std::string(raw)};
  if (raw.empty()) return Edit{element.raw_text.offset, 0, {}};
  return Edit{element.raw_text.offset, element.raw_text.length, ">" + std::string(raw) + "</" + element.name + ">"};
}

std::string escape_xml(std::string_view value) {
  std::string text;
  for (const char c : value) {
    switch (c) {
      case '&': text += "&amp;"; break;
      case '<': text += "&lt;"; break;
      case '>': text += "&gt;"; break;
      case '"': text += "&quot;"; break;
      default: text += c;
    }
  }
  return text;
}

}  // namespace interlock
