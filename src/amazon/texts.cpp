// From the text of an answer to what it says. An order that cannot even be parsed (nested without end, a key
// twice, bytes that are no text) must not make its whole page unreadable: then the page is taken apart.
#include <algorithm>

#include "amazon/orders.hpp"
#include "amazon/wire.hpp"
#include "base/text.hpp"

namespace fairway::amazon {

namespace {

// Longer ones are no ids of Amazon.
constexpr std::size_t kIdLength = 40;

// A page whose orders stand each by itself.
struct Pieces {
    std::string envelope{};  // the page with an empty list of orders
    std::vector<std::string_view> orders{};
};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Walks over a JSON text and knows nothing of it but texts and brackets.
class Walk {
public:
    explicit Walk(std::string_view text) : text_(text) {}

    bool at_end() const { return at_ >= text_.size(); }
    bool broken() const { return broken_; }
    std::size_t at() const { return at_; }
    std::size_t depth() const { return open_.size(); }
    char peek() const { return at_end() ? '\0' : text_[at_]; }
    void skip_space() {
        while (!at_end() && is_space(text_[at_])) ++at_;
    }

    // Over one character, or over a whole text in quotes.
    void step() {
        const char c = text_[at_];
        if (c == '"') return step_over_text();
        ++at_;
        if (c == '{') open_.push_back('}');
        else if (c == '[') open_.push_back(']');
        else if (c == '}' || c == ']') close(c);
    }

    // Over a value and the space after it; what follows must end it.
    void step_over_value() {
        if (opens(peek())) {
            const std::size_t outside = depth();
            do step();
            while (!at_end() && !broken_ && depth() > outside);
        } else {
            step_over_word();
        }
        skip_space();
        broken_ = broken_ || (peek() != ',' && peek() != ']');
    }

private:
    static bool opens(char c) { return c == '{' || c == '[' || c == '"'; }
    void step_over_word() {
        const std::size_t from = at_;
        for (; !at_end() && !is_space(peek()) && peek() != ',' && peek() != ']'; ++at_)
            broken_ = broken_ || opens(peek()) || peek() == '}';
        broken_ = broken_ || at_ == from;
    }
    void step_over_text() {
        for (++at_; !at_end(); ++at_) {
            if (text_[at_] == '\\') ++at_;
            else if (text_[at_] == '"') break;
        }
        broken_ = broken_ || at_end();
        ++at_;
    }
    void close(char c) {
        if (open_.empty() || open_.back() != c) broken_ = true;
        else open_.pop_back();
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<char> open_{};  // what closes the brackets that are open
    bool broken_ = false;
};

// To the list of the page's member "orders"; false: there is none.
bool find_orders(Walk& walk, std::string_view text) {
    walk.skip_space();
    if (walk.peek() != '{') return false;
    while (!walk.at_end() && !walk.broken()) {
        const std::size_t from = walk.at();
        const bool key = walk.depth() == 1 && walk.peek() == '"';
        walk.step();
        if (!key || text.substr(from, walk.at() - from) != "\"orders\"") continue;
        walk.skip_space();
        if (walk.peek() != ':') continue;
        walk.step();
        walk.skip_space();
        return walk.peek() == '[';
    }
    return false;
}

std::optional<Pieces> take_apart(std::string_view text) {
    Walk walk(text);
    if (!find_orders(walk, text)) return std::nullopt;
    walk.step();
    Pieces pieces{.envelope = std::string(text.substr(0, walk.at()))};
    walk.skip_space();
    while (!walk.at_end() && !walk.broken() && walk.peek() != ']') {
        const std::size_t from = walk.at();
        walk.step_over_value();
        pieces.orders.push_back(trim(text.substr(from, walk.at() - from)));
        if (walk.peek() != ',') continue;
        walk.step();
        walk.skip_space();
        if (walk.peek() == ']') return std::nullopt;
    }
    if (walk.at_end() || walk.broken()) return std::nullopt;
    pieces.envelope += text.substr(walk.at());
    return pieces;
}

// The id that an order without form gives itself, as far as it can be seen.
std::optional<AmazonOrderId> id_in(std::string_view order) {
    constexpr std::string_view kKey = "\"orderId\"";
    const std::size_t key = order.find(kKey);
    if (key == std::string_view::npos) return std::nullopt;
    const std::size_t begin = order.find('"', key + kKey.size());
    if (begin == std::string_view::npos) return std::nullopt;
    const std::string_view id = order.substr(begin + 1, order.find('"', begin + 1) - begin - 1);
    const bool plain = std::ranges::all_of(id, [](char c) { return (c >= '0' && c <= '9') || c == '-'; });
    if (id.empty() || id.size() > kIdLength || !plain) return std::nullopt;
    return AmazonOrderId(std::string(id));
}

// The parser says what it expected and where, never what it saw.
std::unexpected<Error> unparsed(std::string_view what, const Error& error) {
    return wire::undecodable("", std::string(what) + " is " + error.message);
}

}  // namespace

Result<SearchPage> read_search_text(std::string_view text) {
    const auto body = json::parse(text);
    if (body) return read_search_page(*body);
    const std::unexpected<Error> whole = unparsed("Amazon's answer to searchOrders", body.error());
    const std::optional<Pieces> pieces = take_apart(text);
    if (!pieces) return whole;
    const auto envelope = json::parse(pieces->envelope);
    if (!envelope) return whole;
    SearchPage page = TRY(read_search_page(*envelope));
    for (const std::string_view each : pieces->orders) {
        const auto order = json::parse(each);
        if (order) add_order(page, *order);
        else
            page.undecodable.push_back({id_in(each), Pii(std::string(each)),
                                        unparsed("Amazon's answer: the order", order.error()).error()});
    }
    return page;
}

Result<ReadOrder> read_order_text(std::string_view text) {
    const auto body = json::parse(text);
    if (!body) return unparsed("Amazon's answer to getOrder", body.error());
    return read_order_answer(*body);
}

}  // namespace fairway::amazon
