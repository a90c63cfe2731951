#pragma once
// What people and addresses look like in the country of each marketplace.
#include <span>
#include <string_view>

namespace fairway::sandbox {

using Names = std::span<const std::string_view>;

// Towns have their own postal codes and provinces; what a country's addresses lack is empty.
struct Town {
    std::string_view name;
    std::string_view postal_code;
    std::string_view region;    // stateOrRegion
    std::string_view district;  // districtOrCounty
};

struct Country {
    std::string_view code;  // ISO 3166: the United Kingdom is GB
    Names first_names;
    Names last_names;
    Names streets;
    std::span<const Town> towns;
    std::string_view name_form;    // "{first} {last}"
    std::string_view street_form;  // "{street} {number}"
    std::string_view second_line;  // "Scala B, interno {number}"
    std::string_view phone_form;   // every # is a digit
    int tax_percent;               // on what is sold there
    bool tax_included;             // prices hold the tax, and no tax is told apart
    int price_percent;             // of the catalogue's price in euro cents, in the currency's minor units
};

// Of a marketplace's country code ("UK" too); every marketplace has one.
const Country& country_of(std::string_view marketplace_country);

}  // namespace fairway::sandbox
