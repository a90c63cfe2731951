#pragma once
// What must be true of Fairway whatever Amazon, people, the network and the process did: one function per
// rule, each reading the database as it is and Amazon's own ledger. Each answers with what is wrong, in
// sentences that name the thing; nothing when the rule holds.
//
// Scenarios, the simulation and the crash tests look through the same eyes.
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "checkers/ledger.hpp"
#include "db/db.hpp"

namespace fairway::checkers {

using Complaints = std::vector<std::string>;

// ---- True at any moment.

// Stock is the sum of its movements and never negative.
Complaints stock_is_its_movements(db::Reader& tx);
// What products say is reserved is what orders have reserved.
Complaints reservations_add_up(db::Reader& tx);
// Nothing is reserved that is not there. Not where a person lowers stock below what is reserved.
Complaints reservations_are_in_stock(db::Reader& tx);
// An order holds no more stock than it ordered, and no more units of a line are handled than there are.
Complaints lines_are_within_their_quantities(db::Reader& tx);
// A block, a reservation and a commerce order do not stand side by side; import states agree with both.
Complaints states_agree(db::Reader& tx);
// Every part of every line of a commerce order is Amazon's to the cent, and so is its total, unless a person
// imported an order anyway whose total is another.
Complaints money_is_amazons(db::Reader& tx, const Ledger& ledger);
// Amazon was told of nothing that was not shipped here, and of nothing twice; nothing that came from Amazon
// was sent back.
enum class Repeats {
    none,         // an accepted package is never sent again
    as_the_same,  // it may be, under its own number: where reads of Amazon may be old, nobody can know better
};
Complaints confirmations_are_ours(db::Reader& tx, const Ledger& ledger, Repeats repeats);
// No package was saved twice. Where each package has a tracking number of its own.
Complaints packages_are_saved_once(db::Reader& tx);
// Every change that lies before a store's watermark is stored. `late`: how long searches may show an order
// wrongly.
Complaints watermarks_leave_nothing_behind(db::Reader& tx, const Ledger& ledger, Duration late);
// An order once mirrored never goes back to an older version. Remembers what it has seen.
class Versions {
public:
    Complaints never_go_back(db::Reader& tx);

private:
    std::map<std::int64_t, UtcTime> seen_{};  // by order row
};
// No call went beyond Amazon's bucket, and Fairway never thinks that there is more in it than there is.
Complaints quotas_are_kept(db::Reader& tx, const Ledger& ledger, UtcTime now);

// ---- True once everything has come to rest: no faults any more, all read, all sent.

// Every order of a connected store is mirrored: status, times, lines, quantities, money.
Complaints mirror_is_ledger(db::Reader& tx, const Ledger& ledger);
// Exactly one commerce order for each order that should have one, and none for others. An order may be
// blocked for these reasons only ("money_mismatch", …): those that nobody has mended.
Complaints commerce_orders_are_due(db::Reader& tx, const Ledger& ledger,
                                   const std::set<std::string>& unmended);
// No order that is not waiting for its payment holds back stock.
Complaints reservations_are_released(db::Reader& tx, const Ledger& ledger);
// Every command is verified, or rejected with a reason.
Complaints commands_have_ended(db::Reader& tx);
// What was shipped here is known to Amazon, unit by unit, where nothing was parked.
Complaints amazon_knows_what_was_shipped(db::Reader& tx, const Ledger& ledger);
// No order is left to be planned.
Complaints nothing_is_dirty(db::Reader& tx);

// ---- Personal data.

// None of it stands in these lines of a log.
Complaints log_is_impersonal(const Ledger& ledger, const std::vector<std::string>& lines);
// None of it stands in the files in clear; those that are not there are skipped.
Complaints files_are_sealed(const Ledger& ledger, const std::vector<std::filesystem::path>& files);

}  // namespace fairway::checkers
