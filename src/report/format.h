// The forms in which results are given. Each kind of result has an enumeration of its own, so that a form which a
// result does not have cannot be asked for; the words of the command line are parsed here and nowhere else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace interlock {

enum class Format {
  text,
  json,
  nagios,      // one line of status and performance data, then details
  prometheus,  // for the node exporter's textfile collector
  junit,
  tap,         // version 13
};
[[nodiscard]] std::optional<Format> parse_format(std::string_view word);
inline constexpr std::string_view kFormatWords = "text, json, nagios, prometheus, junit, tap";

enum class PlanFormat { text, json };
[[nodiscard]] std::optional<PlanFormat> parse_plan_format(std::string_view word);
inline constexpr std::string_view kPlanFormatWords = "text, json";

enum class ReportFormat { text, json, junit, html };
[[nodiscard]] std::optional<ReportFormat> parse_report_format(std::string_view word);
inline constexpr std::string_view kReportFormatWords = "text, json, junit, html";

}  // namespace interlock
