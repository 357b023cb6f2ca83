// What a Store and its journals share: the connections and the mutex that gives them to one thread at a time.
#pragma once

#include <memory>
#include <mutex>

#include "src/store/database.h"
#include "src/store/store.h"

namespace interlock {

struct Store::Shared {
  std::mutex mutex;
  std::unique_ptr<Database> durable;   // synchronous=FULL: runs, records, locks
  std::unique_ptr<Database> relaxed;   // for the live row only, which must not cost a disk write each time
};

}  // namespace interlock
