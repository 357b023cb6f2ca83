// The tables of the state database. What each column means is in docs/journal.md, which is kept equal to this.
#pragma once

namespace interlock {

inline constexpr int kSchemaVersion = 1;               // PRAGMA user_version
inline constexpr int kApplicationId = 0x494C4F4B;      // PRAGMA application_id: "ILOK"

inline constexpr const char* kSchema = R"sql(
CREATE TABLE run (
  id TEXT PRIMARY KEY,
  site TEXT NOT NULL, procedure TEXT NOT NULL, digest TEXT NOT NULL, sources TEXT NOT NULL,
  operator TEXT NOT NULL, started_ms INTEGER NOT NULL,
  hash TEXT NOT NULL,
  host TEXT NOT NULL, pid INTEGER NOT NULL, pid_start INTEGER NOT NULL, boot TEXT NOT NULL,
  finished_ms INTEGER, end_name TEXT, end_kind TEXT, exit_code INTEGER,
  last_seq INTEGER NOT NULL, last_hash TEXT NOT NULL
) STRICT;
CREATE TABLE record (
  run TEXT NOT NULL REFERENCES run(id),
  seq INTEGER NOT NULL, at_ms INTEGER NOT NULL, kind TEXT NOT NULL,
  body TEXT NOT NULL, evidence TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (run, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE live (
  run TEXT PRIMARY KEY REFERENCES run(id),
  at_ms INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE site_lock (
  site TEXT PRIMARY KEY,
  run TEXT NOT NULL REFERENCES run(id),
  host TEXT NOT NULL, pid INTEGER NOT NULL, pid_start INTEGER NOT NULL, boot TEXT NOT NULL,
  since_ms INTEGER NOT NULL
) STRICT;
)sql";

// Added to a file that lacks it. It says nothing about runs, so that an earlier Interlock may go on with such a file.
inline constexpr const char* kProofSchema = R"sql(
CREATE TABLE IF NOT EXISTS proof (
  what TEXT PRIMARY KEY, at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace interlock
