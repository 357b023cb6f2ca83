// conf/log4j2.xml: carrying the levels, sizes and paths that a site changed into a new version's file. Elements are
// matched by their path and their name attribute (or their order). Pure.
#pragma once

#include <string_view>

#include "probes/config_merge.h"

namespace interlock {

// The new file's text with the old values of levels, sizes, counts, paths and intervals, and of <Property> texts,
// where both files have the element and the values differ. Other differing attributes keep the new value and are
// reported, and so is what only one file has. Throws InputError when a file cannot be read.
[[nodiscard]] ConfigMerge merge_log4j_xml(std::string_view old_text, std::string_view new_text, std::string_view old_file = {}, std::string_view new_file = {});

}  // namespace interlock
