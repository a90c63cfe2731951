// The sandbox as a server: token requests, filters, page tokens, confirmations, control. The input is
// requests as for api_fuzz; "$TOKEN" stands for a valid access token, "$PAGE" for the last page token,
// percent-encoded,
// "$ORDER" for an order's id.
#include "base/rng.hpp"
#include "fuzz.hpp"
#include "json/json.hpp"
#include "sandbox/world.hpp"

namespace fairway::fuzz {

namespace {

constexpr int kRequestsMax = 8;
const UtcTime kNow = from_micros(1'795'420'800'000'000);

class Caller {
public:
    Caller() : clock_(real_, kNow, 0), world_({.seed = 3}, clock_) {
        const sandbox::Seller& seller = world_.sellers().front();
        const auto granted = ask("POST /auth/o2/token\nContent-Type: application/x-www-form-urlencoded\n\n" +
                                 format_query({{"grant_type", "refresh_token"},
                                               {"client_id", seller.client_id},
                                               {"client_secret", seller.client_secret},
                                               {"refresh_token", seller.refresh_token}}));
        token_ = std::string(json::find(granted, "access_token")->as_string());
        for (int i = 0; i < 3; ++i) {
            const auto order =
                ask("POST /sandbox/orders\n\n" +
                    json::serialize(
                        json::Object{{"seller_id", seller.seller_id},
                                     {"marketplace", "IT"},
                                     {"status", i == 0 ? "PENDING" : "UNSHIPPED"},
                                     {"lines", json::Array{json::Object{{"sku", seller.products.front().sku},
                                                                        {"quantity", i + 1},
                                                                        {"unit_price", "29.95"}}}}}));
            order_ = std::string(json::find(order, "orderId")->as_string());
        }
        ask("POST /sandbox/clock\n\n{\"advance_s\":3600}");
    }

    // The body of the answer, null if it is none; the properties of any answer are checked.
    json::Value ask(std::string text) {
        replace(text, "$TOKEN", token_);
        replace(text, "$PAGE", percent_encode(page_));
        replace(text, "$ORDER", order_);
        const auto request = read(text);
        if (!request) return nullptr;
        const net::Response response = world_.handle(*request);
        CHECK(response.status >= 200 && response.status < 600, "an answer has a status");
        CHECK(response.status != 500 || faulty_, "the sandbox fails only where a fault is played");
        faulty_ = faulty_ || request->path == "/sandbox/faults";
        if (response.body.empty() || response.body.starts_with('<')) return nullptr;
        const auto body = json::parse(response.body);
        CHECK(body.has_value(), "an answer is JSON");
        if (const json::Value* next = json::find(*body, "pagination.nextToken");
            next != nullptr && !faulty_) {
            page_ = std::string(next->as_string());
            check_page_token(*request);
        }
        return *body;
    }

private:
    static void replace(std::string& text, std::string_view name, const std::string& value) {
        for (std::size_t at = text.find(name); at != std::string::npos;
             at = text.find(name, at + value.size()))
            text.replace(at, name.size(), value);
    }

    std::optional<net::Request> read(std::string_view text) const {
        std::string_view first = take_part(text);
        net::Request request{.method = std::string(take_part(first, " ")), .path = {}};
        if (!net::set_target(request, first)) return std::nullopt;
        while (!text.empty()) {
            const std::string_view line = take_part(text);
            if (line.empty()) break;
            const std::size_t colon = line.find(':');
            if (colon != std::string_view::npos)
                request.headers.add(std::string(line.substr(0, colon)),
                                    std::string(trim(line.substr(colon + 1))));
        }
        request.body = text;
        return request;
    }

    // A token goes on where it was given, and nowhere else: not changed, not with other filters.
    void check_page_token(const net::Request& request) {
        const auto search = [&](const std::string& token, QueryPairs more) {
            net::Request next = request;
            std::erase_if(next.query, [](const auto& pair) { return pair.first == "paginationToken"; });
            next.query.emplace_back("paginationToken", token);
            for (auto& pair : more) next.query.push_back(std::move(pair));
            return world_.handle(std::move(next)).status;
        };
        CHECK(search(page_, {}) != 400, "a page token is good for its search");
        std::string changed = page_;
        changed.front() = changed.front() == 'A' ? 'B' : 'A';
        CHECK(search(changed, {}) != 200, "a changed page token is none");
        CHECK(search(page_, {{"fulfilledBy", "AMAZON"}}) != 200, "a page token is bound to its filters");
    }

    ManualClock real_{kNow};
    sandbox::SandboxClock clock_;
    sandbox::World world_;
    std::string token_{};
    std::string page_{};
    std::string order_{};
    bool faulty_ = false;
};

}  // namespace

void fuzz_one(std::string_view input) {
    Caller caller;
    for (int i = 0; i < kRequestsMax && !input.empty(); ++i)
        caller.ask(std::string(take_part(input, "\n---\n")));
}

}  // namespace fairway::fuzz
