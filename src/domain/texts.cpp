#include "domain/texts.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace fairway::domain {

namespace {

struct Text {
    std::string_view code;
    std::string_view en;
    std::string_view it;
};

// Sorted by code, so that a code is found by halving and stands once.
constexpr std::array kTextTable{
    Text{"amazon_status.Canceled", "Canceled", "Annullato"},
    Text{"amazon_status.PartiallyShipped", "Partially shipped", "Spedito in parte"},
    Text{"amazon_status.Pending", "Pending", "In attesa"},
    Text{"amazon_status.PendingAvailability", "Pending availability", "In attesa di disponibilità"},
    Text{"amazon_status.Shipped", "Shipped", "Spedito"},
    Text{"amazon_status.Unfulfillable", "Unfulfillable", "Non evadibile"},
    Text{"amazon_status.Unknown", "Unknown", "Sconosciuto"},
    Text{"amazon_status.Unshipped", "Unshipped", "Non spedito"},
    Text{"attention.cancelled_after_shipping",
         "Amazon cancelled units that were already shipped here. If the goods come back, credit and restock "
         "them; if "
         "they are lost, credit them only.",
         "Amazon ha annullato unità già spedite da qui. Se la merce rientra, emettere una nota di credito e "
         "rimetterla "
         "a magazzino; se è persa, emettere solo la nota di credito."},
    Text{"attention.cancelled_in_shop",
         "Cancelled in the shop, open on Amazon. Cancel it on Amazon with a reason, or ship it after all.",
         "Annullato nel negozio, aperto su Amazon. Annullarlo su Amazon con un motivo, oppure spedirlo "
         "comunque."},
    Text{"attention.shipped_after_cancel",
         "Amazon shows units as shipped that were cancelled or credited here. Check which side is right.",
         "Amazon mostra come spedite unità annullate o accreditate qui. Verificare quale lato è corretto."},
    Text{"block.address_invalid", "the shipping address lacks: {fields}",
         "nell'indirizzo di spedizione manca: {fields}"},
    Text{"block.money_mismatch",
         "the amounts of Amazon add up to {parts} {currency}, but the order says {stated} {currency}",
         "gli importi di Amazon danno {parts} {currency}, ma l'ordine indica {stated} {currency}"},
    Text{"block.out_of_stock",
         "product {product_sku} is out of stock ({needed} needed, {available} available)",
         "il prodotto {product_sku} non è disponibile (richiesti {needed}, disponibili {available})"},
    Text{"block.product_disabled", "product {product_sku} is disabled",
         "il prodotto {product_sku} è disabilitato"},
    Text{"block.product_missing", "no product for the seller SKU {seller_sku}",
         "nessun prodotto per lo SKU venditore {seller_sku}"},
    Text{"block.refused", "the shop refused the order: {detail}",
         "il negozio ha rifiutato l'ordine: {detail}"},
    Text{"command.accepted", "Amazon accepted the confirmation of package {cause}",
         "Amazon ha accettato la conferma del pacco {cause}"},
    Text{"command.already_on_amazon",
         "Amazon already counts every unit of package {cause} as shipped; nothing was sent",
         "Amazon conta già come spedite tutte le unità del pacco {cause}; nulla è stato inviato"},
    Text{"command.queued", "Package {cause} will be confirmed on Amazon",
         "Il pacco {cause} sarà confermato su Amazon"},
    Text{"command.rejected", "Amazon refused the confirmation of package {cause}: {amazon_says}",
         "Amazon ha rifiutato la conferma del pacco {cause}: {amazon_says}"},
    Text{"command.rejected.order_cancelled",
         "Package {cause} was not confirmed: the order is cancelled on Amazon",
         "Il pacco {cause} non è stato confermato: l'ordine è annullato su Amazon"},
    Text{"command.rejected.units_cancelled",
         "Package {cause} was not confirmed: its units are cancelled on Amazon",
         "Il pacco {cause} non è stato confermato: le sue unità sono annullate su Amazon"},
    Text{"command.renumbered",
         "Another package stands under number {number} on Amazon; package {cause} will be confirmed instead",
         "Su Amazon il numero {number} è di un altro pacco; sarà confermato il pacco {cause}"},
    Text{"command.replayed", "The confirmation of package {cause} is sent again",
         "La conferma del pacco {cause} viene inviata di nuovo"},
    Text{"command.unknown", "No answer from Amazon for package {cause}; Fairway looks before it sends again",
         "Nessuna risposta da Amazon per il pacco {cause}; Fairway verifica prima di inviare di nuovo"},
    Text{"command.verified", "Amazon shows package {cause}", "Amazon mostra il pacco {cause}"},
    Text{"commerce.canceled", "Order cancelled", "Ordine annullato"},
    Text{"commerce.completed", "Order complete", "Ordine completato"},
    Text{"commerce.created", "Order created from Amazon order {amazon_order_id}",
         "Ordine creato dall'ordine Amazon {amazon_order_id}"},
    Text{"commerce.credited", "Credit memo {number}: {amount} {currency}",
         "Nota di credito {number}: {amount} {currency}"},
    Text{"commerce.held", "Order put on hold", "Ordine messo in attesa"},
    Text{"commerce.invoiced", "Invoice {number}: {amount} {currency}",
         "Fattura {number}: {amount} {currency}"},
    Text{"commerce.shipped", "Shipped: {tracking}", "Spedito: {tracking}"},
    Text{"commerce.shortfall", "{quantity} of product {product_sku} were already shipped but not in stock",
         "{quantity} di {product_sku} erano già spediti ma non a magazzino"},
    Text{"commerce.unheld", "Order released from hold", "Ordine sbloccato"},
    Text{"commerce.withdrawn_on_amazon", "Units cancelled on Amazon", "Unità annullate su Amazon"},
    Text{"field.city", "city", "città"},
    Text{"field.company", "company", "azienda"},
    Text{"field.country", "country", "paese"},
    Text{"field.district", "district", "distretto"},
    Text{"field.line1", "street", "via"},
    Text{"field.line2", "second address line", "seconda riga dell'indirizzo"},
    Text{"field.line3", "third address line", "terza riga dell'indirizzo"},
    Text{"field.name", "name", "nome"},
    Text{"field.phone", "phone", "telefono"},
    Text{"field.postal_code", "postal code", "CAP"},
    Text{"field.region", "region", "provincia o regione"},
    Text{"history.address_repaired", "The shipping address was repaired: {fields}",
         "L'indirizzo di spedizione è stato corretto: {fields}"},
    Text{"history.block_cleared", "The block is gone", "Il blocco è stato rimosso"},
    Text{"history.import_anyway",
         "Somebody decided to import the order anyway: Amazon's parts are {parts} {currency}, stated are "
         "{stated} {currency}",
         "Qualcuno ha deciso di importare comunque l'ordine: le parti di Amazon sono {parts} {currency}, "
         "l'importo indicato è {stated} {currency}"},
    Text{"history.order_seen", "Order seen on Amazon: {status}", "Ordine rilevato su Amazon: {status}"},
    Text{"history.order_updated", "Amazon changed the order", "Amazon ha modificato l'ordine"},
    Text{"history.repair_lost",
         "The repaired shipping address is lost with its key; Amazon's own address counts again",
         "L'indirizzo di spedizione corretto è perso con la sua chiave; vale di nuovo quello di Amazon"},
    Text{"history.status_changed", "Amazon status: {from} to {to}", "Stato Amazon: da {from} a {to}"},
    Text{"history.stock_released", "Reserved stock released", "Quantità riservata liberata"},
    Text{"message.account_paused",
         "Account {account}: Amazon refuses the credentials ({detail}). Nothing is read or sent until they "
         "are replaced.",
         "Account {account}: Amazon rifiuta le credenziali ({detail}). Nulla viene letto o inviato finché "
         "non vengono "
         "sostituite."},
    Text{"message.commands_rejected", "Amazon refused {count} confirmation(s). Send them again in Attention.",
         "Amazon ha rifiutato {count} conferma/e. Inviale di nuovo da Da controllare."},
    Text{"message.orders_blocked",
         "Your Amazon store(s) has orders that cannot be imported into Commerce. See Recent Orders in the "
         "store "
         "dashboard(s): {stores}",
         "I tuoi negozi Amazon hanno ordini che non possono essere importati in Commerce. Vedi gli ordini "
         "recenti nella "
         "dashboard dei negozi: {stores}"},
    Text{"message.read_only.database_restored",
         "Read-only mode: Fairway reads Amazon and sends nothing, because this database is older than "
         "what was last sent. When the last syncs have read everything, check the orders, then send again in "
         "System, or run: fairway read-only off",
         "Modalità di sola lettura: Fairway legge Amazon e non invia nulla, perché questo database è "
         "più vecchio di quanto è stato inviato per ultimo. Quando le ultime sincronizzazioni hanno "
         "letto tutto, verificare gli ordini, poi riprendere a inviare da Sistema, oppure eseguire: fairway "
         "read-only off"},
    Text{"message.read_only.file_missing",
         "Read-only mode: Fairway reads Amazon and sends nothing, because this machine lacks the file "
         "that belongs to this database: it was restored here, or this is one more machine. Make sure "
         "that no other copy is running, check the orders, then send again in System, or run: fairway "
         "read-only off",
         "Modalità di sola lettura: Fairway legge Amazon e non invia nulla, perché su questa macchina "
         "manca il file che appartiene a questo database: è stato ripristinato qui, oppure è una "
         "macchina in più. Assicurarsi che nessun'altra copia sia in funzione, verificare gli ordini, "
         "poi riprendere a inviare da Sistema, oppure eseguire: fairway read-only off"},
    Text{"message.read_only.key_store_restored",
         "Read-only mode: Fairway reads Amazon and sends nothing, because the key store is older than the "
         "database. Personal data whose key is lost is read again from Amazon; check the orders, then "
         "send again in System, or run: fairway read-only off",
         "Modalità di sola lettura: Fairway legge Amazon e non invia nulla, perché l'archivio delle "
         "chiavi è più vecchio del database. I dati personali la cui chiave è persa vengono riletti da "
         "Amazon; verificare gli ordini, poi riprendere a inviare da Sistema, oppure eseguire: fairway "
         "read-only off"},
    Text{"message.read_only.moved",
         "Read-only mode: Fairway reads Amazon and sends nothing, because this is a copy, or the "
         "installation was moved. Make sure that the original is not running, then send again in System, or "
         "run: fairway read-only off",
         "Modalità di sola lettura: Fairway legge Amazon e non invia nulla, perché questa è una copia, "
         "oppure l'installazione è stata spostata. Assicurarsi che l'originale non sia in funzione, poi "
         "riprendere a inviare da Sistema, oppure eseguire: fairway read-only off"},
    Text{"message.read_only.requested",
         "Read-only mode: Fairway reads Amazon and sends nothing, because somebody asked for it. When it "
         "is no longer needed, check the orders, then send again in System, or run: fairway read-only off",
         "Modalità di sola lettura: Fairway legge Amazon e non invia nulla, perché è stato richiesto. "
         "Quando non serve più, verificare gli ordini, poi riprendere a inviare da Sistema, oppure eseguire: "
         "fairway read-only off"},
    Text{"note.blocked.address_invalid", "Cannot create sales order: the shipping address lacks: {fields}",
         "Impossibile creare l'ordine di vendita: nell'indirizzo di spedizione manca: {fields}"},
    Text{"note.blocked.money_mismatch",
         "Cannot create sales order: the amounts of Amazon add up to {parts} {currency}, but the order says "
         "{stated} "
         "{currency}",
         "Impossibile creare l'ordine di vendita: gli importi di Amazon danno {parts} {currency}, ma "
         "l'ordine indica "
         "{stated} {currency}"},
    Text{"note.blocked.out_of_stock",
         "Cannot create sales order: product {product_sku} is out of stock ({needed} needed, {available} "
         "available)",
         "Impossibile creare l'ordine di vendita: il prodotto {product_sku} non è disponibile (richiesti "
         "{needed}, "
         "disponibili {available})"},
    Text{"note.blocked.product_disabled", "Cannot create sales order: product {product_sku} is disabled",
         "Impossibile creare l'ordine di vendita: il prodotto {product_sku} è disabilitato"},
    Text{"note.blocked.product_missing",
         "Cannot create sales order: no product for the seller SKU {seller_sku}",
         "Impossibile creare l'ordine di vendita: nessun prodotto per lo SKU venditore {seller_sku}"},
    Text{"note.blocked.refused", "Cannot create sales order: the shop refused the order: {detail}",
         "Impossibile creare l'ordine di vendita: il negozio ha rifiutato l'ordine: {detail}"},
    Text{"note.cancelled", "Cancelled on Amazon before a commerce order was made",
         "Annullato su Amazon prima della creazione dell'ordine"},
    Text{"note.cancelled_after_shipping", "Units cancelled on Amazon were already shipped here",
         "Unità annullate su Amazon erano già state spedite da qui"},
    Text{"note.cancelled_on_amazon", "Units cancelled on Amazon", "Unità annullate su Amazon"},
    Text{"note.completed", "Complete: Amazon accepted the shipment",
         "Completato: Amazon ha accettato la spedizione"},
    Text{"note.excluded", "Placed before the store was connected",
         "Effettuato prima del collegamento del negozio"},
    Text{"note.fulfilled_by_amazon", "Fulfilled by Amazon: shown here, not imported",
         "Gestito da Amazon: mostrato qui, non importato"},
    Text{"note.imported", "Commerce order created", "Ordine di vendita creato"},
    Text{"note.imported_anyway",
         "Commerce order created with Amazon's parts, {amount} {currency} in all, although {stated} "
         "{currency} was stated",
         "Ordine di vendita creato con le parti di Amazon, in tutto {amount} {currency}, anche se era "
         "indicato {stated} {currency}"},
    Text{"note.nothing_owed", "Nothing to ship: no unit of this order is left on Amazon",
         "Nulla da spedire: su Amazon non resta alcuna unità di questo ordine"},
    Text{"note.shipped_on_amazon", "Shipped on Amazon", "Spedito su Amazon"},
    Text{"note.stock_reserved", "Inventory reserved", "Quantità riservata"},
    Text{"note.view_only", "Import is off: view only", "Importazione disattivata: sola visualizzazione"},
    Text{"recipient.withheld", "withheld by Amazon", "non comunicato da Amazon"},
};
static_assert(std::ranges::is_sorted(kTextTable, {}, &Text::code));

}  // namespace

Language choose_language(std::string_view accept_language) {
    // The first of our languages in the header's order; weights are rarely out of order in practice.
    for (const std::string_view part : split(accept_language, ',')) {
        const std::string tag = to_lower_ascii(trim(part));
        if (tag.starts_with("it")) return Language::it;
        if (tag.starts_with("en")) return Language::en;
    }
    return Language::en;
}

namespace {

// A list of fields is stored by their names and read by their words.
std::string words_of(std::string_view fields, Language language) {
    std::string words;
    for (const std::string_view field : split(fields, ','))
        words += (words.empty() ? "" : ", ") + render("field." + std::string(field), {}, language);
    return words;
}

// Statuses are stored as programs know them; one that Amazon has made up since is shown as it is.
std::string status_word(const std::string& status, Language language) {
    const std::string code = "amazon_status." + status;
    std::string word = render(code, {}, language);
    return word == code ? status : word;
}

// A parameter as its reader writes it.
std::string shown(const std::string& name, const std::string& value, Language language) {
    if (name == "fields") return words_of(value, language);
    if (name == "status" || name == "from" || name == "to") return status_word(value, language);
    std::string text = value;
    if (language == Language::it && (name == "amount" || name == "parts" || name == "stated"))
        std::ranges::replace(text, '.', ',');
    return text;
}

}  // namespace

std::string render(std::string_view code, const TextParams& params, Language language) {
    const auto found = std::ranges::lower_bound(kTextTable, code, {}, &Text::code);
    if (found == kTextTable.end() || found->code != code) return std::string(code);
    std::string_view pattern = language == Language::it ? found->it : found->en;
    std::string text;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        text += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        const std::size_t close = pattern.find('}', open);
        const std::string name(pattern.substr(open + 1, close - open - 1));
        const auto value = params.find(name);
        text += value == params.end() ? "?" : shown(name, value->second, language);
        pattern.remove_prefix(close + 1);
    }
    return text;
}

Note block_note(const Block& block) { return {"block." + std::string(to_text(block.reason)), block.params}; }

std::vector<std::string_view> text_codes() {
    std::vector<std::string_view> codes;
    for (const Text& text : kTextTable) codes.push_back(text.code);
    return codes;
}

}  // namespace fairway::domain
