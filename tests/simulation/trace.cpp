#include "trace.hpp"

#include <cstdio>

namespace fairway::simulation {

void Trace::note(UtcTime at, const std::string& line) {
    constexpr std::size_t kKept = 40;
    constexpr std::uint64_t kPrime = 1'099'511'628'211U;
    std::string text = format_rfc3339(at) + " " + line;
    for (const char c : text) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * kPrime;
    if (loud_ == Loud::yes) std::fprintf(stderr, "%s\n", text.c_str());
    last_.push_back(std::move(text));
    if (last_.size() > kKept) last_.pop_front();
}

std::string Trace::digest() const {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash_));
    return text;
}

}  // namespace fairway::simulation
