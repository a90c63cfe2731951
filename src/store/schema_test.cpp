// Both engines' migrations make the same schema: same tables, columns, keys, references and indexes. Run with
// PostgreSQL, which is compared with a SQLite file.
#include <gmock/gmock.h>

#include "db/inspect_test.hpp"
#include "store/store_fixture.hpp"
#include "store/users.hpp"

namespace fairway::store {
namespace {

using Facts = std::vector<std::string>;

// Each as "what it is", in SQLite's words for types; sorted.
Facts facts_of(db::Database& database, const std::vector<std::string>& queries) {
    Facts facts = database.read([&](db::Reader& tx) {
        Facts found;
        for (const std::string& query : queries)
            for (std::string& each : db::texts(tx, query, {})) found.push_back(std::move(each));
        return found;
    });
    std::ranges::sort(facts);
    return facts;
}

Facts sqlite_facts(db::Database& database) {
    const std::string tables =
        " FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table'";
    const std::string key =
        "(SELECT group_concat(name, ', ') FROM (SELECT k.name FROM pragma_table_info(t.name) AS k "
        "WHERE k.pk > 0 ORDER BY k.pk))";
    const std::string columns =
        "(SELECT group_concat(part, ', ') FROM (SELECT COALESCE(x.name, 'expression') AS part "
        "FROM pragma_index_info(i.name) AS x ORDER BY x.seqno))";
    const std::string indexes =
        " FROM sqlite_master AS t JOIN pragma_index_list(t.name) AS i WHERE t.type = 'table' AND i.origin = ";
    return facts_of(
        database,
        {"SELECT t.name || '.' || c.name || ' ' || replace(c.type, 'BIGINT', 'INTEGER') || CASE WHEN "
         "c.\"notnull\" = 1 OR c.pk > 0 THEN ' not null' ELSE '' END || CASE WHEN c.dflt_value IS NULL THEN "
         "'' ELSE ' default ' || c.dflt_value END" +
             tables,
         "SELECT DISTINCT t.name || ' primary key (' || " + key + " || ')'" + tables,
         "SELECT t.name || ' unique (' || " + columns + " || ')'" + indexes + "'u'",
         "SELECT t.name || ' index ' || i.name || ' (' || " + columns +
             " || ')' || CASE WHEN i.partial = 1 THEN ' partial' ELSE '' END" + indexes + "'c'",
         "SELECT t.name || '.' || f.\"from\" || ' references ' || f.\"table\" || '.' || f.\"to\" FROM "
         "sqlite_master AS t JOIN pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table'"});
}

Facts postgresql_facts(db::Database& database) {
    const std::string columns =
        "(SELECT string_agg(COALESCE(a.attname::text, 'expression'), ', ' ORDER BY k.position) FROM "
        "unnest(i.indkey) WITH ORDINALITY AS k (attribute, position) LEFT JOIN pg_attribute AS a ON "
        "a.attrelid = t.oid AND a.attnum = k.attribute)";
    const std::string indexes =
        " FROM pg_index AS i JOIN pg_class AS t ON t.oid = i.indrelid JOIN pg_class AS own ON own.oid = "
        "i.indexrelid JOIN pg_namespace AS n ON n.oid = t.relnamespace LEFT JOIN pg_constraint AS u ON "
        "u.conindid = i.indexrelid AND u.contype IN ('p', 'u') WHERE n.nspname = current_schema() AND "
        "u.contype ";
    return facts_of(
        database,
        {"SELECT table_name || '.' || column_name || ' ' || CASE data_type WHEN 'bytea' THEN 'BLOB' WHEN "
         "'text' THEN 'TEXT' WHEN 'bigint' THEN 'INTEGER' ELSE upper(data_type) END || CASE WHEN is_nullable "
         "= 'NO' THEN ' not null' ELSE '' END || CASE WHEN column_default IS NULL THEN '' ELSE ' default ' "
         "|| column_default END FROM information_schema.columns WHERE table_schema = current_schema()",
         "SELECT t.relname || ' primary key (' || " + columns + " || ')'" + indexes + "= 'p'",
         "SELECT t.relname || ' unique (' || " + columns + " || ')'" + indexes + "= 'u'",
         "SELECT t.relname || ' index ' || own.relname || ' (' || " + columns +
             " || ')' || CASE WHEN i.indpred IS NULL THEN '' ELSE ' partial' END" + indexes + "IS NULL",
         "SELECT t.relname || '.' || a.attname || ' references ' || f.relname || '.' || b.attname FROM "
         "pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid JOIN pg_class AS f ON f.oid = "
         "c.confrelid JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = c.conkey[1] JOIN "
         "pg_attribute AS b ON b.attrelid = f.oid AND b.attnum = c.confkey[1] WHERE c.contype = 'f' AND "
         "t.relnamespace = current_schema()::regnamespace"});
}

class SchemaTest : public StoreTest {
protected:
    void SetUp() override {
        if (db->engine() != db::Engine::postgresql) GTEST_SKIP() << "compares PostgreSQL with SQLite";
    }
    std::unique_ptr<db::Database> sqlite =
        must(db::open("sqlite:" + (directory.path() / "other.db").string()));
};

TEST_F(SchemaTest, both_engines_have_the_same) {
    must(db::migrate(*sqlite, migrations_for(db::Engine::sqlite), kNow));
    const Facts ours = sqlite_facts(*sqlite);
    EXPECT_GT(ours.size(), 300U) << "the questions find the schema";
    EXPECT_THAT(postgresql_facts(*db), testing::ElementsAreArray(ours));
}

TEST_F(SchemaTest, texts_compare_byte_by_byte_in_every_column) {
    const auto others = read([](db::Reader& tx) {
        return db::texts(
            tx,
            "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE "
            "table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM "
            "'C' AND table_name <> 'schema_migrations'",
            {});
    });
    EXPECT_EQ(others, Facts{});
}

// Both engines.
TEST(OldDatabases, people_were_seen_when_their_sessions_say) {
    db::Scratch directory;
    const auto database = must(db::open(directory.url("old.db")));
    const std::span<const db::Migration> all = migrations_for(database->engine());
    const auto seen = std::ranges::find(all, 8, &db::Migration::number);
    ASSERT_NE(seen, all.end());
    must(db::migrate(*database, {all.begin(), seen}, kNow));
    database->write([](db::Transaction& tx) {
        for (const char* name : {"anna", "berta", "carla"})
            tx.execute(
                "INSERT INTO users (name, role, buyer_data, preferences, created_at) "
                "VALUES ($1, 'viewer', 0, '{}', $2)",
                name, kNow);
        const auto add = [&](std::optional<UserId> user, UtcTime created, std::optional<UtcTime> used) {
            const crypto::Digest hash = crypto::sha256(format_rfc3339(created));
            tx.execute(
                "INSERT INTO api_tokens (name, role, buyer_data, hash, created_at, user_id, last_used_at) "
                "VALUES ('', 'viewer', 0, $1, $2, $3, $4)",
                std::span<const std::uint8_t>(hash), created, user, used);
        };
        add(UserId{1}, kNow, kNow + hours(2));
        add(UserId{1}, kNow + hours(1), std::nullopt);
        add(UserId{2}, kNow + minutes(1), std::nullopt);
        add(std::nullopt, kNow + minutes(2), kNow + hours(9));
    });
    must(db::migrate(*database, all, kNow));
    const auto seen_at = database->read([](db::Reader& tx) {
        std::vector<std::optional<UtcTime>> times;
        for (const UserRecord& user : list_users(tx)) times.push_back(user.last_seen_at);
        return times;
    });
    EXPECT_THAT(seen_at, testing::ElementsAre(std::optional(kNow + hours(2)),
                                              std::optional(kNow + minutes(1)), std::nullopt));
}

}  // namespace
}  // namespace fairway::store
