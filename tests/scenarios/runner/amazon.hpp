#pragma once
// Amazon's side of a scenario: the sandbox behind a client without sockets, and what a scenario lets go wrong
// on the way: answers that are refused, lost or throttled, totals that do not add up, orders that searches
// leave out.
#include <map>
#include <optional>
#include <set>
#include <string>

#include "json/json.hpp"
#include "net/memory_client.hpp"
#include "sandbox/world.hpp"

namespace fairway::scenarios {

// How Amazon answers an operation until it answers normally again.
struct Mood {
    enum class Kind {
        refused,
        throttled,
        unavailable,
        forbidden,
        answer_lost,
        answer_too_large,
        unreachable,
        page_repeated,  // each page names itself as the next one
        not_json,       // it happens, and a page of HTML with status 200 says so
        half,           // it happens, and half of the answer comes
        empty,          // it happens, and nothing comes with status 200
    };
    Kind kind = Kind::refused;
    std::string words{};
    std::int64_t after = 0;               // so many calls are answered normally first
    std::optional<std::int64_t> times{};  // and normally again after so many; absent: until told otherwise
};

class Amazon {
public:
    Amazon(sandbox::Options options, sandbox::SandboxClock& clock)
        : world_(options, clock), client_([this](const net::ClientRequest&, const net::Request& request) {
              return answer(request);
          }) {}

    net::HttpClient& client() { return client_; }
    const sandbox::Seller& seller(std::int64_t number) const;
    // /sandbox/: throws Wrong with the sandbox's own words when it refuses.
    json::Value control(const std::string& method, const std::string& path, const json::Value& body);

    // An order as it is, without the ledger around it; no call is counted.
    json::Value order(const std::string& order_id);
    // The faults that /sandbox/faults added are over.
    void end_faults();

    void set_mood(const std::string& operation, Mood mood) { moods_[operation] = std::move(mood); }
    void clear_mood(const std::string& operation) { moods_.erase(operation); }
    // From now on Amazon states this total for the order, whatever its parts are; "" ends it.
    void state_total(const std::string& order_id, const std::string& amount);

    // From now on Amazon shows these members of the delivery address, and no others.
    void show_recipient(const std::string& order_id, json::Object address) {
        recipients_[order_id] = std::move(address);
    }

    // From now on searches leave the order out; asked for by id it is shown.
    void hide(const std::string& order_id) { hidden_.insert(order_id); }
    void show(const std::string& order_id) { hidden_.erase(order_id); }
    // From now on the order cannot be decoded, cannot even be parsed, or does not say which marketplace it
    // belongs to.
    void garble(const std::string& order_id) { garbled_.insert(order_id); }
    void break_json(const std::string& order_id) { broken_.insert(order_id); }
    // It can be read again.
    void mend(const std::string& order_id) {
        garbled_.erase(order_id);
        broken_.erase(order_id);
    }
    void forget_marketplace(const std::string& order_id) { without_marketplace_.insert(order_id); }

    // How often each operation was called so far.
    std::map<std::string, std::int64_t> calls();

private:
    Result<net::Response> answer(const net::Request& request);
    // The sandbox's answer; throws Wrong where it is not what Amazon's models say.
    net::Response ask(const net::Request& request);
    std::optional<Mood> mood_of(const std::string& operation);
    // The answer as a mood leaves it: it happened all the same.
    net::Response spoil(const net::Request& request, Mood::Kind kind);
    net::Response repeat_page(const net::Request& request);
    void falsify(json::Value& order) const;
    void falsify(net::Response& response) const;

    sandbox::World world_;
    net::MemoryClient client_;
    std::map<std::string, Mood> moods_;
    std::map<std::string, std::string> stated_totals_;
    std::map<std::string, json::Object> recipients_;
    std::set<std::string> hidden_;
    std::set<std::string> garbled_;
    std::set<std::string> broken_;
    std::set<std::string> without_marketplace_;
};

}  // namespace fairway::scenarios
