#pragma once
// Live events for screens and programs: GET /api/v1/events as text/event-stream. Events name what changed and
// hold no personal data; whoever wants to know more asks for the order. Every event can be had again: the
// client says with Last-Event-ID how far it got.
#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "net/http.hpp"
#include "store/changes.hpp"

namespace fairway::api {

// The streams that each has open, eight at most: the next one takes the place of the oldest. It is not
// refused, since a browser leaves streams behind that are noticed to be dead only when something is written.
// Thread-safe.
class OpenStreams {
public:
    // Held by the stream; false as soon as another one has its place.
    using Place = std::shared_ptr<std::atomic<bool>>;
    // owner: who asks, as the audit names them.
    Place take(const std::string& owner);

private:
    std::mutex mutex_;
    std::map<std::string, std::deque<std::weak_ptr<std::atomic<bool>>>> open_{};  // guarded; the oldest first
};

// The stream of one client. Ends when its token is revoked, its session is over, or its place is taken.
//   ready     first, unless the client goes on from where it was
//   reset     what the client missed cannot be told any more (too much, or the database was restored): read
//   all
//             anew. Also in the middle of a stream whose client takes events more slowly than they come
//   order     {"store","amazon_order_id","codes":[…],"commerce_order":"co_7"|null}, once per order and batch
class EventStream final : public net::BodyStream {
public:
    // last_event_id: as the client sent it, or empty.
    EventStream(db::Database& db, const Clock& clock, TokenId token, std::string last_event_id,
                OpenStreams::Place has_place)
        : db_(db),
          clock_(clock),
          token_(token),
          last_event_id_(std::move(last_event_id)),
          has_place_(std::move(has_place)) {}
    std::optional<std::string> next() override;

private:
    std::string begin(db::Reader& tx, const store::ChangePlace& last);
    std::string go_on(db::Reader& tx, const store::ChangePlace& last);
    std::string go_to(const store::ChangePlace& last, std::string_view event_name);

    db::Database& db_;
    const Clock& clock_;
    TokenId token_;
    std::string last_event_id_;
    OpenStreams::Place has_place_;
    std::optional<store::ChangePlace> place_{};  // none before the stream has begun
    int silent_ = 0;                             // calls without anything to say
};

}  // namespace fairway::api
