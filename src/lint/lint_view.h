// How findings are shown: as text for people, with diagnostics in the form that editors follow, or as JSON. Pure.
#pragma once

#include <string>
#include <vector>

#include "src/lint/lint.h"

namespace interlock {

[[nodiscard]] std::string lint_text(const std::vector<LintResult>& results, bool colours);
// `unread`: of files that could not be read at all; they are in no result.
[[nodiscard]] std::string lint_json(const std::vector<LintResult>& results, const std::vector<Diagnostic>& unread, int exit_code);

}  // namespace interlock
