#include "shop.hpp"

#include <cstdlib>

#include "fuzz.hpp"
#include "migrations/migrations.hpp"
#include "store/access.hpp"
#include "store/accounts.hpp"
#include "store/orders.hpp"
#include "store/products.hpp"
#include "store/stores.hpp"
#include "sync/quarantine.hpp"
#include "sync/reconcile.hpp"

namespace fairway::fuzz {

namespace {

namespace fs = std::filesystem;

const UtcTime kNow = from_micros(1'795'420'800'000'000);  // 2026-11-23T08:00:00Z
constexpr std::string_view kDatabases[] = {"fairway.db", "keys.db"};

template <class T>
T must(Result<T> result) {
    CHECK(result.has_value(), result.has_value() ? "" : result.error().message.c_str());
    return *std::move(result);
}
void must(const Status& status) {
    CHECK(status.has_value(), status.has_value() ? "" : status.error().message.c_str());
}

crypto::Key master_key() {
    SeededRng rng(1);
    return crypto::Key::random(rng);
}

// Two units at 29.95.
store::IncomingOrder make_order(const std::string& id, const std::string& sku, domain::AmazonStatus status,
                                const std::string& word) {
    const domain::Currency eur = domain::Currency::of("EUR");
    domain::Parts parts = domain::Parts::zero(eur);
    parts.item = {5'990, eur};
    domain::AmazonOrder order{.id = AmazonOrderId(id),
                              .marketplace = MarketplaceId("APJ6JRA9NG5V4"),
                              .status = status,
                              .status_text = word,
                              .purchased_at = kNow,
                              .updated_at = kNow,
                              .total = parts.total(),
                              .recipient_state = domain::DataState::granted};
    order.lines.push_back({.line = 1,
                           .order_item_id = OrderItemId(id + "-1"),
                           .seller_sku = SellerSku(sku),
                           .title = "Kettle",
                           .quantity_ordered = 2,
                           .quantity_unfulfilled = 2,
                           .proceeds = parts,
                           .proceeds_total = parts.total()});
    domain::PersonalData person;
    person.recipient =
        domain::Address{.name = "Nome Cognome", .line1 = "Via Prova 1", .city = "Torino", .country = "IT"};
    return {order, Pii(person), Pii(std::string("{}")), crypto::sha256(id)};
}

}  // namespace

void WatchedDatabase::do_read(const std::function<void(db::Reader&)>& function) {
    inner_->read([&](db::Reader& tx) { function(tx); });
}

void WatchedDatabase::do_write(const std::function<bool(db::Transaction&)>& function) {
    const Status done = inner_->write([&](db::Transaction& tx) -> Status {
        if (function(tx)) return {};
        return fail(ErrorKind::internal, "rolled_back", "asked for");
    });
    written_ = written_ || done.has_value();
}

// Everything that an input can change.
struct Shop::Running {
    Running(const Shop& shop, const Clock& clock, const Amazon& says)
        : database(must(db::open("sqlite:" + (shop.folder_ / kDatabases[0]).string()))),
          vault(master_key(),
                must(store::open_key_store("sqlite:" + (shop.folder_ / kDatabases[1]).string(), kNow)), rng),
          http([&says](const net::ClientRequest&, const net::Request& request) { return says(request); }),
          quotas(database),
          quarantine(database, vault),
          amazon(http, clock, quotas, quarantine, Logger::none()),
          context{database, vault, amazon, builtin, clock, Logger::none()},
          api({.sync = context,
               .ask_for_tick = [](SyncRunId, std::optional<StoreId>) {},
               .public_url = "http://127.0.0.1:8400",
               .rng = rng}) {}

    SeededRng rng{7};
    WatchedDatabase database;
    store::Vault vault;
    net::MemoryClient http;
    sync::StoredQuotaLedger quotas;
    sync::StoredQuarantine quarantine;
    amazon::Client amazon;
    commerce::Builtin builtin{};
    sync::Context context;
    api::Api api;
};

Shop::Shop() : clock_(kNow) {
    // In memory where there is such a folder: the databases wait for the disk at each commit.
    const fs::path memory("/dev/shm");
    std::string pattern =
        ((fs::is_directory(memory) ? memory : fs::temp_directory_path()) / "fairway_fuzz_XXXXXX").string();
    CHECK(mkdtemp(pattern.data()) != nullptr, "a target can make a directory");
    folder_ = pattern;
    running_ = std::make_unique<Running>(*this, clock_, amazon_);
    furnish();
    running_.reset();  // writes all that is in the log into the files
    for (const std::string_view name : kDatabases) copy(std::string(name), std::string(name) + ".made");
}

Shop::~Shop() {
    running_.reset();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void Shop::copy(const std::string& from, const std::string& to) const {
    for (const char* log : {"-wal", "-shm"}) fs::remove(folder_ / (to + log));
    fs::copy_file(folder_ / from, folder_ / to, fs::copy_options::overwrite_existing);
}

void Shop::furnish() {
    Running& run = *running_;
    must(db::migrate(run.database, migrations_for(run.database.engine()), kNow));
    const auto write = [&](auto&& function) { return must(run.database.write(function)); };
    token_ = write([&](db::Transaction& tx) {
        return store::add_token(
            tx, run.rng, {.name = "fuzz", .role = store::Role::administrator, .buyer_data = true}, kNow);
    });
    const AccountId account = write([&](db::Transaction& tx) {
        return store::insert_account(
            tx, run.vault,
            {.name = "Main",
             .seller_id = SellerId("A1SELLER"),
             .client_id = "client",
             .spapi_url = "https://spapi.test",
             .lwa_url = "https://lwa.test",
             .created_at = kNow},
            {.client_secret = Pii<std::string>("secret"), .refresh_token = Pii<std::string>("refresh")});
    });
    const auto add_store = [&](const std::string& name, const std::string& marketplace) {
        return write([&](db::Transaction& tx) {
            return store::insert_store(
                tx, {.account_id = account, .marketplace = MarketplaceId(marketplace), .name = name}, kNow);
        });
    };
    const StoreId italy = add_store("Amazon.it", "APJ6JRA9NG5V4");
    const StoreId germany = add_store("Amazon.de", "A1PA6795UKMFR9");
    run.database.write([&](db::Transaction& tx) {
        store::set_store_active(tx, germany, false);
        must(store::insert_product(tx, ProductSku("SKU-1"), "Kettle", true, 100, kNow));
        must(store::insert_product(tx, ProductSku("A/B 2%"), "Cup", false, std::nullopt, kNow));
    });
    const auto add_order = [&](const std::string& id, const store::IncomingOrder& order) {
        const auto keys = run.vault.create_keys(1, kNow);
        run.database.write([&](db::Transaction& tx) {
            store::upsert_order(tx, run.vault, {domain::Region::eu, SellerId("A1SELLER"), AmazonOrderId(id)},
                                account, italy, order, keys.front(), kNow);
        });
    };
    using domain::AmazonStatus;
    const std::string ids[] = {"402-0000001-0000001", "402-0000002-0000002", "402-0000003-0000003"};
    add_order(ids[0], make_order(ids[0], "SKU-1", AmazonStatus::unshipped, "UNSHIPPED"));
    add_order(ids[1], make_order(ids[1], "NOBODY-KNOWS", AmazonStatus::unshipped, "UNSHIPPED"));
    add_order(ids[2], make_order(ids[2], "SKU-1", AmazonStatus::pending, "PENDING"));
    sync::reconcile(run.context, std::nullopt);
    net::Request ship{.method = "POST",
                      .path = "/api/v1/commerce-orders/co_1/shipments",
                      .body = R"({"packages":[{"carrier":"DHL","service":"","tracking":"JD01",)"
                              R"("shipped_at":"2026-11-23T08:00:00Z","items":[{"line":1,"quantity":1}]}]})"};
    ship.headers.add("Authorization", "Bearer " + token_);
    CHECK(run.api.handle(std::move(ship)).status == 201, "the first order is there and can be shipped");
}

void Shop::reset(Amazon amazon) {
    amazon_ = std::move(amazon);
    clock_.set(kNow);
    if (running_ && !running_->database.was_written()) return;
    running_.reset();
    for (const std::string_view name : kDatabases) copy(std::string(name) + ".made", std::string(name));
    running_ = std::make_unique<Running>(*this, clock_, amazon_);
}

api::Api& Shop::api() { return running_->api; }
sync::Context& Shop::context() { return running_->context; }
db::Database& Shop::db() { return running_->database; }

}  // namespace fairway::fuzz
