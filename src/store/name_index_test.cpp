#include "store/name_index.hpp"

#include "store/order_list.hpp"
#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

using Words = std::vector<std::string>;

TEST(NameWords, are_lower_case_without_accents_and_punctuation) {
    EXPECT_EQ(name_words("Müller-Lüdenscheidt, Anna"), (Words{"muller", "ludenscheidt", "anna"}));
    EXPECT_EQ(name_words("  D'Angelo  Niccolò "), (Words{"d", "angelo", "niccolo"}));
    EXPECT_EQ(name_words("Łukasz Straße ŒUVRE"), (Words{"lukasz", "strasse", "oeuvre"}));
}

TEST(NameWords, letters_of_other_scripts_stand_for_themselves) {
    EXPECT_EQ(name_words("山田\xE3\x80\x80太郎"), (Words{"山田", "太郎"}));
}

TEST(NameWords, nothing_to_look_for_gives_no_word) {
    EXPECT_TRUE(name_words("").empty());
    EXPECT_TRUE(name_words(" -, ").empty());
    EXPECT_TRUE(name_words("\xFF").empty());
}

TEST(NameWords, are_bounded) { EXPECT_EQ(name_words("a b c d e f g h i j k l m n o p q r").size(), 16U); }

class NameIndex : public StoreTest {
protected:
    // The order as read from Amazon with these people.
    OrderId read_with(const std::string& id, const std::string& buyer, const std::string& recipient,
                      const std::string& version = "v1") {
        domain::PersonalData people = make_person();
        people.buyer.value().name = buyer;
        people.recipient.value().name = recipient;
        upsert(incoming(make_order(id), version, people));
        return order_of(id).id;
    }
    std::vector<OrderId> find(const std::string& text) {
        std::vector<OrderId> ids;
        const OrderFilter filter{.buyer_words = blind_words(vault, text)};
        const OrderPage page =
            read([&](db::Reader& tx) { return list_orders(tx, filter, std::nullopt, 50); });
        for (const OrderRecord& record : page.orders) ids.push_back(record.id);
        return ids;
    }
};

TEST_F(NameIndex, finds_buyer_and_recipient_by_whole_words_in_any_order) {
    const OrderId first = read_with("402-0000000-0000001", "Anna Rossi", "Niccolò Bianchi");
    read_with("402-0000000-0000002", "Marco Rossi", "Marco Rossi");
    EXPECT_EQ(find("rossi ANNA"), std::vector{first});
    EXPECT_EQ(find("niccolo"), std::vector{first});
    EXPECT_EQ(find("Rossi").size(), 2U);
    EXPECT_TRUE(find("Ross").empty());
    EXPECT_TRUE(find("Anna Marco").empty());
}

TEST_F(NameIndex, a_changed_name_replaces_the_old_one) {
    const OrderId id = read_with("402-0000000-0000001", "Anna Rossi", "Anna Rossi");
    read_with("402-0000000-0000001", "Anna Verdi", "Anna Verdi", "v2");
    EXPECT_TRUE(find("rossi").empty());
    EXPECT_EQ(find("verdi"), std::vector{id});
}

TEST_F(NameIndex, no_word_is_readable_in_the_database) {
    read_with("402-0000000-0000001", "Rossi", "Rossi");
    const auto stored =
        read([](db::Reader& tx) { return tx.one("SELECT word FROM order_names").value().get<db::Blob>(0); });
    EXPECT_EQ(std::string(stored.begin(), stored.end()).find("rossi"), std::string::npos);
    EXPECT_EQ(stored.size(), 32U);
    EXPECT_NE(vault.blind("rossi"), vault.blind("verdi"));
}

}  // namespace
}  // namespace fairway::store
