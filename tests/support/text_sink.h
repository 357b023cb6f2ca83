// Where a report writes, kept as text.
#pragma once

#include <string>

#include "src/report/terminal.h"

namespace interlock::tests {

class TextSink : public Sink {
 public:
  bool write(std::string_view text, bool) override {
    all += text;
    return true;
  }
  [[nodiscard]] std::size_t columns() const override { return 100; }
  std::string all;
};

}  // namespace interlock::tests
