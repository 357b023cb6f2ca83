// What every fuzz target shares: a property that must hold, else the process stops where libFuzzer sees it.
#pragma once

#include <cstdio>
#include <cstdlib>

#define PROPERTY(condition)                                                              \
  do {                                                                                   \
    if (!(condition)) {                                                                  \
      std::fprintf(stderr, "%s:%d: broken property: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)
