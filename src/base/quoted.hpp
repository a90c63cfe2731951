#pragma once
// How messages show what somebody sent.
#include <string>
#include <string_view>

namespace fairway {

// The text in quotation marks: at most 80 bytes of it, cut between characters; control characters, and of
// what is not UTF-8 all that is not ASCII, as "?".
std::string quoted(std::string_view text);

}  // namespace fairway
