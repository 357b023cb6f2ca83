// A check for the node exporter's textfile collector. A gate that could not be evaluated is not open: its
// interlock_gate_open is 0 and its interlock_gate_unknown 1, so that an alert on "not open" misses nothing.
#include "src/report/check_formats.h"
#include "src/report/escape.h"

namespace interlock::report {
namespace {

std::string family(const char* name, const char* help) { return fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n", name, help); }

}  // namespace

std::string check_prometheus(const CheckResult& r) {
  const std::string where = "site=\"" + prometheus_label(r.site) + "\",procedure=\"" + prometheus_label(r.procedure) + "\"";
  const auto labels = [&](const GateResult& g) {
    return where + ",phase=\"" + prometheus_label(g.phase) + "\",gate=\"" + prometheus_label(g.id) + "\",mode=\"" + fsm::to_string(g.mode) + "\"";
  };
  const GateCounts n = count(r);
  std::string out = family("interlock_gate_open", "1 when the gate was observed to be open, 0 when it was closed or could not be evaluated.");
  for (const auto& g : r.gates) out += fmt::format("interlock_gate_open{{{}}} {}\n", labels(g), g.verdict == fsm::Truth::yes ? 1 : 0);
  out += family("interlock_gate_unknown", "1 when the gate could not be evaluated.");
  for (const auto& g : r.gates) out += fmt::format("interlock_gate_unknown{{{}}} {}\n", labels(g), g.verdict == fsm::Truth::unknown ? 1 : 0);
  out += family("interlock_check_gates", "Gates by verdict; closed and unknown count enforced gates, warning those that only warn.");
  const std::pair<const char*, std::size_t> counts[] = {{"open", n.open}, {"closed", n.closed}, {"unknown", n.unknown}, {"warning", n.warnings}};
  for (const auto& [verdict, number] : counts) out += fmt::format("interlock_check_gates{{{},verdict=\"{}\"}} {}\n", where, verdict, number);
  out += family("interlock_check_status", "0 ok, 1 warning, 2 critical, 3 unknown.");
  out += fmt::format("interlock_check_status{{{}}} {}\n", where, nagios_status(r));
  out += family("interlock_check_duration_seconds", "How long the check took.");
  out += fmt::format("interlock_check_duration_seconds{{{}}} {:.3f}\n", where, static_cast<double>(r.took.count()) / 1000.0);
  out += family("interlock_check_timestamp_seconds", "When the check was made, in seconds since 1970.");
  out += fmt::format("interlock_check_timestamp_seconds{{{}}} {}.{:03}\n", where, r.at_ms / 1000, r.at_ms % 1000);
  return out;
}

}  // namespace interlock::report
