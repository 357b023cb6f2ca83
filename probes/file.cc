// What a path on a host is, and on request its checksum, content and end. Content is given as text: bytes that are not
// UTF-8 are replaced, so compare files by `sha256`.
#include <fmt/format.h>

#include <algorithm>

#include "probes/arguments.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/text.h"

namespace interlock {
namespace {

constexpr std::int64_t kContentBytes = 64 * 1024;
constexpr std::int64_t kTailBytes = 64 * 1024;

const char* word_for(FileKind kind) {
  switch (kind) {
    case FileKind::file: return "file";
    case FileKind::directory: return "directory";
    case FileKind::symlink: return "symlink";
    case FileKind::fifo: return "fifo";
    case FileKind::socket: return "socket";
    case FileKind::block_device: return "block special file";
    case FileKind::character_device: return "character special file";
    case FileKind::other: return "weird file";
  }
  return "weird file";
}

struct Wanted {
  std::string path;
  bool content = false;
  bool sha256 = false;
  std::int64_t tail_bytes = 0;
  [[nodiscard]] bool to_be_opened() const { return content || sha256 || tail_bytes > 0; }
};

// The last bytes of a file that may be growing, or that has no size of its own (as those in /proc).
Result<std::string> read_end(Host& host, const std::string& path, std::uint64_t size, std::uint64_t bytes, Deadline deadline) {
  auto end = host.read_part(path, size - std::min(size, bytes), kTailBytes, deadline);
  if (end && end->size() > bytes) end->erase(0, end->size() - bytes);
  return end;
}

// A directory, a dangling link and the like have no content: null, which no condition on text holds for.
Result<void> put_content(Host& host, const Wanted& wanted, const Result<FileStatus>& is, Deadline deadline, Json& value) {
  if (!is && is.error().cause != Cause::missing) return tl::unexpected(is.error());
  const bool opened = is && is->kind == FileKind::file;
  if (opened) value["size"] = is->size;
  if (wanted.sha256) {
    value["sha256"] = nullptr;
    const auto sum = opened ? host.sha256(wanted.path, deadline) : "";
    if (!sum) return tl::unexpected(sum.error());
    if (opened) value["sha256"] = *sum;
  }
  if (wanted.content) {
    value["content"] = nullptr;
    const auto content = opened ? host.read_part(wanted.path, 0, kContentBytes, deadline) : "";
    if (!content) return tl::unexpected(content.error());
    if (opened) value["content"] = valid_utf8(*content);
    value["content_truncated"] = opened && is->size > kContentBytes;
  }
  if (wanted.tail_bytes > 0) {
    value["tail"] = nullptr;
    const auto end = opened ? read_end(host, wanted.path, is->size, static_cast<std::uint64_t>(wanted.tail_bytes), deadline) : "";
    if (!end) return tl::unexpected(end.error());
    if (opened) value["tail"] = valid_utf8(*end);
  }
  return {};
}

std::string in_words(const Json& value) {
  std::string words = value["kind"].get<std::string>() + " of " + value["size"].dump() + " bytes";
  if (value.contains("sha256") && value["sha256"].is_string()) words += ", sha256 " + value["sha256"].get<std::string>();
  if (value.contains("target")) words += " to " + one_line(value["target"].get<std::string>());
  return words;
}

}  // namespace

Reading observe_file(const ProbeRequest& request) {
  const ArgumentReader args(request.args);
  const Wanted wanted{args.text("path").value_or(""), args.flag("content"), args.flag("sha256"),
                      std::clamp<std::int64_t>(args.number("tail").value_or(0), 0, kTailBytes)};
  Host& host = request.host;
  const ObservationTimer timer("file " + wanted.path + " on " + host.name());
  const auto is = host.look_at(wanted.path, Links::shown, request.deadline);
  if (!is && is.error().cause == Cause::missing)
    return timer.known({{"exists", false}, {"kind", "none"}, {"size", 0}}, "missing, in " + timer.took_ms());
  if (!is) return timer.unknown(is.error());
  const bool link = is->kind == FileKind::symlink;
  Json value = {{"exists", true}, {"kind", word_for(is->kind)}, {"size", is->size}, {"mode", fmt::format("{:o}", is->mode)}, {"owner", is->owner}};
  if (link) value["target"] = valid_utf8(is->target);
  if (wanted.to_be_opened()) {
    const auto leads_to = link ? host.look_at(wanted.path, Links::followed, request.deadline) : is;
    if (const auto done = put_content(host, wanted, leads_to, request.deadline, value); !done) return timer.unknown(done.error());
  }
  const std::string words = in_words(value);
  return timer.known(std::move(value), words + ", in " + timer.took_ms());
}

}  // namespace interlock
