// The tree itself: each rule over every file. What a rule means is tested in tidy_test.cpp.
#include "tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <ostream>

#include "arrows.hpp"
#include "base/fault_point.hpp"
#include "rules.hpp"

namespace fairway::tidy {
namespace {

const std::vector<File>& files() {
    static const std::vector<File> all = read_tree(FAIRWAY_TREE);
    return all;
}

const File* file_at(std::string_view path) {
    const auto found = std::ranges::find(files(), path, &File::path);
    return found == files().end() ? nullptr : &*found;
}

std::string str(const Findings& findings) {
    std::string text;
    for (const Finding& finding : findings) text += finding.str() + "\n";
    return text;
}

struct Rule {
    const char* name;
    Findings (*check)(const File&);
};

void PrintTo(const Rule& rule, std::ostream* out) { *out << rule.name; }

class Tree : public testing::TestWithParam<Rule> {};

TEST_P(Tree, keeps_the_rule) {
    Findings findings;
    for (const File& file : files())
        for (Finding& finding : GetParam().check(file)) findings.push_back(std::move(finding));
    EXPECT_TRUE(findings.empty()) << str(findings);
}

Findings check_links_in_the_tree(const File& file) {
    return check_links(file, [](const std::string& path) {
        return std::filesystem::exists(std::filesystem::path(FAIRWAY_TREE) / path);
    });
}

INSTANTIATE_TEST_SUITE_P(
    Every, Tree,
    testing::Values(Rule{"arrows", check_arrows}, Rule{"heavy_headers", check_heavy_headers},
                    Rule{"line_length", check_line_length}, Rule{"file_length", check_file_length},
                    Rule{"function_length", check_function_length}, Rule{"white_space", check_white_space},
                    Rule{"header_start", check_header_start}, Rule{"banned_calls", check_banned_calls},
                    Rule{"using_namespace", check_using_namespace}, Rule{"todo", check_todo},
                    Rule{"test_place", check_test_place}, Rule{"named_writes", check_named_writes},
                    Rule{"words", check_words}, Rule{"links", check_links_in_the_tree}),
    [](const auto& rule) { return rule.param.name; });

// Else a wrong root or a changed ending would pass every rule above.
TEST(TreeReader, finds_the_files_of_every_kind) {
    std::map<Kind, int> counts;
    for (const File& file : files()) ++counts[file.kind];
    EXPECT_GT(counts[Kind::cpp], 100);
    EXPECT_GT(counts[Kind::cmake], 1);
    EXPECT_GT(counts[Kind::sql], 0);
    for (const auto& [module, may] : arrows()) {
        if (module == "migrations" || module == "openapi" || module == "ui") continue;
        EXPECT_TRUE(std::ranges::any_of(files(), [&](const File& file) { return file.module() == module; }))
            << module;
    }
    EXPECT_EQ(file_at("build/test/build.ninja"), nullptr);
}

TEST(TreeCrashPoints, are_all_in_the_code) {
    const Findings findings = check_placed_crash_points(kCrashPoints, files());
    EXPECT_TRUE(findings.empty()) << str(findings);
}

TEST(TreeArrows, are_those_that_the_build_links) {
    const File* cmake = file_at("CMakeLists.txt");
    ASSERT_NE(cmake, nullptr);
    const Findings findings = check_cmake_arrows(*cmake);
    EXPECT_TRUE(findings.empty()) << str(findings);
}

TEST(TreeArrows, are_those_that_the_architecture_page_shows) {
    const File* page = file_at("ARCHITECTURE.md");
    if (!page) GTEST_SKIP() << "there is no ARCHITECTURE.md yet";
    const Findings findings = check_written_arrows(*page);
    EXPECT_TRUE(findings.empty()) << str(findings);
}

}  // namespace
}  // namespace fairway::tidy
