// The first packet a MySQL server sends (protocol 10), as far as probes need it. Pure codec; any thread.
// Source: MySQL internals, "Protocol::HandshakeV10" and "ERR_Packet". It does not log in.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "fsm/observation.h"

namespace interlock {

struct MysqlGreeting {
  std::string version;        // as the server says it: "5.7.23 HotDB-2.5.3 HotDB Server by Hotpu Tech"
  unsigned error_number = 0;  // the server refuses at once (1040, 1129, 1130 …); `version` is empty then
  std::string error_text;
};

// nullopt: more bytes are needed. Bytes that can be no greeting give Cause::protocol.
[[nodiscard]] Result<std::optional<MysqlGreeting>> parse_mysql_greeting(std::string_view bytes);

// What a greeting says about HotDB: {"2.5.3", "HotDB Server"}.
struct HotdbVersion {
  std::string version;
  std::string product;
};
// nullopt when the version string is not HotDB's.
[[nodiscard]] std::optional<HotdbVersion> parse_hotdb_version(std::string_view version);

}  // namespace interlock
