#include "rules.hpp"

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

#include "code.hpp"

namespace fairway::tidy {

namespace {

bool is_code(const File& file) { return file.kind != Kind::markdown && file.kind != Kind::other; }

std::size_t columns_of(std::string_view line) {
    return static_cast<std::size_t>(
        std::ranges::count_if(line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Programs outside of src that may make a banned call, too.
enum class Programs { none, benchmarks, tests };

// A call that few places may make.
struct BannedCall {
    std::string_view word;  // a line without it needs no closer look
    std::regex pattern;
    std::string_view what;
    std::set<std::string, std::less<>> modules;
    Programs programs = Programs::none;

    bool is_free_in(const File& file) const {
        if (modules.contains(file.module())) return true;
        if (programs == Programs::benchmarks) return file.path.starts_with("bench/");
        // A test program's main may be told things by its environment, as any main; and all of them are told
        // the engine of their databases, in one place.
        return programs == Programs::tests &&
               (file.path.starts_with("tests/") || file.name() == "main_test.cpp" ||
                file.path == "src/db/scratch_test.hpp");
    }
};

const std::vector<BannedCall>& banned_calls() {
    constexpr std::string_view kTime = "the time comes from a Clock", kChance = "chance comes from an Rng",
                               kEnvironment = "the environment is read in main",
                               kSleep = "nothing sleeps: wait on a loop or a condition";
    // A free call: not a member of something, not the declaration of a function of that name.
    const std::string free = R"((?:^|[^\w.>:\s]\s*|\b(?:return|co_await|co_return)\s+|^\s+)(?:std::|::)?)";
    const std::regex now(R"(\b(system|steady|high_resolution)_clock\s*::\s*now\b)");
    const std::regex time(free + R"(time\s*\(\s*(nullptr|NULL|0|&))");
    const std::regex rand(free + R"((s?rand|drand48)\s*\()");
    const std::regex device(R"(\brandom_device\b)");
    const std::regex environment(R"(\b(secure_)?getenv\s*\()");
    // A bare sleep(…) of something may be a member's.
    const std::regex sleep(R"(\bsleep_(for|until)\s*\(|\b(usleep|nanosleep)\s*\(|)"
                           R"((^|[^\w>\s])\s*::sleep\s*\(|\bsleep\s*\(\s*\d)");
    static const std::vector<BannedCall> calls{
        {"_clock", now, kTime, {"base", "net"}, Programs::benchmarks},
        {"time(", time, kTime, {"base", "main"}},
        {"rand", rand, kChance, {"base", "main"}},
        {"random_device", device, kChance, {"base", "main"}},
        {"getenv", environment, kEnvironment, {"base", "main"}, Programs::tests},
        {"sleep", sleep, kSleep, {"base", "main"}},
    };
    return calls;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines(1);
    for (const char c : text) {
        if (c == '\n') lines.emplace_back();
        else lines.back() += c;
    }
    return lines;
}

// Text outside of code blocks and `code`, where Markdown links are links.
std::vector<std::string> prose_of(const File& page) {
    static const std::regex kCode("`[^`]*`");
    std::vector<std::string> lines;
    bool fenced = false;
    for (const std::string_view line : page.lines) {
        const bool fence = line.substr(std::min(line.find_first_not_of(' '), line.size())).starts_with("```");
        fenced = fenced != fence;
        lines.push_back(fenced || fence ? "" : std::regex_replace(std::string(line), kCode, ""));
    }
    return lines;
}

bool leaves_the_tree(const std::string& target) {
    static const std::regex kScheme("^[a-zA-Z][a-zA-Z0-9+.-]*:");
    return target.empty() || target.starts_with('#') || std::regex_search(target, kScheme);
}

}  // namespace

Findings check_line_length(const File& file) {
    Findings findings;
    if (!is_code(file)) return findings;
    for (std::size_t i = 0; i < file.lines.size(); ++i)
        if (const std::size_t columns = columns_of(file.lines[i]); columns > kLineColumnsMax)
            findings.push_back({file.path, i + 1, std::to_string(columns) + " columns"});
    return findings;
}

Findings check_file_length(const File& file) {
    if (!is_code(file) || file.lines.size() <= kFileLinesMax) return {};
    return {{file.path, kFileLinesMax + 1, std::to_string(file.lines.size()) + " lines in one file"}};
}

Findings check_function_length(const File& file) {
    Findings findings;
    if (file.kind != Kind::cpp) return findings;
    for (const Function& function : functions_of(file.text))
        if (function.length > kFunctionLinesMax)
            findings.push_back({file.path, function.line,
                                function.name + " has " + std::to_string(function.length) + " lines"});
    return findings;
}

Findings check_white_space(const File& file) {
    Findings findings;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const std::string_view line = file.lines[i];
        if (line.contains('\r')) findings.push_back({file.path, i + 1, "carriage return"});
        if (line.contains('\t')) findings.push_back({file.path, i + 1, "tab"});
        if (line.ends_with(' ')) findings.push_back({file.path, i + 1, "space at the end"});
    }
    if (!file.text.empty() && !file.text.ends_with('\n'))
        findings.push_back({file.path, file.lines.size(), "the last line does not end"});
    if (file.text.ends_with("\n\n"))
        findings.push_back({file.path, file.lines.size(), "empty lines at the end"});
    return findings;
}

Findings check_header_start(const File& file) {
    if (!file.is_header()) return {};
    if (file.lines.empty() || file.lines[0] != "#pragma once")
        return {{file.path, 1, "a header begins with #pragma once"}};
    if (file.lines.size() < 2 || !file.lines[1].starts_with("// "))
        return {{file.path, 2, "a comment comes first: what this is"}};
    return {};
}

Findings check_banned_calls(const File& file) {
    Findings findings;
    if (file.kind != Kind::cpp) return findings;
    const auto lines = lines_of(without_comments_and_literals(file.text, Preprocessor::keep));
    for (const BannedCall& call : banned_calls()) {
        if (call.is_free_in(file) || !file.text.contains(call.word)) continue;
        for (std::size_t i = 0; i < lines.size(); ++i)
            if (lines[i].contains(call.word) && std::regex_search(lines[i], call.pattern))
                findings.push_back({file.path, i + 1, std::string(call.what)});
    }
    return findings;
}

Findings check_using_namespace(const File& file) {
    // These two exist to be opened: literals and operators cannot be named at each use.
    static const std::regex kOpened(R"(\busing\s+namespace\s+[\w:]*(literals|_operators)\s*;)");
    static const std::regex kUsing(R"(\busing\s+namespace\b)");
    Findings findings;
    if (file.kind != Kind::cpp) return findings;
    const auto lines = lines_of(without_comments_and_literals(file.text, Preprocessor::keep));
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (lines[i].contains("using") && std::regex_search(lines[i], kUsing) &&
            (file.is_header() || !std::regex_search(lines[i], kOpened)))
            findings.push_back({file.path, i + 1, "using namespace"});
    return findings;
}

Findings check_todo(const File& file) {
    // In pieces, so that the rule does not find itself.
    static constexpr std::string_view kWords[] = {
        "TO"
        "DO",
        "FIX"
        "ME"};
    Findings findings;
    for (std::size_t i = 0; i < file.lines.size(); ++i)
        for (const std::string_view word : kWords) {
            const std::size_t at = file.lines[i].find(word);
            if (at == std::string_view::npos || file.lines[i].substr(at).starts_with("TO"
                                                                                     "DO("))
                continue;
            findings.push_back({file.path, i + 1, "a to-do names in parentheses what it waits for"});
        }
    return findings;
}

Findings check_test_place(const File& file) {
    if (file.kind != Kind::cpp || !file.name().ends_with("_test.cpp")) return {};
    if (file.path.starts_with("tests/") || !file.module().empty()) return {};
    return {{file.path, 1, "a test stands beside its module in src/, or under tests/"}};
}

Findings check_links(const File& file, const std::function<bool(const std::string&)>& exists) {
    static const std::regex kLink(R"(\]\(<?([^)\s>]*)>?(?:\s+"[^"]*")?\)|^\[[^\]]+\]:\s+(\S+))");
    Findings findings;
    if (file.kind != Kind::markdown) return findings;
    const auto lines = prose_of(file);
    const auto folder = std::filesystem::path(file.path).parent_path();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (std::sregex_iterator link(lines[i].begin(), lines[i].end(), kLink), end; link != end; ++link) {
            const std::string whole = (*link)[1].matched ? link->str(1) : link->str(2);
            const std::string target = whole.substr(0, whole.find('#'));
            if (leaves_the_tree(whole)) continue;
            const std::string path = (folder / target).lexically_normal().string();
            if (target.starts_with('/') || path.starts_with("..") || !exists(path))
                findings.push_back({file.path, i + 1, "links to " + whole + ", which is not there"});
        }
    }
    return findings;
}

}  // namespace fairway::tidy
