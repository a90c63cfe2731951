// Addresses that cannot be shipped to: which they are, and when they block an order.
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "domain/plan_fixture.hpp"

namespace fairway::domain {
namespace {

using Fields = std::vector<std::string>;

Address italian() {
    return {.name = "Anna Neri",
            .line1 = "Via Roma 1",
            .city = "Torino",
            .region = "TO",
            .postal_code = "10121",
            .country = "IT"};
}

// ---- What is missing

TEST(MissingFields, a_whole_address_lacks_nothing) { EXPECT_EQ(missing_fields(italian()), Fields{}); }

TEST(MissingFields, an_empty_address_lacks_what_every_parcel_needs) {
    EXPECT_EQ(missing_fields({}), (Fields{"name", "line1", "city", "country"}));
}

TEST(MissingFields, a_company_stands_for_a_name_and_any_line_for_a_street) {
    Address address = italian();
    address.name.clear();
    EXPECT_EQ(missing_fields(address), Fields{"name"});
    address.company = "Rossi & C.";
    EXPECT_EQ(missing_fields(address), Fields{});
    address.line1.clear();
    EXPECT_EQ(missing_fields(address), Fields{"line1"});
    address.line3 = "c/o Bar Sport";
    EXPECT_EQ(missing_fields(address), Fields{});
}

TEST(MissingFields, a_city_a_district_or_a_postal_code_is_a_place_and_a_region_is_not) {
    Address address = italian();
    address.city.clear();
    address.postal_code.clear();
    EXPECT_EQ(missing_fields(address), Fields{"city"});
    for (std::string Address::* place : {&Address::city, &Address::district, &Address::postal_code}) {
        Address with = address;
        with.*place = "Somewhere";
        EXPECT_EQ(missing_fields(with), Fields{});
    }
}

TEST(MissingFields, a_country_is_two_letters_of_any_case) {
    for (const char* wrong : {"", "I", "ITA", "Italia", "12", "I-"}) {
        Address address = italian();
        address.country = wrong;
        EXPECT_EQ(missing_fields(address), Fields{"country"}) << wrong;
    }
    for (const char* right : {"IT", "gb"}) {
        Address address = italian();
        address.country = right;
        EXPECT_EQ(missing_fields(address), Fields{}) << right;
    }
}

// One of each form that the marketplaces have.
TEST(MissingFields, no_usual_form_of_any_marketplace_lacks_anything) {
    const std::vector<Address> forms{
        {.name = "J. Doe",
         .line1 = "1 Main St",
         .city = "Austin",
         .region = "TX",
         .postal_code = "78701",
         .country = "US"},
        {.name = "J. Roy",
         .line1 = "2 Rue A",
         .city = "Laval",
         .region = "QC",
         .postal_code = "H7A 0A1",
         .country = "CA"},
        {.name = "L. Cruz",
         .line1 = "Calle 3",
         .city = "León",
         .district = "Centro",
         .region = "GTO",
         .postal_code = "37000",
         .country = "MX"},
        {.name = "A. Silva",
         .line1 = "Rua 4, 10",
         .line2 = "Ap. 2",
         .city = "Recife",
         .district = "Boa Vista",
         .region = "PE",
         .postal_code = "50000-000",
         .country = "BR"},
        {.name = "E. Khan", .line1 = "Villa 5", .city = "Dubai", .country = "AE"},
        {.name = "O. Aziz", .line1 = "6 King Rd", .district = "Olaya", .region = "Riyadh", .country = "SA"},
        {.name = "N. Adel", .line1 = "7 Nile St", .city = "Giza", .country = "EG"},
        {.name = "A. Byrne", .line1 = "Ballymore", .city = "Westmeath", .country = "IE"},
        {.name = "T. Lee", .line1 = "Blk 8 #02-03", .postal_code = "560123", .country = "SG"},
        {.name = "佐藤",
         .line1 = "千代田区1-2-3",
         .region = "東京都",
         .postal_code = "100-0001",
         .country = "JP"},
        {.name = "R. Iyer",
         .line1 = "9 MG Road",
         .city = "Pune",
         .region = "MH",
         .postal_code = "411001",
         .country = "IN"},
        {.company = "Packstation 101",
         .line1 = "1234567",
         .city = "Köln",
         .postal_code = "50667",
         .country = "DE",
         .address_type = "PICKUP_POINT"},
        {.name = "M. Kaya", .line1 = "Sk. 10", .city = "İzmir", .district = "Konak", .country = "TR"}};
    for (const Address& form : forms) EXPECT_EQ(missing_fields(form), Fields{}) << form.country;
}

RC_GTEST_PROP(MissingFieldsProperty, whoever_fills_what_is_missing_has_an_address, ()) {
    Address address;
    for (std::string Address::* field :
         {&Address::name, &Address::company, &Address::line1, &Address::line2, &Address::line3,
          &Address::city, &Address::district, &Address::region, &Address::postal_code})
        if (*rc::gen::arbitrary<bool>()) address.*field = "x";
    if (*rc::gen::arbitrary<bool>()) address.country = *rc::gen::arbitrary<std::string>();
    for (const std::string& field : missing_fields(address)) {
        if (field == "name") address.name = "Anna";
        else if (field == "line1") address.line1 = "Via Roma 1";
        else if (field == "city") address.city = "Torino";
        else if (field == "country") address.country = "IT";
        else RC_FAIL("no such field");
    }
    RC_ASSERT(missing_fields(address) == Fields{});
}

// ---- When it blocks

FactsBuilder without_a_place() {
    FactsBuilder facts = FactsBuilder().line(2);
    facts->address_missing = {"line1", "city"};
    return facts;
}

TEST(PlanAddress, an_address_that_leads_nowhere_blocks_and_names_what_is_missing) {
    const Plan plan = without_a_place().plan();
    const Block block = the<SetBlock>(plan).block;
    EXPECT_EQ(block.reason, BlockReason::address_invalid);
    EXPECT_EQ(block.line, 0);
    EXPECT_EQ(block.params, (TextParams{{"fields", "line1,city"}}));
    EXPECT_EQ(notes_of(plan), std::vector<std::string>{"note.blocked.address_invalid"});
    EXPECT_FALSE(has<CreateOrder>(plan));
}

TEST(PlanAddress, a_repaired_address_creates_the_order) {
    FactsBuilder facts = without_a_place();
    facts->block = the<SetBlock>(facts.plan()).block;
    facts->import_state = ImportState::blocked;
    facts->look_again = true;
    EXPECT_TRUE(facts.plan().empty()) << "it is written once";
    facts->address_missing.clear();
    EXPECT_TRUE(has<ClearBlock>(facts.plan()));
    EXPECT_TRUE(has<CreateOrder>(facts.plan()));
}

TEST(PlanAddress, an_order_that_waits_is_not_blocked_yet) {
    EXPECT_FALSE(has<SetBlock>(without_a_place().status(AmazonStatus::pending).plan()));
}

TEST(PlanAddress, what_has_left_the_house_needs_no_address_any_more) {
    FactsBuilder facts = without_a_place().fulfilled(1, 1).status(AmazonStatus::partially_shipped);
    EXPECT_TRUE(has<SetBlock>(facts.plan())) << "one unit is still to be sent";
    facts.fulfilled(1, 1).status(AmazonStatus::shipped);
    EXPECT_TRUE(has<CreateOrder>(facts.plan()));
}

TEST(PlanAddress, a_label_that_is_bought_at_amazon_bears_amazons_address) {
    for (const char* program : {"PRIME", "FBM_SHIP_PLUS", "AMAZON_EASY_SHIP"}) {
        FactsBuilder facts = without_a_place();
        facts->order.programs = {program};
        EXPECT_TRUE(has<CreateOrder>(facts.plan())) << program;
    }
}

TEST(PlanAddress, the_address_is_looked_at_last) {
    FactsBuilder facts = without_a_place();
    facts->order.total = eur(1);
    EXPECT_EQ(the<SetBlock>(facts.plan()).block.reason, BlockReason::money_mismatch);
    facts.stock(1, 0);
    EXPECT_EQ(the<SetBlock>(facts.plan()).block.reason, BlockReason::out_of_stock);
}

}  // namespace
}  // namespace fairway::domain
