// What `check` (and `audit`) print: gates evaluated once, in every format. Pure; judging is done elsewhere.
#pragma once

#include <string>

#include "src/report/check_result.h"
#include "src/report/format.h"
#include "src/report/words.h"

namespace interlock {

// `colours` matters to Format::text only. Ends with a line feed. Local time; UTC in the formats for machines.
[[nodiscard]] std::string render_check(const CheckResult& result, Format format, Language language, bool colours);

}  // namespace interlock
