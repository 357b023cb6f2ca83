// Gives a host's keepalived.conf the master's or the backup's form: priority, nopreempt and the role words of its
// commands; every other byte stays as it is on the host at that moment. Where the role's values come from:
//   - from the two hosts' present files while they are a pair, one of each role (a raised priority is first undone,
//     by the form kept when it was raised). Both forms are then kept beside both hosts' files, before anything is
//     written;
//   - otherwise (the other host was rewritten already) from those kept forms, which are this exchange's own, since
//     the step that made the files alike kept them.
// So a rewrite cut off anywhere can be repeated, and taken back, from either host.
#include <fmt/format.h>

#include "src/actions/keepalived_edit.h"
#include "src/actions/kinds.h"

namespace interlock {
namespace {

using Role = KeepalivedRole;
constexpr std::string_view kRoles[] = {"master", "backup"};

constexpr ProbeArgument kKeepalivedRoleArguments[] = {
    {"config", ProbeArgument::Type::text, true, "keepalived.conf, on both hosts"},
    {"role", ProbeArgument::Type::text, true, "the role that the file is to have", kRoles},
    {"peer_host", ProbeArgument::Type::text, true, "the other host, as the site file names it"},
    {"raised_priority", ProbeArgument::Type::number, false, "a priority that stands for 'raised', not for a role's own"},
};

Role opposite(Role role) { return role == Role::master ? Role::backup : Role::master; }

struct Forms {
  KeepalivedFile master, backup;
  [[nodiscard]] const KeepalivedFile& of(Role role) const { return role == Role::master ? master : backup; }
};

class RoleChange {
 public:
  explicit RoleChange(const OperationRequest& request)
      : request_(request),
        args_(request.args),
        config_(args_.text("config").value_or("")),
        wanted_(args_.text("role") == "master" ? Role::master : Role::backup),
        doing_(fmt::format("giving {} on {} the {}'s form", config_, request.host.name(), to_string(wanted_))),
        account_(request) {}

  OperationResult perform() {
    const auto mine = read_keepalived(request_.host, config_, request_.deadline);
    if (!mine) return lost(mine.error());
    if (mine->role.role == Role::other || mine->instance() == nullptr)
      return account_.failed(fmt::format("{}: it has neither the master's nor the backup's form: {}", doing_, mine->role.why));
    if (mine->role.role == wanted_ && !raised(*mine))
      return account_.done(fmt::format("{} on {} has the {}'s form already", config_, request_.host.name(), to_string(wanted_)));
    const auto form = form_for(*mine);
    if (!form) return lost(form.error());
    const std::string text = rewritten(*mine, *form);
    const int priority = form->instance()->priority.value;
    if (auto ended = replace_checked(account_, request_, config_, text)) return std::move(*ended);
    account_.note("priority", {{"before", mine->instance()->priority.value}, {"after", priority}});
    account_.note("values_from", form->name);
    return account_.done(fmt::format("{} on {} has the {}'s form, priority {}, by {}", config_, request_.host.name(),
                                     to_string(wanted_), priority, form->name));
  }

 private:
  // Nothing is written before the forms are known, so what is lost up to then has not taken place.
  OperationResult lost(const Failure& why) { return account_.lost({why.cause, why.text, false}, doing_); }

  [[nodiscard]] bool raised(const KeepalivedFile& file) const {
    const auto raised = args_.number("raised_priority");
    return raised && file.instance() != nullptr && file.instance()->priority.value == *raised;
  }

  [[nodiscard]] std::string rewritten(const KeepalivedFile& mine, const KeepalivedFile& form) const {
    if (mine.role.role == wanted_) return with_priority(mine.text, form.instance()->priority.value, {}, mine.name);
    return wanted_ == Role::master ? as_master(mine.text, form.text, mine.name, form.name)
                                   : as_backup(mine.text, form.text, mine.name, form.name);
  }

  // The file as it gives the role by itself: with a raised priority undone by the form kept on its host.
  Result<KeepalivedFile> unraised(Host& host, const KeepalivedFile& file) {
    if (!raised(file)) return file;
    const auto kept = kept_form(host, config_, file.role.role, request_.deadline);
    if (!kept) return failure(kept.error().cause, fmt::format("the priority was raised, and what it was is not known: {}", kept.error().text));
    KeepalivedFile result = file;
    result.text = with_priority(file.text, kept->instance()->priority.value, {}, file.name);
    result.conf = parse_keepalived(result.text, result.name);
    return result;
  }

  // To undo a raised priority, what was kept on this host is enough: the other one may be down.
  Result<KeepalivedFile> form_for(const KeepalivedFile& mine) {
    if (mine.role.role == wanted_) {
      if (auto kept = kept_form(request_.host, config_, wanted_, request_.deadline)) return kept;
    }
    const auto forms = find_forms(mine);
    if (!forms) return tl::unexpected(forms.error());
    return forms->of(wanted_);
  }

  Result<Forms> find_forms(const KeepalivedFile& mine) {
    const std::string peer_name = args_.text("peer_host").value_or("");
    Host* peer = request_.hosts.find(peer_name);
    if (peer == nullptr) return failure(Cause::missing, fmt::format("the site has no host '{}'", peer_name));
    const auto theirs = read_keepalived(*peer, config_, request_.deadline);
    if (theirs && theirs->instance() != nullptr && theirs->role.role == opposite(mine.role.role)) return keep_present(*peer, mine, *theirs);
    auto kept = kept_forms(request_.host);
    if (kept) return kept;
    const std::string why = theirs ? fmt::format("the file on {} is no {}'s: {}", peer_name, to_string(opposite(mine.role.role)), theirs->role.why)
                                   : theirs.error().text;
    return failure(theirs ? kept.error().cause : theirs.error().cause, fmt::format("{}; and no earlier form is kept: {}", why, kept.error().text));
  }

  Result<Forms> keep_present(Host& peer, const KeepalivedFile& mine, const KeepalivedFile& theirs) {
    const auto my_form = unraised(request_.host, mine);
    if (!my_form) return tl::unexpected(my_form.error());
    const auto their_form = unraised(peer, theirs);
    if (!their_form) return tl::unexpected(their_form.error());
    const bool master_here = mine.role.role == Role::master;
    Forms forms{master_here ? *my_form : *their_form, master_here ? *their_form : *my_form};
    for (Host* host : {&peer, &request_.host}) {
      for (const Role role : {Role::master, Role::backup}) {
        if (const auto kept = keep_form(*host, config_, role, forms.of(role).text, request_.deadline); !kept) return tl::unexpected(kept.error());
      }
    }
    return forms;
  }

  Result<Forms> kept_forms(Host& host) {
    auto master = kept_form(host, config_, Role::master, request_.deadline);
    if (!master) return tl::unexpected(master.error());
    auto backup = kept_form(host, config_, Role::backup, request_.deadline);
    if (!backup) return tl::unexpected(backup.error());
    return Forms{std::move(*master), std::move(*backup)};
  }

  const OperationRequest& request_;
  const ArgumentReader args_;
  const std::string config_;
  const Role wanted_;
  const std::string doing_;
  Account account_;
};

OperationResult write_keepalived_role(const OperationRequest& request) { return RoleChange(request).perform(); }

std::vector<std::string> describe_keepalived_role(const Json& args) {
  const ArgumentReader reader(args);
  const std::string config = reader.text("config").value_or("");
  const bool master = reader.text("role") == "master";
  return {fmt::format("vi {}   # the {}'s form: {}, connect_{}, {}_notify_…, the {}'s priority", config, master ? "master" : "backup",
                      master ? "nopreempt" : "no nopreempt", master ? "master" : "backup", master ? "master" : "backup", master ? "master" : "backup"),
          shown_command({"keepalived", "-t", "-f", config})};
}

}  // namespace

const OperationKind kKeepalivedRoleOperation{"keepalived_role", "Gives keepalived.conf the master's or the backup's form.", kKeepalivedRoleArguments,
                                             checked_operation<write_keepalived_role, kKeepalivedRoleArguments>, describe_keepalived_role};

}  // namespace interlock
