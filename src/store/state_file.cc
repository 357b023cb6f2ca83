#include "src/store/state_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "src/store/schema.h"

namespace interlock::state_file {
namespace {

constexpr mode_t kFolderMode = 0700, kFileMode = 0600;

Cause cause_of(int error) {
  switch (error) {
    case EACCES:
    case EPERM:
    case EROFS: return Cause::denied;
    case ENOENT:
    case ENOTDIR: return Cause::missing;
    default: return Cause::internal;
  }
}

tl::unexpected<Failure> failed(const std::string& what, int error) {
  const char* hint = error == ENOSPC || error == EDQUOT ? "; free some space on its disk" : "; name another place in INTERLOCK_STATE, or make this one writable";
  return failure(cause_of(error), fmt::format("{}: {}{}", what, std::strerror(error), hint));
}

Result<void> make_folder(const std::filesystem::path& folder) {
  struct stat found {};
  if (folder.empty() || stat(folder.c_str(), &found) == 0) return {};
  if (auto r = make_folder(folder.parent_path()); !r) return r;
  if (mkdir(folder.c_str(), kFolderMode) != 0 && errno != EEXIST) return failed(fmt::format("the folder {} for the state cannot be made", folder.string()), errno);
  return {};
}

// A new name in a folder is on the disk only once the folder is.
void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  (void)fsync(descriptor);
  close(descriptor);
}

Result<std::int64_t> pragma(Database& db, const std::string& name) {
  Statement s(db, "PRAGMA " + name);
  const auto row = s.step();
  if (!row) return tl::unexpected(row.error());
  return s.integer(0);
}

Result<bool> has_tables(Database& db) {
  Statement s(db, "SELECT count(*) FROM sqlite_schema");
  const auto row = s.step();
  if (!row) return tl::unexpected(row.error());
  return s.integer(0) > 0;
}

// Whose a database is.
struct Mark {
  std::int64_t application_id = 0, version = 0;
  bool tables = false;
  [[nodiscard]] bool nobodys() const { return application_id == 0 && version == 0 && !tables; }
};

Result<void> judge(const std::string& path, const Mark& mark) {
  if (mark.nobodys() || (mark.application_id == kApplicationId && mark.version <= kSchemaVersion)) return {};
  if (mark.application_id == kApplicationId)
    return failure(Cause::protocol, fmt::format("{} was written by a later Interlock (format {}, this one knows {}); use that one", path, mark.version, kSchemaVersion));
  return failure(Cause::protocol, fmt::format("{} is a database of another program; name another file in INTERLOCK_STATE", path));
}

Result<Mark> mark_of(const std::string& path, bool alone, Millis busy_limit) {
  const auto db = Database::peek(path, alone, busy_limit);
  if (!db) return tl::unexpected(db.error());
  const auto moment = Transaction::snapshot(**db);
  if (!moment) return tl::unexpected(moment.error());
  const auto id = pragma(**db, "application_id"), version = pragma(**db, "user_version");
  if (!id) return tl::unexpected(id.error());
  if (!version) return tl::unexpected(version.error());
  const auto tables = has_tables(**db);
  if (!tables) return tl::unexpected(tables.error());
  return Mark{*id, *version, *tables};
}

}  // namespace

Result<void> prepare(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (auto r = make_folder(folder); !r) return r;
  struct stat found {};
  if (stat(path.c_str(), &found) == 0) {
    if (!S_ISREG(found.st_mode)) return failure(Cause::protocol, fmt::format("{} is not a file; name another one in INTERLOCK_STATE", path));
    return {};
  }
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kFileMode);
  if (descriptor < 0) return failed(fmt::format("the state {} cannot be made", path), errno);
  close(descriptor);
  sync_folder(folder);
  return {};
}

Result<void> close_to_others(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) return failed(fmt::format("{} cannot be looked at", path), errno);
  if ((found.st_mode & 077U) != 0 && found.st_uid == geteuid() && chmod(path.c_str(), kFileMode) != 0) return failed(fmt::format("{} cannot be closed to others", path), errno);
  return {};
}

Result<void> check_ours(const std::string& path, Millis busy_limit) {
  // Without a -wal file all is in the file itself.
  std::error_code none;
  const auto wal_bytes = std::filesystem::file_size(path + "-wal", none);
  const bool alone = none || wal_bytes == 0;
  auto mark = mark_of(path, alone, busy_limit);
  // Another process may be making it at this moment, which is seen only with locks.
  if (!mark && alone) mark = mark_of(path, false, busy_limit);
  if (!mark) return tl::unexpected(mark.error());
  return judge(path, *mark);
}

Result<void> settle_schema(Database& db) {
  const auto version = pragma(db, "user_version");
  if (!version) return tl::unexpected(version.error());
  if (*version == kSchemaVersion) return db.execute(kProofSchema);

  auto transaction = Transaction::begin(db);
  if (!transaction) return tl::unexpected(transaction.error());
  const auto again = pragma(db, "user_version");  // another process may have been first
  if (!again) return tl::unexpected(again.error());
  if (*again == kSchemaVersion) return db.execute(kProofSchema);
  const auto tables = has_tables(db);
  if (!tables) return tl::unexpected(tables.error());
  if (*tables) return judge(db.path(), {0, 0, true});
  for (const char* text : {kSchema, kProofSchema})
    if (auto r = db.execute(text); !r) return r;
  if (auto r = db.execute(fmt::format("PRAGMA application_id={}; PRAGMA user_version={}", kApplicationId, kSchemaVersion)); !r) return r;
  return transaction->commit();
}

}  // namespace interlock::state_file
