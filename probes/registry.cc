// Every probe there is: one row each. Adding a technology is a file, a declaration in kinds.h and a row here.
// Wrong arguments, and anything thrown, become a reading that is unknown for an internal cause.
#include <exception>

#include "probes/arguments.h"
#include "probes/kinds.h"
#include "probes/observation_timer.h"
#include "probes/probe.h"
#include "probes/upgrade_record.h"

namespace interlock {
namespace {

using Type = ProbeArgument::Type;

constexpr ProbeArgument kTcp[] = {
    {"port", Type::number, true, "the port to connect to"},
    {"address", Type::text, false, "connect to this address from here, not to the host's (for a VIP)"},
    {"banner", Type::flag, false, "wait for what the server says first, as 'greeting'"},
};

constexpr ProbeArgument kMysql[] = {
    {"port", Type::number, true, "the server's port"},
    {"user", Type::text, true, "the user to log in as"},
    {"password", Type::secret, false, "the reference of the user's password"},
    {"query", Type::text, true, "one statement that only reads; what may change something is not sent"},
    {"params", Type::list, false, "values for each ? in the query; the statement is then prepared"},
    {"database", Type::text, false, "the database to use"},
    {"address", Type::text, false, "connect to this address from here, not to the host's (for a VIP)"},
    {"rows", Type::number, false, "how many rows to keep at most, up to 1000"},
    {"timeout", Type::number, false, "milliseconds for connection and query together, if less than the fact allows"},
    {"tls", Type::flag, false, "refuse to log in without TLS"},
    {"tls_verify", Type::flag, false, "the server's certificate must be valid for the address"},
    {"tls_ca", Type::text, false, "file with the certificates to trust, on this machine"},
};

constexpr ProbeArgument kHotdb[] = {
    {"port", Type::number, true, "the management port, 3325 as a rule"},
    {"greeting", Type::flag, false, "read the version from the greeting, without logging in"},
    {"user", Type::text, false, "the management user"},
    {"password", Type::secret, false, "the reference of the user's password"},
    {"show", Type::text, false, "which 'show @@…' to look at", kHotdbShows},
    {"command", Type::text, false, "another command that only looks", kHotdbCommands},
};

constexpr ProbeArgument kAddress[] = {
    {"ip", Type::text, true, "the address that the host may hold"},
    {"dev", Type::text, false, "only on this device"},
};

constexpr ProbeArgument kProcess[] = {
    {"match", Type::text, false, "part of the command line, its words joined by single spaces"},
    {"pid_file", Type::text, false, "file that holds the process's number"},
};

constexpr ProbeArgument kKeepalived[] = {
    {"config", Type::text, false, "the file to check; /etc/keepalived/keepalived.conf as a rule"},
    {"check", Type::flag, false, "have keepalived check the file"},
};

constexpr ProbeArgument kFile[] = {
    {"path", Type::text, true, "the file, directory or link"},
    {"content", Type::flag, false, "its first 64 KiB, as text"},
    {"sha256", Type::flag, false, "the SHA-256 of its content"},
    {"tail", Type::number, false, "how many of its last bytes to read, as text; at most 65536"},
};

constexpr ProbeArgument kCommand[] = {
    {"argv", Type::list, true, "the command and its arguments; it must change nothing"},
};

constexpr std::span<const ProbeArgument> kUpgrade = std::span(kUpgradeArguments).first<6>();  // all but nodes_write

constexpr ProbeArgument kHotdbMemory[] = {
    {"port", Type::number, true, "the server's port"},
    {"user", Type::text, true, "the user to log in as"},
    {"password", Type::secret, false, "the reference of the user's password"},
    {"database", Type::text, true, "the config database"},
    {"tables", Type::list, true, "the tables to compare with their _running twins"},
    {"address", Type::text, false, "connect to this address from here, not to the host's"},
};

constexpr ProbeArgument kTree[] = {
    {"path", Type::text, true, "the directory"},
    {"package_sha256", Type::sha256, true, "the SHA-256 of the package that counts as new"},
};

constexpr ProbeArgument kPackage[] = {
    {"file", Type::text, true, "the file on this machine; empty: missing"},
    {"sha256", Type::sha256, true, "the SHA-256 that it must have"},
    {"version", Type::text, false, "the version that its name must tell, where it tells one"},
};

constexpr ProbeArgument kServerXml[] = {
    {"file", Type::text, true, "the node's server.xml"},
    {"peer", Type::text, false, "the address that a backup's haNodeHost must have; without it, any"},
    {"peer_port", Type::number, false, "the port that a backup's haNodeHost must have"},
};

constexpr ProbeArgument kHotdbSettings[] = {
    {"old", Type::text, true, "the directory of the old version, set aside"},
    {"new", Type::text, true, "the directory of the new version"},
    {"java_bin", Type::text, false, "JAVA_BIN that the new start script must have; empty: as in the old one"},
    {"java_version", Type::text, false, "JAVA_VERSION that the new start script must have"},
};

constexpr ProbeArgument kKeepalivedRole[] = {
    {"config", Type::text, true, "the host's keepalived.conf"},
};

constexpr ProbeArgument kKeepalivedPair[] = {
    {"config", Type::text, true, "the host's keepalived.conf"},
    {"peer_host", Type::text, true, "the other host, as the site file names it"},
    {"peer_config", Type::text, false, "the other host's keepalived.conf, if it has another path"},
};

constexpr ProbeArgument kKeepalivedLoaded[] = {
    {"config", Type::text, true, "the file that keepalived should work by"},
    {"pid_file", Type::text, false, "the file with the daemon's number; /run/keepalived.pid as a rule"},
};

// Checks the arguments first and lets nothing be thrown out of a probe.
template <Reading (*Observe)(const ProbeRequest&), const auto& Arguments>
Reading checked(const ProbeRequest& request) {
  const ObservationTimer timer("the arguments of the probe");
  const std::string problems = all_problems(std::span<const ProbeArgument>(Arguments), request.args);
  if (!problems.empty()) return timer.unknown(Cause::internal, problems);
  if (request.deadline <= std::chrono::steady_clock::now())
    return timer.unknown(Cause::timed_out, "the deadline had passed before anything was asked");
  try {
    return Observe(request);
  } catch (const std::exception& thrown) {
    return timer.unknown(Cause::internal, thrown.what());
  }
}

constexpr ProbeKind kKinds[] = {
    {"tcp", "Whether a TCP port accepts connections: {port: open|closed, greeting: what the server says first}.",
     kTcp, checked<observe_tcp, kTcp>},
    {"mysql",
     "What a query answers: {rows: [{column: value}], count, scalar: first column of the first row, truncated}.",
     kMysql, checked<observe_mysql, kMysql>},
    {"hotdb",
     "What HotDB's management port shows: {rows, count, scalar, row: the first row, …}; with greeting: {version, product, "
     "port}. session adds open_transactions and oldest_transaction_s; cluster adds primary, primaries, secondaries and "
     "started; datasource and datanode add datanodes; latency adds worst_ms and broken; check @@datasource_config adds "
     "errors and warnings.",
     kHotdb, checked<observe_hotdb, kHotdb>},
    {"address", "Whether the host holds an IP address: {held: true|false, devices: [name]}.",
     kAddress, checked<observe_address, kAddress>},
    {"process", "Whether a process runs: {running: true|false, pid: its number or null, count}.",
     kProcess, checked<observe_process, kProcess>},
    {"keepalived",
     "Whether keepalived runs and takes its file: {running: true|false, count}; with check: {valid: true|false, usable: valid or "
     "insecure, verdict: valid|insecure|faulty|unusable, problems: text}; insecure: it runs, but script_security is off.",
     kKeepalived, checked<observe_keepalived, kKeepalived>},
    {"file",
     "A file, directory or link: {exists: true|false, kind: file|directory|symlink|…, size, mode, owner, target, sha256, "
     "content, content_truncated, tail}.",
     kFile, checked<observe_file, kFile>},
    {"command",
     "What a command prints: {exit: status or null, signal: number or null, out, err, truncated}. It is run as it is given: "
     "that it changes nothing is the word of whoever gives it.",
     kCommand, checked<observe_command, kCommand>},
    {"upgrade_sql",
     "Whether upgrade scripts may run under live nodes: widening-only or unsafe, for the schema as it was before the upgrade.",
     kUpgrade, checked<observe_upgrade_sql, kUpgrade>},
    {"upgrade_history", "How far the upgrade scripts have run, by the history table: old, partial or new.",
     kUpgrade, checked<observe_upgrade_history, kUpgrade>},
    {"config_content", "Whether tables of the config database were changed since these upgrade scripts had run: {changed: true|false, tables: [name]}.",
     kUpgradeArguments, checked<observe_config_content, kUpgradeArguments>},
    {"hotdb_memory",
     "Whether tables of the config database equal their _running twins: {same: true|false, differs: [table]}.",
     kHotdbMemory, checked<observe_hotdb_memory, kHotdbMemory>},
    {"tree", "Which package a directory was unpacked from: absent, new (the package given) or old (any other, or none).",
     kTree, checked<observe_tree, kTree>},
    {"package", "Whether a file on this machine is the package that is meant: verified, wrong or missing.",
     kPackage, checked<observe_package, kPackage>},
    {"server_xml", "The role that a server.xml gives its node: master, backup or other.", kServerXml,
     checked<observe_server_xml, kServerXml>},
    {"hotdb_settings",
     "Whether a node's own settings are in the new version's directory: {merged: true|false, differences: how many are left "
     "to carry over, or null without both directories}.",
     kHotdbSettings, checked<observe_hotdb_settings, kHotdbSettings>},
    {"keepalived_role",
     "The role that a keepalived.conf gives its host: {role: master|backup|other, priority: number or null, nopreempt}.",
     kKeepalivedRole, checked<observe_keepalived_role, kKeepalivedRole>},
    {"keepalived_pair",
     "Whether two hosts' keepalived.conf make a pair that fails over: {errors, warnings, problems: [text], master: host, "
     "priority_gap, failover_works, outage: {event: {moves, because, min_ms, max_ms, mean_ms}}, outage_reverse}.",
     kKeepalivedPair, checked<observe_keepalived_pair, kKeepalivedPair>},
    {"keepalived_loaded",
     "Whether the running keepalived works by its file as it is: {loaded, running_priority, effective_priority, state: "
     "INIT|BACKUP|MASTER|FAULT|NONE, differences: [text]}.",
     kKeepalivedLoaded, checked<observe_keepalived_loaded, kKeepalivedLoaded>},
};

}  // namespace

std::span<const ProbeKind> probe_kinds() { return kKinds; }

const ProbeKind* find_probe(std::string_view name) {
  for (const auto& kind : kKinds) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

}  // namespace interlock
