// Gives a tree its SELinux contexts back, as the manual asks after unpacking. Where SELinux is not on, it says so.
#include <fmt/format.h>

#include "probes/host_script.h"
#include "src/actions/account.h"
#include "src/actions/kinds.h"

namespace interlock {
namespace {

constexpr ProbeArgument kRestoreconArguments[] = {
    {"path", ProbeArgument::Type::text, true, "the directory whose contexts are restored"},
};

constexpr int kNotOn = 96;
constexpr int kNoTools = 97;

// A kernel with SELinux on has its file system mounted, with or without the tools being installed.
constexpr const char* kRestoreconScript = R"sh(
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH
if command -v selinuxenabled >/dev/null; then
  selinuxenabled || exit 96
elif ! [ -e /sys/fs/selinux/enforce ]; then
  exit 96
fi
command -v restorecon >/dev/null || exit 97
exec restorecon -R -- "$1"
)sh";

std::vector<std::string> describe_restorecon(const Json& args) {
  return {shown_command({"restorecon", "-R", ArgumentReader(args).text("path").value_or("")}) + "   # where SELinux is on"};
}

OperationResult restorecon(const OperationRequest& request) {
  Account account(request);
  const std::string path = ArgumentReader(request.args).text("path").value_or("");
  const auto output = account.run(shown_command({"restorecon", "-R", path}), host_script(kRestoreconScript, {path}));
  if (!output) return account.lost(output.error(), "restoring the SELinux contexts of " + path);
  if (output->ok()) return account.done("the SELinux contexts of " + path + " are restored");
  if (output->signal == 0 && output->exit_status == kNotOn)
    return account.done("SELinux is not on on " + request.host.name() + ": no contexts to restore");
  if (output->signal == 0 && output->exit_status == kNoTools)
    return account.failed("SELinux is on on " + request.host.name() + ", and restorecon is not installed there");
  return account.failed(command_failure("restorecon -R " + path, *output).text);
}

}  // namespace

const OperationKind kRestoreconOperation{"restorecon", "Restores SELinux contexts; says when SELinux is not on.",
                                         kRestoreconArguments, checked_operation<restorecon, kRestoreconArguments>, describe_restorecon};

}  // namespace interlock
