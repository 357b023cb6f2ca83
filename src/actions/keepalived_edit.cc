// See keepalived_edit.h.
#include "src/actions/keepalived_edit.h"

#include <fmt/format.h>

#include "probes/host_script.h"
#include "probes/text.h"

namespace interlock {
namespace {

constexpr unsigned kPrivateMode = 0600;  // these files hold the VRRP password
constexpr unsigned kConfigMode = 0644;   // of a file that is not there yet: never used for one that is

constexpr const char* kCheck = R"sh(
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH
keepalived -t -f "$1" 2>&1
)sh";
constexpr const char* kRemove = "rm -f -- \"$1\"";

// Keepalived's words about the file, without the lines that say only that something is started or skipped.
std::string objections(const CommandOutput& output) {
  std::string words;
  for (const auto line : lines_of(output.out)) {
    if (!line.empty()) words += (words.empty() ? "" : "; ") + std::string(line);
  }
  return one_line(words, 400);
}

}  // namespace

std::string kept_form_path(const std::string& config, KeepalivedRole role) {
  return config + ".interlock-" + to_string(role);
}

Result<void> keep_form(Host& host, const std::string& config, KeepalivedRole role, const std::string& text, Deadline deadline) {
  const std::string path = kept_form_path(config, role);
  const auto present = host.read_file(path, kKeepalivedConfBytes, deadline);
  if (present && *present == text) return {};
  return host.write_file(path, text, kPrivateMode, deadline);
}

Result<KeepalivedFile> kept_form(Host& host, const std::string& config, KeepalivedRole role, Deadline deadline) {
  auto file = read_keepalived(host, kept_form_path(config, role), deadline);
  if (!file) return file;
  if (file->role.role != role)
    return failure(Cause::protocol, fmt::format("{} does not have the {}'s form: {}", file->name, to_string(role), file->role.why));
  return file;
}

std::optional<OperationResult> replace_checked(Account& account, const OperationRequest& request, const std::string& config,
                                               const std::string& text) {
  const std::string trial = config + ".interlock-new";
  const std::string doing = fmt::format("rewriting {} on {}", config, request.host.name());
  if (const auto written = request.host.write_file(trial, text, kPrivateMode, request.deadline); !written)
    return account.lost({written.error().cause, written.error().text, false}, doing);
  const auto check = [&](const std::string& path) { return account.run(shown_command({"keepalived", "-t", "-f", path}), host_script(kCheck, {path})); };
  const auto fresh = check(trial);
  // Nothing was replaced yet, so whatever goes wrong up to here is failed, not unknown.
  const auto give_up = [&](std::string why) {
    (void)account.run(shown_command({"rm", "-f", trial}), host_script(kRemove, {trial}));
    return account.failed(doing + ": " + std::move(why) + "; the file is as it was");
  };
  if (!fresh) return give_up(fresh.error().text);
  if (!fresh->ok()) {
    const auto old = check(config);
    if (!old) return give_up(old.error().text);
    const bool alike = fresh->signal == 0 && old->signal == 0 && fresh->exit_status == old->exit_status;
    if (!alike) return give_up(fmt::format("keepalived -t rejects the new text (exit {}): {}", fresh->exit_status, objections(*fresh)));
    account.note("objections_to_both", objections(*fresh));
  }
  if (const auto written = request.host.write_file(config, text, kConfigMode, request.deadline); !written) {
    if (!written.error().sent) return give_up(written.error().text);
    return account.lost(written.error(), doing);
  }
  (void)account.run(shown_command({"rm", "-f", trial}), host_script(kRemove, {trial}));
  return std::nullopt;
}

}  // namespace interlock
