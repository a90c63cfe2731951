#include "api/turns.hpp"

namespace fairway::api {

namespace {

// Together fewer than kHandlerThreads, which are everybody's.
constexpr std::size_t kStrangersMax = 6;
constexpr std::size_t kKnownMax = 2;
constexpr std::size_t kOfPlaceMax = 2;

}  // namespace

Result<Turns::Turn> Turns::take(Asker asker, const std::string& place) {
    const std::lock_guard lock(mutex_);
    Taken& taken = of(asker);
    const std::size_t most = asker == Asker::known ? kKnownMax : kStrangersMax;
    if (taken.size() >= most || taken.count(place) >= kOfPlaceMax)
        return std::unexpected(Error{ErrorKind::throttled, "sign_in_busy",
                                     "too many people are signing in at this moment; try again", "",
                                     seconds(2)});
    taken.insert(place);
    return Turn(*this, asker, place);
}

Turns::Turn::~Turn() {
    if (turns_ == nullptr) return;
    const std::lock_guard lock(turns_->mutex_);
    Taken& taken = turns_->of(asker_);
    taken.erase(taken.find(place_));
}

}  // namespace fairway::api
