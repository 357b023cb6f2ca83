// The published JSON Schema, from the rows of the shapes. See json_schema() in shape.h for what it promises.
#include "fsm/shape.h"

namespace interlock::fsm {
namespace {

Json schema_of(const Shape& shape);

// Whatever YAML takes the plain text for.
Json scalar() { return {{"type", Json::array({"string", "number", "boolean"})}}; }
Json any_of(Json one, Json other) { return {{"anyOf", Json::array({std::move(one), std::move(other)})}}; }
Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
Json map_to(Json values) { return {{"type", "object"}, {"additionalProperties", std::move(values)}}; }
Json named(Json map) {
  map["propertyNames"] = {{"pattern", "^[A-Za-z0-9_-]{1,100}$"}};
  return map;
}
Json single() { return {{"type", "object"}, {"minProperties", 1}, {"maxProperties", 1}}; }

Json name() {
  Json schema = scalar();
  schema["pattern"] = "^[A-Za-z0-9_-]{1,100}$";
  return schema;
}

Json localized() {
  return any_of(scalar(), {{"type", "object"}, {"properties", {{"en", scalar()}, {"zh", scalar()}}}, {"additionalProperties", false}});
}

Json flag() {
  return any_of({{"type", "boolean"}},
                {{"type", "string"}, {"pattern", "^([yYnN]|[Yy]es|YES|[Nn]o|NO|[Tt]rue|TRUE|[Ff]alse|FALSE|[Oo]n|ON|[Oo]ff|OFF)$"}});
}

Json target() {
  return any_of(scalar(), {{"type", "object"},
                           {"properties", {{"by", scalar()}, {"is", map_to(scalar())}}},
                           {"required", Json::array({"by", "is"})},
                           {"additionalProperties", false}});
}

Json schema_of(const Key& key) {
  switch (key.form) {
    case Form::text:
    case Form::predicate: return scalar();
    case Form::name: return name();
    case Form::localized: return localized();
    case Form::flag: return flag();
    case Form::number: return any_of({{"type", "integer"}}, {{"type", "string"}, {"pattern", "^[-+]?(0[xX][0-9A-Fa-f]+|[0-9]+)$"}});
    case Form::duration: return {{"type", "string"}, {"pattern", "^([0-9]+(ms|s|m|h)|\\$\\{.+\\})$"}};
    case Form::any: return {{"not", {{"type", "null"}}}};
    case Form::word: return {{"enum", key.choice->words}};
    case Form::probe: return single();
    case Form::object: return schema_of(*key.object);
    case Form::names: return list_of(scalar());
    case Form::list: return list_of(schema_of(*key.object));
    case Form::map: return named(map_to(schema_of(*key.object)));
    case Form::choices: return any_of(list_of(scalar()), map_to(scalar()));
    case Form::value_cases: return map_to(any_of(scalar(), map_to(scalar())));
    case Form::operations: return list_of(single());
    case Form::steps: return list_of(any_of(scalar(), schema_of(*key.object)));
    case Form::target: return target();
    case Form::name_map: return named({{"type", "object"}});
    case Form::name_lists: return map_to(list_of(scalar()));
    case Form::players: return named(map_to(any_of(schema_of(*key.object), list_of(schema_of(*key.object)))));
    case Form::gates: return named(map_to(any_of(scalar(), schema_of(*key.object))));
  }
  return Json::object();
}

Json schema_of(const Shape& shape) {
  Json properties = Json::object(), required = Json::array();
  for (const Key& key : shape.keys) {
    Json one = schema_of(key);
    one["description"] = key.help;
    properties[std::string(key.name)] = std::move(one);
    if (key.required) required.push_back(key.name);
  }
  Json schema{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = required;
  return schema;
}

}  // namespace

Json json_schema(const Shape& shape, std::string_view title) {
  Json schema = schema_of(shape);
  schema["$schema"] = "http://json-schema.org/draft-07/schema#";
  schema["title"] = title;
  return schema;
}

}  // namespace interlock::fsm
