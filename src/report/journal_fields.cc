#include "src/report/journal_fields.h"

namespace interlock::report {
namespace {

const Json* field(const Json& body, const char* key) {
  if (!body.is_object()) return nullptr;
  const auto it = body.find(key);
  return it == body.end() ? nullptr : &*it;
}

}  // namespace

std::string text_field(const Json& body, const char* key) {
  const Json* f = field(body, key);
  return f != nullptr && f->is_string() ? f->get<std::string>() : std::string();
}

std::int64_t number_field(const Json& body, const char* key) {
  const Json* f = field(body, key);
  return f != nullptr && f->is_number_integer() ? f->get<std::int64_t>() : 0;
}

std::vector<std::string> text_list(const Json& body, const char* key) {
  std::vector<std::string> list;
  if (const Json* f = field(body, key); f != nullptr && f->is_array())
    for (const auto& item : *f)
      if (item.is_string()) list.push_back(item.get<std::string>());
  return list;
}

Facts fact_values(const Json& body) {
  Facts facts;
  if (const Json* f = field(body, "facts"); f != nullptr && f->is_object())
    for (const auto& [name, value] : f->items())
      if (value.is_string()) facts.emplace_back(name, value.get<std::string>());
  return facts;
}

std::vector<Sighting> sightings(const Json& evidence) {
  std::vector<Sighting> list;
  if (!evidence.is_array()) return list;
  for (const auto& item : evidence) {
    if (!item.is_object()) continue;
    list.push_back({text_field(item, "fact"), text_field(item, "value"), text_field(item, "asked"), text_field(item, "saw"), text_field(item, "why"), number_field(item, "at_ms"),
                    number_field(item, "took_us")});
  }
  return list;
}

}  // namespace interlock::report
