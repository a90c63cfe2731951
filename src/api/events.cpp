#include "api/events.hpp"

#include "json/encode.hpp"
#include "store/access.hpp"

namespace fairway::api {

namespace {

constexpr int kRowsMax = 2'000;
// Who missed more than this reads everything anew, which is cheaper for both.
constexpr std::int64_t kMissedMax = 10'000;
// Proxies close connections on which nothing happens; the server asks once a second.
constexpr int kHeartbeatEvery = 15;

struct OrderEvent {
    StoreId store{};
    AmazonOrderId amazon_order_id{};
    std::vector<std::string> codes{};
    std::optional<CommerceOrderId> commerce_order{};
};
BOOST_DESCRIBE_STRUCT(OrderEvent, (), (store, amazon_order_id, codes, commerce_order))

std::string event(std::string_view name, const std::string& data) {
    return "event: " + std::string(name) + "\ndata: " + data + "\n\n";
}

// Nothing between the two is out of reach: they are places of one database, and not too far apart.
bool can_go_on(const store::ChangePlace& place, const store::ChangePlace& last) {
    const auto reaches = [](std::int64_t from, std::int64_t to) {
        return from >= 0 && from <= to && to - from <= kMissedMax;
    };
    return place.epoch == last.epoch && reaches(place.history, last.history) &&
           reaches(place.comment, last.comment);
}

std::string at_place(const store::ChangePlace& place) { return "id: " + place.str() + "\n"; }

}  // namespace

OpenStreams::Place OpenStreams::take(const std::string& owner) {
    constexpr std::size_t kOpenMax = 8;
    auto place = std::make_shared<std::atomic<bool>>(true);
    const std::lock_guard lock(mutex_);
    auto& own = open_[owner];
    std::erase_if(own, [](const auto& each) { return each.expired(); });
    own.push_back(place);
    if (own.size() <= kOpenMax) return place;
    if (const Place oldest = own.front().lock()) oldest->store(false);
    own.pop_front();
    return place;
}

std::string EventStream::go_to(const store::ChangePlace& last, std::string_view event_name) {
    place_ = last;
    return at_place(last) + event(event_name, "{}");
}

std::string EventStream::begin(db::Reader& tx, const store::ChangePlace& last) {
    const std::string retry = "retry: 3000\n";
    if (last_event_id_.empty()) return retry + go_to(last, "ready");
    place_ = store::ChangePlace::parse(last_event_id_);
    return retry + (place_ ? go_on(tx, last) : go_to(last, "reset"));
}

std::string EventStream::go_on(db::Reader& tx, const store::ChangePlace& last) {
    if (!can_go_on(*place_, last)) return go_to(last, "reset");
    if (*place_ == last) return {};
    const store::Changes changes = store::list_changes(tx, *place_, kRowsMax);
    std::string text;
    for (const store::OrderChange& each : changes.orders) {
        // A client that is cut off in the middle of a batch asks for the whole batch again.
        if (&each == &changes.orders.back()) text += at_place(changes.place);
        text += event("order", json::serialize(json::encode(OrderEvent{each.store,
                                                                       each.amazon_order_id,
                                                                       {each.codes.begin(), each.codes.end()},
                                                                       each.commerce_order})));
    }
    place_ = changes.place;
    return text;
}

std::optional<std::string> EventStream::next() {
    if (!has_place_->load()) return std::nullopt;
    auto text = db_.read([&](db::Reader& tx) -> std::optional<std::string> {
        if (!store::is_live(tx, token_, clock_.now())) return std::nullopt;
        const store::ChangePlace last = store::last_change(tx);
        return place_ ? go_on(tx, last) : begin(tx, last);
    });
    silent_ = text && text->empty() ? silent_ + 1 : 0;
    if (silent_ < kHeartbeatEvery) return text;
    silent_ = 0;
    return ": nothing new\n\n";
}

}  // namespace fairway::api
