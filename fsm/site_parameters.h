// The top-level `params` of a site file: values for every procedure of a catalog, so that one procedure does not use
// all of them. A name that nothing in the catalog declares is a slip, and what it was meant for would silently have no
// value. Pure.
#pragma once

#include <map>
#include <string>

#include "fsm/bind.h"

namespace interlock::fsm {

using ParameterNames = std::map<std::string, std::string>;  // name -> what it is, in English

void add_declared(const ProcedureSource& procedure, ParameterNames& names);
void add_declared(const Library& components, ParameterNames& names);

// Throws InputError with every name of the site file's `params` that is none of these. `text`: of the file, which has
// been loaded.
void check_site_parameters(const std::string& file, const std::string& text, const ParameterNames& declared);

// Names them in the JSON Schema of site files, so that an editor can offer them. Others are let through: which catalog
// a site is for, a schema cannot see.
void describe_parameters(Json& site_schema, const ParameterNames& declared);

}  // namespace interlock::fsm
