#pragma once
// For the tests of the database: a directory of its own and a database file in it.
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "db/db.hpp"

namespace fairway::db {

class DatabaseTest : public testing::Test {
protected:
    DatabaseTest() {
        std::string pattern = (std::filesystem::temp_directory_path() / "fairway_db_XXXXXX").string();
        CHECK(mkdtemp(pattern.data()) != nullptr, "a test can make a directory");
        directory = pattern;
        path = (directory / "test.db").string();
        database = open_again();
    }
    ~DatabaseTest() override {
        database.reset();
        std::error_code ignored;
        std::filesystem::remove_all(directory, ignored);
    }
    // Another connection to the same file, as another process has it.
    std::unique_ptr<Database> open_again() const { return open("sqlite:" + path).value(); }

    void script(const std::string& sql) {
        database->write([&](Transaction& tx) { tx.script(sql); });
    }
    std::int64_t number(std::string_view sql) {
        return database->read([&](Reader& tx) { return tx.one(sql).value().get<std::int64_t>(0); });
    }

    std::filesystem::path directory{};
    std::string path{};
    std::unique_ptr<Database> database{};
};

// What a call throws as a Failure; a test that expects one fails if there is none.
template <class Function>
Failure failure_of(Function&& function) {
    try {
        function();
    } catch (const Failure& failure) {
        return failure;
    }
    ADD_FAILURE() << "nothing failed";
    return {Failure::Kind::connection, ""};
}

}  // namespace fairway::db
