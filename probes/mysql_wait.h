// How long the client library may wait on behalf of the calling thread. Internal to the MySQL client.
// A WaitScope is active for the calls its thread makes while it lives; scopes of one thread may nest.
#pragma once

#include <mysql.h>

#include <chrono>

#include "probes/mysql_client.h"

namespace interlock {

// Closing says goodbye to the server; nobody waits for that.
inline constexpr Millis kCloseLimit{100};

class WaitScope {
 public:
  explicit WaitScope(const MysqlWait& wait);
  ~WaitScope();
  WaitScope(const WaitScope&) = delete;
  WaitScope& operator=(const WaitScope&) = delete;

  // What ended a wait of the innermost scope of this thread, if anything did.
  [[nodiscard]] static bool expired();
  [[nodiscard]] static bool stopped();

 private:
  friend int wait_for_io(int fd, bool is_read);
  MysqlWait wait_;
  WaitScope* outer_;
  bool expired_ = false;
  bool stopped_ = false;
};

// Makes the library obey the wait: its callback where it has one, else whole seconds, rounded up.
void set_time_limits(MYSQL* mysql, const MysqlWait& wait);

[[nodiscard]] MysqlType mysql_type(int field_type);

}  // namespace interlock
