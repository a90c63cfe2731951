#include "domain/texts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "base/fault_point.hpp"

namespace fairway::domain {
namespace {

// The {parameters} of a text, as they stand in it.
std::set<std::string> parameters(const std::string& text) {
    std::set<std::string> names;
    const std::regex name("\\{([a-z_]+)\\}");
    for (std::sregex_iterator at(text.begin(), text.end(), name), end; at != end; ++at)
        names.insert((*at)[1]);
    return names;
}

// The text itself: each parameter is replaced by its own name in braces.
std::string pattern(std::string_view code, Language language) {
    TextParams params;
    for (const char* name : {"account", "amazon_order_id", "amazon_says", "amount",   "available",  "cause",
                             "count",   "currency",        "detail",      "fields",   "from",       "needed",
                             "number",  "parts",           "product_sku", "quantity", "seller_sku", "stated",
                             "status",  "stores",          "to",          "tracking"})
        params[name] = "{" + std::string(name) + "}";
    return render(code, params, language);
}

bool exists(const std::string& code) {
    const auto known = text_codes();
    return std::ranges::find(known, std::string_view(code)) != known.end();
}

TEST(Texts, every_code_reads_differently_in_both_languages) {
    for (const std::string_view code : text_codes()) {
        const std::string en = pattern(code, Language::en);
        const std::string it = pattern(code, Language::it);
        EXPECT_FALSE(en.empty()) << code;
        EXPECT_FALSE(it.empty()) << code;
        EXPECT_NE(en, it) << code;
        EXPECT_NE(en, code);
    }
}

TEST(Texts, both_languages_use_the_same_parameters) {
    for (const std::string_view code : text_codes())
        EXPECT_EQ(parameters(pattern(code, Language::en)), parameters(pattern(code, Language::it))) << code;
}

TEST(Texts, every_parameter_is_one_of_the_known_names) {
    for (const std::string_view code : text_codes())
        for (const Language language : {Language::en, Language::it})
            EXPECT_EQ(pattern(code, language).find('?'), std::string::npos) << code;
}

TEST(Texts, every_block_reason_has_its_reason_and_its_note_and_they_agree) {
    for (const auto& [reason, text] : kTexts<BlockReason>)
        for (const auto& [language, beginning] :
             {std::pair(Language::en, "Cannot create sales order: "),
              std::pair(Language::it, "Impossibile creare l'ordine di vendita: ")})
            EXPECT_EQ(pattern("note.blocked." + std::string(text), language),
                      beginning + pattern("block." + std::string(text), language));
}

TEST(Texts, a_block_carries_its_parameters_to_its_text) {
    const Block block{BlockReason::out_of_stock,
                      1,
                      SellerSku("S"),
                      ProductSku("X-1"),
                      {{"product_sku", "X-1"}, {"needed", "2"}, {"available", "1"}}};
    EXPECT_EQ(render(block_note(block), Language::en), "product X-1 is out of stock (2 needed, 1 available)");
}

TEST(Texts, the_message_of_blocked_orders_is_the_merchants_own) {
    EXPECT_EQ(render("message.orders_blocked", {{"stores", "Amazon.it"}}, Language::en),
              "Your Amazon store(s) has orders that cannot be imported into Commerce. See Recent Orders in "
              "the store dashboard(s): Amazon.it");
}

TEST(Texts, every_import_state_that_ends_an_order_has_a_note) {
    for (const ImportState state : {ImportState::view_only, ImportState::excluded, ImportState::cancelled,
                                    ImportState::imported, ImportState::completed})
        EXPECT_TRUE(exists("note." + std::string(to_text(state)))) << to_text(state);
}

TEST(Texts, every_command_state_that_is_told_has_a_text) {
    for (const auto& [state, text] : kTexts<CommandState>)
        if (state != CommandState::sending) EXPECT_TRUE(exists("command." + std::string(text))) << text;
}

TEST(Texts, every_status_of_amazon_has_a_word) {
    for (const auto& [status, text] : kTexts<AmazonStatus>)
        EXPECT_TRUE(exists("amazon_status." + std::string(text))) << text;
}

TEST(Texts, what_a_message_asks_for_is_named_by_its_screen) {
    for (const std::string_view code : text_codes()) {
        if (!code.starts_with("message.read_only.")) continue;
        EXPECT_TRUE(render(code, {}, Language::en).contains("in System, or run: ")) << code;
        EXPECT_TRUE(render(code, {}, Language::it).contains("da Sistema, oppure eseguire: ")) << code;
    }
    EXPECT_TRUE(render("message.commands_rejected", {}, Language::en).contains("in Attention."));
    EXPECT_TRUE(render("message.commands_rejected", {}, Language::it).contains("da Da controllare."));
}

TEST(Texts, every_kind_of_attention_has_a_text) {
    for (const char* kind : {"cancelled_after_shipping", "cancelled_in_shop", "shipped_after_cancel"})
        EXPECT_TRUE(exists("attention." + std::string(kind))) << kind;
}

// ---- What the source writes

std::string read_file(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

// The texts in quotes that `pattern` finds in the product's source, tests apart.
std::set<std::string> written_in_source(const std::regex& wanted) {
    const auto source = std::filesystem::path(__FILE__).parent_path().parent_path();
    std::set<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source)) {
        const std::string name = entry.path().filename().string();
        const bool is_test = name.ends_with("_test.cpp") || name.ends_with("_test.hpp");
        // The columns of exports are paths into bodies of REST, which look the same.
        const bool is_other = name == "texts.cpp" || name == "export_columns.cpp";
        if (is_test || is_other || !(name.ends_with(".cpp") || name.ends_with(".hpp"))) continue;
        const std::string text = read_file(entry.path());
        for (std::sregex_iterator at(text.begin(), text.end(), wanted), end; at != end; ++at)
            found.insert((*at)[1]);
    }
    return found;
}

// The screens have words of their own for what an order's history says in ours.
TEST(TextsOfTheSource, a_status_reads_the_same_in_the_history_and_on_the_screens) {
    const auto root = std::filesystem::path(__FILE__).parent_path().parent_path().parent_path();
    for (const auto& [language, name] :
         {std::pair{Language::en, "en.json"}, std::pair{Language::it, "it.json"}}) {
        const std::string messages = read_file(root / "ui/src/i18n" / name);
        for (const auto& [status, text] : kTexts<AmazonStatus>) {
            const std::string ours = render("amazon_status." + std::string(text), {}, language);
            EXPECT_TRUE(messages.contains("\"status." + std::string(text) + "\": \"" + ours + "\""))
                << name << " " << text << ": " << ours;
        }
    }
}

// Steps of use cases, at which crash tests end the process, are named like texts.
bool is_step(const std::string& code) {
    return std::ranges::any_of(
        kCrashPoints, [&](std::string_view point) { return point == code || point.starts_with(code + "."); });
}

TEST(TextsOfTheSource, every_code_that_is_written_has_a_text) {
    const auto written =
        written_in_source(std::regex("\"((?:note|block|command|commerce|history|attention|message|recipient)"
                                     "\\.[a-z_]+(?:\\.[a-z_]+)*)\""));
    ASSERT_GT(written.size(), 20u) << "the source is beside its tests";
    // Names of log lines look the same and are no texts.
    const std::set<std::string> log_lines{"command.result"};
    for (const std::string& code : written)
        EXPECT_TRUE(exists(code) || log_lines.contains(code) || is_step(code)) << code;
}

TEST(TextsOfTheSource, every_text_is_written_somewhere) {
    const auto written = written_in_source(std::regex("\"([a-z_]+(?:\\.[a-z_]+)+)\""));
    // Put together from a beginning and the text of a value.
    const std::vector<std::string_view> composed{"block.", "note.blocked.",      "attention.",    "command.",
                                                 "field.", "message.read_only.", "amazon_status."};
    for (const std::string_view code : text_codes()) {
        const bool is_composed =
            std::ranges::any_of(composed, [&](std::string_view start) { return code.starts_with(start); });
        const bool is_state = code == "note.view_only" || code == "note.excluded" || code == "note.cancelled";
        EXPECT_TRUE(is_composed || is_state || written.contains(std::string(code))) << code;
    }
}

// ---- Rendering

TEST(Render, an_unknown_code_shows_itself) {
    EXPECT_EQ(render("note.nobody_wrote_this", {}, Language::en), "note.nobody_wrote_this");
    EXPECT_EQ(render("", {}, Language::en), "");
}

TEST(Render, a_missing_parameter_is_seen) {
    EXPECT_EQ(render("command.queued", {}, Language::en), "Package ? will be confirmed on Amazon");
}

TEST(Render, fields_are_read_by_their_words) {
    const TextParams lacking{{"fields", "name,city"}};
    EXPECT_EQ(render("block.address_invalid", lacking, Language::en),
              "the shipping address lacks: name, city");
    EXPECT_EQ(render("block.address_invalid", lacking, Language::it),
              "nell'indirizzo di spedizione manca: nome, città");
}

TEST(Render, amounts_have_the_readers_point) {
    const TextParams invoice{{"number", "1.5"}, {"amount", "1059.90"}, {"currency", "EUR"}};
    EXPECT_EQ(render("commerce.invoiced", invoice, Language::en), "Invoice 1.5: 1059.90 EUR");
    EXPECT_EQ(render("commerce.invoiced", invoice, Language::it), "Fattura 1.5: 1059,90 EUR");
    const TextParams mismatch{{"parts", "59.90"}, {"stated", "70.00"}, {"currency", "EUR"}};
    EXPECT_EQ(render("block.money_mismatch", mismatch, Language::it),
              "gli importi di Amazon danno 59,90 EUR, ma l'ordine indica 70,00 EUR");
}

TEST(Render, statuses_are_read_by_their_words) {
    const TextParams change{{"from", "PartiallyShipped"}, {"to", "Held.Back"}};
    EXPECT_EQ(render("history.status_changed", change, Language::en),
              "Amazon status: Partially shipped to Held.Back");
    EXPECT_EQ(render("history.status_changed", change, Language::it),
              "Stato Amazon: da Spedito in parte a Held.Back");
    EXPECT_EQ(render("history.order_seen", {{"status", "Unshipped"}}, Language::it),
              "Ordine rilevato su Amazon: Non spedito");
}

TEST(Render, a_value_is_not_read_as_a_pattern) {
    EXPECT_EQ(render("command.queued", {{"cause", "{cause}"}}, Language::en),
              "Package {cause} will be confirmed on Amazon");
}

TEST(ChooseLanguage, the_first_of_ours_in_the_header) {
    EXPECT_EQ(choose_language("it"), Language::it);
    EXPECT_EQ(choose_language("it-IT,it;q=0.9,en;q=0.8"), Language::it);
    EXPECT_EQ(choose_language("en-GB, en;q=0.9, it;q=0.8"), Language::en);
    EXPECT_EQ(choose_language("de-DE,de;q=0.9,it;q=0.5"), Language::it);
}

TEST(ChooseLanguage, english_when_nothing_fits) {
    EXPECT_EQ(choose_language(""), Language::en);
    EXPECT_EQ(choose_language("fr, de"), Language::en);
    EXPECT_EQ(choose_language("*"), Language::en);
    EXPECT_EQ(choose_language(",,;;"), Language::en);
}

TEST(ChooseLanguage, capitals_do_not_matter) { EXPECT_EQ(choose_language("IT-it"), Language::it); }

}  // namespace
}  // namespace fairway::domain
