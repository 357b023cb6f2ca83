#include "src/run/client_meter.h"

#include "probes/arguments.h"
#include "probes/mysql_login.h"

namespace interlock {
namespace {

std::int64_t wall_ms(WallTime t) { return std::chrono::duration_cast<Millis>(t.time_since_epoch()).count(); }

}  // namespace

Result<std::unique_ptr<ClientMeter>> ClientMeter::start(const fsm::Clients& clients, Secrets& secrets) {
  if (clients.probe != "mysql") return failure(Cause::internal, "clients are measured by a mysql probe, not by '" + clients.probe + "'");
  const ArgumentReader args(clients.args);
  auto login = mysql_login(args, secrets);
  if (!login) return tl::unexpected(login.error());
  const Endpoint endpoint{args.text("address").value_or(""), args.port(), ""};
  GapMeterOptions options;
  options.period = clients.every;
  return std::unique_ptr<ClientMeter>(new ClientMeter(std::make_unique<GapMeter>(mysql_gap_attempt(endpoint, std::move(*login), args.text("query").value_or("select 1")), options)));
}

ClientMeter::Change ClientMeter::poll() {
  const GapSnapshot s = meter_->snapshot();
  const Millis current = std::chrono::duration_cast<Millis>(s.current);
  Change change;
  if (s.last_stall && s.stalls != stalls_) change.asleep = {wall_ms(s.last_stall->started), std::chrono::duration_cast<Millis>(s.last_stall->length)};
  stalls_ = s.stalls;
  if (!s.last_success && current < kFirstAnswer) return change;  // the first connection may take its time
  if (current >= kNoticed) {
    open_ = current;
    change.open = current;
  } else if (open_) {
    // The exact length where this was the longest gap; otherwise what the last poll saw, plus a poll's step.
    const WallTime began = std::chrono::system_clock::now() - *open_ - current;
    const bool longest = s.longest.ended && *s.longest.ended > std::chrono::system_clock::now() - std::chrono::seconds(1);
    if (longest)
      change.closed = {wall_ms(s.longest.started), std::chrono::duration_cast<Millis>(s.longest.length)};
    else
      change.closed = {wall_ms(began), *open_};
    open_.reset();
  }
  return change;
}

Json to_json(const GapSnapshot& s) {
  Json json{{"attempts", s.attempts},
            {"failures", s.failures},
            {"longest_gap_ms", std::chrono::duration_cast<Millis>(s.longest.length).count()},
            {"longest_gap_at_ms", wall_ms(s.longest.started)}};
  if (s.longest.first_failure)
    json["first_failure"] = std::string(to_string(s.longest.first_failure->cause)) + ": " + s.longest.first_failure->text;
  return json;
}

}  // namespace interlock
