// The top-level `params` of a site file: values for every procedure of a catalog, so that one procedure does not use
// all of them. A name that nothing in the catalog declares is a slip, and what it was meant for would silently have no
// value. Pure.
#pragma once

#include <set>
#include <string>

#include "fsm/bind.h"

namespace interlock::fsm {

using ParameterNames = std::set<std::string>;

void add_declared(const ProcedureSource& procedure, ParameterNames& names);
void add_declared(const Library& components, ParameterNames& names);

// Throws InputError with every name of the site file's `params` that is none of these. `text`: of the file, which has
// been loaded.
void check_site_parameters(const std::string& file, const std::string& text, const ParameterNames& declared);

}  // namespace interlock::fsm
