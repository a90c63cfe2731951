// The sentences of scenarios: whatever cannot be understood is Wrong, and nothing else is thrown.
#include <sstream>

#include "fuzz.hpp"
#include "runner/script.hpp"

namespace fairway::fuzz {

namespace {

using scenarios::Step;
using scenarios::Words;
using scenarios::Wrong;

// Reads the step's words as often as they can be read, in one of several ways.
void read_words(const Step& step, int way) {
    Words words(step);
    std::size_t count = 0;
    try {
        for (; !words.at_end(); ++count) {
            if (way == 0) words.next("a word");
            else if (way == 1) words.number("a number");
            else if (way == 2) words.duration();
            else words.expect(*words.peek());
        }
        words.finish();
        CHECK(count == step.words.size(), "every word is read once");
    } catch (const Wrong& wrong) {
        CHECK(way == 1 || way == 2, "words are read as they are");
        CHECK(*wrong.what() != '\0', "what is wrong is said");
    }
}

}  // namespace

void fuzz_one(std::string_view input) {
    std::istringstream in{std::string(input)};
    std::vector<Step> steps;
    try {
        steps = scenarios::parse_script(in);
    } catch (const Wrong& wrong) {
        CHECK(*wrong.what() != '\0', "what is wrong is said");
        return;
    }
    CHECK(!steps.empty(), "a scenario has steps");
    for (const Step& step : steps) {
        CHECK(step.line > 1 && !step.words.empty(), "the first line is the rule, and a step has words");
        for (int way = 0; way < 4; ++way) read_words(step, way);
    }
}

}  // namespace fairway::fuzz
