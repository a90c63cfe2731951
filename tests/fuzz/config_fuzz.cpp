// fairway.toml.
#include <algorithm>

#include "fuzz.hpp"
#include "main/config.hpp"

namespace fairway::fuzz {

void fuzz_one(std::string_view input) {
    const auto read = parse_config("/etc/fairway/fairway.toml", input);
    const Config* config = good(read);
    if (config == nullptr) {
        CHECK(read.error().message.starts_with("/etc/fairway/fairway.toml"), "an error names the file");
        return;
    }
    for (const std::string* url : {&config->database_url, &config->key_store_url})
        CHECK(url->starts_with("sqlite:/") || url->starts_with("postgresql://"),
              "a database is a file with a whole path, or one of a server");
    CHECK(config->master_key_file.starts_with('/'), "the key file has a whole path");
    CHECK(config->tls_certificate.empty() == config->tls_key.empty(), "certificate and key are a pair");
    const std::size_t host = config->public_url.find("://");
    CHECK(host != std::string::npos && host + 3 < config->public_url.size(), "links have a host");
    CHECK(!config->public_url.substr(host + 3).contains('/'), "links are appended to an origin");
    for (const std::string* text : {&config->listen, &config->public_url, &config->database_url,
                                    &config->key_store_url, &config->master_key_file})
        CHECK(std::ranges::none_of(*text, [](unsigned char c) { return c < 0x20; }), "names are on one line");
    const bool plain = config->tls_certificate.empty() && !config->behind_proxy;
    const bool local = config->listen.starts_with("127.") || config->listen.starts_with("[::1]");
    CHECK(!plain || local, "nobody is reached from outside without encryption");
    CHECK(plain || config->public_url.starts_with("https://"), "links do not leave the encryption");
    CHECK(config->clock_url.empty() || config->clock_url.starts_with("http://"), "a clock has an address");
}

}  // namespace fairway::fuzz
