#include "src/store/chain.h"

#include <fmt/format.h>

#include "probes/digest.h"
#include "src/store/run.h"

namespace interlock {

std::string stored_text(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

// One item a line: no item holds a line feed (names are checked, JSON escapes it), so no two runs share a text.
std::string hash_of_run(const std::string& id, const NewRun& run, const std::string& sources, std::int64_t started_ms) {
  return sha256_hex(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n", id, run.site, run.procedure, run.digest, sources, run.operator_name, started_ms));
}

std::string hash_of_record(const std::string& previous, const std::string& run_id, const StoredRecord& record) {
  return sha256_hex(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n", previous, run_id, record.seq, record.at_ms, record.kind, record.body, record.evidence));
}

Failure damaged(const std::string& run_id, const Damage& damage) {
  const std::string shown = damage.seq == 0 ? "nothing of it can be trusted" : fmt::format("what came before is shown by: interlock report {}", run_id);
  return {Cause::protocol, fmt::format("the journal of run {} is damaged at {}: {}. It cannot be resumed; {}. Look at the site as it is (interlock check), "
                                       "give up this run's lock (interlock unlock SITE {}), and begin a new run",
                                       run_id, damage.seq == 0 ? "its beginning" : fmt::format("record {}", damage.seq), damage.what, shown, run_id)};
}

}  // namespace interlock
