#pragma once
// Which module may include which: the one table. The includes, CMakeLists.txt and ARCHITECTURE.md are held to
// it.
#include <map>
#include <set>
#include <string>

#include "tree.hpp"

namespace fairway::tidy {

using Arrows = std::map<std::string, std::set<std::string>, std::less<>>;

// Every module and what it may include, besides itself and base.
const Arrows& arrows();

// Includes across modules that have no arrow; folders under src that are no module.
Findings check_arrows(const File& file);
// fairway_module(NAME DEPENDS …) says the same as the table: for each module one call, with all its arrows.
Findings check_cmake_arrows(const File& cmake);
// "`api` -> sync, store" in ARCHITECTURE.md (→ and back quotes are fine) says the same as the table.
Findings check_written_arrows(const File& page);

// Headers of large libraries: outside the modules that wrap them, or in a header that others include.
Findings check_heavy_headers(const File& file);

}  // namespace fairway::tidy
