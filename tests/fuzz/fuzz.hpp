#pragma once
// What fuzz targets share. A target is one family of parsers: it defines fuzz_one(), which is given any bytes
// and CHECKs what must hold for all of them. What is thrown out of it is a finding, too. One thread.
//
// Built by the preset "fuzz" a target searches for inputs by itself (libfuzzer.cpp, libFuzzer); built by any
// other it replays what is kept in corpus/NAME (replay.cpp).
#include <string>
#include <string_view>

#include "base/check.hpp"
#include "base/result.hpp"

namespace fairway::fuzz {

// Must leave nothing behind that changes what a later input does.
void fuzz_one(std::string_view input);

// What is before the first such line, which is taken off together with it; everything if there is none.
// Inputs of several parts stay readable that way.
std::string_view take_part(std::string_view& rest, std::string_view separator = "\n");

// That an error can be shown to people and understood by programs: a code in snake_case, a message and a
// field that are text, neither of them endless.
void check_error(const Error& error);

// The value, or nullptr after check_error.
template <class T>
const T* good(const Result<T>& result) {
    if (result) return &*result;
    check_error(result.error());
    return nullptr;
}

}  // namespace fairway::fuzz
