// The chain of hashes that makes a journal hard to change unseen: each record's hash covers the one before it.
// Pure. What is hashed are the very texts that are stored, so that an auditor needs only sqlite3 and sha256sum
// (docs/journal.md shows how).
#pragma once

#include <cstdint>
#include <string>

#include "fsm/observation.h"

namespace interlock {

struct Damage;
struct NewRun;

// What a record stores. The texts of `body` and `evidence` are compact JSON, which holds no line feed.
struct StoredRecord {
  std::int64_t seq = 0;
  std::int64_t at_ms = 0;
  std::string kind, body, evidence, hash;
};

// JSON as it is stored: compact, keys in order, whatever is not UTF-8 replaced.
[[nodiscard]] std::string stored_text(const Json& value);

// The hash of the run's own row, with which its journal's chain begins.
[[nodiscard]] std::string hash_of_run(const std::string& id, const NewRun& run, const std::string& sources, std::int64_t started_ms);
[[nodiscard]] std::string hash_of_record(const std::string& previous, const std::string& run_id, const StoredRecord& record);

// What is said of a run whose chain is broken there, and what can be done.
[[nodiscard]] Failure damaged(const std::string& run_id, const Damage& damage);

}  // namespace interlock
