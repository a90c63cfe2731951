// Held against a plain look at every order: whichever of its ways the search takes, the pages are the same.
#include "store/order_search.hpp"

#include <algorithm>
#include <random>

#include "store/commerce_orders.hpp"
#include "store/name_index.hpp"
#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

using domain::AmazonStatus;
using domain::ImportState;

constexpr int kOrders = 90;

struct Sample {
    OrderId id{};
    StoreId store{};
    AmazonStatus status{};
    ImportState state{};
    domain::FulfilledBy fulfilled_by{};
    UtcTime purchased_at{};
    std::array<std::int64_t, 4> sort_values{};  // in the order of OrderSort
    std::int64_t total_minor = 0;
    std::string currency{};
    std::string amazon_id{};
    std::string sku{};
    std::string number{};
    std::string name{};
};

class OrderSearchTest : public StoreTest {
protected:
    void SetUp() override {
        const StoreId other = add_store("Amazon.fr", "A13V1IB3VIYZZH");
        for (int i = 0; i < kOrders; ++i) samples_.push_back(add(i, i % 4 == 0 ? other : store));
    }

    Sample add(int i, StoreId into) {
        constexpr std::array kStatuses{AmazonStatus::shipped, AmazonStatus::shipped, AmazonStatus::canceled,
                                       AmazonStatus::unshipped};
        constexpr std::array kStates{ImportState::completed, ImportState::view_only, ImportState::cancelled};
        constexpr std::array kNames{"Anna Bruni", "Carlo Bruni", "Anna Verdi"};
        Sample sample{
            .store = into,
            .status = kStatuses[pick(kStatuses.size())],
            .state = kStates[pick(kStates.size())],
            .fulfilled_by = pick(5) == 0 ? domain::FulfilledBy::amazon : domain::FulfilledBy::merchant,
            .purchased_at = kNow + minutes(number(40)),
            .total_minor = 1'000 + number(9) * 500,
            .currency = pick(6) == 0 ? "JPY" : "EUR",
            .amazon_id = "402-" + std::to_string(100 + i),
            .sku = "SKU-" + std::to_string(pick(3)),
            .number = std::to_string(1'000'000'00 + i),
            .name = kNames[pick(kNames.size())]};
        domain::AmazonOrder order = make_order(sample.amazon_id, sample.sku);
        order.status = sample.status;
        order.fulfilled_by = sample.fulfilled_by;
        order.purchased_at = sample.purchased_at;
        order.updated_at = kNow + minutes(number(40));
        if (pick(4) != 0) order.ship_by = kNow + hours(number(9));
        order.total = domain::Money{sample.total_minor, domain::Currency::of(sample.currency)};
        domain::PersonalData person = make_person();
        person.recipient->name = sample.name;
        person.buyer->name = sample.name;
        const UtcTime changed_at = kNow + minutes(number(40));
        upsert_into(into, incoming(order, sample.amazon_id, person), changed_at);
        sample.id = order_of(sample.amazon_id).id;
        sample.sort_values = {to_micros(order.purchased_at), to_micros(order.updated_at),
                              to_micros(changed_at), order.ship_by ? to_micros(*order.ship_by) : kNoShipBy};
        finish(sample);
        return sample;
    }

    void finish(const Sample& sample) {
        const domain::Currency eur = domain::Currency::of("EUR");
        write([&](db::Transaction& tx) {
            tx.queue("UPDATE amazon_orders SET import_state = $1, status = $2 WHERE id = $3",
                     domain::to_text(sample.state), domain::to_text(sample.status), sample.id);
            insert_commerce_order(tx,
                                  {.number = sample.number,
                                   .store_id = sample.store,
                                   .order_id = sample.id,
                                   .currency = eur,
                                   .other = domain::zero(eur)},
                                  kNow);
        });
    }

    std::size_t pick(std::size_t choices) { return random_() % choices; }
    int number(int below) { return static_cast<int>(pick(static_cast<std::size_t>(below))); }
    bool coin(std::size_t one_in) { return pick(one_in) == 0; }

    OrderFilter any_filter() {
        OrderFilter filter;
        if (coin(4)) filter.store = samples_[pick(samples_.size())].store;
        if (coin(3)) filter.status = {AmazonStatus::canceled};
        else if (coin(4)) filter.status = {AmazonStatus::unshipped, AmazonStatus::shipped};
        if (coin(3)) filter.import_state = {samples_[pick(samples_.size())].state};
        if (coin(5)) filter.fulfilled_by = domain::FulfilledBy::amazon;
        if (coin(4)) filter.q = std::array{"402-1", "402-17", "SKU-1", "SKU", "10000001", "nothing"}[pick(6)];
        if (coin(5)) names_ = std::array{"anna", "bruni", "anna bruni", "nobody"}[pick(4)];
        else names_.clear();
        filter.buyer_words = blind_words(vault, names_);
        if (coin(4)) filter.purchased_from = kNow + minutes(number(40));
        if (coin(4)) filter.purchased_to = kNow + minutes(number(40));
        if (coin(4)) filter.total_min = std::array{"15", "20.00", "45.01", "2500"}[pick(4)];
        if (coin(4)) filter.total_max = std::array{"15", "20.00", "44.99", "2500"}[pick(4)];
        filter.sort = static_cast<OrderSort>(pick(4));
        filter.direction = coin(2) ? Direction::ascending : Direction::descending;
        return filter;
    }

    bool fits(const Sample& sample, const OrderFilter& filter) const {
        const auto has = [](const auto& wanted, auto value) {
            return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
        };
        const double total =
            static_cast<double>(sample.total_minor) / (sample.currency == "JPY" ? 1.0 : 100.0);
        const auto within = [&](std::string_view word) {
            const std::string lower = sample.name == "Anna Bruni"    ? "anna bruni"
                                      : sample.name == "Carlo Bruni" ? "carlo bruni"
                                                                     : "anna verdi";
            return lower.find(word) != std::string::npos;
        };
        return (!filter.store || *filter.store == sample.store) && has(filter.status, sample.status) &&
               has(filter.import_state, sample.state) &&
               (!filter.fulfilled_by || *filter.fulfilled_by == sample.fulfilled_by) &&
               (!filter.q || sample.amazon_id.starts_with(*filter.q) || sample.sku.starts_with(*filter.q) ||
                sample.number.starts_with(*filter.q)) &&
               (names_.empty() || within(names_)) &&
               (!filter.purchased_from || sample.purchased_at >= *filter.purchased_from) &&
               (!filter.purchased_to || sample.purchased_at < *filter.purchased_to) &&
               (!filter.total_min || total >= std::stod(*filter.total_min)) &&
               (!filter.total_max || total <= std::stod(*filter.total_max));
    }

    std::vector<OrderId> expected(const OrderFilter& filter) const {
        std::vector<std::pair<std::int64_t, OrderId>> rows;
        for (const Sample& sample : samples_)
            if (fits(sample, filter))
                rows.emplace_back(sample.sort_values.at(static_cast<std::size_t>(filter.sort)), sample.id);
        std::ranges::sort(rows);
        if (filter.direction == Direction::descending) std::ranges::reverse(rows);
        std::vector<OrderId> ids;
        for (const auto& [value, id] : rows) ids.push_back(id);
        return ids;
    }

    std::vector<OrderId> all_pages(const OrderFilter& filter, int limit, const SearchBounds& bounds) {
        std::vector<OrderId> ids;
        std::optional<OrderCursor> after;
        for (int page = 0; page <= kOrders; ++page) {
            const auto found =
                read([&](db::Reader& tx) { return find_orders(tx, filter, after, limit, bounds); });
            EXPECT_LE(std::ssize(found), limit);
            if (found.empty()) return ids;
            ids.insert(ids.end(), found.begin(), found.end());
            const auto last = std::ranges::find(samples_, found.back(), &Sample::id);
            after = OrderCursor{last->sort_values.at(static_cast<std::size_t>(filter.sort)), last->id};
        }
        ADD_FAILURE() << "the pages do not end";
        return ids;
    }

    std::mt19937_64 random_{7};
    std::vector<Sample> samples_{};
    std::string names_{};
};

TEST_F(OrderSearchTest, every_way_finds_the_same_orders_in_the_same_sequence) {
    constexpr SearchBounds kWays[] = {
        {},                                                      // few enough to be read whole
        {.few = 0, .walked = 1'000, .many = 90},                 // always walked to the end
        {.few = 0, .walked = 9, .many = 90},                     // walked in vain, then collected
        {.few = 0, .walked = 9, .many = 1},                      // and nothing known of what is rare
        {.few = 0, .walked = 2, .walked_most = 40, .many = 90},  // further and further
        {.few = 0, .walked = 2, .walked_most = 1'000, .many = 1'000},
        {.few = 12, .walked = 20, .many = 90},
    };
    for (int round = 0; round < 150; ++round) {
        const OrderFilter filter = any_filter();
        const std::vector<OrderId> wanted = expected(filter);
        const SearchBounds& bounds = kWays[pick(std::size(kWays))];
        SCOPED_TRACE(round);
        ASSERT_EQ(all_pages(filter, coin(2) ? 4 : 7, bounds), wanted);
    }
}

}  // namespace
}  // namespace fairway::store
