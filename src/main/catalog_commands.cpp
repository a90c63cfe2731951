#include "main/commands.hpp"

#include <cstdio>

namespace fairway {

void CommandLine::add_products(Command app) {
    Command product = app.add_family("product", "products of the built-in back end");
    Command add = product.add("add", "add a product");
    add.option("--sku", value("sku")).required();
    add.option("--name", value("product name")).required();
    add.option("--quantity", value("quantity")).range(0);
    add.flag("--disabled", flag("disabled"));
    on(add, [this](Local& local) {
        json::Object body{
            {"sku", value("sku")}, {"name", value("product name")}, {"enabled", !flag("disabled")}};
        if (!value("quantity").empty()) body["quantity"] = integer_or_text(value("quantity"));
        const auto answer = local.ask("POST", "/products", {}, body);
        if (!answer) return print_error(answer.error());
        std::printf("%s\n", answer->at("sku").as_string().c_str());
        return 0;
    });
    for (const bool enable : {true, false}) {
        Command command = product.add(enable ? "enable" : "disable", "let orders take it, or not");
        command.option("sku", value("sku to switch")).required();
        on(command, [this, enable](Local& local) {
            return done(local.ask("PATCH", "/products/" + part(value("sku to switch")), {},
                                  json::Object{{"enabled", enable}}));
        });
    }
    add_list(product, "list", "list products", "/products",
             {{"SKU", "sku"},
              {"NAME", "name"},
              {"ENABLED", "enabled"},
              {"QUANTITY", "quantity"},
              {"RESERVED", "reserved"}});
}

void CommandLine::add_listings(Command app) {
    Command listing = app.add_family("listing", "what is offered on Amazon");
    Command match = listing.add("match", "match a seller SKU to a product");
    match.option("--store", value("match store")).required();
    match.option("--seller-sku", value("seller sku")).required();
    match.option("--product", value("match product")).required();
    value("units") = "1";
    match.option("--units", value("units"), "product units in one unit on Amazon").range(1);
    on(match, [this](Local& local) {
        return done(local.ask("PUT",
                              "/listings/" + part(value("match store")) + "/" + part(value("seller sku")), {},
                              json::Object{{"product_sku", value("match product")},
                                           {"units", integer_or_text(value("units"))}}));
    });
    add_list(listing, "list", "list listings", "/listings",
             {{"STORE", "store"},
              {"SELLER SKU", "seller_sku"},
              {"PRODUCT", "product_sku"},
              {"UNITS", "units"},
              {"TITLE", "title"}},
             {"store", "state"});
}

void CommandLine::add_catalog_commands(Command app) {
    add_products(app);
    Command stock = app.add_family("stock", "stock of the built-in back end");
    Command set = stock.add("set", "set the quantity on hand");
    set.option("sku", value("stock sku")).required();
    set.option("quantity", value("stock quantity")).required().range(0);
    set.option("--source", value("source"), "stock source");
    on(set, [this](Local& local) {
        json::Object body{{"quantity", integer_or_text(value("stock quantity"))}};
        if (!value("source").empty()) body["source"] = value("source");
        return done(local.ask("PUT", "/stock/" + part(value("stock sku")), {}, body));
    });

    add_listings(app);
}

}  // namespace fairway
