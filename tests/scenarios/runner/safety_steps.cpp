// Sentences about backups, restores and read-only mode.
#include <filesystem>

#include "checkers/ledger.hpp"
#include "db/sqlite_copy.hpp"
#include "runner/scenario.hpp"
#include "store/instance.hpp"

namespace fairway::scenarios {

namespace {

void must(const Status& done) {
    if (!done) throw Wrong(done.error().message);
}

std::string database_of(Words& words) {
    const bool keys = words.accept("keys");
    words.finish();
    return keys ? "keys.db" : "fairway.db";
}

}  // namespace

// While Fairway runs, as `fairway backup create` does.
void Scenario::backup(Words& words) {
    const std::string name = database_of(words);
    const std::string file = directory_.file(name + ".backup");
    std::filesystem::remove(file);
    const bool is_database = name == "fairway.db";
    must(db::copy_out(directory_.file(name), file, is_database ? std::string(store::kForgetPlaces) : ""));
}

// Fairway is stopped, the backup put in place, and Fairway started; nothing is checked before the next sync,
// since the books are older than Amazon's.
void Scenario::restore(Words& words) {
    const std::string name = database_of(words);
    program_.reset();
    if (name == "fairway.db")
        for (const checkers::LedgerOrder& order :
             checkers::read_ledger(amazon_.control("GET", "ledger", nullptr)).orders)
            for (const checkers::LedgerPackage& package : order.confirmations)
                forgotten_.insert(package.tracking);
    must(db::copy_in(directory_.file(name + ".backup"), directory_.file(name), db::Overwrite::yes));
    open();
}

void Scenario::read_only(Words& words) {
    const std::string mode = words.next("on or off");
    words.finish();
    if (mode != "on" && mode != "off") throw Wrong("read-only is on or off");
    program_->db().write([&](db::Transaction& tx) { store::set_read_only(tx, mode == "on", clock_.now()); });
    if (mode_ == Mode::serving) program_->look();
    check();
}

}  // namespace fairway::scenarios
