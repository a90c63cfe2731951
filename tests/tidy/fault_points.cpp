// Crash points: that every write has one, and that every one of the table has its place.
#include <algorithm>
#include <regex>

#include "code.hpp"
#include "rules.hpp"

namespace fairway::tidy {

namespace {

constexpr std::string_view kTable = "src/base/fault_point.hpp";

bool is_product_code(const File& file) {
    return file.kind == Kind::cpp && file.path.starts_with("src/") && !file.is_test() &&
           !file.path.ends_with("_fixture.hpp") && file.path != kTable;
}

bool says(const File& file, std::string_view name) {
    return file.text.contains("\"" + std::string(name) + "\"");
}

}  // namespace

Findings check_named_writes(const File& file) {
    static const std::regex kUnnamed(R"((?:\.|->)\s*write\(\s*\[)");
    Findings findings;
    if (!is_product_code(file)) return findings;
    const std::string text = without_comments_and_literals(file.text, Preprocessor::keep);
    for (std::sregex_iterator found(text.begin(), text.end(), kUnnamed), end; found != end; ++found) {
        const auto line =
            std::ranges::count(text.substr(0, static_cast<std::size_t>(found->position())), '\n');
        findings.push_back({file.path, static_cast<std::size_t>(line) + 1,
                            "a write says its name first, \"use_case.step\": both its moments go into the "
                            "table of " +
                                std::string(kTable) + ", and a use case of tests/crash comes by them"});
    }
    return findings;
}

Findings check_placed_crash_points(std::span<const std::string_view> points, const std::vector<File>& files) {
    Findings findings;
    for (const std::string_view point : points) {
        const std::string_view step = point.substr(0, point.rfind('.'));
        const bool placed = std::ranges::any_of(files, [&](const File& file) {
            return is_product_code(file) && (says(file, point) || says(file, step));
        });
        if (!placed)
            findings.push_back({std::string(kTable), 1, std::string(point) + " has no place in src"});
    }
    return findings;
}

}  // namespace fairway::tidy
