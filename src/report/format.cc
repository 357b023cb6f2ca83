#include "src/report/format.h"

namespace interlock {

std::optional<Format> parse_format(std::string_view word) {
  if (word == "text") return Format::text;
  if (word == "json") return Format::json;
  if (word == "nagios") return Format::nagios;
  if (word == "prometheus") return Format::prometheus;
  if (word == "junit") return Format::junit;
  if (word == "tap") return Format::tap;
  return std::nullopt;
}

std::optional<PlanFormat> parse_plan_format(std::string_view word) {
  if (word == "text") return PlanFormat::text;
  if (word == "json") return PlanFormat::json;
  return std::nullopt;
}

std::optional<ReportFormat> parse_report_format(std::string_view word) {
  if (word == "text") return ReportFormat::text;
  if (word == "json") return ReportFormat::json;
  if (word == "junit") return ReportFormat::junit;
  if (word == "html") return ReportFormat::html;
  return std::nullopt;
}

}  // namespace interlock
