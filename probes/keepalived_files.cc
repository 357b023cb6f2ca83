// See keepalived_files.h.
#include "probes/keepalived_files.h"

namespace interlock {

Result<KeepalivedFile> read_keepalived(Host& host, const std::string& path, Deadline deadline) {
  auto text = host.read_file(path, kKeepalivedConfBytes, deadline);
  if (!text) return tl::unexpected(text.error());
  KeepalivedFile file;
  file.name = host.name() + ":" + path;
  file.text = std::move(*text);
  try {
    file.conf = parse_keepalived(file.text, file.name);
  } catch (const InputError& error) {
    return failure(Cause::protocol, error.what());
  }
  file.role = keepalived_role(file.conf);
  return file;
}

}  // namespace interlock
