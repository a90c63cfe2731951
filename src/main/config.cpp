#include "main/config.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "base/text.hpp"

namespace {
struct TomlAssertion {};
}  // namespace
// toml++ asserts what a broken text can make wrong ("[server" without an end, in 3.3): the text's error.
#define TOML_ASSERT(condition) ((condition) ? void() : throw TomlAssertion{})
#include <toml++/toml.h>

namespace fairway {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> wrong(const std::string& path, const std::string& key, const std::string& why) {
    return fail(ErrorKind::invalid, "config_invalid", path + ": " + key + " " + why, key);
}

struct KeyFacts {
    std::string_view section;
    std::string_view key;
    toml::node_type type;
    std::string Config::* text;
};

constexpr std::array kKeys{
    KeyFacts{"server", "listen", toml::node_type::string, &Config::listen},
    KeyFacts{"server", "public_url", toml::node_type::string, &Config::public_url},
    KeyFacts{"server", "tls_certificate", toml::node_type::string, &Config::tls_certificate},
    KeyFacts{"server", "tls_key", toml::node_type::string, &Config::tls_key},
    KeyFacts{"server", "behind_proxy", toml::node_type::boolean, nullptr},
    KeyFacts{"database", "url", toml::node_type::string, &Config::database_url},
    KeyFacts{"secrets", "master_key_file", toml::node_type::string, &Config::master_key_file},
    KeyFacts{"secrets", "key_store_url", toml::node_type::string, &Config::key_store_url},
    KeyFacts{"secrets", "instance_file", toml::node_type::string, &Config::instance_file},
    KeyFacts{"time", "source", toml::node_type::string, &Config::clock_url},
    KeyFacts{"log", "level", toml::node_type::string, nullptr},
};

// Files and addresses end at a NUL, and a line break hides what follows.
bool is_control(unsigned char c) { return c < 0x20 || c == 0x7F; }

std::string join_names(std::string_view section) {
    std::string names;
    for (const KeyFacts& each : kKeys)
        if (each.section == section) names += (names.empty() ? "" : ", ") + std::string(each.key);
    return names;
}

Status read_key(const std::string& path, const std::string& section, const std::string& key,
                const toml::node& node, Config& config) {
    const std::string name = section + "." + key;
    const auto facts = std::ranges::find_if(
        kKeys, [&](const KeyFacts& each) { return each.section == section && each.key == key; });
    if (facts == kKeys.end())
        return wrong(path, name, "is not a setting; [" + section + "] knows " + join_names(section));
    if (node.type() != facts->type)
        return wrong(path, name,
                     facts->type == toml::node_type::boolean ? "must be true or false" : "must be a text");
    if (facts->text != nullptr) {
        const std::string text = *node.value<std::string>();
        if (std::ranges::any_of(text, is_control)) return wrong(path, name, "holds a control character");
        config.*(facts->text) = text;
        return {};
    }
    if (key == "behind_proxy") {
        config.behind_proxy = *node.value<bool>();
        return {};
    }
    const auto level = parse_log_level(*node.value<std::string>());
    if (!level) return wrong(path, name, "must be debug, info, warning or error");
    config.log_level = *level;
    return {};
}

struct ListenAddress {
    bool loopback = false;
    bool every = false;  // 0.0.0.0 or [::]
};

// "127.0.0.1:8400" or "[::1]:8400"; names are not looked up.
std::optional<ListenAddress> parse_listen(const std::string& listen) {
    const std::size_t colon = listen.rfind(':');
    if (colon == std::string::npos) return std::nullopt;
    const auto port = parse_int(std::string_view(listen).substr(colon + 1));
    std::string host = listen.substr(0, colon);
    const bool bracketed = host.size() > 2 && host.starts_with('[') && host.ends_with(']');
    if (bracketed) host = host.substr(1, host.size() - 2);
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    const bool good = inet_pton(bracketed ? AF_INET6 : AF_INET, host.c_str(), bytes.data()) == 1;
    if (!good || !port || *port < 0 || *port > 65'535) return std::nullopt;
    return ListenAddress{.loopback = bracketed ? host == "::1" : bytes[0] == 127,
                         .every = std::ranges::all_of(bytes, [](unsigned char byte) { return byte == 0; })};
}

bool is_web_address(std::string_view url) {
    for (const std::string_view scheme : {"https://", "http://"})
        if (url.starts_with(scheme)) return url.size() > scheme.size() && url[scheme.size()] != '/';
    return false;
}

Status check_listen(const std::string& path, const Config& config) {
    const auto address = parse_listen(config.listen);
    if (!address)
        return wrong(path, "server.listen",
                     "must be an IP address and a port, such as 127.0.0.1:8400 or [::1]:8400");
    if (!address->loopback && config.tls_certificate.empty() && !config.behind_proxy)
        return wrong(path, "server.listen",
                     "is reachable from outside: give tls_certificate and tls_key, or behind_proxy = true");
    if ((address->every || config.behind_proxy) && config.public_url.empty())
        return wrong(path, "server.public_url",
                     std::string("is needed with this ") + (address->every ? "listen address" : "proxy") +
                         ": under which address is Fairway reached?");
    if (!config.public_url.empty() && !is_web_address(config.public_url))
        return wrong(path, "server.public_url", "must begin with https:// or http:// and name a host");
    // By it cookies are kept to encrypted connections; an http:// link would carry them in the open.
    const bool encrypted = !config.tls_certificate.empty() || config.behind_proxy;
    if (encrypted && !config.public_url.empty() && !config.public_url.starts_with("https://"))
        return wrong(path, "server.public_url", "must begin with https:// with TLS or behind a proxy");
    return {};
}

bool is_postgresql(const std::string& url) { return url.starts_with("postgresql://"); }

Status check_database(const std::string& path, const std::string& key, const std::string& url) {
    constexpr std::string_view kSqlite = "sqlite:";
    if (is_postgresql(url) || (url.starts_with(kSqlite) && url.size() > kSqlite.size())) return {};
    return wrong(path, key,
                 "must be sqlite: and a file, such as sqlite:fairway.db, or postgresql://USER@HOST/NAME");
}

Status check_key_store(const std::string& path, const Config& config) {
    constexpr const char* kKey = "secrets.key_store_url";
    // A file beside the configuration would be another one on each machine: what one process has sealed, its
    // sister could not open.
    if (config.key_store_url.empty() && is_postgresql(config.database_url))
        return wrong(path, kKey,
                     "is needed with PostgreSQL: the keys of personal data are kept in a database of their "
                     "own; for example key_store_url = \"postgresql://USER@HOST/fairway_keys\"");
    if (config.key_store_url.empty()) return {};
    if (config.key_store_url == config.database_url)
        return wrong(path, kKey,
                     "names the database itself: keys that lie in the backups of what they seal protect "
                     "nothing; give the keys a database of their own");
    return check_database(path, kKey, config.key_store_url);
}

Status check(const std::string& path, Config& config) {
    if (config.database_url.empty())
        return wrong(path, "database.url", "is missing; for example url = \"sqlite:fairway.db\"");
    if (config.master_key_file.empty())
        return wrong(path, "secrets.master_key_file",
                     "is missing; for example master_key_file = \"master.key\"");
    if (config.tls_certificate.empty() != config.tls_key.empty())
        return wrong(path, "server.tls_certificate", "and server.tls_key belong together; give both or none");
    TRY(check_listen(path, config));
    TRY(check_database(path, "database.url", config.database_url));
    TRY(check_key_store(path, config));
    if (config.clock_url == "system") config.clock_url.clear();
    if (!config.clock_url.empty() && !config.clock_url.starts_with("http://127.0.0.1:") &&
        !config.clock_url.starts_with("http://localhost:"))
        return wrong(path, "time.source",
                     "must be \"system\" or a sandbox clock on this machine, http://127.0.0.1:…");
    return {};
}

std::string beside(const fs::path& folder, const std::string& file) {
    return file.empty() || fs::path(file).is_absolute() ? file : (folder / file).string();
}

std::string database_beside(const fs::path& folder, const std::string& url) {
    constexpr std::string_view kSqlite = "sqlite:";
    if (!url.starts_with(kSqlite)) return url;
    return std::string(kSqlite) + beside(folder, url.substr(kSqlite.size()));
}

// Beside the key store, so that it is not restored together with the database.
std::string default_instance_file(const Config& config) {
    constexpr std::string_view kSqlite = "sqlite:";
    const bool is_file = config.key_store_url.starts_with(kSqlite);
    return (is_file ? config.key_store_url.substr(kSqlite.size()) : config.master_key_file) + ".instance";
}

void complete(const std::string& path, Config& config) {
    const fs::path folder = fs::absolute(path).parent_path();
    config.master_key_file = beside(folder, config.master_key_file);
    config.tls_certificate = beside(folder, config.tls_certificate);
    config.tls_key = beside(folder, config.tls_key);
    config.database_url = database_beside(folder, config.database_url);
    if (config.key_store_url.empty()) {
        const fs::path base = fs::path(config.database_url.substr(7)).parent_path();
        config.key_store_url = "sqlite:" + (base / "keys.db").string();
    }
    config.key_store_url = database_beside(folder, config.key_store_url);
    config.instance_file =
        config.instance_file.empty() ? default_instance_file(config) : beside(folder, config.instance_file);
    if (config.public_url.empty())
        config.public_url = (config.tls_certificate.empty() ? "http://" : "https://") + config.listen;
    while (config.public_url.ends_with('/')) config.public_url.pop_back();
}

// Whether a letter beyond ASCII stands outside of texts and comments, where nothing of ours has one. Texts
// end with their line: no value needs more.
bool has_stray_letter(std::string_view line) {
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote == '"' && c == '\\') ++i;
        else if (quote != 0) quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'') quote = c;
        else if (c == '#') return false;
        else if (static_cast<unsigned char>(c) >= 0x80) return true;
    }
    return false;
}

// toml++ 3.3 asks whether such a letter is a space and has no answer for some of them: not even a wrong one.
Status check_letters(const std::string& path, std::string_view text) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // some editors begin with it
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    int number = 0;
    for (const std::string_view line : split(text, '\n')) {
        ++number;
        if (has_stray_letter(line))
            return fail(ErrorKind::malformed, "config_malformed",
                        path + ":" + std::to_string(number) +
                            ": letters beyond A to Z stand in texts (in quotes) and comments only");
    }
    return {};
}

}  // namespace

Result<Config> parse_config(const std::string& path, std::string_view text) {
    TRY(check_letters(path, text));
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (const TomlAssertion&) {
        return fail(ErrorKind::malformed, "config_malformed",
                    path + ": a section or a key has no end, or is not made of letters and digits");
    } catch (const toml::parse_error& problem) {
        return fail(ErrorKind::malformed, "config_malformed",
                    path + ":" + std::to_string(problem.source().begin.line) + ": " +
                        std::string(problem.description()));
    }
    Config config;
    for (const auto& [section, node] : table) {
        const std::string name(section.str());
        if (!node.is_table() || join_names(name).empty())
            return wrong(path, name, "is not a section; there are server, database, secrets, time, log");
        for (const auto& [key, value] : *node.as_table())
            TRY(read_key(path, name, std::string(key.str()), value, config));
    }
    TRY(check(path, config));
    complete(path, config);
    return config;
}

Result<Config> read_config(const std::string& path) {
    std::error_code error;
    if (!fs::is_regular_file(path, error))
        return fail(ErrorKind::not_found, "config_missing", "there is no configuration file " + path);
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) return fail(ErrorKind::invalid, "config_unreadable", path + " cannot be read");
    Config config = TRY(parse_config(path, text));
    for (const std::string& file : {config.tls_certificate, config.tls_key})
        if (!file.empty() && !std::ifstream(file))
            return wrong(path, file == config.tls_key ? "server.tls_key" : "server.tls_certificate",
                         "names " + file + ", which cannot be read");
    return config;
}

}  // namespace fairway
