#pragma once
// The project as the tidy test sees it: every text file with its path, kind and lines. Read once, then only
// looked at.
#include <string>
#include <string_view>
#include <vector>

namespace fairway::tidy {

enum class Kind { cpp, cmake, shell, python, sql, markdown, other };

struct File {
    std::string path;  // from the root of the tree: "src/net/http.cpp"
    Kind kind = Kind::other;
    std::string text{};
    std::vector<std::string_view> lines{};  // into text, without the line break

    File(std::string file_path, std::string content);
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    File(File&&) = default;
    File& operator=(File&&) = default;

    bool is_header() const { return path.ends_with(".hpp"); }
    bool is_test() const { return path.ends_with("_test.cpp") || path.ends_with("_test.hpp"); }
    std::string_view module() const;  // "net" for src/net/…, else empty
    std::string_view name() const;    // what follows the last slash
};

// One place where the tree breaks a rule.
struct Finding {
    std::string path;
    std::size_t line = 0;  // from 1
    std::string what;

    std::string str() const { return path + ":" + std::to_string(line) + ": " + what; }
    bool operator==(const Finding&) const = default;
};
using Findings = std::vector<Finding>;

// Every text file below the root, apart from what is built, fetched or hidden, ordered by path.
std::vector<File> read_tree(const std::string& root);

}  // namespace fairway::tidy
