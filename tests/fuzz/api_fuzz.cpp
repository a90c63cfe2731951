// The REST interface behind its sockets: targets, filters, cursors, keys, languages and bodies. The input is
// up to four requests with a line "---" between them, each a line "METHOD target", header fields, an empty
// line and the body. Whoever sends no Authorization is an administrator.
#include "api/contract_check.hpp"
#include "fuzz.hpp"
#include "shop.hpp"

namespace fairway::fuzz {

namespace {

constexpr int kRequestsMax = 4;

// Nothing if the server would have refused the target.
std::optional<net::Request> read_request(std::string_view text, const std::string& token) {
    std::string_view first = take_part(text);
    net::Request request{.method = std::string(take_part(first, " ")), .path = {}};
    if (!net::set_target(request, first)) return std::nullopt;
    while (!text.empty()) {
        const std::string_view line = take_part(text);
        if (line.empty()) break;
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        request.headers.add(std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1))));
    }
    if (!request.headers.find("Authorization")) request.headers.add("Authorization", "Bearer " + token);
    request.body = text;
    return request;
}

void check_problem(const net::Response& response, const json::Value& body) {
    const json::Object* object = body.if_object();
    CHECK(object != nullptr, "a problem is an object");
    CHECK(object->at("status").as_int64() == response.status, "the body repeats the status");
    CHECK(!object->at("code").as_string().empty(), "a problem has a code");
    CHECK(!object->at("detail").as_string().empty(), "a problem says what happened");
}

json::Value check_response(const Shop& shop, const net::Request& request, const net::Response& response) {
    CHECK(response.status >= 200 && response.status <= 503 && response.status != 500,
          "no request is our fault");
    // Whoever writes the token into a name or a value gets that quoted back.
    const bool told = request.body.contains(shop.token()) || request.path.contains(shop.token()) ||
                      format_query(request.query).contains(shop.token());
    CHECK(told || !response.body.contains(shop.token()), "a token is not repeated");
    const std::string* type = response.headers.find("Content-Type");
    CHECK(type != nullptr, "an answer says what it is");
    if (type->starts_with("text/")) return nullptr;
    const auto body = json::parse(response.body, {.bytes_max = 10'000'000});
    CHECK(body.has_value(), "an answer is JSON");
    if (response.status >= 400) check_problem(response, *body);
    const auto* operation = api::contract().find_operation(request.method, request.path);
    if (operation == nullptr) return *body;
    for (const std::string& wrong : api::contract().check_answer(*operation, response.status, *body))
        CHECK(false, wrong.c_str());
    return *body;
}

// What a list gives as the next page can be asked for.
void check_next_page(Shop& shop, const net::Request& request, const json::Value& body) {
    const json::Value* next = body.is_object() ? body.as_object().if_contains("next") : nullptr;
    if (next == nullptr || !next->is_string()) return;
    net::Request second = request;
    std::erase_if(second.query, [](const auto& pair) { return pair.first == "after"; });
    second.query.emplace_back("after", std::string(next->as_string()));
    CHECK(shop.api().handle(std::move(second)).status == 200, "the next page is there");
}

// The same request with the same key: the same answer and no second effect.
void check_repeated(Shop& shop, const net::Request& request, const net::Response& first) {
    const std::string* key = request.headers.find("Idempotency-Key");
    const bool is_mutation = request.method != "GET" && request.method != "HEAD";
    if (key == nullptr || !is_mutation || request.headers.count("Idempotency-Key") > 1) return;
    const net::Response again = shop.api().handle(request);
    CHECK(again.status == first.status, "a repeated request has the same outcome");
    if (again.headers.find("Idempotency-Replayed") != nullptr)
        CHECK(again.body == first.body, "and the same answer");
    else CHECK(first.status >= 400, "what had an effect is not done twice");
}

void read_stream(const net::Response& response) {
    if (!response.stream) return;
    for (int i = 0; i < 2; ++i) {
        const auto piece = response.stream->next();
        if (!piece) return;
        CHECK(piece->empty() || piece->ends_with("\n\n") || piece->ends_with("\n"), "events end");
    }
}

}  // namespace

void fuzz_one(std::string_view input) {
    static Shop shop;
    shop.reset([](const net::Request&) {
        return fail(ErrorKind::unavailable, "connect_failed", "nobody is there");
    });
    for (int i = 0; i < kRequestsMax && !input.empty(); ++i) {
        const auto request = read_request(take_part(input, "\n---\n"), shop.token());
        if (!request) continue;
        const net::Response response = shop.api().handle(*request);
        const json::Value body = check_response(shop, *request, response);
        check_next_page(shop, *request, body);
        check_repeated(shop, *request, response);
        read_stream(response);
        shop.clock().advance(seconds(1));
    }
}

}  // namespace fairway::fuzz
