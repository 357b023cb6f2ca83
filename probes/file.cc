// What a path on a host is, and on request its checksum, content and end. One command for one observation.
// Content is given as text: bytes that are not UTF-8 are replaced, so compare files by `sha256`.
#include <algorithm>
#include <map>

#include "probes/arguments.h"
#include "probes/host_script.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/text.h"

namespace interlock {
namespace {

constexpr std::int64_t kContentBytes = 64 * 1024;
constexpr std::int64_t kTailBytes = 64 * 1024;
constexpr int kNoStat = 96;
constexpr int kUnreadable = 97;

// $1 path, $2 bytes of content (0: none), $3 "1" for the checksum, $4 bytes of the end (0: none).
// Prints "name value" lines, content in Base64. Only regular files are opened: a FIFO would hang, a device may act.
constexpr const char* kScript = R"sh(
LC_ALL=C
export LC_ALL
stat -c 'kind %F
size %s
mode %a
owner %U
changed %Y' -- "$1" || exit 96
[ -L "$1" ] && printf 'target %s\n' "$(readlink -- "$1" | base64 | tr -d '\n')"
if [ "$2$3$4" = 000 ] || ! [ -f "$1" ]; then exit 0; fi
[ -r "$1" ] || exit 97
[ -L "$1" ] && stat -L -c 'size %s' -- "$1"
[ "$3" = 1 ] && printf 'sha256 %s\n' "$(sha256sum < "$1" | cut -c 1-64)"
[ "$2" != 0 ] && printf 'content %s\n' "$(head -c "$2" < "$1" | base64 | tr -d '\n')"
[ "$4" != 0 ] && printf 'tail %s\n' "$(tail -c "$4" < "$1" | base64 | tr -d '\n')"
exit 0
)sh";

std::string kind_of(const std::string& stat_kind) {
  if (stat_kind.starts_with("regular")) return "file";
  if (stat_kind == "symbolic link") return "symlink";
  return stat_kind;  // "directory", "fifo", "socket", "block special file" …
}

std::map<std::string, std::string, std::less<>> fields_of(std::string_view out) {
  std::map<std::string, std::string, std::less<>> fields;
  for (const auto line : lines_of(out)) {
    const std::size_t space = std::min(line.find(' '), line.size());
    fields[std::string(line.substr(0, space))] = line.substr(std::min(space + 1, line.size()));
  }
  return fields;
}

struct Wanted {
  std::string path;
  bool content = false;
  bool sha256 = false;
  std::int64_t tail_bytes = 0;
};

// Puts a Base64 field into the value; false when the host's command did not give what was asked for.
bool put_text(const std::map<std::string, std::string, std::less<>>& fields, const char* name, Json& value) {
  const auto field = fields.find(name);
  const auto bytes = field == fields.end() ? std::nullopt : from_base64(field->second);
  if (bytes) value[name] = valid_utf8(*bytes);
  return bytes.has_value();
}

Result<Json> parse(std::string_view out, const Wanted& wanted) {
  constexpr std::size_t kSha256Digits = 64;
  const auto fields = fields_of(out);
  const auto kind = fields.find("kind");
  const auto size = fields.find("size");
  const auto bytes = size == fields.end() ? std::nullopt : whole_number(size->second);
  if (kind == fields.end() || !bytes) return failure(Cause::protocol, "stat printed something else: " + one_line(out, 60));
  Json value = {{"exists", true}, {"kind", kind_of(kind->second)}, {"size", *bytes}};
  if (const auto mode = fields.find("mode"); mode != fields.end()) value["mode"] = mode->second;
  if (const auto owner = fields.find("owner"); owner != fields.end()) value["owner"] = owner->second;
  if (value["kind"] == "symlink" && !put_text(fields, "target", value))
    return failure(Cause::protocol, "the target of the link was not printed");
  if (value["kind"] == "symlink" && value.contains("target")) {
    std::string target = value["target"];
    if (!target.empty() && target.back() == '\n') target.pop_back();
    value["target"] = target;
  }
  // A directory, a dangling link and the like have no content: null, which no condition on text holds for.
  const bool opened = fields.contains("sha256") || fields.contains("content") || fields.contains("tail");
  if (wanted.sha256) {
    const auto sum = fields.find("sha256");
    if (opened && (sum == fields.end() || sum->second.size() != kSha256Digits))
      return failure(Cause::protocol, "sha256sum printed no checksum");
    value["sha256"] = opened ? Json(sum->second) : Json(nullptr);
  }
  if (wanted.content) {
    value["content"] = nullptr;
    if (opened && !put_text(fields, "content", value)) return failure(Cause::protocol, "the content was not printed");
    value["content_truncated"] = opened && *bytes > kContentBytes;
  }
  if (wanted.tail_bytes > 0) {
    value["tail"] = nullptr;
    if (opened && !put_text(fields, "tail", value)) return failure(Cause::protocol, "the end was not printed");
  }
  return value;
}

std::string in_words(const Json& value) {
  std::string words = value["kind"].get<std::string>() + " of " + value["size"].dump() + " bytes";
  if (value.contains("sha256") && value["sha256"].is_string()) words += ", sha256 " + value["sha256"].get<std::string>();
  if (value.contains("target")) words += " to " + one_line(value["target"].get<std::string>());
  return words;
}

Command command_for(const Wanted& wanted) {
  Command command = host_script(kScript, {wanted.path, std::to_string(wanted.content ? kContentBytes : 0),
                                          wanted.sha256 ? "1" : "0", std::to_string(wanted.tail_bytes)});
  return command;
}

}  // namespace

Reading observe_file(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const Wanted wanted{args.text("path").value_or(""), args.flag("content"), args.flag("sha256"),
                      std::clamp<std::int64_t>(args.number("tail").value_or(0), 0, kTailBytes)};
  const ObservationTimer timer("file " + wanted.path + " on " + request.host.name());
  const auto output = request.host.run(command_for(wanted), request.deadline);
  if (!output) return timer.unknown(output.error());
  if (output->signal == 0 && output->exit_status == kNoStat) {
    const Failure why = command_failure("stat", *output);
    if (why.cause != Cause::missing && output->err.find("Not a directory") == std::string::npos)
      return timer.unknown(why);
    return timer.known({{"exists", false}, {"kind", "none"}, {"size", 0}}, "missing, in " + timer.took_ms());
  }
  if (output->signal == 0 && output->exit_status == kUnreadable)
    return timer.unknown(Cause::denied, wanted.path + " may not be read");
  if (!output->ok()) return timer.unknown(command_failure("looking at the file", *output));
  auto value = parse(output->out, wanted);
  if (!value) return timer.unknown(value.error());
  const std::string words = in_words(*value);
  return timer.known(std::move(*value), words + ", in " + timer.took_ms());
}

}  // namespace interlock
