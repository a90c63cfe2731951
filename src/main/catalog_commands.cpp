#include "main/commands.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>

namespace fairway {

void CommandLine::add_products(CLI::App& app) {
    CLI::App* product =
        app.add_subcommand("product", "products of the built-in back end")->require_subcommand(1);
    CLI::App* add = product->add_subcommand("add", "add a product");
    add->add_option("--sku", value("sku"))->required();
    add->add_option("--name", value("product name"))->required();
    add->add_option("--quantity", value("quantity"))->check(CLI::NonNegativeNumber);
    add->add_flag("--disabled", flag("disabled"));
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
        CLI::App* command =
            product->add_subcommand(enable ? "enable" : "disable", "let orders take it, or not");
        command->add_option("sku", value("sku to switch"))->required();
        on(command, [this, enable](Local& local) {
            return done(local.ask("PATCH", "/products/" + part(value("sku to switch")), {},
                                  json::Object{{"enabled", enable}}));
        });
    }
    add_list(*product, "list", "list products", "/products",
             {{"SKU", "sku"},
              {"NAME", "name"},
              {"ENABLED", "enabled"},
              {"QUANTITY", "quantity"},
              {"RESERVED", "reserved"}});
}

void CommandLine::add_listings(CLI::App& app) {
    CLI::App* listing = app.add_subcommand("listing", "what is offered on Amazon")->require_subcommand(1);
    CLI::App* match = listing->add_subcommand("match", "match a seller SKU to a product");
    match->add_option("--store", value("match store"))->required();
    match->add_option("--seller-sku", value("seller sku"))->required();
    match->add_option("--product", value("match product"))->required();
    value("units") = "1";
    match->add_option("--units", value("units"), "product units in one unit on Amazon")
        ->check(CLI::PositiveNumber);
    on(match, [this](Local& local) {
        return done(local.ask("PUT",
                              "/listings/" + part(value("match store")) + "/" + part(value("seller sku")), {},
                              json::Object{{"product_sku", value("match product")},
                                           {"units", integer_or_text(value("units"))}}));
    });
    add_list(*listing, "list", "list listings", "/listings",
             {{"STORE", "store"},
              {"SELLER SKU", "seller_sku"},
              {"PRODUCT", "product_sku"},
              {"UNITS", "units"},
              {"TITLE", "title"}},
             {"store", "state"});
}

void CommandLine::add_catalog_commands(CLI::App& app) {
    add_products(app);
    CLI::App* stock = app.add_subcommand("stock", "stock of the built-in back end")->require_subcommand(1);
    CLI::App* set = stock->add_subcommand("set", "set the quantity on hand");
    set->add_option("sku", value("stock sku"))->required();
    set->add_option("quantity", value("stock quantity"))->required()->check(CLI::NonNegativeNumber);
    set->add_option("--source", value("source"), "stock source");
    on(set, [this](Local& local) {
        json::Object body{{"quantity", integer_or_text(value("stock quantity"))}};
        if (!value("source").empty()) body["source"] = value("source");
        return done(local.ask("PUT", "/stock/" + part(value("stock sku")), {}, body));
    });

    add_listings(app);
}

}  // namespace fairway
