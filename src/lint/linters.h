// One linter for each kind of file; lint.cc calls them. Pure. A text that cannot be read at all is a diagnostic of the
// result, not an exception.
#pragma once

#include "src/lint/lint.h"

namespace interlock {

[[nodiscard]] LintResult lint_keepalived(const LintFile& file);
// Which of the two is the master's is told by their forms, else by their priorities.
[[nodiscard]] LintResult lint_keepalived_pair(const LintFile& one, const LintFile& other);
[[nodiscard]] LintResult lint_upgrade_sql(const std::vector<LintFile>& scripts, const std::optional<SqlSchema>& schema);
[[nodiscard]] LintResult lint_server_xml(const LintFile& file);
[[nodiscard]] LintResult lint_start_script(const LintFile& file);
// A component's probes and operations are checked; a procedure is bound to every site of the catalog that has its
// roles, a site to every procedure whose roles it has. `catalog` may be nullptr.
[[nodiscard]] LintResult lint_component(const LintFile& file);
[[nodiscard]] LintResult lint_procedure(const LintFile& file, const LintCatalog* catalog);
[[nodiscard]] LintResult lint_site(const LintFile& file, const LintCatalog* catalog);

}  // namespace interlock
