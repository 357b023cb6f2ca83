// Headers that nearly every test includes, compiled once (tests/CMakeLists.txt). No test relies on it: each includes
// what it uses.
#pragma once

#include "fsm/precompiled.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
