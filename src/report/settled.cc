#include "src/report/settled.h"

#include "src/report/layout.h"

namespace interlock {

fsm::Words words_from(const Json& json) {
  if (json.is_string()) return {json.get<std::string>(), json.get<std::string>()};
  return json.is_object() ? fsm::Words{json.value("en", ""), json.value("zh", "")} : fsm::Words{};
}

std::vector<SettledParameter> settled_from(const Json& notes) {
  std::vector<SettledParameter> list;
  if (!notes.is_object() || !notes.contains("settled")) return list;
  for (const auto& one : notes["settled"])
    if (one.is_object()) list.push_back({one.value("name", ""), one.value("value", ""), words_from(one.value("because", Json()))});
  return list;
}

namespace report {

std::string settled_text(const std::vector<SettledParameter>& settled, Language language) {
  std::size_t wide = 0;
  for (const auto& s : settled) wide = std::max(wide, display_width(s.name + " = " + s.value));
  std::string text;
  for (const auto& s : settled) text += hang("  " + pad(printable(s.name + " = " + s.value), wide) + "  ", printable(in(s.because, language)), page_columns());
  return text;
}

Json settled_json(const std::vector<SettledParameter>& settled, Language language) {
  Json list = Json::array();
  for (const auto& s : settled) list.push_back({{"name", s.name}, {"value", s.value}, {"because", in(s.because, language)}});
  return list;
}

}  // namespace report
}  // namespace interlock
