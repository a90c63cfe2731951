#include "store/instance.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <span>
#include <vector>

#include "base/fault_point.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "json/decode.hpp"
#include "json/encode.hpp"
#include "store/access.hpp"
#include "store/commands.hpp"
#include "store/commerce_orders.hpp"

namespace fairway::store {

namespace {

constexpr std::size_t kMarkBytesMax = 4'096;
constexpr int kOrdersAtOnce = 1'000;

struct ReasonText {
    ReadOnlyReason reason;
    std::string_view text;
};
constexpr std::array kReasonTexts{
    ReasonText{ReadOnlyReason::requested, "requested"},
    ReasonText{ReadOnlyReason::database_restored, "database_restored"},
    ReasonText{ReadOnlyReason::key_store_restored, "key_store_restored"},
    ReasonText{ReadOnlyReason::moved, "moved"},
    ReasonText{ReadOnlyReason::file_missing, "file_missing"},
};

// One at a time among the threads and processes of this machine; gone with its process.
Result<std::unique_ptr<Descriptor>> lock_folder_of(const std::string& file) {
    const std::string folder = std::filesystem::path(file).parent_path().string();
    auto lock = std::make_unique<Descriptor>(
        ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    int done = lock->is_open() ? ::flock(lock->get(), LOCK_EX) : -1;
    while (lock->is_open() && done != 0 && errno == EINTR) done = ::flock(lock->get(), LOCK_EX);
    if (done != 0)
        return fail(ErrorKind::invalid, "instance_file_unusable",
                    "cannot lock the folder of " + file + ": " + std::strerror(errno) +
                        "; create the folder, or name a file elsewhere (secrets.instance_file)",
                    "secrets.instance_file");
    return lock;
}

// A file that holds no mark is as good as none: it leads to read-only mode, not to a refusal.
Result<std::optional<Mark>> read_mark(const std::string& file) {
    const auto text = TRY(read_small_file(file, kMarkBytesMax));
    if (!text) return std::nullopt;
    const auto value = json::parse(*text);
    if (!value) return std::nullopt;
    auto mark = json::decode<Mark>(*value);
    if (!mark) return std::nullopt;
    return *std::move(mark);
}

Status write_mark(const std::string& file, const Mark& mark) {
    return replace_file(file, json::serialize(json::encode(mark)) + "\n");
}

// The database's side.
struct Kept {
    std::optional<std::string> instance{};
    std::optional<std::int64_t> starts{};  // of this place
    bool has_accounts = false;
    bool newest_key_lost = false;
};

// A key store that is older than the database lacks the newest order's key.
bool is_newest_key_lost(db::Reader& tx, Vault& vault) {
    const auto newest = tx.one("SELECT id, key_id FROM amazon_orders ORDER BY id DESC LIMIT 1");
    if (!newest || !vault.is_lost(newest->get<DataKeyId>(1))) return false;
    return tx.query("SELECT order_id FROM orders_without_key WHERE order_id = $1", newest->get<OrderId>(0))
        .empty();
}

Kept read_kept(db::Reader& tx, Vault& vault, const std::string& place) {
    Kept kept;
    if (std::string id = find_instance(tx); !id.empty()) kept.instance = std::move(id);
    if (const auto row = tx.one("SELECT starts FROM instance_places WHERE place = $1", place))
        kept.starts = row->get<std::int64_t>(0);
    kept.has_accounts = !tx.query("SELECT id FROM accounts LIMIT 1").empty();
    kept.newest_key_lost = is_newest_key_lost(tx, vault);
    return kept;
}

// A first start, or one after a first start that was killed. Without an account there is nobody to write to,
// whatever an older file beside a new database says.
bool is_new(const std::optional<Mark>& file, const Kept& kept) {
    return !kept.instance && (!file || !kept.has_accounts);
}

std::optional<ReadOnlyReason> compare_marks(const std::optional<Mark>& file, const Kept& kept,
                                            const std::string& place) {
    if (!file && kept.starts == 0) return std::nullopt;  // nothing was sent before a file was there
    if (!kept.instance) return ReadOnlyReason::database_restored;
    if (!file) return ReadOnlyReason::file_missing;
    if (file->place != place) return ReadOnlyReason::moved;
    if (file->instance != *kept.instance || !kept.starts || *kept.starts < file->starts)
        return ReadOnlyReason::database_restored;
    if (*kept.starts > file->starts + 1) return ReadOnlyReason::key_store_restored;
    return std::nullopt;
}

// Why what is there does not belong together; nothing: all is well.
std::optional<ReadOnlyReason> find_mismatch(const std::optional<Mark>& file, const Kept& kept,
                                            const std::string& place) {
    const auto reason = is_new(file, kept) ? std::nullopt : compare_marks(file, kept, place);
    if (!reason && kept.newest_key_lost) return ReadOnlyReason::key_store_restored;
    return reason;
}

std::string new_instance_id(Rng& rng) {
    std::array<std::uint8_t, 16> bytes{};
    rng.fill(bytes);
    return hex_encode(bytes);
}

// What both sides hold after this: a count of 0, which says that nothing was sent from here yet.
Mark insert_place(db::Transaction& tx, Rng& rng, const std::string& place, UtcTime now) {
    // Another process may have been first; its id is the one.
    tx.execute("INSERT INTO instance (one, id, epoch) VALUES (1, $1, $2) ON CONFLICT (one) DO NOTHING",
               new_instance_id(rng), now);
    tx.execute(
        "INSERT INTO instance_places (place, starts) VALUES ($1, 0) "
        "ON CONFLICT (place) DO UPDATE SET starts = 0",
        place);
    return {find_instance(tx), place, 0};
}

// Runs over all orders; once, after a restore.
void note_lost_keys(db::Transaction& tx, Vault& vault) {
    const std::vector<DataKeyId> known = vault.list_keys();
    OrderId after{};
    while (true) {
        const auto rows = tx.query("SELECT id, key_id FROM amazon_orders WHERE id > $1 ORDER BY id LIMIT $2",
                                   after, kOrdersAtOnce);
        if (rows.empty()) return;
        for (const db::Row& row : rows) {
            after = row.get<OrderId>(0);
            if (!std::ranges::binary_search(known, row.get<DataKeyId>(1)))
                tx.execute(
                    "INSERT INTO orders_without_key (order_id) VALUES ($1) ON CONFLICT (order_id) DO NOTHING",
                    after);
        }
    }
}

void write_read_only(db::Transaction& tx, ReadOnlyReason reason, UtcTime now) {
    const std::int64_t rows =
        tx.execute("UPDATE instance SET read_only_reason = $1, read_only_since = $2", to_text(reason), now);
    CHECK(rows == 1, "whoever opens a database gives it an id first");
}

// The database may be older than what was sent and printed since; a key store that alone is older says
// nothing of that kind.
void distrust(db::Transaction& tx, ReadOnlyReason reason, UtcTime now) {
    if (reason == ReadOnlyReason::key_store_restored) return;
    tx.execute("UPDATE instance SET epoch = $1", now);
    doubt_open_commands(tx, now);
    leave_out_numbers(tx);
}

}  // namespace

std::string_view to_text(ReadOnlyReason reason) {
    const auto found = std::ranges::find(kReasonTexts, reason, &ReasonText::reason);
    CHECK(found != kReasonTexts.end(), "every reason has its text");
    return found->text;
}

std::optional<ReadOnly> find_read_only(db::Reader& tx) {
    const auto row = tx.one("SELECT read_only_reason, read_only_since FROM instance WHERE one = 1");
    if (!row || row->is_null(0)) return std::nullopt;
    const auto text = row->get<std::string>(0);
    const auto found = std::ranges::find(kReasonTexts, std::string_view(text), &ReasonText::text);
    CHECK(found != kReasonTexts.end(), "a stored reason is one of those known here");
    return ReadOnly{found->reason, row->get<UtcTime>(1)};
}

std::string find_instance(db::Reader& tx) {
    const auto row = tx.one("SELECT id FROM instance WHERE one = 1");
    return row ? row->get<std::string>(0) : "";
}

void set_read_only(db::Transaction& tx, bool on, UtcTime now) {
    if (!on) tx.execute("UPDATE instance SET read_only_reason = NULL, read_only_since = NULL");
    else if (!find_read_only(tx)) write_read_only(tx, ReadOnlyReason::requested, now);
}

std::string place_of(const std::string& file) {
    constexpr std::size_t kMachineIdMax = 256;
    const auto machine = read_small_file("/etc/machine-id", kMachineIdMax);
    std::error_code ignored;
    const std::string path = std::filesystem::weakly_canonical(file, ignored).string();
    // Hashed, since a machine's id is not to be given away.
    const crypto::Digest digest = crypto::sha256((machine && *machine ? **machine : "") + "\n" + path);
    return hex_encode(std::span(digest).first(16));
}

Instance::Instance(db::Database& database, Vault& vault, const Clock& clock, Rng& rng, std::string file,
                   std::string place)
    : database_(database),
      vault_(vault),
      clock_(clock),
      rng_(rng),
      file_(std::move(file)),
      place_(std::move(place)) {}

// Both sides belong together afterwards. The folder is locked.
Result<Mark> Instance::settle() {
    const UtcTime now = clock_.now();
    const std::optional<Mark> file = TRY(read_mark(file_));
    const Kept kept = database_.read([&](db::Reader& tx) { return read_kept(tx, vault_, place_); });
    const auto mismatch = find_mismatch(file, kept, place_);
    Mark mark{kept.instance.value_or(""), place_, kept.starts.value_or(0)};
    if (mismatch || is_new(file, kept)) {
        mark = database_.write("instance.adopt", [&](db::Transaction& tx) {
            const Mark inserted = insert_place(tx, rng_, place_, now);
            if (!mismatch) return inserted;
            note_lost_keys(tx, vault_);
            distrust(tx, *mismatch, now);
            write_read_only(tx, *mismatch, now);
            write_audit(tx, "fairway", "read-only on", to_text(*mismatch), now);
            return inserted;
        });
    }
    if (file != mark) TRY(write_mark(file_, mark));
    return mark;
}

Status Instance::check() {
    const auto lock = TRY(lock_folder_of(file_));
    TRY(settle());
    return {};
}

Result<bool> Instance::advance(const std::function<bool(db::Transaction&)>& work, CommitPoint point) {
    const auto lock = TRY(lock_folder_of(file_));
    Mark mark = TRY(settle());
    const bool done = database_.write(point, [&](db::Transaction& tx) {
        mark.starts =
            tx.one("UPDATE instance_places SET starts = starts + 1 WHERE place = $1 RETURNING starts", place_)
                .value()
                .get<std::int64_t>(0);
        return work(tx);
    });
    TRY(write_mark(file_, mark));
    crash_point("instance.advance.after_file");
    return done;
}

}  // namespace fairway::store
