#include "db/nesting.hpp"

#include <algorithm>
#include <vector>

#include "base/check.hpp"

namespace fairway::db {

namespace {
thread_local std::vector<const void*> open_databases;
}  // namespace

NestingGuard::NestingGuard(const void* database) {
    CHECK(std::ranges::find(open_databases, database) == open_databases.end(),
          "reads and writes of one thread are never nested");
    open_databases.push_back(database);
}

NestingGuard::~NestingGuard() { open_databases.pop_back(); }

}  // namespace fairway::db
