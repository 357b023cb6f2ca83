// Of which hosts nothing can be seen, and since when. It tells a host that is lost from a look that did not succeed, and
// from a network of ours that is: then nothing can be seen of any host. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fsm/machine.h"

namespace interlock::fsm {

class Sight {
 public:
  explicit Sight(const Machine& machine);

  // What one look showed. A single known fact of a host is enough to see it.
  void see(const std::vector<std::pair<int, Value>>& seen, Millis now);
  // Nothing has been seen of this fact's host for `patience`, while another host that something may crash on is seen.
  [[nodiscard]] bool lost(int fact, Millis now, Millis patience) const;

 private:
  const Machine& machine_;
  std::map<std::string, std::optional<Millis>> blind_since_;  // by host; only those that something may crash on
};

}  // namespace interlock::fsm
