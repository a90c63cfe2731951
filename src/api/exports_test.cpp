// Lists as files: page by page through the list's own handler, with its rights and its trace in the audit.
#include "api/api_fixture.hpp"

namespace fairway::api {
namespace {

class ExportsTest : public ApiTest {
protected:
    net::Response begin(const std::string& target, const std::string& token = "seer") {
        net::Request request{.method = "GET", .path = {}};
        EXPECT_TRUE(net::set_target(request, "/api/v1/exports/" + target).has_value());
        request.headers.set("Authorization", "Bearer " + tokens.at(token));
        return api.handle(std::move(request));
    }
    static std::string code_of(const net::Response& response) {
        return std::string(must(json::parse(response.body)).at("code").as_string());
    }
    static std::string rest_of(net::Response& response) {
        std::string text;
        for (int pieces = 0; pieces < 1'000; ++pieces) {
            const auto piece = response.stream->next();
            if (!piece) return text;
            EXPECT_FALSE(piece->empty()) << "a file is never silent";
            text += *piece;
        }
        ADD_FAILURE() << "the file does not end";
        return text;
    }
    std::string file(const std::string& target, const std::string& token = "seer") {
        net::Response response = begin(target, token);
        EXPECT_EQ(response.status, 200) << response.body;
        return response.stream ? rest_of(response) : "";
    }
    static std::size_t lines(const std::string& text) {
        return static_cast<std::size_t>(std::ranges::count(text, '\n'));
    }
    Asked exports(const std::string& token = "seer") {
        return ask(With{.token = token}, "GET", "/api/v1/exports");
    }
    void add_products(int count) {
        write([&](db::Transaction& tx) {
            for (int i = 0; i < count; ++i)
                tx.queue(
                    "INSERT INTO products (sku, name, enabled, created_at, updated_at) "
                    "VALUES ($1, 'Mug', 1, 0, 0)",
                    "P-" + std::to_string(1'000 + i));
        });
    }
    std::size_t audited(const std::string& action) {
        return get("/api/v1/audit?limit=200&action=" + action).count();
    }
    static std::string id(int number) { return "402-0000000-000000" + std::to_string(number); }
};

TEST_F(ExportsTest, a_list_longer_than_a_page_is_one_file) {
    add_products(450);
    net::Response response = begin("products?q=mug");
    ASSERT_EQ(response.status, 200);
    EXPECT_EQ(*response.headers.find("Content-Disposition"),
              "attachment; filename=\"products-2026-11-23.csv\"");
    EXPECT_TRUE(response.stream->has_end());
    const std::string text = rest_of(response);
    EXPECT_TRUE(
        text.starts_with("sku,name,enabled,quantity,reserved,salable,created_at,updated_at\r\n"
                         "P-1000,Mug,true,0,0,0,1970-01-01T00:00:00.000Z,"))
        << text.substr(0, 200);
    EXPECT_EQ(lines(text), 451U);
    EXPECT_NE(text.find("\r\nP-1449,"), std::string::npos);
}

TEST_F(ExportsTest, every_list_can_be_exported_and_its_columns_are_members_of_its_items) {
    import(id(1));
    ask("POST", "/api/v1/commerce-orders/co_1/shipments",
        R"({"packages":[{"carrier":"DHL","tracking":"1"}]})");
    ask("POST", "/api/v1/sync-runs");
    const OrderId order = order_of(id(1)).id;
    const auto key = vault.create_keys(1, kNow).front();
    calls.failed(account, {.operation = "getOrder", .error = {ErrorKind::timeout, "timeout", "slow"}}, kNow);
    write([&](db::Transaction& tx) {
        store::open_attention(tx, order, {"cancelled_in_shop", "units 1:1", {}}, kNow);
        store::keep_aside(tx, vault, account, AmazonOrderId("402-1"), {ErrorKind::corrupt, "odd", "odd"},
                          Pii<std::string>("{}"), key, kNow);
    });
    const auto path =
        std::ranges::find(contract().operations(), "/api/v1/exports/{list}", &Operation::pattern);
    const json::Value& names = path->facts->at("parameters").at(0).at("schema").at("enum");
    for (const json::Value& name : names.as_array()) {
        const ExportedList* list = find_exported_list(name.as_string());
        ASSERT_NE(list, nullptr) << name;
        EXPECT_GE(lines(file(std::string(name.as_string()))), 2U) << name;
        // A column whose path leads nowhere would be empty for ever.
        const auto schema = contract()
                                .find_operation("GET", "/api/v1/" + std::string(name.as_string()))
                                ->facts->at("responses")
                                .at("200")
                                .at("content")
                                .at("application/json")
                                .at("schema")
                                .at("properties")
                                .at("items")
                                .at("items");
        for (const Column& column : list->columns) {
            const json::Value* at = &contract().resolve(schema);
            for (std::string_view part : split(column.path, '.')) {
                if (part.ends_with("[]")) part.remove_suffix(2);
                const json::Object& facts = at->as_object();
                const json::Value* of =
                    facts.contains("oneOf") ? &contract().resolve(facts.at("oneOf").at(0)) : at;
                const json::Value* next = of->at("properties").as_object().if_contains(part);
                ASSERT_NE(next, nullptr) << name << " " << column.path;
                at = &contract().resolve(*next);
                if (const json::Value* items = at->as_object().if_contains("items"))
                    at = &contract().resolve(*items);
            }
        }
    }
}

TEST_F(ExportsTest, the_filters_are_those_of_the_list_and_so_are_its_refusals) {
    import(id(1));
    mirror(make_order(id(2), "GHOST"));
    EXPECT_EQ(lines(file("amazon-orders?import_state=blocked")), 2U);
    EXPECT_EQ(code_of(begin("amazon-orders?nonsense=1")), "filter_unknown");
    EXPECT_EQ(code_of(begin("amazon-orders?limit=5")), "filter_unknown");
    EXPECT_EQ(code_of(begin("amazon-orders?buyer=rossi", "viewer")), "buyer_data_needed");
    EXPECT_EQ(code_of(begin("nothing")), "list_unknown");
    EXPECT_EQ(code_of(begin("audit", "operator")), "role_too_low");
    EXPECT_EQ(exports("operator").count(), 0U) << "what was refused is no export";
}

TEST_F(ExportsTest, personal_data_is_there_for_those_who_may_see_it_and_each_view_is_recorded) {
    import(id(1));
    import(id(2));
    EXPECT_NE(file("amazon-orders").find("Ada Rossi"), std::string::npos);
    EXPECT_EQ(audited("view_personal_data"), 2U);
    EXPECT_EQ(audited("export"), 1U);
    EXPECT_EQ(file("amazon-orders?personal_data=false").find("Rossi"), std::string::npos);
    EXPECT_EQ(file("amazon-orders", "viewer").find("Rossi"), std::string::npos);
    EXPECT_EQ(audited("view_personal_data"), 2U);
    EXPECT_EQ(audited("export"), 3U);
    EXPECT_EQ(get("/api/v1/audit?action=export").text("items[0].object"), "amazon-orders");
}

TEST_F(ExportsTest, progress_is_shown_to_its_owner_while_it_runs_and_after) {
    add_products(250);
    import(id(1));
    net::Response response = begin("products");
    EXPECT_EQ(exports().text("items[0].state"), "running");
    EXPECT_EQ(exports().number("items[0].rows"), 0);
    response.stream->next();
    EXPECT_EQ(exports().number("items[0].rows"), 200);
    rest_of(response);
    const Asked done = exports();
    EXPECT_EQ(done.text("items[0].id"), "ex_1");
    EXPECT_EQ(done.text("items[0].list"), "products");
    EXPECT_EQ(done.text("items[0].state"), "done");
    EXPECT_EQ(done.number("items[0].rows"), 251);
    EXPECT_EQ(done.text("items[0].total"), "null");
    file("amazon-orders");
    EXPECT_EQ(exports().number("items[0].total"), 1);
    EXPECT_EQ(exports("viewer").count(), 0U);
    clock.advance(hours(2));
    EXPECT_EQ(exports().count(), 0U);
}

TEST_F(ExportsTest, a_client_that_leaves_stops_its_export) {
    add_products(250);
    {
        net::Response response = begin("products");
        response.stream->next();
    }
    EXPECT_EQ(exports().text("items[0].state"), "stopped");
}

TEST_F(ExportsTest, who_is_signed_out_meanwhile_gets_no_more) {
    add_products(250);
    net::Response response = begin("products", "viewer");
    response.stream->next();
    write([](db::Transaction& tx) { return store::revoke_token(tx, TokenId{1}, kNow); });
    EXPECT_THROW(response.stream->next(), std::runtime_error);
}

TEST_F(ExportsTest, a_file_that_cannot_be_finished_is_broken_off_and_not_ended) {
    import(id(1));
    add_products(250);
    net::Response response = begin("products");
    response.stream->next();
    mortal.refuse_reading();
    EXPECT_THROW(response.stream->next(), std::runtime_error);
}

TEST_F(ExportsTest, four_at_once_are_enough) {
    add_products(250);
    std::vector<net::Response> running;
    for (int i = 0; i < 4; ++i) running.push_back(begin("products"));
    EXPECT_EQ(code_of(begin("products")), "too_many_exports");
    EXPECT_EQ(begin("products", "viewer").status, 200) << "somebody else's are others";
    running.pop_back();
    EXPECT_EQ(begin("products").status, 200);
}

}  // namespace
}  // namespace fairway::api
