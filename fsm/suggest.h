// The likely word behind a misspelt one, for "did you mean". Pure; safe from any thread.
// It does not decide whether a word is wrong: callers ask only about words they do not know.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace interlock {

// Number of letters inserted, removed, replaced or swapped with their neighbour; case does not count.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate nearest to `word`, or "" when none is near enough to be what was meant (more than one edit
// for every three letters). The first of equally near ones.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string_view> candidates);
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> candidates);

// "write 'candidate'", for the fix of a diagnostic; "" when nothing is near.
[[nodiscard]] std::string likely(std::string_view word, std::span<const std::string> candidates);
// "a, b, c", for what was expected; "nothing" when there is none.
[[nodiscard]] std::string joined(std::span<const std::string> words);

// " (did you mean 'candidate'?)", or "" when nothing is near.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace interlock
