// The formats of a CheckResult, one file each, and what they share. Private to check_report.cc and its formats.
#pragma once

#include <string>
#include <vector>

#include "src/report/check_report.h"

namespace interlock::report {

[[nodiscard]] std::string check_text(const CheckResult& result, Language language, bool colours);
[[nodiscard]] std::string check_json(const CheckResult& result, Language language);
[[nodiscard]] std::string check_nagios(const CheckResult& result, Language language);
[[nodiscard]] std::string check_prometheus(const CheckResult& result);
[[nodiscard]] std::string check_junit(const CheckResult& result, Language language);
[[nodiscard]] std::string check_tap(const CheckResult& result, Language language);

struct GateCounts {
  std::size_t open = 0, closed = 0, unknown = 0, warnings = 0;  // closed and unknown: of enforced gates
  std::vector<std::string> closed_ids, unknown_ids, warning_ids;
};
[[nodiscard]] GateCounts count(const CheckResult& result);

// "OK", "WARNING", "CRITICAL", "UNKNOWN"
[[nodiscard]] const char* status_word(int nagios_status);
// "2 of 21 gates closed: vip-on-master, memory; 1 unknown: ddl"
[[nodiscard]] std::string headline(const CheckResult& result, Language language);
// "master.vip is absent" with how it was seen, one line per fact: "master.vip: asked …; saw …; 12 ms".
[[nodiscard]] std::vector<std::string> evidence_lines(const Json& evidence, Language language);
// What a probe saw, without how long that took, which the observation says too.
[[nodiscard]] std::string without_duration(const std::string& saw);
// Whether what was seen says again why nothing is known: "missing after 0.1 ms: X" beside "missing: X".
[[nodiscard]] bool says_again(const std::string& saw, const std::string& why);
// Why a gate cannot be judged: one line for each cause.
[[nodiscard]] std::vector<std::string> unknown_lines(const Json& evidence);
// Observed, required, how and remedy as plain lines, for formats that hold free text; of what cannot be judged,
// only why.
[[nodiscard]] std::vector<std::string> detail_lines(const GateResult& gate, Language language);

}  // namespace interlock::report
