#include "api/events.hpp"

#include "json/encode.hpp"
#include "store/access.hpp"

namespace fairway::api {

namespace {

constexpr int kRowsMax = 500;
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

std::string at_place(const store::ChangePlace& place) { return "id: " + place.str() + "\n"; }

}  // namespace

std::string EventStream::begin(db::Reader& tx) {
    begun_ = true;
    const store::ChangePlace last = store::last_change(tx);
    const auto asked = store::ChangePlace::parse(last_event_id_);
    const bool can_go_on = asked && asked->history <= last.history && asked->comment <= last.comment &&
                           last.history - asked->history <= kMissedMax &&
                           last.comment - asked->comment <= kMissedMax;
    place_ = can_go_on ? *asked : last;
    std::string text = "retry: 3000\n";
    if (!can_go_on) text += at_place(place_) + event(last_event_id_.empty() ? "ready" : "reset", "{}");
    return text + go_on(tx);
}

std::string EventStream::go_on(db::Reader& tx) {
    const store::Changes changes = store::list_changes(tx, place_, kRowsMax);
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
    auto text = db_.read([&](db::Reader& tx) -> std::optional<std::string> {
        if (!store::is_live(tx, token_)) return std::nullopt;
        return begun_ ? go_on(tx) : begin(tx);
    });
    silent_ = text && text->empty() ? silent_ + 1 : 0;
    if (silent_ < kHeartbeatEvery) return text;
    silent_ = 0;
    return ": nothing new\n\n";
}

}  // namespace fairway::api
