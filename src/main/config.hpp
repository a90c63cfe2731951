#pragma once
// fairway.toml: read once at start. Unknown keys are errors, relative paths count from the file.
#include <optional>
#include <string>
#include <string_view>

#include "base/log.hpp"
#include "base/result.hpp"

namespace fairway {

struct Config {
    std::string listen = "127.0.0.1:8400";
    std::string public_url{};       // default: http(s)://listen; as browsers name the origin of its pages
    std::string tls_certificate{};  // PEM files; both or none
    std::string tls_key{};
    bool behind_proxy = false;
    std::string database_url{};
    std::string master_key_file{};
    std::string key_store_url{};  // default with SQLite: sqlite:keys.db beside the database
    std::string instance_file{};  // default: the key store's file, else the master key's, with .instance
    std::string clock_url{};      // empty: the system's clock; else a sandbox's /sandbox/clock
    LogLevel log_level = LogLevel::info;
};

// invalid, naming file, key and remedy.
Result<Config> read_config(const std::string& path);
// The same of a text that was read from the file already; whether the files it names can be read is not
// looked at.
Result<Config> parse_config(const std::string& path, std::string_view text);

}  // namespace fairway
