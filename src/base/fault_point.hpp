#pragma once
// Places at which a test build can be broken on purpose; in what merchants run they are nothing at all.
//
//   database.write("intake.page", …);           ends the process before or after this commit, when a test
//                                               has armed intake.page.before_commit or .after_commit
//   if (mutant("watermark_moves_early")) …      breaks a rule, to prove that the tests would notice
//
// Every name stands in a table below, so that a misspelt one does not compile and `fairway doctor
// --crash-points` can list them all. Armed once at start or by a test, read from any thread.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace fairway {

// use case . step . moment; sorted. A commit and a call of the outside have two moments each. The tidy test
// finds a step that is not in the code, the crash tests a moment that no use case comes by.
inline constexpr auto kCrashPoints = std::to_array<std::string_view>({
    "access.change.after_commit",
    "access.change.before_commit",
    "account.connect.after_commit",
    "account.connect.before_commit",
    "account.pause.after_commit",
    "account.pause.before_commit",
    "account.update.after_commit",
    "account.update.before_commit",
    "account.verify.after_call",
    "account.verify.before_call",
    "attention.close.after_commit",
    "attention.close.before_commit",
    "audit.views.after_commit",
    "audit.views.before_commit",
    "backup.copy.piece",
    "backup.create.after_copy",
    "backup.create.after_manifest",
    "backup.note.after_commit",
    "backup.note.before_commit",
    "call_log.note.after_commit",
    "call_log.note.before_commit",
    "command.confirm.after_call",
    "command.confirm.before_call",
    "command.lease.after_commit",
    "command.lease.before_commit",
    "command.look.after_commit",
    "command.look.before_commit",
    "command.release.after_commit",
    "command.release.before_commit",
    "command.replay.after_commit",
    "command.replay.before_commit",
    "command.result.after_commit",
    "command.result.before_commit",
    "command.sending.after_commit",
    "command.sending.before_commit",
    "housekeeping.forget.after_commit",
    "housekeeping.forget.before_commit",
    "idempotency.refusal.after_commit",
    "idempotency.refusal.before_commit",
    "instance.adopt.after_commit",
    "instance.adopt.before_commit",
    "instance.advance.after_commit",
    "instance.advance.after_file",
    "instance.advance.before_commit",
    "intake.page.after_commit",
    "intake.page.before_commit",
    "intake.search.after_call",
    "intake.search.before_call",
    "intake.window.after_commit",
    "intake.window.before_commit",
    "keys.check.after_commit",
    "keys.check.before_commit",
    "keys.create.after_commit",
    "keys.create.before_commit",
    "listing.match.after_commit",
    "listing.match.before_commit",
    "migration.step.after_commit",
    "migration.step.before_commit",
    "migration.table.after_commit",
    "migration.table.before_commit",
    "operator.cancel.after_commit",
    "operator.cancel.before_commit",
    "operator.comment.after_commit",
    "operator.comment.before_commit",
    "operator.credit.after_commit",
    "operator.credit.before_commit",
    "operator.hold.after_commit",
    "operator.hold.before_commit",
    "operator.invoice.after_commit",
    "operator.invoice.before_commit",
    "operator.ship.after_commit",
    "operator.ship.before_commit",
    "operator.unhold.after_commit",
    "operator.unhold.before_commit",
    "order.get.after_call",
    "order.get.before_call",
    "order.import_anyway.after_commit",
    "order.import_anyway.before_commit",
    "order.miss.after_commit",
    "order.miss.before_commit",
    "order.read.after_commit",
    "order.read.before_commit",
    "order.repair.after_commit",
    "order.repair.before_commit",
    "order.retry.after_commit",
    "order.retry.before_commit",
    "orders.retry.after_commit",
    "orders.retry.before_commit",
    "product.create.after_commit",
    "product.create.before_commit",
    "product.update.after_commit",
    "product.update.before_commit",
    "quarantine.keep.after_commit",
    "quarantine.keep.before_commit",
    "quarantine.retry.after_commit",
    "quarantine.retry.before_commit",
    "quota.exhausted.after_commit",
    "quota.exhausted.before_commit",
    "quota.learn.after_commit",
    "quota.learn.before_commit",
    "quota.take.after_commit",
    "quota.take.before_commit",
    "read_only.set.after_commit",
    "read_only.set.before_commit",
    "reconcile.batch.after_commit",
    "reconcile.batch.before_commit",
    "reconcile.single.after_commit",
    "reconcile.single.before_commit",
    "service.start.after_commit",
    "service.start.before_commit",
    "session.begin.after_commit",
    "session.begin.before_commit",
    "settings.change.after_commit",
    "settings.change.before_commit",
    "sign_in.refuse.after_commit",
    "sign_in.refuse.before_commit",
    "stock.set.after_commit",
    "stock.set.before_commit",
    "store.activate.after_commit",
    "store.activate.before_commit",
    "store.add.after_commit",
    "store.add.before_commit",
    "store.delete.after_commit",
    "store.delete.before_commit",
    "store.rename.after_commit",
    "store.rename.before_commit",
    "sweep.lease.after_commit",
    "sweep.lease.before_commit",
    "sweep.note.after_commit",
    "sweep.note.before_commit",
    "sweep.release.after_commit",
    "sweep.release.before_commit",
    "sync.start.after_commit",
    "sync.start.before_commit",
    "tick.finish.after_commit",
    "tick.finish.before_commit",
    "tick.start.after_commit",
    "tick.start.before_commit",
    "token.create.after_commit",
    "token.create.before_commit",
    "token.fetch.after_call",
    "token.fetch.before_call",
    "token.revoke.after_commit",
    "token.revoke.before_commit",
    "token.touch.after_commit",
    "token.touch.before_commit",
});

// The rules that can be broken; sorted.
inline constexpr auto kMutants = std::to_array<std::string_view>({
    "amazon_shipment_echoed",
    "command_resent_without_looking",
    "command_result_without_fencing",
    "idempotency_key_ignored",
    "lease_without_fencing",
    "lost_answer_taken_for_yes",
    "money_of_another_part",
    "older_version_overwrites",
    "quota_not_counted",
    "reservation_kept",
    "watermark_moves_early",
});

namespace detail {
template <std::size_t N>
consteval std::size_t index_of(const std::array<std::string_view, N>& names, std::string_view name) {
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == name) return i;
    throw "the name is not in the table of src/base/fault_point.hpp";
}
// Of "step.moment".
consteval std::size_t index_of_moment(std::string_view step, std::string_view moment) {
    for (std::size_t i = 0; i < kCrashPoints.size(); ++i)
        if (kCrashPoints[i].size() == step.size() + 1 + moment.size() && kCrashPoints[i].starts_with(step) &&
            kCrashPoints[i][step.size()] == '.' && kCrashPoints[i].ends_with(moment))
            return i;
    throw "the step has not both its moments in the table of src/base/fault_point.hpp";
}
}  // namespace detail

class CrashPoint {
public:
    // Implicit, so that crash_point takes the name as it stands.
    consteval CrashPoint(const char* name) : index_(detail::index_of(kCrashPoints, name)) {}
    consteval CrashPoint(std::string_view step, std::string_view moment)
        : index_(detail::index_of_moment(step, moment)) {}
    std::size_t index() const { return index_; }

private:
    std::size_t index_;
};

// "intake.page": both sides of a commit. Implicit, so that the name stands where the commit is made.
struct CommitPoint {
    consteval CommitPoint(const char* step) : before(step, "before_commit"), after(step, "after_commit") {}
    CrashPoint before;
    CrashPoint after;
};

// "intake.search": both sides of a call of the outside.
struct CallPoint {
    consteval CallPoint(const char* step) : before(step, "before_call"), after(step, "after_call") {}
    CrashPoint before;
    CrashPoint after;
};

class Mutant {
public:
    consteval Mutant(const char* name) : index_(detail::index_of(kMutants, name)) {}
    std::size_t index() const { return index_; }

private:
    std::size_t index_;
};

// What a process that reached its armed point ends with; at once, nothing is flushed or closed.
inline constexpr int kCrashExitCode = 86;

#ifdef FAIRWAY_FAULT_POINTS

inline constexpr bool kHasFaultPoints = true;
void crash_point(CrashPoint point);
bool mutant(Mutant which);

#else

inline constexpr bool kHasFaultPoints = false;
inline void crash_point(CrashPoint) {}
constexpr bool mutant(Mutant) { return false; }

#endif

// "NAME" or "NAME:n": the n-th time (from 1) that the point is reached ends the process. An empty text
// disarms. invalid: there is no such name, or this build has no crash points.
Status arm_crash_point(std::string_view text);
// How often this process has come by each point of the table, in its order.
std::vector<std::int64_t> crash_points_passed();
// Breaks the rule of this name from now on; an empty name mends it.
Status arm_mutant(std::string_view name);

}  // namespace fairway
