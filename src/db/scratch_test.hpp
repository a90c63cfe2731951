#pragma once
// For tests: the databases of one test, gone with their owner; what was opened must be closed before. Files
// in a directory of its own, or, where FAIRWAY_TEST_ENGINE is "postgresql", schemas of the database
// FAIRWAY_TEST_POSTGRESQL, which tools/with_postgresql.py starts: each is as good as a database of its own,
// and made in no time. So every test that asks here runs on both engines.
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "db/postgres_connection.hpp"

namespace fairway::db {

// The engine under test.
inline Engine test_engine() {
    const char* name = std::getenv("FAIRWAY_TEST_ENGINE");
    const std::string_view engine = name == nullptr ? "sqlite" : name;
    CHECK(engine == "sqlite" || engine == "postgresql", "FAIRWAY_TEST_ENGINE is sqlite or postgresql");
    return engine == "sqlite" ? Engine::sqlite : Engine::postgresql;
}

class Scratch {
public:
    Scratch() {
        std::string pattern = (std::filesystem::temp_directory_path() / "fairway_XXXXXX").string();
        CHECK(mkdtemp(pattern.data()) != nullptr, "a test can make a directory");
        path_ = pattern;
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
        for (const std::string& each : schemas_) server().script("DROP SCHEMA " + each + " CASCADE");
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    // Of the database with this name, "fairway.db": the same one for the same name.
    std::string url(const std::string& name) {
        if (test_engine() == Engine::sqlite) return "sqlite:" + (path_ / name).string();
        std::string schema = path_.filename().string() + "_" + name;
        // A name without quotation marks: letters of one case, digits and underscores.
        for (char& c : schema)
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) c = c >= 'A' && c <= 'Z' ? lower(c) : '_';
        if (std::ranges::find(schemas_, schema) == schemas_.end()) {
            server().script("CREATE SCHEMA " + schema);
            schemas_.push_back(schema);
        }
        return server_url() + "?options=-csearch_path%3D" + schema;
    }
    std::string file(const std::string& name) const { return (path_ / name).string(); }
    const std::filesystem::path& path() const { return path_; }

private:
    static char lower(char c) { return static_cast<char>(c - 'A' + 'a'); }
    // Made once: connecting takes longer than what is done here.
    static PostgresConnection& server() {
        static PostgresConnection connection(server_url() + "?application_name=scratch");
        return connection;
    }
    static std::string server_url() {
        const char* url = std::getenv("FAIRWAY_TEST_POSTGRESQL");
        CHECK(url != nullptr, "tools/with_postgresql.py starts the server that these tests need");
        return url;
    }

    std::filesystem::path path_{};
    std::vector<std::string> schemas_{};
};

}  // namespace fairway::db
