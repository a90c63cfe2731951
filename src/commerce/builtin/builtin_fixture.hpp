#pragma once
// For the tests of the built-in back end: products with stock, orders made by the intent that the plan would
// give, and a look at everything that is written.
#include <string>
#include <vector>

#include "commerce/builtin/builtin.hpp"
#include "db/inspect_test.hpp"
#include "store/products.hpp"
#include "store/store_fixture.hpp"

namespace fairway::commerce {

using store::kNow;
using store::must;

inline const domain::Currency kEur = domain::Currency::of("EUR");
inline domain::Money eur(std::int64_t minor) { return {minor, kEur}; }

class BuiltinTest : public store::StoreTest {
protected:
    static domain::OrderLine make_line(int number, std::int64_t quantity, const domain::Parts& parts) {
        return {.line = number,
                .order_item_id = OrderItemId("item-" + std::to_string(number)),
                .seller_sku = SellerSku("SKU-" + std::to_string(number)),
                .title = "Kettle",
                .quantity_ordered = quantity,
                .quantity_unfulfilled = quantity,
                .proceeds = parts,
                .proceeds_total = parts.total()};
    }
    // Lines of so many units at 10.00 and 1.00 shipping each.
    static domain::AmazonOrder make_lines(const std::string& id,
                                          const std::vector<std::int64_t>& quantities) {
        domain::AmazonOrder order = make_order(id);
        order.lines.clear();
        order.total = eur(0);
        for (const std::int64_t quantity : quantities) {
            domain::Parts parts = domain::Parts::zero(kEur);
            parts.item = eur(1000 * quantity);
            parts.shipping = eur(100 * quantity);
            order.lines.push_back(make_line(static_cast<int>(order.lines.size()) + 1, quantity, parts));
            order.total = *order.total + parts.total();
        }
        return order;
    }

    void add_product(const std::string& sku, std::int64_t quantity) {
        must_be_done(write([&](db::Transaction& tx) {
            return store::insert_product(tx, ProductSku(sku), "Kettle", true, quantity, kNow);
        }));
    }
    void set_stock(const std::string& sku, const std::string& source, std::int64_t quantity) {
        must_be_done(write([&](db::Transaction& tx) {
            return store::set_stock(tx, ProductSku(sku), source, quantity, kNow);
        }));
    }
    static void must_be_done(const Status& status) {
        CHECK(status.has_value(), status ? "" : status.error().message.c_str());
    }
    // "default=3 north=2"
    std::string stock_of(const std::string& sku) {
        const auto product =
            must(read([&](db::Reader& tx) { return store::find_product(tx, ProductSku(sku)); }));
        std::string text;
        for (const store::StockSource& each : product.stock)
            text += (text.empty() ? "" : " ") + each.source + "=" + std::to_string(each.quantity);
        return text;
    }

    // What the plan asks for an order of products that have the seller SKUs' names.
    static domain::CreateOrder creation_of(const domain::AmazonOrder& order, std::int64_t units = 1) {
        domain::CreateOrder create{.cause = "create"};
        for (const domain::OrderLine& line : order.lines)
            create.lines.push_back({.line = line.line,
                                    .product_sku = ProductSku(line.seller_sku.str()),
                                    .units = units,
                                    .quantity = line.quantity_ordered,
                                    .stock_to_take = line.quantity_ordered * units});
        return create;
    }
    Applied apply(const domain::AmazonOrder& order, const Intent& intent, UtcTime now = kNow) {
        return must(write([&](db::Transaction& tx) -> Result<Applied> {
            const auto record = store::find_order(tx, order.id);
            return builtin.apply(tx, *record, intent, now);
        }));
    }
    // As the reconciliation does it: nothing stays of an intent whose facts moved.
    bool try_create(const domain::AmazonOrder& order, const domain::CreateOrder& create) {
        return write([&](db::Transaction& tx) -> Status {
                   const auto applied = builtin.apply(tx, *store::find_order(tx, order.id), create, kNow);
                   if (applied && *applied == Applied::done) return {};
                   return fail(ErrorKind::conflict, "facts_moved", "plan again");
               })
            .has_value();
    }
    CommerceOrderId create(const domain::AmazonOrder& order, const domain::CreateOrder& create) {
        clean_order(order);
        CHECK(apply(order, create) == Applied::done, "the test's products have enough stock");
        return commerce_of(order);
    }
    CommerceOrderId create(const domain::AmazonOrder& order) { return create(order, creation_of(order)); }
    // An order whose products are there, with ten pieces each.
    CommerceOrderId create_with_stock(const std::vector<std::int64_t>& quantities) {
        for (std::size_t i = 1; i <= quantities.size(); ++i) add_product("SKU-" + std::to_string(i), 10);
        return create(make_lines("402-1", quantities));
    }
    CommerceOrderId commerce_of(const domain::AmazonOrder& order) {
        return must(read([&](db::Reader& tx) {
                   return store::find_commerce_order_of(tx, store::find_order(tx, order.id)->id);
               }))
            .id;
    }
    store::CommerceOrderRecord get(CommerceOrderId id) {
        return must(read([&](db::Reader& tx) { return store::find_commerce_order(tx, id); }));
    }

    // action(tx, order) -> Result; committed whatever it returns, so that what a refused one wrote is seen.
    template <class Action>
    auto act(CommerceOrderId id, Action action) {
        return write([&](db::Transaction& tx) {
                   return std::optional(action(tx, *store::find_commerce_order(tx, id)));
               })
            .value();
    }
    Result<ShipmentId> ship_now(CommerceOrderId id, const ShipRequest& request, UtcTime now = kNow) {
        return act(id, [&](db::Transaction& tx, const store::CommerceOrderRecord& order) {
            return ship(tx, order, request, domain::Origin::operator_, now);
        });
    }
    Result<CreditMemoId> credit_now(CommerceOrderId id, const CreditRequest& request) {
        return act(id, [&](db::Transaction& tx, const store::CommerceOrderRecord& order) {
            return credit(tx, order, request, domain::Origin::operator_, kNow);
        });
    }
    Status hold_now(CommerceOrderId id) {
        return act(id, [](db::Transaction& tx, const store::CommerceOrderRecord& order) {
            return hold(tx, order, domain::Origin::operator_, kNow);
        });
    }
    Status cancel_now(CommerceOrderId id) {
        return act(id, [](db::Transaction& tx, const store::CommerceOrderRecord& order) {
            return cancel(tx, order, domain::Origin::operator_, kNow);
        });
    }
    static ShipPackage package(const std::string& tracking, const std::vector<ShipItem>& items = {}) {
        return {.carrier = "DHL", .tracking = tracking, .items = items};
    }

    // Every row of every table.
    std::string dump() {
        return read([](db::Reader& tx) {
            std::string text;
            for (const std::string& name : db::table_names(tx)) {
                std::string columns;
                for (const std::string& column : db::column_names(tx, name))
                    columns += (columns.empty() ? "" : " || '|' || ") + db::quoted(column);
                for (const db::Row& row : tx.query("SELECT " + columns + " FROM " + name + " ORDER BY 1"))
                    text += name + ": " + row.get<std::string>(0) + "\n";
            }
            return text;
        });
    }
    // The code of a refusal, or what it wrote although it refused.
    template <class Function>
    std::string refusal(Function function) {
        const std::string before = dump();
        const auto result = function();
        if (result.has_value()) return "accepted";
        if (dump() != before) return "refused as " + result.error().code + ", and something was written";
        const std::string kind = result.error().kind == ErrorKind::conflict  ? "conflict "
                                 : result.error().kind == ErrorKind::invalid ? "invalid "
                                                                             : "other ";
        return kind + result.error().code;
    }

    Builtin builtin{};
};

}  // namespace fairway::commerce
