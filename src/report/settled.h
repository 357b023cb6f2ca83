// Parameters that were left to be found out, as check, plan and run tell them.
#pragma once

#include "src/report/check_result.h"
#include "src/report/words.h"

namespace interlock::report {

// One paragraph for each: "config_sql = false  the site names no upgrade scripts …".
[[nodiscard]] std::string settled_text(const std::vector<SettledParameter>& settled, Language language);
[[nodiscard]] Json settled_json(const std::vector<SettledParameter>& settled, Language language);

}  // namespace interlock::report
