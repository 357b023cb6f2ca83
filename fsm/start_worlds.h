// The worlds in which a machine may be started: all that satisfy what is taken for granted and every gate that must be
// open. Used by the proof. Pure.
#pragma once

#include <functional>

#include "fsm/proof.h"

namespace interlock::fsm {

// Calls take(world) for each, in a fixed order, until it returns false. With a gate of the first phase left out, only
// the worlds that this gate keeps away: the others are those of the whole machine. False: the demands are too entangled
// to find out in reasonable time which worlds satisfy them; nothing was taken.
[[nodiscard]] bool each_start(const Machine& machine, Without without, const std::function<bool(const World&)>& take);

}  // namespace interlock::fsm
