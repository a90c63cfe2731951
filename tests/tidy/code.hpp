#pragma once
// C++ as far as the rules must understand it: text without comments and literals, and where functions begin
// and end.
#include <string>
#include <string_view>
#include <vector>

namespace fairway::tidy {

// The same text, line by line, with comments, the insides of literals and, if asked, preprocessor lines
// replaced by spaces.
enum class Preprocessor { keep, blank };
std::string without_comments_and_literals(std::string_view text, Preprocessor preprocessor);

struct Function {
    std::string name;        // as much of its head as says which one: "Server::stop"
    std::size_t line = 0;    // of the head's first word, from 1
    std::size_t length = 0;  // lines, from there to the closing brace
};

// Every function with a body at namespace or class level, in order; lambdas belong to what they stand in.
std::vector<Function> functions_of(std::string_view text);

}  // namespace fairway::tidy
