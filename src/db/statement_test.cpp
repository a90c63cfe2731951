// Binding, reading and what the database says when a statement is wrong.
#include <limits>

#include "db/fixture_test.hpp"

#include <rapidcheck/gtest.h>

#include "base/ids.hpp"

namespace fairway::db {
namespace {

// What has no meaning in a column does not bind: above all no pointer as a truth.
static_assert(Bindable<bool> && Bindable<int> && Bindable<std::int64_t> && Bindable<const char*>);
static_assert(!Bindable<double> && !Bindable<const int*> && !Bindable<Failure::Kind>);

class StatementTest : public DatabaseTest {
protected:
    StatementTest() {
        script("CREATE TABLE t (id INTEGER PRIMARY KEY, number INTEGER, text TEXT, bytes BLOB) STRICT");
    }
    template <class T>
    T through_column(std::string_view column, const T& value) {
        return database->write([&](Transaction& tx) {
            const std::string name(column);
            const std::int64_t id = tx.insert("INSERT INTO t (" + name + ") VALUES ($1)", value);
            return tx.one("SELECT " + name + " FROM t WHERE id = $1", id).value().template get<T>(0);
        });
    }
};
using StatementDeathTest = StatementTest;

TEST_F(StatementTest, integers_keep_their_value) {
    for (const std::int64_t value : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1},
                                     std::int64_t{0}, std::numeric_limits<std::int64_t>::max()})
        EXPECT_EQ(through_column("number", value), value);
}

TEST_F(StatementTest, texts_keep_every_character) {
    for (const std::string& value :
         {std::string(), std::string("caff\xC3\xA8 'x' $1"), std::string(100'000, 'x')})
        EXPECT_EQ(through_column("text", value), value);
}

TEST_F(StatementTest, bytes_keep_every_byte_and_none_are_not_null) {
    for (const Blob& value : {Blob{}, Blob{0}, Blob{0, 0xFF, 0x80, 0}, Blob(100'000, 7)})
        EXPECT_EQ(through_column("bytes", value), value);
}

TEST_F(StatementTest, types_of_our_own_are_kept) {
    EXPECT_EQ(through_column("number", true), true);
    EXPECT_EQ(through_column("number", false), false);
    EXPECT_EQ(through_column("number", -3), -3);
    EXPECT_EQ(through_column("number", StoreId{7}), StoreId{7});
    EXPECT_EQ(through_column("number", from_micros(1'795'420'800'123'456)),
              from_micros(1'795'420'800'123'456));
    EXPECT_EQ(through_column("text", SellerSku("A-1")), SellerSku("A-1"));
}

TEST_F(StatementTest, null_is_null_and_nothing_else) {
    EXPECT_EQ(through_column("text", std::optional<std::string>()), std::nullopt);
    EXPECT_EQ(through_column("text", std::optional<std::string>("")), "");
    EXPECT_EQ(through_column("bytes", std::optional<Blob>(Blob{})), Blob{});
    EXPECT_EQ(through_column("number", std::optional<std::int64_t>(0)), 0);
    EXPECT_EQ(through_column("number", std::optional<UtcTime>()), std::nullopt);
    EXPECT_EQ(number("SELECT COUNT(*) FROM t WHERE text IS NULL AND bytes IS NULL AND number IS NULL"), 2);
}

TEST_F(StatementTest, placeholders_are_found_by_number_not_by_place) {
    database->read([](Reader& tx) {
        const Row row = tx.one("SELECT $2, $1, $2, $3", "one", 2, std::optional<int>()).value();
        EXPECT_EQ(row.get<int>(0), 2);
        EXPECT_EQ(row.get<std::string>(1), "one");
        EXPECT_EQ(row.get<int>(2), 2);
        EXPECT_TRUE(row.is_null(3));
    });
}

TEST_F(StatementTest, ten_placeholders_and_more_are_told_apart) {
    database->read([](Reader& tx) {
        const Row row =
            tx.one("SELECT $11, $10, $1, $2, $3, $4, $5, $6, $7, $8, $9", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
                .value();
        EXPECT_EQ(row.get<int>(0), 11);
        EXPECT_EQ(row.get<int>(1), 10);
        EXPECT_EQ(row.get<int>(2), 1);
    });
}

TEST_F(StatementTest, a_value_is_never_part_of_the_statement) {
    const std::string text = "'; DROP TABLE t; --";
    EXPECT_EQ(through_column("text", text), text);
    EXPECT_EQ(number("SELECT COUNT(*) FROM t"), 1);
}

TEST_F(StatementTest, a_statement_used_again_forgets_its_values) {
    database->read([](Reader& tx) {
        constexpr std::string_view kSql = "SELECT $1";
        EXPECT_EQ(tx.one(kSql, 1).value().get<int>(0), 1);
        EXPECT_TRUE(tx.one(kSql, std::optional<int>()).value().is_null(0));
        EXPECT_EQ(tx.one(kSql, "x").value().get<std::string>(0), "x");
    });
}

TEST_F(StatementTest, query_gives_the_rows_in_order) {
    script("INSERT INTO t (number) VALUES (3), (1), (2)");
    database->read([](Reader& tx) {
        std::vector<int> numbers;
        for (const Row& row : tx.query("SELECT number FROM t ORDER BY number DESC"))
            numbers.push_back(row.get<int>(0));
        EXPECT_EQ(numbers, (std::vector<int>{3, 2, 1}));
        EXPECT_TRUE(tx.query("SELECT number FROM t WHERE number > $1", 3).empty());
        EXPECT_FALSE(tx.one("SELECT number FROM t WHERE number > $1", 3).has_value());
    });
}

TEST_F(StatementTest, execute_counts_the_rows_it_changed) {
    script("INSERT INTO t (number) VALUES (1), (1), (2)");
    database->write([](Transaction& tx) {
        EXPECT_EQ(tx.execute("UPDATE t SET text = $1 WHERE number = $2", "x", 1), 2);
        EXPECT_EQ(tx.execute("UPDATE t SET text = $1 WHERE number = $2", "x", 9), 0);
        EXPECT_EQ(tx.execute("INSERT INTO t (id) VALUES ($1) ON CONFLICT (id) DO NOTHING", 1), 0);
        EXPECT_EQ(tx.execute("DELETE FROM t"), 3);
    });
}

TEST_F(StatementTest, a_violated_constraint_is_told_apart_and_tells_no_values) {
    script("CREATE TABLE u (name TEXT NOT NULL UNIQUE, t INTEGER REFERENCES t (id), CHECK (name <> ''))");
    const auto insert = [&](std::optional<std::string> name, std::optional<int> t) {
        return failure_of([&] {
            database->write(
                [&](Transaction& tx) { tx.execute("INSERT INTO u (name, t) VALUES ($1, $2)", name, t); });
        });
    };
    script("INSERT INTO u (name) VALUES ('Ada')");
    const Failure unique = insert("Ada", {});
    EXPECT_EQ(unique.kind(), Failure::Kind::constraint);
    const std::string place = on_sqlite() ? "u.name in: INSERT INTO u" : "u u_name_key in: INSERT INTO u";
    EXPECT_NE(std::string(unique.what()).find(place), std::string::npos) << unique.what();
    EXPECT_EQ(std::string(unique.what()).find("Ada"), std::string::npos) << unique.what();
    EXPECT_EQ(insert("Eva", 99).kind(), Failure::Kind::constraint) << "a reference to nothing";
    EXPECT_EQ(insert({}, {}).kind(), Failure::Kind::constraint) << "a null";
    EXPECT_EQ(insert("", {}).kind(), Failure::Kind::constraint) << "a CHECK";
    EXPECT_EQ(number("SELECT COUNT(*) FROM u"), 1);
}

TEST_F(StatementTest, a_wrong_statement_is_named) {
    const Failure failure = failure_of([&] { number("SELECT nothing FROM nowhere"); });
    EXPECT_EQ(failure.kind(), Failure::Kind::statement);
    EXPECT_NE(std::string(failure.what()).find("SELECT nothing FROM nowhere"), std::string::npos);
}

TEST_F(StatementTest, a_reader_cannot_write) {
    failure_of([&] { database->read([](Reader& tx) { tx.query("INSERT INTO t (number) VALUES (1)"); }); });
    EXPECT_EQ(number("SELECT COUNT(*) FROM t"), 0);
}

TEST_F(StatementDeathTest, one_finds_one_row_at_most) {
    script("INSERT INTO t (number) VALUES (1), (2)");
    EXPECT_DEATH(database->read([](Reader& tx) { tx.one("SELECT number FROM t"); }), "one row at most");
}

TEST_F(StatementDeathTest, every_placeholder_has_a_value_and_every_value_a_placeholder) {
    EXPECT_DEATH(database->read([](Reader& tx) { tx.one("SELECT $1, $2", 1); }), "placeholder has its value");
    EXPECT_DEATH(database->read([](Reader& tx) { tx.one("SELECT $1", 1, 2); }), "placeholder has its value");
    EXPECT_DEATH(database->read([](Reader& tx) { tx.one("SELECT $2", 1); }), "value has its placeholder");
}

TEST_F(StatementDeathTest, one_text_is_one_statement) {
    EXPECT_DEATH(database->read([](Reader& tx) { tx.one("SELECT 1; SELECT 2"); }), "one statement");
}

TEST_F(StatementTest, white_space_may_follow_a_statement) { EXPECT_EQ(number("SELECT 1 ;\n  "), 1); }

TEST_F(StatementDeathTest, a_column_is_read_as_what_it_is) {
    const auto read = [&]<class T>(std::string_view sql, T) {
        database->read([&](Reader& tx) { (void)tx.one(sql).value().get<T>(0); });
    };
    EXPECT_DEATH(read("SELECT 'x'", std::int64_t{}), "holds an integer");
    EXPECT_DEATH(read("SELECT NULL", std::int64_t{}), "holds an integer");
    EXPECT_DEATH(read("SELECT 1", std::string()), "holds a text");
    EXPECT_DEATH(read("SELECT 'x'", Blob()), "holds bytes");
    EXPECT_DEATH(read("SELECT 1.5", std::int64_t{}), "no floating-point column");
    EXPECT_DEATH(read("SELECT 2147483648", int{}), "holds a small integer");
}

TEST_F(StatementDeathTest, execute_is_for_statements_without_rows) {
    EXPECT_DEATH(database->write([](Transaction& tx) { tx.execute("SELECT 1"); }), "without rows");
}

RC_GTEST_FIXTURE_PROP(StatementTest, what_is_stored_reads_back, ()) {
    const auto values = *rc::gen::arbitrary<std::vector<std::pair<std::int64_t, Blob>>>();
    database->write([&](Transaction& tx) {
        for (const auto& [drawn, bytes] : values) {
            const auto id = tx.insert("INSERT INTO t (number, bytes) VALUES ($1, $2)", drawn, bytes);
            const Row row = tx.one("SELECT number, bytes FROM t WHERE id = $1", id).value();
            RC_ASSERT(row.get<std::int64_t>(0) == drawn);
            RC_ASSERT(row.get<Blob>(1) == bytes);
        }
    });
}

}  // namespace
}  // namespace fairway::db
