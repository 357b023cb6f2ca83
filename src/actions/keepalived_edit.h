// Rewriting a host's keepalived.conf: the new text is checked by keepalived itself before it replaces the old one, and
// what the file was is kept beside it. Used by the operations on keepalived; it decides nothing about roles.
#pragma once

#include <string>

#include "probes/keepalived_files.h"
#include "src/actions/account.h"

namespace interlock {

// Beside the file: its last content that gave the node this role by itself, not raised by us.
[[nodiscard]] std::string kept_form_path(const std::string& config, KeepalivedRole role);

// Keeps `text` as the form of `role`, unless that is what is kept already.
[[nodiscard]] Result<void> keep_form(Host& host, const std::string& config, KeepalivedRole role, const std::string& text, Deadline deadline);
// Cause::missing when none is kept.
[[nodiscard]] Result<KeepalivedFile> kept_form(Host& host, const std::string& config, KeepalivedRole role, Deadline deadline);

// Has keepalived on the host check `text`, then puts it in the place of `old`. A text that keepalived objects to is
// taken only when it objects to the old one in the same way. The result is an ending only when it went wrong.
[[nodiscard]] std::optional<OperationResult> replace_checked(Account& account, const OperationRequest& request, const std::string& config,
                                                             const std::string& text);

}  // namespace interlock
