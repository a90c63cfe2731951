#pragma once
// Whose password is looked at next. Hashing takes a good part of a second and holds the thread that asks: few
// wait at once. Of one place there is one that is looked at and one behind it, so that two people of an
// office do not shut each other out, and no place shuts out the others; strangers never take the turns of
// those who are let in already. Thread-safe.
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "base/result.hpp"

namespace fairway::api {

enum class Asker {
    stranger,  // anybody who types a name
    known,     // has a session or an invitation
};

class Turns {
public:
    class Turn;
    // throttled "sign_in_busy": all turns are taken, or those of this place are.
    Result<Turn> take(Asker asker, const std::string& place);

private:
    using Taken = std::multiset<std::string>;  // by whose place
    Taken& of(Asker asker) { return asker == Asker::known ? known_ : strangers_; }

    std::mutex mutex_;
    Taken strangers_{};
    Taken known_{};
};

// Given back when it goes.
class Turns::Turn {
public:
    Turn(Turns& turns, Asker asker, std::string place)
        : turns_(&turns), asker_(asker), place_(std::move(place)) {}
    Turn(Turn&& other) noexcept
        : turns_(std::exchange(other.turns_, nullptr)),
          asker_(other.asker_),
          place_(std::move(other.place_)) {}
    Turn& operator=(Turn&&) = delete;
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn();

private:
    Turns* turns_;
    Asker asker_;
    std::string place_;
};

}  // namespace fairway::api
