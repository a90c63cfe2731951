// Cancelling, holding, invoicing and commenting by people.
#include "commerce/builtin/builtin_fixture.hpp"

namespace fairway::commerce {
namespace {

using domain::CommerceStatus;

class ActionsTest : public BuiltinTest {
protected:
    Status unhold_now() {
        return act(order, [](db::Transaction& tx, const store::CommerceOrderRecord& record) {
            return unhold(tx, record, kNow);
        });
    }
    Result<InvoiceId> invoice_now() {
        return act(order, [](db::Transaction& tx, const store::CommerceOrderRecord& record) {
            return invoice(tx, record, kNow);
        });
    }
    Result<CommentId> comment_now(const std::string& text) {
        return act(order, [&](db::Transaction& tx, const store::CommerceOrderRecord& record) {
            return comment(tx, record, "token:Ada", text, kNow);
        });
    }
    void set_status(CommerceStatus status) {
        write(
            [&](db::Transaction& tx) { store::set_commerce_status(tx, order, status, std::nullopt, kNow); });
    }
    // Sent again free of charge: not invoiced.
    CommerceOrderId create_replacement() {
        domain::AmazonOrder replacement = make_lines("402-2", {3});
        replacement.replacement = true;
        return create(replacement);
    }

    CommerceOrderId order = create_with_stock({3});
};

TEST_F(ActionsTest, an_order_that_is_not_invoiced_is_cancelled_and_its_stock_returns) {
    order = create_replacement();
    ASSERT_EQ(stock_of("SKU-1"), "default=4");
    must_be_done(cancel_now(order));
    EXPECT_EQ(get(order).status, CommerceStatus::canceled);
    EXPECT_EQ(get(order).lines[0].quantities.quantity_cancelled, 3);
    EXPECT_EQ(stock_of("SKU-1"), "default=7");
    EXPECT_EQ(dirty_orders(), std::vector{get(order).order_id});
}

TEST_F(ActionsTest, an_invoiced_order_is_not_cancelled) {
    EXPECT_EQ(refusal([&] { return cancel_now(order); }), "conflict already_invoiced");
}

TEST_F(ActionsTest, an_order_with_shipped_units_is_not_cancelled) {
    order = create_replacement();
    must(ship_now(order, {{package("T1", {{1, 1}})}}));
    EXPECT_EQ(refusal([&] { return cancel_now(order); }), "conflict already_shipped");
}

TEST_F(ActionsTest, an_order_that_has_ended_is_not_cancelled_held_or_invoiced) {
    order = create_replacement();
    for (const CommerceStatus ended :
         {CommerceStatus::closed, CommerceStatus::canceled, CommerceStatus::complete}) {
        set_status(ended);
        EXPECT_EQ(refusal([&] { return cancel_now(order); }), "conflict order_closed");
        EXPECT_EQ(refusal([&] { return hold_now(order); }), "conflict order_closed");
        EXPECT_EQ(refusal([&] { return invoice_now(); }), "conflict order_closed");
    }
}

TEST_F(ActionsTest, an_order_that_is_only_viewed_is_not_cancelled) {
    order = create_replacement();
    write([&](db::Transaction& tx) {
        store::set_import_state(tx, store::find_commerce_order(tx, order)->order_id,
                                domain::ImportState::view_only, kNow);
    });
    EXPECT_EQ(refusal([&] { return cancel_now(order); }), "conflict view_only");
}

TEST_F(ActionsTest, an_order_is_put_on_hold_once) {
    must_be_done(hold_now(order));
    EXPECT_EQ(get(order).status, CommerceStatus::on_hold);
    EXPECT_EQ(dirty_orders(), std::vector{get(order).order_id});
    EXPECT_EQ(refusal([&] { return hold_now(order); }), "conflict already_on_hold");
}

TEST_F(ActionsTest, an_order_that_is_released_is_what_it_was) {
    must(ship_now(order, {{package("T1")}}));
    must_be_done(hold_now(order));
    must_be_done(unhold_now());
    EXPECT_EQ(get(order).status, CommerceStatus::shipped);
    EXPECT_EQ(get(order).status_before_hold, std::nullopt);
}

TEST_F(ActionsTest, only_an_order_on_hold_is_released) {
    EXPECT_EQ(refusal([&] { return unhold_now(); }), "conflict not_on_hold");
}

TEST_F(ActionsTest, a_hold_ends_when_everything_is_cancelled_on_amazon) {
    must_be_done(hold_now(order));
    apply(make_lines("402-1", {3}), domain::WithdrawUnits{"cancelled", true, {{1, 3}}});
    EXPECT_EQ(get(order).status, CommerceStatus::closed);
}

TEST_F(ActionsTest, an_order_is_invoiced_once_with_all_its_money) {
    EXPECT_EQ(refusal([&] { return invoice_now(); }), "conflict already_invoiced");
    order = create_replacement();
    must(invoice_now());
    const store::CommerceOrderRecord record = get(order);
    ASSERT_EQ(record.invoices.size(), 1u);
    EXPECT_EQ(record.invoices[0].number, "000000002");
    EXPECT_EQ(record.invoices[0].parts, record.totals());
    EXPECT_TRUE(record.invoiced);
}

TEST_F(ActionsTest, a_comment_is_kept_as_it_was_written) {
    const CommentId id = must(comment_now(" Call first. "));
    const store::CommentRecord said = get(order).comments.back();
    EXPECT_EQ(said.id, id);
    EXPECT_EQ(said.author, "token:Ada");
    EXPECT_EQ(said.text, " Call first. ");
    EXPECT_EQ(said.note.code, "");
}

TEST_F(ActionsTest, a_comment_changes_its_order) {
    must(act(order, [](db::Transaction& tx, const store::CommerceOrderRecord& record) {
        return comment(tx, record, "token:Ada", "Call first.", kNow + minutes(5));
    }));
    EXPECT_EQ(get(order).updated_at, kNow + minutes(5));
}

TEST_F(ActionsTest, a_comment_has_a_text_of_at_most_2000_characters) {
    EXPECT_EQ(refusal([&] { return comment_now(" \n"); }), "invalid text_missing");
    std::string text;
    for (int i = 0; i < 2000; ++i) text += "ü";
    EXPECT_EQ(refusal([&] { return comment_now(text + "x"); }), "invalid too_long");
    must(comment_now(text));
}

TEST_F(ActionsTest, a_comment_that_is_no_utf8_is_refused) {
    EXPECT_EQ(refusal([&] { return comment_now("\xff"); }), "invalid text_invalid");
}

}  // namespace
}  // namespace fairway::commerce
