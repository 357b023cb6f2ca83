// Draws from a seed, the same on every machine and with every standard library. Used by the simulator. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

#include "fsm/observation.h"

namespace interlock::fsm {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : bits_(seed) {}

  // 0 to n - 1; n at least 1. The distributions of <random> are not the same everywhere.
  [[nodiscard]] std::size_t below(std::size_t n) { return static_cast<std::size_t>(bits_() % n); }
  [[nodiscard]] bool one_in(std::size_t n) { return below(n) == 0; }
  // Even between these two, both included.
  [[nodiscard]] Millis between(Millis least, Millis most) {
    return most <= least ? least : least + Millis(static_cast<std::int64_t>(below(static_cast<std::size_t>((most - least).count()) + 1)));
  }
  // As often of one order of magnitude as of another: short times matter as much as long ones.
  [[nodiscard]] Millis spread(Millis least, Millis most) {
    std::size_t doublings = 0;
    for (Millis t = least; t * 2 <= most; t *= 2) ++doublings;
    const Millis from = least * (std::int64_t{1} << below(doublings + 1));
    return between(from, from * 2 < most ? from * 2 : most);
  }

 private:
  std::mt19937_64 bits_;
};

}  // namespace interlock::fsm
