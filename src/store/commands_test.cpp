#include "store/commands.hpp"

#include "store/commerce_orders.hpp"
#include "store/instance.hpp"
#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

using domain::CommandState;

constexpr Duration kLease = minutes(2);

class CommandsTest : public StoreTest {
protected:
    struct Shipped {
        OrderId order{};
        std::int64_t package = 0;
    };
    // An imported order with one package.
    Shipped ship(const std::string& amazon_order_id) {
        const OrderId order = clean_order(make_order(amazon_order_id));
        const domain::Currency eur = domain::Currency::of("EUR");
        return write([&](db::Transaction& tx) {
            const CommerceOrderId commerce = insert_commerce_order(
                tx, {.store_id = store, .order_id = order, .currency = eur, .other = domain::zero(eur)},
                kNow);
            const domain::CommercePackage package{.carrier = "BRT", .tracking = "T", .shipped_at = kNow};
            insert_shipment(tx, commerce, {.packages = {package}}, kNow);
            return Shipped{order, tx.one("SELECT MAX(id) FROM shipment_packages")->get<std::int64_t>(0)};
        });
    }
    CommandId queue(const Shipped& shipped, std::optional<UtcTime> deadline = {},
                    const std::string& cause = "1001") {
        return write([&](db::Transaction& tx) {
            EXPECT_TRUE(insert_confirmation(tx, shipped.order,
                                            {.package_id = shipped.package,
                                             .reference_id = cause,
                                             .items = {{1, 2}},
                                             .deadline = deadline},
                                            kNow));
            return CommandId{tx.one("SELECT MAX(id) FROM commands")->get<std::int64_t>(0)};
        });
    }
    std::optional<LeasedCommand> lease(UtcTime now = kNow) {
        return write([&](db::Transaction& tx) { return lease_next_command(tx, account, now, kLease); });
    }
    bool finish(const LeasedCommand& leased, const CommandResult& result, UtcTime now = kNow) {
        return write([&](db::Transaction& tx) { return finish_command(tx, leased, result, now); });
    }
    CommandRecord command(CommandId id) {
        return must(read([&](db::Reader& tx) { return find_command(tx, id); }));
    }
    std::vector<CommandId> list(const CommandFilter& filter = {}, std::optional<CommandId> before = {},
                                int limit = 9) {
        std::vector<CommandId> ids;
        for (const CommandRecord& each :
             read([&](db::Reader& tx) { return list_commands(tx, filter, before, limit); }))
            ids.push_back(each.id);
        return ids;
    }
};

TEST_F(CommandsTest, a_command_is_queued_with_what_it_will_say) {
    const Shipped shipped = ship("402-1");
    const CommandRecord queued = command(queue(shipped, kNow + hours(5)));
    EXPECT_EQ(queued.kind, domain::CommandKind::confirm_shipment);
    EXPECT_EQ(queued.state, CommandState::queued);
    EXPECT_EQ(queued.account_id, account);
    EXPECT_EQ(queued.store_id, store);
    EXPECT_EQ(queued.order_id, shipped.order);
    EXPECT_EQ(queued.amazon_order_id, AmazonOrderId("402-1"));
    EXPECT_EQ(queued.cause, "1001");
    EXPECT_EQ(queued.package_id, shipped.package);
    EXPECT_EQ(queued.items, (std::vector<domain::LineQuantity>{{1, 2}}));
    EXPECT_EQ(queued.deadline, kNow + hours(5));
    EXPECT_EQ(queued.attempts, 0);
    EXPECT_EQ(queued.next_attempt_at, kNow);
}

TEST_F(CommandsTest, a_cause_is_used_once) {
    const Shipped shipped = ship("402-1");
    queue(shipped);
    EXPECT_FALSE(write([&](db::Transaction& tx) {
        return insert_confirmation(tx, shipped.order, {.package_id = shipped.package, .reference_id = "1001"},
                                   kNow);
    }));
    EXPECT_EQ(rows_in("commands"), 1);
}

TEST_F(CommandsTest, commands_are_listed_newest_first_in_pages) {
    const Shipped shipped = ship("402-1");
    const CommandId a = queue(shipped, {}, "1001");
    const CommandId b = queue(shipped, {}, "1002");
    const CommandId c = queue(ship("402-2"), {}, "1001");
    EXPECT_EQ(list(), (std::vector{c, b, a}));
    EXPECT_EQ(list({}, {}, 2), (std::vector{c, b}));
    EXPECT_EQ(list({}, b, 2), std::vector{a});
    EXPECT_EQ(list({.amazon_order_id = AmazonOrderId("402-1")}), (std::vector{b, a}));
    write([&](db::Transaction& tx) { set_command_state(tx, b, CommandState::rejected, "x", kNow); });
    EXPECT_EQ(list({.state = CommandState::rejected}), std::vector{b});
    EXPECT_EQ(list({.amazon_order_id = AmazonOrderId("402-1"), .state = CommandState::queued}),
              std::vector{a});
    EXPECT_EQ(read([&](db::Reader& tx) { return list_commands_of_order(tx, shipped.order); }).size(), 2u);
}

TEST_F(CommandsTest, the_earliest_deadline_goes_first_and_none_goes_last) {
    const CommandId without = queue(ship("402-1"));
    const CommandId late = queue(ship("402-2"), kNow + hours(9));
    const CommandId early = queue(ship("402-3"), kNow + hours(1));
    EXPECT_EQ(must(lease()).command.id, early);
    EXPECT_EQ(must(lease()).command.id, late);
    EXPECT_EQ(must(lease()).command.id, without);
    EXPECT_FALSE(lease().has_value());
}

TEST_F(CommandsTest, a_command_is_leased_only_when_it_is_due) {
    queue(ship("402-1"));
    const LeasedCommand leased = must(lease());
    ASSERT_TRUE(finish(leased, {.state = CommandState::queued, .next_attempt_at = kNow + minutes(5)}));
    EXPECT_FALSE(lease(kNow + minutes(5) - seconds(1)).has_value());
    EXPECT_TRUE(lease(kNow + minutes(5)).has_value());
}

TEST_F(CommandsTest, accounts_with_something_to_send_are_named_once) {
    const auto accounts = [&](UtcTime now) {
        return read([&](db::Reader& tx) { return list_accounts_with_due_commands(tx, now); });
    };
    EXPECT_TRUE(accounts(kNow).empty());
    const Shipped shipped = ship("402-1");
    queue(shipped, {}, "1001");
    queue(shipped, {}, "1002");
    EXPECT_EQ(accounts(kNow), std::vector{account});
    lease();
    lease();
    EXPECT_TRUE(accounts(kNow).empty());
    EXPECT_EQ(accounts(kNow + kLease), std::vector{account});
}

TEST_F(CommandsTest, a_clock_that_was_set_back_delays_no_command) {
    queue(ship("402-1"));
    const LeasedCommand leased = must(lease());
    const UtcTime before = kNow - hours(1) - seconds(1);
    const auto accounts = [&](UtcTime now) {
        return read([&](db::Reader& tx) { return list_accounts_with_due_commands(tx, now); });
    };
    EXPECT_TRUE(accounts(kNow - minutes(58)).empty()) << "its lease holds";
    EXPECT_EQ(accounts(kNow - days(1)), std::vector{account}) << "no lease is that long";
    ASSERT_TRUE(finish(leased, {.state = CommandState::queued, .next_attempt_at = kNow}));
    EXPECT_TRUE(accounts(kNow - hours(1)).empty());
    EXPECT_EQ(accounts(before), std::vector{account});
    EXPECT_TRUE(lease(before).has_value());
}

TEST_F(CommandsTest, what_was_called_off_is_counted_nowhere_as_rejected) {
    const CommandId called_off = queue(ship("402-1"));
    const CommandId refused = queue(ship("402-2"));
    queue(ship("402-3"));
    write([&](db::Transaction& tx) {
        set_command_state(tx, called_off, CommandState::rejected, "order_cancelled", kNow);
        set_command_state(tx, refused, CommandState::rejected, "invalid", kNow);
    });
    const auto open = read([](db::Reader& tx) { return count_open_commands(tx); });
    EXPECT_EQ(open,
              (std::map<CommandState, std::int64_t>{{CommandState::queued, 1}, {CommandState::rejected, 1}}));
    EXPECT_EQ(read([](db::Reader& tx) { return count_rejected_commands(tx); }), 1);
    write([&](db::Transaction& tx) {
        set_command_state(tx, refused, CommandState::rejected, "units_cancelled", kNow);
    });
    EXPECT_FALSE(
        read([](db::Reader& tx) { return count_open_commands(tx); }).contains(CommandState::rejected));
}

TEST_F(CommandsTest, what_was_called_off_is_listed_apart_from_what_was_refused) {
    const CommandId called_off = queue(ship("402-1"));
    const CommandId refused = queue(ship("402-2"));
    const CommandId waits = queue(ship("402-3"));
    write([&](db::Transaction& tx) {
        set_command_state(tx, called_off, CommandState::rejected, "units_cancelled", kNow);
        set_command_state(tx, refused, CommandState::rejected, "invalid", kNow);
    });
    const auto list = [&](const CommandFilter& filter) {
        std::vector<CommandId> ids;
        for (const CommandRecord& each :
             read([&](db::Reader& tx) { return list_commands(tx, filter, std::nullopt, 10); }))
            ids.push_back(each.id);
        return ids;
    };
    EXPECT_EQ(list({.called_off = true}), std::vector{called_off});
    EXPECT_EQ(list({.called_off = false}), (std::vector{waits, refused}));
    EXPECT_EQ(list({.state = CommandState::rejected, .called_off = false}), std::vector{refused});
}

TEST_F(CommandsTest, rejected_commands_are_counted) {
    const CommandId id = queue(ship("402-1"));
    EXPECT_EQ(read([](db::Reader& tx) { return count_rejected_commands(tx); }), 0);
    write([&](db::Transaction& tx) { set_command_state(tx, id, CommandState::rejected, "c", kNow); });
    EXPECT_EQ(read([](db::Reader& tx) { return count_rejected_commands(tx); }), 1);
}

TEST_F(CommandsTest, another_accounts_commands_are_not_taken) {
    queue(ship("402-1"));
    EXPECT_FALSE(write([&](db::Transaction& tx) {
                     return lease_next_command(tx, AccountId{99}, kNow, kLease);
                 }).has_value());
}

TEST_F(CommandsTest, leasing_does_not_change_the_state_of_a_living_command) {
    const CommandId id = queue(ship("402-1"));
    EXPECT_EQ(must(lease()).command.state, CommandState::queued);
    EXPECT_EQ(command(id).state, CommandState::queued);
    EXPECT_TRUE(dirty_orders().empty());
}

TEST_F(CommandsTest, a_lease_that_ran_out_is_taken_over) {
    queue(ship("402-1"));
    lease();
    EXPECT_FALSE(lease(kNow + kLease - seconds(1)).has_value());
    EXPECT_TRUE(lease(kNow + kLease).has_value());
}

TEST_F(CommandsTest, a_command_whose_worker_died_while_sending_is_unknown) {
    const Shipped shipped = ship("402-1");
    queue(shipped);
    const LeasedCommand first = must(lease());
    ASSERT_TRUE(
        finish(first, {.state = CommandState::sending, .next_attempt_at = kNow, .release_lease = false}));
    write([&](db::Transaction& tx) { tx.execute("UPDATE amazon_orders SET dirty = 0"); });
    EXPECT_FALSE(lease(kNow + minutes(1)).has_value());
    const LeasedCommand second = must(lease(kNow + kLease));
    EXPECT_EQ(second.command.state, CommandState::unknown);
    EXPECT_EQ(command(second.command.id).state, CommandState::unknown);
    EXPECT_EQ(dirty_orders(), std::vector{shipped.order});
}

TEST_F(CommandsTest, ended_commands_are_never_leased) {
    const Shipped shipped = ship("402-1");
    int number = 1001;
    for (const CommandState state :
         {CommandState::accepted, CommandState::verified, CommandState::rejected}) {
        const CommandId id = queue(shipped, {}, std::to_string(number++));
        write([&](db::Transaction& tx) { set_command_state(tx, id, state, std::nullopt, kNow); });
    }
    EXPECT_FALSE(lease(kNow + days(9)).has_value());
}

TEST_F(CommandsTest, an_accepted_command_remembers_when_and_marks_its_order) {
    const Shipped shipped = ship("402-1");
    const CommandId id = queue(shipped);
    const LeasedCommand leased = must(lease());
    EXPECT_TRUE(finish(leased,
                       {.state = CommandState::accepted, .next_attempt_at = kNow, .count_attempt = true},
                       kNow + seconds(3)));
    EXPECT_EQ(command(id).state, CommandState::accepted);
    EXPECT_EQ(command(id).accepted_at, kNow + seconds(3));
    EXPECT_EQ(command(id).attempts, 1);
    EXPECT_EQ(dirty_orders(), std::vector{shipped.order});
}

TEST_F(CommandsTest, a_rejected_command_keeps_amazons_words) {
    const CommandId id = queue(ship("402-1"));
    const LeasedCommand leased = must(lease());
    EXPECT_TRUE(
        finish(leased, {.state = CommandState::rejected, .code = "amazon_refused", .amazon_says = "No."}));
    EXPECT_EQ(command(id).code, "amazon_refused");
    EXPECT_EQ(command(id).amazon_says, "No.");
    EXPECT_FALSE(command(id).accepted_at.has_value());
}

TEST_F(CommandsTest, a_worker_that_lost_its_lease_writes_nothing) {
    const Shipped shipped = ship("402-1");
    const CommandId id = queue(shipped);
    const LeasedCommand lost = must(lease());
    const LeasedCommand present = must(lease(kNow + kLease));
    EXPECT_FALSE(finish(lost, {.state = CommandState::rejected, .code = "late", .count_attempt = true}));
    EXPECT_EQ(command(id).state, CommandState::queued);
    EXPECT_EQ(command(id).attempts, 0);
    EXPECT_TRUE(dirty_orders().empty());
    EXPECT_TRUE(finish(present, {.state = CommandState::accepted}));
}

TEST_F(CommandsTest, what_the_plan_decided_is_not_overwritten_by_a_worker_that_had_not_begun) {
    const CommandId id = queue(ship("402-1"));
    const LeasedCommand leased = must(lease());
    write([&](db::Transaction& tx) {
        set_command_state(tx, id, CommandState::rejected, "order_cancelled", kNow);
    });
    EXPECT_FALSE(finish(leased, {.state = CommandState::sending, .release_lease = false}));
    EXPECT_EQ(command(id).state, CommandState::rejected);
    EXPECT_EQ(command(id).code, "order_cancelled");
}

TEST_F(CommandsTest, a_finished_command_is_free_unless_its_worker_goes_on) {
    queue(ship("402-1"));
    const LeasedCommand first = must(lease());
    ASSERT_TRUE(
        finish(first, {.state = CommandState::unknown, .next_attempt_at = kNow, .release_lease = false}));
    EXPECT_FALSE(lease().has_value());
    ASSERT_TRUE(finish(first, {.state = CommandState::unknown, .next_attempt_at = kNow}));
    EXPECT_TRUE(lease().has_value());
}

TEST_F(CommandsTest, a_lease_given_back_changes_nothing_else) {
    const CommandId id = queue(ship("402-1"));
    const LeasedCommand leased = must(lease());
    write([&](db::Transaction& tx) { release_lease(tx, leased); });
    EXPECT_EQ(command(id).state, CommandState::queued);
    EXPECT_TRUE(dirty_orders().empty());
    const LeasedCommand again = must(lease());
    write([&](db::Transaction& tx) { release_lease(tx, leased); });
    EXPECT_FALSE(lease().has_value());
    EXPECT_EQ(again.command.id, id);
}

TEST_F(CommandsTest, a_rejected_command_is_sent_again_by_a_person) {
    const Shipped shipped = ship("402-1");
    const CommandId id = queue(shipped);
    const LeasedCommand leased = must(lease());
    finish(leased, {.state = CommandState::rejected, .code = "c", .amazon_says = "No."});
    write([&](db::Transaction& tx) { tx.execute("UPDATE amazon_orders SET dirty = 0"); });
    ASSERT_TRUE(write([&](db::Transaction& tx) { return replay_command(tx, id, kNow + hours(1)); }));
    EXPECT_EQ(command(id).state, CommandState::queued);
    EXPECT_FALSE(command(id).code || command(id).amazon_says);
    EXPECT_EQ(dirty_orders(), std::vector{shipped.order});
    EXPECT_EQ(must(lease(kNow + hours(1))).command.id, id);
}

TEST_F(CommandsTest, only_a_rejected_command_is_sent_again) {
    const CommandId id = queue(ship("402-1"));
    const Status replayed = write([&](db::Transaction& tx) { return replay_command(tx, id, kNow); });
    ASSERT_FALSE(replayed.has_value());
    EXPECT_EQ(replayed.error().kind, ErrorKind::conflict);
    EXPECT_EQ(replayed.error().code, "command_not_rejected");
    const Status missing =
        write([&](db::Transaction& tx) { return replay_command(tx, CommandId{99}, kNow); });
    EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
}

TEST_F(CommandsTest, after_a_restore_what_was_queued_or_sending_is_in_doubt_and_nothing_else) {
    const CommandId queued = queue(ship("402-1"));
    const CommandId sending = queue(ship("402-2"));
    const CommandId accepted = queue(ship("402-3"));
    write([&](db::Transaction& tx) {
        set_command_state(tx, sending, CommandState::sending, {}, kNow);
        set_command_state(tx, accepted, CommandState::accepted, {}, kNow);
        tx.execute("UPDATE amazon_orders SET dirty = 0");
    });
    const auto held = lease();
    write([](db::Transaction& tx) { doubt_open_commands(tx, kNow); });
    EXPECT_EQ(command(queued).state, CommandState::unknown);
    EXPECT_EQ(command(sending).state, CommandState::unknown);
    EXPECT_EQ(command(accepted).state, CommandState::accepted);
    EXPECT_EQ(dirty_orders().size(), 2u);
    EXPECT_FALSE(finish(must(held), {.state = CommandState::accepted})) << "its lease has ended";
    EXPECT_TRUE(lease().has_value()) << "due at once";
}

TEST_F(CommandsTest, in_read_only_mode_nothing_is_due) {
    const CommandId id = queue(ship("402-1"));
    write([](db::Transaction& tx) {
        tx.execute("INSERT INTO instance (one, id, epoch) VALUES (1, 'i', 0)");
        set_read_only(tx, true, kNow);
    });
    const auto accounts = [&] {
        return read([](db::Reader& tx) { return list_accounts_with_due_commands(tx, kNow); });
    };
    EXPECT_FALSE(lease().has_value());
    EXPECT_TRUE(accounts().empty());
    EXPECT_EQ(command(id).state, CommandState::queued);
    write([](db::Transaction& tx) { set_read_only(tx, false, kNow); });
    EXPECT_EQ(accounts(), (std::vector{account}));
    EXPECT_TRUE(lease().has_value());
}

}  // namespace
}  // namespace fairway::store
