// Golden files: what a report looked like when a person last read it. A test compares with the file under
// tests/golden/; INTERLOCK_REWRITE_GOLDEN=1 in the environment writes the files anew, to be read in the diff.
#pragma once

#include <string>

namespace interlock::tests {

// Fails the current test when `text` is not what the file holds. `name` is relative to tests/golden/.
void expect_golden(const std::string& name, const std::string& text);

// Times are shown in the local zone; for the life of this object that is a zone eight hours east.
class EasternTime {
 public:
  EasternTime();
  ~EasternTime();
  EasternTime(const EasternTime&) = delete;
  EasternTime& operator=(const EasternTime&) = delete;
};

}  // namespace interlock::tests
