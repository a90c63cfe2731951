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
#include "sandbox/order_book.hpp"
#include "sandbox/quota.hpp"
#include "sandbox/sandbox_clock.hpp"
#include "sandbox/static_cases.hpp"

namespace fairway::sandbox {

// Why these cannot be where a seller sells ("IT+DE"), or nothing.
std::optional<std::string> refuse_marketplaces(const std::string& codes);

struct Options {
    std::uint64_t seed = 1;
    int sellers = 1;
    double orders_per_minute = 0;  // on the sandbox's clock; 0: only those made through /sandbox/orders
    bool quotas = true;
    // Where each seller sells, in turn: country codes of one region, joined by "+".
    std::vector<std::string> marketplaces{"IT", "DE", "IT+DE", "DE", "IT", "DE+IT"};
    // Answered in place of all stateful operations, as Amazon's static sandbox does.
    std::shared_ptr<const std::vector<StaticOperation>> static_operations{};
};

enum class Flavour;

struct Product {
    std::string sku{};
    std::string asin{};
    std::string title{};
    std::int64_t price_minor = 0;  // in euro cents; a country's prices hold its tax or not
};

// A secret that was replaced and still works for a time.
struct OldSecret {
    std::string secret{};
    UtcTime good_until{};
};

// What Amazon does when the application lacks the role for personal data: it blanks the fields, or it refuses
// whole calls. Both have been seen.
enum class WithoutRole { blank, refuse };

// Which restricted roles the application has for a seller, and what happens without them.
struct Roles {
    bool shipping = true;  // Direct to Consumer Shipping: delivery data of what the seller ships
    bool tax = false;      // Tax Invoicing or Tax Remittance: names, postal codes, tax registrations
    WithoutRole without = WithoutRole::blank;
};

struct Seller {
    std::string seller_id{};
    std::string client_id{};
    std::string client_secret{};
    std::string refresh_token{};  // the newest one
    std::vector<OldSecret> old_secrets{};
    std::vector<std::string> old_refresh_tokens{};  // given earlier and not revoked
    Roles roles{};
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
        std::string refresh_token{};
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
    // What will happen by itself.
    struct Change {
        std::string order_id{};
        Status status{};
    };
    // An operation behind its gate.
    struct Gate {
        std::string_view name;
        const Rate* rate = nullptr;
        std::function<Answer(const net::Request&, const Seller&)> operation{};
    };

    void add_routes();
    void add_operations();
    void add_static_operations();
    void add_gate(const std::string& method, const std::string& pattern, Gate gate);
    net::Response call(const net::Request& request, const Gate& gate);
    net::Response respond(const Answer& answer);
    std::optional<net::Response> fail_before(std::string_view name);
    std::optional<net::Response> refuse_host(const net::Request& request);
    void spoil(net::Response& response) const;
    std::optional<Answer> refuse_access(const net::Request& request, const Seller*& seller);
    std::string random_text();

    // lwa.cpp
    net::Response token(const net::Request& request);
    net::Response grant_token(const net::Request& request);
    // search.cpp
    static Answer refuse_input(const std::string& details);
    static std::optional<Answer> refuse_without_role(const Seller& seller);
    static std::optional<Answer> refuse_order_id(const std::string& id);
    static Answer unencoded_token();
    Answer search_orders(const net::Request& request, const Seller& seller);
    Answer get_order(const net::Request& request, const Seller& seller);
    Answer marketplace_participations(const net::Request& request, const Seller& seller);
    // row_faults.cpp
    // seen_until: changes up to this moment can be seen by the caller at all.
    json::Array render_rows(const std::vector<const Order*>& orders, const DataSets& included,
                            const Viewer& viewer, UtcTime seen_until);
    std::optional<json::Value> render_row(const Order& order, const DataSets& included, const Viewer& viewer,
                                          Rng& dice, UtcTime seen_until) const;
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
    net::Response get_entry(const net::Request& request);
    net::Response post_fault(const net::Request& request);
    net::Response get_faults(const net::Request& request);
    net::Response delete_faults(const net::Request& request);
    // credentials.cpp
    net::Response post_client_secret(const net::Request& request);
    net::Response post_refresh_token(const net::Request& request);
    net::Response post_revoke(const net::Request& request);
    net::Response post_roles(const net::Request& request);
    void end_access(const std::string& refresh_token);
    // new_order.cpp
    net::Response post_order(const net::Request& request);
    // generator.cpp
    void make_sellers();
    void advance();
    void generate_order(const Seller& seller, UtcTime at);
    void plan_life(const Order& order, Flavour flavour);
    void change_later(UtcTime at, const std::string& order_id, const Status& status);
    void make_change(const Change& change, UtcTime at);
    Duration next_gap();
    std::string new_order_id(const domain::Marketplace& marketplace, Rng& rng) const;

    // Of this seller, and young enough to be shown at all.
    bool is_shown(const Order& order, const Seller& seller) const;
    Seller* find_seller(const std::string& id);
    Viewer viewer_for(const Seller& seller) const;
    // The order as its seller sees it with everything included.
    json::Value show(const Order& order);
    // Fills what a caller left out: recipient, buyer, windows.
    void complete(Order& order, Rng& rng);
    void change_status(Order& order, const Status& status, UtcTime at);

    // 403 in Amazon's words.
    static Answer denied(const std::string& details);
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
    OrderBook orders_;
    std::map<std::string, AccessToken> access_tokens_;
    std::map<std::string, PageToken> page_tokens_;
    Quotas quotas_;
    std::map<std::string, std::int64_t> calls_;
    std::optional<UtcTime> next_order_at_;
    std::multimap<UtcTime, Change> changes_;
    std::int64_t requests_ = 0;
    Faults faults_{};
    std::optional<Faults::Blow> blow_{};  // what befalls the call being handled
    // What searches have shown of an order, newest last; kept while a fault may want an older version.
    std::map<std::string, std::vector<Order>> shown_{};
};

}  // namespace fairway::sandbox
