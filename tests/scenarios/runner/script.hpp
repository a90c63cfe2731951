#pragma once
// A scenario as text: one step per line, words separated by spaces, "quoted text" is one word, # begins a
// comment.
#include <cstdint>
#include <filesystem>
#include <istream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace fairway::scenarios {

// What a scenario expected and what was there instead, or why a line cannot be understood. The place is added
// by whoever runs the step.
class Wrong : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Step {
    int line = 0;
    std::string text{};
    std::vector<std::string> words{};
};

// The scenario's steps; Wrong names the line that is no sentence.
std::vector<Step> read_script(const std::filesystem::path& file);
std::vector<Step> parse_script(std::istream& in);

// Reads the words of one step from left to right. Everything that is missing, left over or of the wrong form
// is Wrong.
class Words {
public:
    explicit Words(const Step& step) : words_(step.words) {}

    bool at_end() const { return at_ == words_.size(); }
    const std::string* peek() const { return at_end() ? nullptr : &words_[at_]; }
    // Whether the next word is this one; it is consumed then.
    bool accept(std::string_view word);
    void expect(std::string_view word);
    std::string next(std::string_view what);
    std::int64_t number(std::string_view what);
    Duration duration();  // 90s, 10m, 3h, 2d
    // The whole step was understood.
    void finish() const;

private:
    const std::vector<std::string>& words_;
    std::size_t at_ = 0;
};

// Throws Wrong unless both are the same.
void must_equal(std::string_view what, std::string_view expected, std::string_view found);
void must_equal(std::string_view what, std::int64_t expected, std::int64_t found);

}  // namespace fairway::scenarios
