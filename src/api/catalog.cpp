// Products, stock and listings over REST. A changed product or listing makes the orders that wait for it
// dirty; they are planned again within the same transaction's wake.
#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/problem.hpp"
#include "api/render.hpp"

namespace fairway::api {

namespace {

std::unexpected<Error> no_product(const std::string& sku) {
    return no_such("product", sku, "product_missing", "sku");
}

// The product of the path must be there before it can change.
Status require_product(db::Reader& tx, const ProductSku& sku) {
    if (!store::find_product(tx, sku)) return no_product(sku.str());
    return {};
}

template <class Action>
Result<Answer> change_product(Call& call, CommitPoint point, const ProductSku& sku, int status,
                              Action action) {
    return call.write(point, [&](db::Transaction& tx) -> Result<Answer> {
        TRY(action(tx));
        store::write_audit(tx, call.principal.actor, call.request.method + " " + call.request.route,
                           "products/" + sku.str(), call.now);
        return Answer{status, json::encode(render(*store::find_product(tx, sku)))};
    });
}

}  // namespace

Result<Answer> list_products(Call& call) {
    TRY(check_query(call, {"q", "enabled"}));
    const PageRequest page = TRY(read_page(call));
    const store::ProductFilter filter{.q = TRY(read_search(call)).value_or(""),
                                      .enabled = TRY(read_flag(call, "enabled"))};
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        return page_of(
            store::list_products(tx, filter, ProductSku(page.after), page.limit + 1), page.limit,
            [](const store::ProductRecord& record) { return render(record); },
            [](const store::ProductRecord& record) { return record.sku.str(); });
    });
}

Result<Answer> create_product(Call& call) {
    const AddProduct body = TRY(read_body<AddProduct>(call));
    const ProductSku sku(body.sku);
    return change_product(call, "product.create", sku, 201, [&](db::Transaction& tx) {
        return store::insert_product(tx, sku, body.name, body.enabled.value_or(true), body.quantity,
                                     call.now);
    });
}

Result<Answer> get_product(Call& call) {
    const auto product =
        call.db().read([&](db::Reader& tx) { return store::find_product(tx, ProductSku(call.param(0))); });
    if (!product) return no_product(call.param(0));
    return ok(render(*product));
}

Result<Answer> update_product(Call& call) {
    const UpdateProduct body = TRY(read_body<UpdateProduct>(call));
    const ProductSku sku(call.param(0));
    return change_product(call, "product.update", sku, 200, [&](db::Transaction& tx) -> Status {
        TRY(require_product(tx, sku));
        return store::update_product(tx, sku, body.name, body.enabled, call.now);
    });
}

Result<Answer> get_stock(Call& call) {
    const auto product =
        call.db().read([&](db::Reader& tx) { return store::find_product(tx, ProductSku(call.param(0))); });
    if (!product) return no_product(call.param(0));
    return ok(render_stock(*product));
}

Result<Answer> put_stock(Call& call) {
    const SetStock body = TRY(read_body<SetStock>(call));
    const ProductSku sku(call.param(0));
    return call.write("stock.set", [&](db::Transaction& tx) -> Result<Answer> {
        TRY(require_product(tx, sku));
        TRY(store::set_stock(tx, sku, body.source.value_or(std::string(store::kDefaultSource)), body.quantity,
                             call.now));
        store::write_audit(tx, call.principal.actor, call.request.method + " " + call.request.route,
                           "stock/" + sku.str(), call.now);
        return ok(render_stock(*store::find_product(tx, sku)));
    });
}

Result<Answer> list_listings(Call& call) {
    TRY(check_query(call, {"store", "state", "q"}));
    const PageRequest page = TRY(read_page(call));
    store::ListingFilter filter{.q = TRY(read_search(call)).value_or("")};
    if (const std::string* text = call.request.query_value("state")) {
        if (*text == "matched") filter.state = store::ListingState::matched;
        else if (*text == "unmatched") filter.state = store::ListingState::unmatched;
        else return fail(ErrorKind::invalid, "filter_invalid", "state is matched or unmatched", "state");
    }
    // The cursor is "store id:seller SKU".
    StoreId after_store{};
    SellerSku after_sku;
    if (!page.after.empty()) {
        const std::size_t colon = page.after.find(':');
        const auto id = parse_int(std::string_view(page.after).substr(0, colon));
        if (!id || colon == std::string::npos)
            return fail(ErrorKind::invalid, "cursor_invalid", "after is not what a page gave as next",
                        "after");
        after_store = StoreId{*id};
        after_sku = SellerSku(page.after.substr(colon + 1));
    }
    return call.db().read([&](db::Reader& tx) -> Result<Answer> {
        if (const std::string* name = call.request.query_value("store")) {
            const auto record = store::find_store(tx, std::string_view(*name));
            if (!record) return fail(ErrorKind::invalid, "filter_invalid", "there is no such store", "store");
            filter.store = record->id;
        }
        return page_of(
            store::list_listings(tx, filter, after_store, after_sku, page.limit + 1), page.limit,
            [](const store::ListingRecord& record) { return render(record); },
            [](const store::ListingRecord& record) {
                return std::to_string(record.store_id.value) + ":" + record.seller_sku.str();
            });
    });
}

Result<Answer> put_listing(Call& call) {
    const MatchListing body = TRY(read_body<MatchListing>(call));
    std::optional<ProductSku> product;
    if (body.product_sku) product = ProductSku(*body.product_sku);
    return call.write("listing.match", [&](db::Transaction& tx) -> Result<Answer> {
        const auto store = store::find_store(tx, std::string_view(call.param(0)));
        if (!store) return no_such("store", call.param(0), "store_missing", "store");
        const SellerSku sku(call.param(1));
        // The address is right, the value in the body is not: 422, not 404.
        if (product && !store::find_product(tx, *product))
            return fail(ErrorKind::invalid, "product_missing",
                        "there is no product " + quoted(product->str()) + "; create it first", "product_sku");
        TRY(store::match_listing(tx, store->id, sku, product, body.units.value_or(1), call.now));
        store::write_audit(tx, call.principal.actor, call.request.method + " " + call.request.route,
                           "listings/" + store->id.str() + "/" + sku.str(), call.now);
        return ok(render(*store::find_listing(tx, store->id, sku)));
    });
}

}  // namespace fairway::api
