#pragma once
// The sandbox: a stateful stand-in for Amazon's Selling Partner API, as a library. All state is in here, time
// comes from a clock, randomness from a seed: the same calls at the same times get the same answers. It has
// no thread and no timer; what ought to have happened meanwhile happens when the next request arrives.
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/rng.hpp"
#include "net/http.hpp"
#include "net/router.hpp"
#include "sandbox/faults.hpp"
#include "sandbox/orders.hpp"
#include "sandbox/quota.hpp"
#include "sandbox/sandbox_clock.hpp"

namespace fairway::sandbox {

struct Options {
    std::uint64_t seed = 1;
    int sellers = 1;
    double orders_per_minute = 0;  // on the sandbox's clock; 0: only those made through /sandbox/orders
    bool quotas = true;
};

struct Product {
    std::string sku{};
    std::string asin{};
    std::string title{};
    std::int64_t price_minor = 0;  // before tax
};

struct Seller {
    std::string seller_id{};
    std::string client_id{};
    std::string client_secret{};
    std::string refresh_token{};
    domain::Region region = domain::Region::eu;
    // Where he sells; grows when an order is asked for elsewhere. The generator keeps to the first ones.
    std::vector<const domain::Marketplace*> marketplaces{};
    std::size_t home_marketplaces = 1;
    std::vector<Product> products{};
};

class World {
public:
    World(Options options, SandboxClock& clock);
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    // Any request of the API or of /sandbox/. Thread-safe.
    net::Response handle(net::Request request);

    const std::vector<Seller>& sellers() const { return sellers_; }

private:
    // An answer of the API before its headers.
    struct Answer {
        int status = 200;
        std::string body{};
        std::string error_type{};  // x-amzn-ErrorType
        std::string content_type = "application/json";
    };
    struct AccessToken {
        std::string seller_id{};  // empty: of the application alone, good for no seller's data
        UtcTime expires_at{};
    };
    struct PageToken {
        std::string
            filters{};  // the seller and all parameters but the token, maxResultsPerPage and includedData
        UtcTime after_time{};
        std::string after_id{};
        UtcTime upper{};
        UtcTime expires_at{};
    };
    using Operation = Answer (World::*)(const net::Request&, const Seller&);

    void add_routes();
    void add_operation(std::string_view method, std::string_view pattern, std::string_view name,
                       Operation operation);
    net::Response call(const net::Request& request, std::string_view name, Operation operation);
    net::Response respond(const Answer& answer);
    std::optional<net::Response> fail_before(std::string_view name);
    void spoil(net::Response& response) const;
    std::optional<Answer> refuse_access(const net::Request& request, const Seller*& seller);
    std::string random_text();

    // lwa.cpp
    net::Response token(const net::Request& request);
    net::Response grant_token(const net::Request& request);
    // search.cpp
    static Answer unencoded_token();
    Answer search_orders(const net::Request& request, const Seller& seller);
    Answer get_order(const net::Request& request, const Seller& seller);
    Answer marketplace_participations(const net::Request& request, const Seller& seller);
    // row_faults.cpp
    // seen_until: changes up to this moment can be seen by the caller at all.
    json::Array render_rows(const std::vector<const Order*>& orders, const DataSets& included,
                            UtcTime seen_until);
    std::optional<json::Value> render_row(const Order& order, const DataSets& included, Rng& dice,
                                          UtcTime seen_until) const;
    const Order* older_version(const Order& order) const;
    void remember(const Order& order);
    // confirm.cpp
    Answer confirm_shipment(const net::Request& request, const Seller& seller);
    // control.cpp
    net::Response get_sellers(const net::Request& request);
    net::Response get_clock(const net::Request& request);
    net::Response post_clock(const net::Request& request);
    net::Response post_status(const net::Request& request);
    net::Response post_cancel_request(const net::Request& request);
    net::Response get_ledger(const net::Request& request);
    net::Response post_fault(const net::Request& request);
    net::Response get_faults(const net::Request& request);
    net::Response delete_faults(const net::Request& request);
    // new_order.cpp
    net::Response post_order(const net::Request& request);
    // generator.cpp
    void make_sellers();
    void advance();
    void generate_order(const Seller& seller, UtcTime at);
    void change_later(UtcTime at, const std::string& order_id, const Status& status);
    Duration next_gap();
    std::string new_order_id(const domain::Marketplace& marketplace, Rng& rng) const;

    Order* find_order(const std::string& id);
    // Of this seller, and young enough to be shown at all.
    bool is_shown(const Order& order, const Seller& seller) const;
    Seller* find_seller(const std::string& id);
    const Product* find_product(const Seller& seller, const std::string& sku) const;
    // Fills what a caller left out: recipient, buyer, windows.
    void complete(Order& order, Rng& rng);
    void change_status(Order& order, const Status& status, UtcTime at);

    static Answer error(int status, const std::string& code, const std::string& message,
                        const std::string& details = "");

    Options options_;
    SandboxClock& clock_;
    SeededRng rng_;  // the world: sellers and what happens by itself
    SeededRng
        call_rng_;  // what calls make: tokens and orders asked for; they do not change the world's course
    net::Router router_;
    std::function<net::Response(net::Request)> dispatch_;

    std::mutex mutex_;  // guards everything below
    UtcTime now_{};     // of the request being handled
    std::vector<Seller> sellers_;
    std::map<std::string, Order> orders_;
    std::map<std::string, AccessToken> access_tokens_;
    std::map<std::string, PageToken> page_tokens_;
    Quotas quotas_;
    std::map<std::string, std::int64_t> calls_;
    std::optional<UtcTime> next_order_at_;
    struct Change {
        std::string order_id{};
        Status status{};
    };
    std::multimap<UtcTime, Change> changes_;
    std::int64_t requests_ = 0;
    Faults faults_{};
    std::optional<Faults::Blow> blow_{};  // what befalls the call being handled
    // What searches have shown of an order, newest last; kept while a fault may want an older version.
    std::map<std::string, std::vector<Order>> shown_{};
};

}  // namespace fairway::sandbox
