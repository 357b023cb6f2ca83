// Text made safe for each format it is put into. Pure. Every format has its own rules, so there is one function each.
#pragma once

#include <string>
#include <string_view>

#include "fsm/observation.h"

namespace interlock::report {

// For text and attributes of XML 1.0 and HTML: markup escaped, what XML forbids shown as in printable(), except
// that line feeds and tabs stay.
[[nodiscard]] std::string xml(std::string_view text);
// For the value of a label in Prometheus' exposition format.
[[nodiscard]] std::string prometheus_label(std::string_view text);
// For a line of a Nagios plugin: no line feed, no '|', which begins performance data.
[[nodiscard]] std::string nagios_line(std::string_view text);
// For the description of a TAP test: '#' would begin a directive.
[[nodiscard]] std::string tap_line(std::string_view text);
// JSON text that is always UTF-8 and never a command to a terminal, whatever the strings hold.
[[nodiscard]] std::string json_text(const Json& json, int indent = 2);

}  // namespace interlock::report
