#pragma once
// For tests: what a database consists of, on the engine under test.
#include <string>
#include <vector>

#include "db/scratch_test.hpp"

namespace fairway::db {

inline std::vector<std::string> texts(Reader& tx, std::string_view sql, const std::vector<Value>& values) {
    std::vector<std::string> found;
    for (const Row& row : tx.run(sql, values)) found.push_back(row.get<std::string>(0));
    return found;
}

// Sorted.
inline std::vector<std::string> table_names(Reader& tx) {
    return texts(
        tx,
        test_engine() == Engine::sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> "
              "'sqlite_' ORDER BY name"
            : "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename "
              "COLLATE \"C\"",
        {});
}

// In the order in which they were declared.
inline std::vector<std::string> column_names(Reader& tx, const std::string& table) {
    return texts(
        tx,
        test_engine() == Engine::sqlite
            ? "SELECT name FROM pragma_table_info($1) ORDER BY cid"
            : "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 ORDER BY "
              "attnum",
        {bind(table)});
}

// An expression that shows a column's value as a text, its null too.
inline std::string quoted(const std::string& column) {
    if (test_engine() == Engine::sqlite) return "quote(" + column + ")";
    return "quote_nullable(" + column + ")";
}

}  // namespace fairway::db
