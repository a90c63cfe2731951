#include <algorithm>
#include <array>
#include <cctype>
#include <regex>

#include "rules.hpp"

namespace fairway::tidy {

namespace {

// Each is written in two pieces, so that this file does not hold it. Signing in makes sessions, so the bare
// word is fine: only what cannot be meant that way is listed.
constexpr std::array kPhrases{
    "helper "
    "session",
    "coding "
    "session",
    "previous "
    "session",
    "earlier "
    "session",
    "later "
    "session",
    "next "
    "session",
    "issue"
    " #",
    "sub"
    "agent",
    "context "
    "window",
    "language "
    "model",
    "the "
    "brief",
    "as inst"
    "ructed",
};

// Folders of one machine.
const std::regex& machine_path() {
    static const std::regex pattern(R"((^|[^\w.-/])/(work|root|home/\w+)/\w)");
    return pattern;
}

// Where packages come from in public; any other host that looks like a registry is somebody's own.
constexpr std::array<std::string_view, 4> kPublicHosts{"registry.npmjs.org", "deb.debian.org",
                                                       "security.debian.org", "pypi.org"};

bool is_private_registry(std::string_view host, bool lock_file) {
    if (std::ranges::find(kPublicHosts, host) != kPublicHosts.end()) return false;
    const auto has = [host](std::string_view word) { return host.find(word) != std::string_view::npos; };
    return lock_file || has("registry") || has("artifactory") || has("nexus") || has("mirror") || has("pypi");
}

void check_hosts(const File& file, const std::string& line, std::size_t number, Findings& findings) {
    if (!line.contains("://")) return;
    static const std::regex kHost(R"(https?://([\w.-]+))");
    const bool lock_file = file.name() == "package-lock.json";
    if (lock_file && line.find("\"resolved\"") == std::string::npos) return;
    for (std::sregex_iterator host(line.begin(), line.end(), kHost), end; host != end; ++host)
        if (is_private_registry(host->str(1), lock_file))
            findings.push_back({file.path, number, "packages from " + host->str(1)});
}

}  // namespace

Findings check_words(const File& file) {
    Findings findings;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const std::string line(file.lines[i]);
        std::string lower = line;
        std::ranges::transform(lower, lower.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        for (const std::string_view phrase : kPhrases)
            if (lower.contains(phrase))
                findings.push_back({file.path, i + 1, "\"" + std::string(phrase) + "\" does not belong"});
        if (line.contains('/') && std::regex_search(line, machine_path()))
            findings.push_back({file.path, i + 1, "a path of one machine"});
        check_hosts(file, line, i + 1, findings);
    }
    return findings;
}

}  // namespace fairway::tidy
