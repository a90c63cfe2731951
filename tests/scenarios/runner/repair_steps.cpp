// Addresses that cannot be shipped to, and what people mend of blocked orders.
#include <boost/json.hpp>

#include "base/text.hpp"
#include "runner/scenario.hpp"

namespace fairway::scenarios {

namespace {

// Fairway's name of a field, and Amazon's.
const std::map<std::string, std::string, std::less<>>& address_fields() {
    static const std::map<std::string, std::string, std::less<>> fields{{"name", "name"},
                                                                        {"company", "companyName"},
                                                                        {"line1", "addressLine1"},
                                                                        {"city", "city"},
                                                                        {"district", "districtOrCounty"},
                                                                        {"region", "stateOrRegion"},
                                                                        {"postal_code", "postalCode"},
                                                                        {"country", "countryCode"}};
    return fields;
}

json::Object to_money(Words& words) {
    const std::string amount = words.next("an amount");
    return {{"amount", amount}, {"currency", "EUR"}};
}

}  // namespace

json::Object read_address(Words& words) {
    json::Object address;
    while (words.peek() != nullptr && address_fields().contains(*words.peek())) {
        const std::string field = words.next("a field");
        address[field] = words.next("its value");
    }
    return address;
}

// amazon A1 shows name "Anna Neri" line1 "Via Po 2" city Torino country IT: the recipient, from now on.
void Scenario::amazon_shows(const std::string& alias, Words& words) {
    json::Object address;
    for (const auto& field : read_address(words))
        address[address_fields().at(std::string(field.key()))] = field.value();
    words.finish();
    amazon_.show_recipient(id_of(alias), std::move(address));
}

// repair A1 city Torino country IT
void Scenario::repair(Words& words) {
    const std::string alias = words.next("an order");
    const json::Object address = read_address(words);
    words.finish();
    operate("PATCH", order_path(alias) + "/shipping-address", address);
}

// import-anyway A1 [parts 12.20 stated 13.00]: the figures that the person has seen.
void Scenario::import_anyway(Words& words) {
    const std::string alias = words.next("an order");
    json::Object body;
    if (words.accept("parts")) {
        json::Object amounts{{"parts", to_money(words)}};
        words.expect("stated");
        amounts["stated"] = to_money(words);
        body["amounts"] = std::move(amounts);
    }
    words.finish();
    operate("POST", order_path(alias) + "/import-anyway", body);
}

}  // namespace fairway::scenarios
