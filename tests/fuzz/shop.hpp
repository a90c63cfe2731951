#pragma once
// A whole Fairway for fuzz targets: real databases in files, the REST interface, a client whose Amazon says
// what the target wants. Every input meets the same state: what an input has written is thrown away before
// the next one. One thread.
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "api/api.hpp"
#include "net/memory_client.hpp"
#include "sync/context.hpp"
#include "sync/quota_ledger.hpp"

namespace fairway::fuzz {

// Passes everything on and remembers whether something was committed.
class WatchedDatabase final : public db::Database {
public:
    explicit WatchedDatabase(std::unique_ptr<db::Database> inner) : inner_(std::move(inner)) {}
    db::Engine engine() const override { return inner_->engine(); }
    bool was_written() const { return written_; }
    void forget_writes() { written_ = false; }

protected:
    void do_read(const std::function<void(db::Reader&)>& function) override;
    void do_write(const std::function<bool(db::Transaction&)>& function) override;

private:
    std::unique_ptr<db::Database> inner_;
    bool written_ = false;
};

// One account, two stores (Amazon.it, active, and Amazon.de, not), two products, and orders in several
// states: 402-0000001-0000001 imported and shipped with its confirmation queued, 402-0000002-0000002 blocked,
// 402-0000003-0000003 pending.
class Shop {
public:
    using Amazon = std::function<Result<net::Response>(const net::Request&)>;

    Shop();
    ~Shop();
    Shop(const Shop&) = delete;
    Shop& operator=(const Shop&) = delete;

    // As it was made. What Amazon says from now on.
    void reset(Amazon amazon);

    const std::string& token() const { return token_; }
    api::Api& api();
    sync::Context& context();
    ManualClock& clock() { return clock_; }
    db::Database& db();

private:
    struct Running;

    void furnish();
    void copy(const std::string& from, const std::string& to) const;

    std::filesystem::path folder_{};
    std::string token_{};
    ManualClock clock_;
    Amazon amazon_{};
    std::unique_ptr<Running> running_;
};

}  // namespace fairway::fuzz
