#include "sandbox/people.hpp"

#include "base/text.hpp"
#include "sandbox/countries.hpp"

namespace fairway::sandbox {

namespace {

template <class T>
const T& pick(std::span<const T> values, Rng& rng) {
    return values[rng.below(values.size())];
}

std::string digits(std::string_view form, Rng& rng) {
    std::string text;
    for (const char c : form) text += c == '#' ? static_cast<char>('0' + rng.below(10)) : c;
    return text;
}

std::uint64_t first_part(const domain::Marketplace& marketplace, Rng& rng) {
    switch (marketplace.region) {
        case domain::Region::na: return 111 + rng.below(4);
        case domain::Region::fe: return 249 + rng.below(2);
        case domain::Region::eu: break;
    }
    if (marketplace.country == "DE") return 302 + rng.below(4);
    if (marketplace.country == "UK") return 202 + rng.below(5);
    return 402 + rng.below(7);
}

// "{street}, {number}" with its words filled in.
std::string fill(std::string_view form, const std::vector<std::pair<std::string_view, std::string>>& words) {
    std::string text(form);
    for (const auto& [name, value] : words) {
        const std::string place = "{" + std::string(name) + "}";
        if (const std::size_t at = text.find(place); at != std::string::npos)
            text.replace(at, place.size(), value);
    }
    return text;
}

// Amazon hides the buyer's own address behind one at its marketplace.
std::string masked_email(const domain::Marketplace& marketplace, Rng& rng) {
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::string text;
    for (int i = 0; i < 15; ++i) text += kLetters[rng.below(kLetters.size())];
    return text + "@marketplace." + to_lower_ascii(marketplace.name);
}

}  // namespace

Person make_person(const domain::Marketplace& marketplace, Rng& rng) {
    const Country& country = country_of(marketplace.country);
    const Town& town = pick(country.towns, rng);
    const auto number = [&](std::uint64_t most) { return std::to_string(1 + rng.below(most)); };
    Person person;
    domain::Address& address = person.address;
    address.name = fill(country.name_form, {{"first", std::string(pick(country.first_names, rng))},
                                            {"last", std::string(pick(country.last_names, rng))}});
    address.line1 = fill(country.street_form,
                         {{"street", std::string(pick(country.streets, rng))}, {"number", number(180)}});
    if (rng.below(5) == 0) address.line2 = fill(country.second_line, {{"number", number(30)}});
    address.city = town.name;
    address.district = town.district;
    address.region = town.region;
    address.postal_code = town.postal_code;
    address.country = country.code;
    address.phone = digits(country.phone_form, rng);
    address.address_type = "RESIDENTIAL";
    person.buyer.name = address.name;
    person.buyer.email = masked_email(marketplace, rng);
    return person;
}

std::string random_order_id(const domain::Marketplace& marketplace, Rng& rng) {
    const std::string first = std::to_string(first_part(marketplace, rng));
    return first + digits("-#######-#######", rng);
}

}  // namespace fairway::sandbox
