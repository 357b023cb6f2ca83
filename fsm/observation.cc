#include "fsm/observation.h"

namespace interlock {

const char* to_string(Cause cause) {
  switch (cause) {
    case Cause::refused: return "refused";
    case Cause::unreachable: return "unreachable";
    case Cause::timed_out: return "timed out";
    case Cause::denied: return "denied";
    case Cause::protocol: return "protocol error";
    case Cause::missing: return "missing";
    case Cause::internal: return "internal";
  }
  return "?";
}

}  // namespace interlock
