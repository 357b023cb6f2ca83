// Writes another priority into a host's keepalived.conf, to call the VIP there once keepalived has reloaded. The file
// is kept beside it first, so that the keepalived_role operation can give the role's own priority back.
#include <fmt/format.h>

#include "src/actions/keepalived_edit.h"
#include "src/actions/kinds.h"

namespace interlock {
namespace {

constexpr ProbeArgument kPriorityArguments[] = {
    {"config", ProbeArgument::Type::text, true, "the host's keepalived.conf"},
    {"priority", ProbeArgument::Type::number, true, "the priority, 1 to 254"},
};

OperationResult write_priority(const OperationRequest& request) {
  Account account(request);
  const ArgumentReader args(request.args);
  const std::string config = args.text("config").value_or("");
  const std::int64_t wanted = args.number("priority").value_or(0);
  const auto file = read_keepalived(request.host, config, request.deadline);
  const std::string doing = fmt::format("setting the priority in {} on {}", config, request.host.name());
  if (!file) return account.lost({file.error().cause, file.error().text, false}, doing);
  constexpr std::int64_t kMost = 254;
  if (wanted < 1 || wanted > kMost) return account.failed(fmt::format("{}: {} is not a priority from 1 to 254", doing, wanted));
  const VrrpInstance* instance = file->instance();
  if (instance == nullptr || file->role.role == KeepalivedRole::other)
    return account.failed(fmt::format("{}: the file has neither the master's nor the backup's form: {}", doing, file->role.why));
  const int present = instance->priority.value;
  if (present == wanted) return account.done(fmt::format("{} on {} has priority {} already", config, request.host.name(), wanted));
  if (instance->nopreempt.value && wanted > present)
    return account.failed(fmt::format("{}: the file has nopreempt, with which a higher priority does not call the VIP", doing));
  const std::string text = with_priority(file->text, static_cast<int>(wanted), {}, file->name);
  if (const auto kept = keep_form(request.host, config, file->role.role, file->text, request.deadline); !kept)
    return account.lost({kept.error().cause, kept.error().text, false}, doing);
  if (auto ended = replace_checked(account, request, config, text)) return std::move(*ended);
  account.note("priority", {{"before", present}, {"after", wanted}});
  return account.done(fmt::format("{} on {}: priority {} is now {}", config, request.host.name(), present, wanted));
}

std::vector<std::string> describe_priority(const Json& args) {
  const ArgumentReader reader(args);
  return {fmt::format("vi {}   # priority {}", reader.text("config").value_or(""), reader.text("priority").value_or(""))};
}

}  // namespace

const OperationKind kKeepalivedPriorityOperation{"keepalived_priority", "Writes another priority into keepalived.conf.", kPriorityArguments,
                                                 checked_operation<write_priority, kPriorityArguments>, describe_priority};

}  // namespace interlock
