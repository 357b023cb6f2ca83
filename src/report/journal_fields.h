// Fields of journal records, read without trust: a field that is missing or of another type is empty. Pure.
#pragma once

#include <string>
#include <vector>

#include "src/report/story.h"

namespace interlock::report {

[[nodiscard]] std::string text_field(const Json& body, const char* key);
[[nodiscard]] std::int64_t number_field(const Json& body, const char* key);
[[nodiscard]] std::vector<std::string> text_list(const Json& body, const char* key);
[[nodiscard]] Facts fact_values(const Json& body);              // of its field "facts"
[[nodiscard]] std::vector<Sighting> sightings(const Json& evidence);

}  // namespace interlock::report
