// Copies a file of this machine to a host, verified by its SHA-256 there. A copy that is there already is kept.
#include <filesystem>

#include <fmt/format.h>

#include "probes/host_script.h"
#include "src/actions/account.h"
#include "src/actions/kinds.h"

namespace interlock {
namespace {

constexpr ProbeArgument kUploadArguments[] = {
    {"from", ProbeArgument::Type::text, true, "the file on this machine"},
    {"to", ProbeArgument::Type::text, true, "the file's path on the host, or a directory that is there"},
    {"sha256", ProbeArgument::Type::sha256, true, "the SHA-256 that the file must have, here and there"},
};

// What is at $1, and how much room: "room BYTES" for the file system that $1, or its folder, is on.
constexpr const char* kLook = R"sh(
LC_ALL=C
export LC_ALL
at=$1
if [ -d "$1" ]; then echo 'kind directory'; else echo 'kind file'; at=$(dirname -- "$1"); fi
df -P -B1 -- "$at" | awk 'NR == 2 { print "room " $4 }'
)sh";

std::string base_name(const std::string& path) { return std::filesystem::path(path).filename().string(); }

struct Target {
  std::string path;
  std::string folder;
  std::optional<long long> room;
};

Target target_of(const std::string& from, const std::string& to, const CommandOutput& looked) {
  const bool directory = printed(looked.out, "kind") == "directory";
  Target target;
  target.path = directory ? (to.ends_with('/') ? to : to + "/") + base_name(from) : to;
  target.folder = directory ? to : std::filesystem::path(to).parent_path().string();
  if (const auto room = printed(looked.out, "room")) {
    char* end = nullptr;
    const long long bytes = std::strtoll(room->c_str(), &end, 10);
    if (end != room->c_str() && *end == '\0') target.room = bytes;
  }
  return target;
}

OperationResult upload(const OperationRequest& request) {
  Account account(request);
  const ArgumentReader args(request.args);
  const std::string from = args.text("from").value_or(""), to = args.text("to").value_or("");
  const std::string doing = fmt::format("uploading {} to {} on {}", from, to, request.host.name());
  std::error_code gone;
  const auto size = std::filesystem::file_size(from, gone);
  if (gone) return account.failed(fmt::format("{} cannot be uploaded: {}", from.empty() ? "''" : from, gone.message()));
  const auto looked = account.run(shown_command({"df", to}), host_script(kLook, {to}));
  if (!looked) return account.lost({looked.error().cause, looked.error().text, false}, doing);
  const Target target = target_of(from, to, *looked);
  const auto began = std::chrono::steady_clock::now();
  const auto done = request.host.upload(from, target.path, args.text("sha256").value_or(""), request.deadline);
  const auto took = std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - began);
  account.note("file", target.path);
  account.note("bytes", size);
  account.note("took_ms", took.count());
  if (done) return account.done(fmt::format("{} ({}) is at {} on {}, SHA-256 verified", base_name(from), in_bytes(static_cast<long long>(size)), target.path, request.host.name()));
  // Whatever became of it, a file under this name has the right content or is not there: never unknown what to do.
  if (target.room && *target.room < static_cast<long long>(size))
    return account.lost({done.error().cause, fmt::format("disk full: {} left on {}, {} needed ({})", in_bytes(*target.room), target.folder, in_bytes(static_cast<long long>(size)), done.error().text), done.error().sent}, doing);
  return account.lost(done.error(), doing);
}

std::vector<std::string> describe_upload(const Json& args) {
  const ArgumentReader reader(args);
  return {shown_command({"scp", reader.text("from").value_or(""), "HOST:" + reader.text("to").value_or("")}),
          "sha256sum " + base_name(reader.text("from").value_or("")) + "   # must be " + reader.text("sha256").value_or("")};
}

}  // namespace

const OperationKind kUploadOperation{"upload", "Copies a file to the host and verifies its SHA-256 there.", kUploadArguments,
                                     checked_operation<upload, kUploadArguments>, describe_upload};

}  // namespace interlock
