#pragma once
#include <cstdio>
#include "src/run/driver.h"
namespace interlock {
struct PlainListener : RunListener {
  void on_record(const std::string& kind, const Json& body, const Json&) override { std::printf("%s %s\n", kind.c_str(), body.dump().substr(0, 600).c_str()); std::fflush(stdout); }
  void on_instruct(const fsm::Action& action) override { std::printf("do: %s\n", action.manual.en.c_str()); }
  void on_tick(const Now&) override {}
};
}  // namespace interlock
