#pragma once
// The rules that look at one file by itself (the arrows have their own header). Each returns where the file
// breaks it.
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "tree.hpp"

namespace fairway::tidy {

constexpr std::size_t kLineColumnsMax = 110;
constexpr std::size_t kFileLinesMax = 600;
constexpr std::size_t kFunctionLinesMax = 60;

// C++, CMake, shell, Python and SQL.
Findings check_line_length(const File& file);
Findings check_file_length(const File& file);
Findings check_function_length(const File& file);

// Spaces at the end of a line, tabs, carriage returns, a last line without its end, empty lines at the end.
Findings check_white_space(const File& file);

// "#pragma once" first, then a comment that says what the header is.
Findings check_header_start(const File& file);

// Time, chance, the environment and sleeping come in as parameters: the calls that fetch them by themselves
// belong to few modules.
Findings check_banned_calls(const File& file);

// `using namespace` at any place but one that names literals or operators; a bare to-do.
Findings check_using_namespace(const File& file);
Findings check_todo(const File& file);

// A *_test.cpp under src stands in the folder of its module beside the code it tests.
Findings check_test_place(const File& file);

// A write to a database in src says its name, so that the crash tests can end the process on either side.
Findings check_named_writes(const File& file);
// A crash point of the table (src/base/fault_point.hpp) that stands nowhere in src: neither its own name nor
// that of its step.
Findings check_placed_crash_points(std::span<const std::string_view> points, const std::vector<File>& files);

// Links in Markdown to files; `exists` is asked with a path from the root of the tree.
Findings check_links(const File& file, const std::function<bool(const std::string&)>& exists);

// Words that speak of how the project was made and not of the project (words.cpp).
Findings check_words(const File& file);

}  // namespace fairway::tidy
