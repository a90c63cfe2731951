#pragma once
// Personal data. A Pii<T> has no formatter, no stream operator and no JSON encoding: printing or logging one
// does not compile. Whoever needs the value says reveal(), and that word is what reviews and the tidy test
// look for.
#include <utility>

namespace fairway {

template <class T>
class Pii {
public:
    Pii() = default;
    explicit Pii(T value) : value_(std::move(value)) {}
    const T& reveal() const { return value_; }
    bool operator==(const Pii&) const = default;

private:
    T value_{};
};

}  // namespace fairway
