#include "store/personal_json.hpp"

#include <array>
#include <string_view>
#include <utility>

#include <boost/json.hpp>

#include "base/check.hpp"
#include "json/json.hpp"

namespace fairway::store {

namespace {

template <class T>
struct Member {
    std::string_view key;
    std::string T::* text;
};

constexpr std::array kAddress{Member<domain::Address>{"name", &domain::Address::name},
                              Member<domain::Address>{"company", &domain::Address::company},
                              Member<domain::Address>{"line1", &domain::Address::line1},
                              Member<domain::Address>{"line2", &domain::Address::line2},
                              Member<domain::Address>{"line3", &domain::Address::line3},
                              Member<domain::Address>{"city", &domain::Address::city},
                              Member<domain::Address>{"district", &domain::Address::district},
                              Member<domain::Address>{"region", &domain::Address::region},
                              Member<domain::Address>{"postal_code", &domain::Address::postal_code},
                              Member<domain::Address>{"country", &domain::Address::country},
                              Member<domain::Address>{"phone", &domain::Address::phone},
                              Member<domain::Address>{"address_type", &domain::Address::address_type},
                              Member<domain::Address>{"instructions", &domain::Address::instructions}};

constexpr std::array kBuyer{
    Member<domain::Buyer>{"name", &domain::Buyer::name},
    Member<domain::Buyer>{"email", &domain::Buyer::email},
    Member<domain::Buyer>{"company", &domain::Buyer::company},
    Member<domain::Buyer>{"purchase_order_number", &domain::Buyer::purchase_order_number}};

constexpr std::size_t kUsualSize = 2'048;

// Empty texts are left out: most addresses have few of the members.
template <class T, std::size_t N>
json::Value encode_members(const std::array<Member<T>, N>& members, const std::optional<T>& from,
                           const boost::json::storage_ptr& memory) {
    if (!from) return nullptr;
    json::Object object(N, memory);
    for (const Member<T>& member : members)
        if (const std::string& text = *from.*member.text; !text.empty()) object[member.key] = text;
    return object;
}

template <class T, std::size_t N>
std::optional<T> decode_members(const std::array<Member<T>, N>& members, const json::Value& from) {
    if (from.is_null()) return std::nullopt;
    T out;
    for (const Member<T>& member : members)
        if (const json::Value* text = from.as_object().if_contains(member.key))
            out.*member.text = std::string(text->as_string());
    return out;
}

}  // namespace

Pii<std::string> encode_personal(const Pii<domain::PersonalData>& personal) {
    const domain::PersonalData& data = personal.reveal();
    // What is thrown away once it is text takes its memory from one block.
    boost::json::monotonic_resource block(kUsualSize);
    const boost::json::storage_ptr memory(&block);
    json::Array gift_messages(memory);
    for (const auto& [line, text] : data.gift_messages)
        gift_messages.push_back(json::Array({line, text}, memory));
    json::Object all(3, memory);
    all["recipient"] = encode_members(kAddress, data.recipient, memory);
    all["buyer"] = encode_members(kBuyer, data.buyer, memory);
    all["gift_messages"] = std::move(gift_messages);
    return Pii(json::serialize(std::move(all)));
}

Pii<std::string> encode_address(const Pii<domain::Address>& address) {
    return Pii(json::serialize(
        encode_members(kAddress, std::optional(address.reveal()), boost::json::storage_ptr())));
}

Pii<domain::Address> decode_address(const Pii<std::string>& text) {
    const auto value = json::parse(text.reveal());
    CHECK(value.has_value(), "a sealed address is JSON");
    return Pii(decode_members(kAddress, *value).value());
}

Pii<domain::PersonalData> decode_personal(const Pii<std::string>& text) {
    const auto value = json::parse(text.reveal());
    CHECK(value.has_value(), "sealed personal data is JSON");
    domain::PersonalData data{.recipient = decode_members(kAddress, value->at("recipient")),
                              .buyer = decode_members(kBuyer, value->at("buyer")),
                              .gift_messages = {}};
    for (const json::Value& each : value->at("gift_messages").as_array())
        data.gift_messages.emplace_back(static_cast<int>(each.at(0).as_int64()),
                                        std::string(each.at(1).as_string()));
    return Pii(std::move(data));
}

}  // namespace fairway::store
