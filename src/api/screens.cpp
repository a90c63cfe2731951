#include "api/screens.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "ui/ui_assets.hpp"

namespace fairway::api {

namespace {

// Nothing is loaded from elsewhere, nothing is sent elsewhere, no script is in the page itself, and no other
// site frames it. The one style that has a hash is what React Aria adds for touch screens.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' "
    "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const ui::Asset* find_asset(std::string_view path) {
    const auto assets = ui::assets();
    const auto found = std::ranges::find(assets, path, &ui::Asset::path);
    return found == assets.end() ? nullptr : &*found;
}

bool takes_gzip(const net::Request& request) {
    const std::string* accepted = request.headers.find("Accept-Encoding");
    return accepted != nullptr && accepted->contains("gzip");
}

net::Response answer(const net::Request& request, const ui::Asset& asset) {
    net::Response response;
    net::Headers& headers = response.headers;
    headers.set("Content-Type", std::string(asset.type));
    headers.set("Content-Security-Policy", std::string(kPolicy));
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("ETag", std::string(asset.etag));
    headers.set("Vary", "Accept-Encoding");
    // The names of what lies in /assets hold a hash of the content.
    const bool for_ever = asset.path.starts_with("/assets/");
    headers.set("Cache-Control", for_ever ? "public, max-age=31536000, immutable" : "no-cache");
    const std::string* known = request.headers.find("If-None-Match");
    if (known != nullptr && *known == asset.etag) {
        response.status = 304;
        return response;
    }
    const bool gzip = !asset.gzip.empty() && takes_gzip(request);
    if (gzip) headers.set("Content-Encoding", "gzip");
    response.body = gzip ? asset.gzip : asset.plain;
    return response;
}

bool is_of_the_interface(std::string_view path) {
    constexpr std::array kOwn{"/healthz", "/readyz", "/metrics", "/openapi.json"};
    return path == "/api" || path.starts_with("/api/") || std::ranges::find(kOwn, path) != kOwn.end();
}

}  // namespace

std::optional<net::Response> find_screen(const net::Request& request) {
    if (request.method != "GET" && request.method != "HEAD") return std::nullopt;
    if (is_of_the_interface(request.path)) return std::nullopt;
    if (const ui::Asset* asset = find_asset(request.path)) return answer(request, *asset);
    // A file that is not there is missing: a page in its place would only confuse who asked for a script.
    if (request.path.starts_with("/assets/")) return std::nullopt;
    if (const ui::Asset* page = find_asset("/index.html")) return answer(request, *page);
    return std::nullopt;
}

}  // namespace fairway::api
