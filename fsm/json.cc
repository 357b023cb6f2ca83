// The one instantiation of JSON for the whole program; see fsm/precompiled.h. Compiled without it.
#include <nlohmann/json.hpp>

template class nlohmann::basic_json<>;
