#include "runner/script.hpp"

#include <fstream>

#include "base/text.hpp"

namespace fairway::scenarios {

namespace {

std::vector<std::string> split_words(const std::string& text) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == ' ' || text[at] == '\t') {
            ++at;
            continue;
        }
        if (text[at] == '#') break;
        if (text[at] == '"') {
            const std::size_t end = text.find('"', at + 1);
            if (end == std::string::npos) throw Wrong("a quotation has no end");
            words.push_back(text.substr(at + 1, end - at - 1));
            at = end + 1;
            continue;
        }
        const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
        words.push_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

}  // namespace

std::vector<Step> read_script(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) throw Wrong("cannot be read");
    return parse_script(in);
}

std::vector<Step> parse_script(std::istream& in) {
    std::vector<Step> steps;
    std::string text;
    for (int line = 1; std::getline(in, text); ++line) {
        if (line == 1 && !text.starts_with("# "))
            throw Wrong("line 1: the first line is a comment that says the rule");
        Step step{line, text, split_words(text)};
        if (!step.words.empty()) steps.push_back(std::move(step));
    }
    if (steps.empty()) throw Wrong("a scenario without steps");
    return steps;
}

bool Words::accept(std::string_view word) {
    if (at_end() || words_[at_] != word) return false;
    ++at_;
    return true;
}

void Words::expect(std::string_view word) {
    if (!accept(word))
        throw Wrong("expected the word \"" + std::string(word) + "\" " +
                    (at_end() ? "at the end" : "before \"" + words_[at_] + "\""));
}

std::string Words::next(std::string_view what) {
    if (at_end()) throw Wrong("the line ends where " + std::string(what) + " should be");
    return words_[at_++];
}

std::int64_t Words::number(std::string_view what) {
    const std::string word = next(what);
    const auto number = parse_int(word);
    if (!number) throw Wrong("\"" + word + "\" is no number (" + std::string(what) + ")");
    return *number;
}

Duration Words::duration() {
    const std::string word = next("a time such as 10m");
    const auto number = word.empty() ? std::nullopt : parse_int(word.substr(0, word.size() - 1));
    constexpr std::int64_t kMost = 1'000'000;  // nobody waits longer, and no unit of time overflows
    if (number && *number <= kMost && *number >= -kMost) switch (word.back()) {
            case 's': return seconds(*number);
            case 'm': return minutes(*number);
            case 'h': return hours(*number);
            case 'd': return days(*number);
        }
    throw Wrong("\"" + word + "\" is no time such as 90s, 10m, 3h or 2d");
}

void Words::finish() const {
    if (!at_end()) throw Wrong("\"" + words_[at_] + "\" is not understood here");
}

void must_equal(std::string_view what, std::string_view expected, std::string_view found) {
    if (expected != found)
        throw Wrong(std::string(what) + ": expected \"" + std::string(expected) + "\", there is \"" +
                    std::string(found) + "\"");
}

void must_equal(std::string_view what, std::int64_t expected, std::int64_t found) {
    if (expected != found)
        throw Wrong(std::string(what) + ": expected " + std::to_string(expected) + ", there is " +
                    std::to_string(found));
}

}  // namespace fairway::scenarios
