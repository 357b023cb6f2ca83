// The journal of one run in the database: append, read, verify. The functions work on a database whose mutex the
// caller holds; the class takes it itself.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fsm/journal.h"
#include "src/store/run.h"
#include "src/store/shared.h"

namespace interlock {

namespace run_journal {
// Reads the records after `after_seq` in order and checks each against the chain. Stops at the first damage.
struct Reading {
  std::vector<fsm::JournalRecord> records;
  std::optional<Damage> damage;
  std::int64_t last_seq = 0;   // of the last intact record
  std::string last_hash;
};
[[nodiscard]] Result<Reading> read(Database& database, const std::string& run_id, std::int64_t after_seq);
}  // namespace run_journal

class RunJournal : public fsm::Journal {
 public:
  // `last_seq` and `last_hash` are those of the last record, verified.
  RunJournal(std::shared_ptr<Store::Shared> shared, std::string run_id, std::string site, std::int64_t last_seq, std::string last_hash);
  [[nodiscard]] Result<std::int64_t> append(const std::string& kind, const Json& body, const Json& evidence) override;

 private:
  [[nodiscard]] Result<void> may_write(Database& database) const;

  std::shared_ptr<Store::Shared> shared_;
  const std::string run_id_, site_;
  std::int64_t last_seq_;
  std::string last_hash_;
  const std::int64_t kill_after_record_;  // the fault asked for by INTERLOCK_FAULT; 0: none
};

}  // namespace interlock
