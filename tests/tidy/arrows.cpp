#include "arrows.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <sstream>

namespace fairway::tidy {

namespace {

using Names = std::set<std::string>;

// `migrations`, `openapi` and `ui` are libraries that the build makes of migrations/*.sql, api/openapi.yaml
// and ui/dist: they belong to the store and to the API and are no modules on paper.
const Names& everything() {
    static const Names names{"api", "amazon",  "commerce", "crypto", "db",         "domain",  "json",
                             "net", "sandbox", "store",    "sync",   "migrations", "openapi", "ui"};
    return names;
}

bool is_generated(std::string_view module) {
    return module == "migrations" || module == "openapi" || module == "ui";
}

// The file that an #include line names, with its opening mark ("<boost/json.hpp", "\"net/http.hpp"), or
// empty.
std::string_view included(std::string_view line) {
    if (!line.starts_with("#include ")) return {};
    line.remove_prefix(9);
    const std::size_t end = line.find_first_of("\">", 1);
    return end == std::string_view::npos ? std::string_view{} : line.substr(0, end);
}

struct HeavyLibrary {
    std::string_view prefix;
    Names modules;
    std::string_view public_header{};  // the one header of ours that may include it
};

// The longest prefix that fits decides.
const std::vector<HeavyLibrary>& heavy_libraries() {
    // What a coroutine needs to wait for another one; no sockets. A timer that never fires is the wake-up
    // call.
    static const Names kCoroutines{"base", "net", "amazon"};
    static const std::vector<HeavyLibrary> libraries{
        {"boost/asio", {"base", "net"}},
        {"boost/asio/awaitable.hpp", kCoroutines, "src/base/task.hpp"},
        {"boost/asio/as_tuple.hpp", kCoroutines},
        {"boost/asio/post.hpp", kCoroutines},
        {"boost/asio/steady_timer.hpp", kCoroutines},
        {"boost/asio/this_coro.hpp", kCoroutines},
        {"boost/asio/use_awaitable.hpp", kCoroutines},
        {"boost/beast", {"net"}},
        {"curl/", {"net"}},
        {"sqlite3", {"db"}},
        {"libpq", {"db"}},
        {"openssl/", {"crypto", "db", "net"}},
        {"toml++/", {"main"}},
        {"CLI/", {"main"}},
    };
    return libraries;
}

const HeavyLibrary* heavy_library(std::string_view header) {
    const HeavyLibrary* best = nullptr;
    for (const HeavyLibrary& library : heavy_libraries())
        if (header.starts_with(library.prefix) && (!best || library.prefix.size() > best->prefix.size()))
            best = &library;
    return best;
}

std::string list(const Names& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "nothing" : text;
}

// Both sides without what every module has and what the build makes.
Names plain(Names names) {
    names.erase("base");
    std::erase_if(names, [](const std::string& name) { return is_generated(name); });
    return names;
}

// What `module` is said to depend on against what it may.
void compare(const std::string& module, Names said, const std::string& path, std::size_t line,
             Findings& findings) {
    const auto known = arrows().find(module);
    if (known == arrows().end()) {
        findings.push_back({path, line, "\"" + module + "\" is no module of the arrows table"});
        return;
    }
    if (said.erase("all") > 0) said.insert(everything().begin(), everything().end());
    const Names want = plain(known->second), have = plain(std::move(said));
    if (want != have)
        findings.push_back(
            {path, line, module + " -> " + list(have) + "; the arrows table says " + list(want)});
}

std::size_t line_of(std::string_view text, std::size_t at) {
    return static_cast<std::size_t>(std::ranges::count(text.substr(0, at), '\n')) + 1;
}

void name_missing(const Names& said, const std::string& path, Findings& findings) {
    for (const auto& [module, may] : arrows())
        if (!said.contains(module) && !is_generated(module))
            findings.push_back({path, 1, "says nothing of the module " + module});
}

Names split_names(const std::string& text) {
    static const std::regex kName("[A-Za-z_:0-9]+");
    return {std::sregex_token_iterator(text.begin(), text.end(), kName), std::sregex_token_iterator()};
}

}  // namespace

const Arrows& arrows() {
    static const Arrows table{
        {"base", {}},
        {"json", {}},
        {"crypto", {}},
        {"db", {}},
        {"net", {}},
        {"domain", {}},
        {"migrations", {"db"}},
        {"openapi", {}},
        {"ui", {}},
        {"amazon", {"net", "json", "crypto", "domain"}},
        {"store", {"db", "json", "crypto", "domain", "migrations"}},
        {"commerce", {"store", "db", "net", "json", "crypto", "domain"}},
        {"sync", {"amazon", "commerce", "store", "db", "net", "domain"}},
        {"api", {"sync", "store", "domain", "net", "json", "crypto", "openapi", "ui"}},
        {"sandbox", {"net", "json", "domain"}},
        {"main", everything()},
    };
    return table;
}

Findings check_arrows(const File& file) {
    Findings findings;
    if (file.kind != Kind::cpp || !file.path.starts_with("src/")) return findings;
    const auto own = arrows().find(file.module());
    if (own == arrows().end()) {
        findings.push_back({file.path, 1, "is in no module of the arrows table"});
        return findings;
    }
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const std::string_view header = included(file.lines[i]);
        if (!header.starts_with('"')) continue;
        const std::string target(header.substr(1, header.find('/') - 1));
        if (!header.contains('/')) {
            findings.push_back({file.path, i + 1, "includes begin with the module: \"net/http.hpp\""});
        } else if (target != own->first && target != "base" && !own->second.contains(target)) {
            findings.push_back({file.path, i + 1, "no arrow leads from " + own->first + " to " + target});
        }
    }
    return findings;
}

Findings check_cmake_arrows(const File& cmake) {
    static const std::regex kCall(R"(\n\s*fairway_module\((\w+)\s*([^)]*)\))");
    static const std::regex kDepends(R"((?:^|\s)DEPENDS((?:\s+(?!TEST_DEPENDS)[\w:]+)*))");
    Findings findings;
    Names said{"main"};  // the programs name their libraries themselves
    for (std::sregex_iterator call(cmake.text.begin(), cmake.text.end(), kCall), end; call != end; ++call) {
        const std::string module = call->str(1), arguments = call->str(2);
        std::smatch depends;
        Names names;
        if (std::regex_search(arguments, depends, kDepends)) names = split_names(depends.str(1));
        std::erase_if(names, [](const std::string& name) { return !arrows().contains(name); });
        const auto line = line_of(cmake.text, static_cast<std::size_t>(call->position(1)));
        compare(module, std::move(names), cmake.path, line, findings);
        said.insert(module);
    }
    name_missing(said, cmake.path, findings);
    return findings;
}

Findings check_written_arrows(const File& page) {
    // "`net`, `json` -> base": names, an arrow, names; the names stop at anything else.
    static const std::regex kArrow(R"(((?:`\w+`,?\s*)+)\s*(?:->|→)\s*(`?\w+`?(?:\s*(?:,|and)\s+`?\w+`?)*))");
    Findings findings;
    Names said{"base"};
    for (std::sregex_iterator arrow(page.text.begin(), page.text.end(), kArrow), end; arrow != end; ++arrow) {
        Names targets = split_names(arrow->str(2));
        targets.erase("and");
        targets.erase("nothing");
        const auto line = line_of(page.text, static_cast<std::size_t>(arrow->position(1)));
        for (const std::string& module : split_names(arrow->str(1))) {
            compare(module, targets, page.path, line, findings);
            said.insert(module);
        }
    }
    name_missing(said, page.path, findings);
    return findings;
}

Findings check_heavy_headers(const File& file) {
    Findings findings;
    if (file.kind != Kind::cpp || !file.path.starts_with("src/")) return findings;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        std::string_view header = included(file.lines[i]);
        if (header.empty()) continue;
        header.remove_prefix(1);
        const HeavyLibrary* library = heavy_library(header);
        if (!library) continue;
        const std::string name(header);
        if (!library->modules.contains(std::string(file.module())))
            findings.push_back({file.path, i + 1, name + " belongs to " + list(library->modules)});
        else if (file.is_header() && !file.is_test() && file.path != library->public_header)
            findings.push_back({file.path, i + 1, name + " is too heavy for a header"});
    }
    return findings;
}

}  // namespace fairway::tidy
