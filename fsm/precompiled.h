// Headers that nearly every file includes, compiled once (CMakeLists.txt). No file relies on it: each includes what
// it uses. The one instantiation of JSON is in fsm/json.cc.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

extern template class nlohmann::basic_json<>;
