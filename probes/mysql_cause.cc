#include "probes/mysql_cause.h"

#include <cerrno>
#include <charconv>
#include <optional>

#include "probes/tcp_connection.h"

namespace interlock {
namespace {

// Numbers by their names in mysqld_error.h and errmsg.h; the headers of the two libraries do not all share them.
enum : unsigned {
  kTooManyConnections = 1040,
  kDatabaseDenied = 1044,
  kAccessDenied = 1045,
  kUnknownDatabase = 1049,
  kShutdownInProgress = 1053,
  kUnknownColumn = 1054,
  kHostBlocked = 1129,
  kHostNotPrivileged = 1130,
  kTableDenied = 1142,
  kColumnDenied = 1143,
  kUnknownTable = 1146,
  kUserConnectionLimit = 1203,
  kLockWaitTimeout = 1205,
  kSpecificAccessDenied = 1227,
  kUserResourceLimit = 1226,
  kRoutineMissing = 1305,
  kRoutineDenied = 1370,
  kAccessDeniedNoPassword = 1698,
  kMustChangePassword = 1820,
  kPasswordExpired = 1862,
  kAccountLocked = 3118,
  kStatementTimeoutMariadb = 1969,
  kStatementTimeoutMysql = 3024,
  kAccountLockedMariadb = 4151,
  kSocketCreate = 2001,
  kLocalConnection = 2002,
  kHostConnection = 2003,
  kUnknownHost = 2005,
  kServerGone = 2006,
  kOutOfMemory = 2008,
  kServerLost = 2013,
  kOutOfSync = 2014,
  kPacketTooLarge = 2020,
  kTls = 2026,
  kMalformedPacket = 2027,
  kWrongParameterCount = 2034,
  kSecureAuth = 2049,
  kServerLostExtended = 2055,
  kNetRead = 5013,
  kNetWrite = 5014,
};

// "Can't connect to server on '10.0.0.9' (111)": the errno at the end is the only place that has it.
std::optional<int> errno_in(std::string_view text) {
  const std::size_t open = text.rfind('(');
  const std::size_t close = text.rfind(')');
  int number = 0;
  if (open != std::string_view::npos && close != std::string_view::npos && close > open) {
    const auto [end, problem] = std::from_chars(text.data() + open + 1, text.data() + close, number);
    if (problem == std::errc() && end != text.data() + open + 1) return number;
  }
  return std::nullopt;
}

bool speaks_of_certificate(std::string_view text) {
  return text.find("ertificate") != std::string_view::npos || text.find("verif") != std::string_view::npos;
}

}  // namespace

Cause mysql_cause(unsigned number, std::string_view text, MysqlStep step) {
  switch (number) {
    case kTooManyConnections:
    case kUserConnectionLimit:
    case kUserResourceLimit:
    case kShutdownInProgress: return Cause::refused;
    case kDatabaseDenied:
    case kAccessDenied:
    case kHostBlocked:
    case kHostNotPrivileged:
    case kTableDenied:
    case kColumnDenied:
    case kSpecificAccessDenied:
    case kRoutineDenied:
    case kAccessDeniedNoPassword:
    case kMustChangePassword:
    case kPasswordExpired:
    case kAccountLocked:
    case kAccountLockedMariadb:
    case kSecureAuth: return Cause::denied;
    case kUnknownDatabase:
    case kUnknownColumn:
    case kUnknownTable:
    case kRoutineMissing: return Cause::missing;
    case kLockWaitTimeout:
    case kStatementTimeoutMariadb:
    case kStatementTimeoutMysql: return Cause::timed_out;
    case kLocalConnection:
    case kHostConnection: return cause_of_errno(errno_in(text).value_or(EHOSTUNREACH));
    case kUnknownHost: return Cause::unreachable;
    case kServerGone:
    case kServerLost:
    case kServerLostExtended:
    case kNetRead:
    case kNetWrite:
      // A peer that accepts and hangs up before it has said its greeting does not speak the protocol; one that
      // goes away later has died or has been cut off.
      return step == MysqlStep::connecting ? Cause::protocol : Cause::unreachable;
    case kTls: return speaks_of_certificate(text) ? Cause::denied : Cause::protocol;
    case kSocketCreate:
    case kOutOfMemory:
    case kOutOfSync:
    case kWrongParameterCount: return Cause::internal;
  }
  return Cause::protocol;
}

bool mysql_connection_lost(unsigned number) {
  switch (number) {
    case kLocalConnection:
    case kHostConnection:
    case kServerGone:
    case kServerLost:
    case kServerLostExtended:
    case kOutOfSync:
    case kPacketTooLarge:
    case kTls:
    case kMalformedPacket:
    case kNetRead:
    case kNetWrite: return true;
  }
  return false;
}

}  // namespace interlock
