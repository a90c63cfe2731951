#include "mishaps.hpp"

#include <array>

namespace fairway::crash {

namespace {

using Kind = db::Failure::Kind;

void step(Mishap& mishap, const std::string& place) {
    if (!mishap.strikes(place)) return;
    constexpr std::array kKinds{Kind::busy, Kind::disk, Kind::connection};
    const Kind kind = kKinds[static_cast<std::size_t>(mishap.nth()) % kKinds.size()];
    throw db::Failure(kind, "made to fail at " + place);
}

class FailingReader final : public db::Reader {
public:
    FailingReader(db::Reader& inner, Mishap& mishap) : inner_(inner), mishap_(mishap) {}
    std::vector<db::Row> run(std::string_view sql, std::span<const db::Argument> arguments) override {
        step(mishap_, std::string(sql));
        return inner_.run(sql, arguments);
    }

private:
    db::Reader& inner_;
    Mishap& mishap_;
};

class FailingTransaction final : public db::Transaction {
public:
    FailingTransaction(db::Transaction& inner, Mishap& mishap) : inner_(inner), mishap_(mishap) {}
    std::vector<db::Row> run(std::string_view sql, std::span<const db::Argument> arguments) override {
        fail_or_go_on(std::string(sql));
        return inner_.run(sql, arguments);
    }
    std::int64_t change(std::string_view sql, std::span<const db::Argument> arguments) override {
        fail_or_go_on(std::string(sql));
        return inner_.change(sql, arguments);
    }
    void script(const std::string& sql) override {
        fail_or_go_on(sql.substr(0, 80));
        inner_.script(sql);
    }
    void after_commit(std::function<void()> action) override { inner_.after_commit(std::move(action)); }
    bool spoiled() const { return spoiled_; }

private:
    void fail_or_go_on(const std::string& sql) {
        try {
            step(mishap_, sql);
        } catch (...) {
            spoiled_ = true;
            throw;
        }
    }

    db::Transaction& inner_;
    Mishap& mishap_;
    bool spoiled_ = false;
};

class FailingDatabase final : public db::Database {
public:
    FailingDatabase(std::unique_ptr<db::Database> inner, Mishap& mishap)
        : inner_(std::move(inner)), mishap_(mishap) {}
    db::Engine engine() const override { return inner_->engine(); }

protected:
    void do_read(const std::function<void(db::Reader&)>& function) override {
        step(mishap_, "the beginning of a read");
        inner_->read([&](db::Reader& tx) {
            FailingReader reader(tx, mishap_);
            function(reader);
        });
    }
    void do_write(const std::function<bool(db::Transaction&)>& function) override {
        step(mishap_, "the beginning of a write");
        const Status done = inner_->write([&](db::Transaction& tx) -> Status {
            FailingTransaction transaction(tx, mishap_);
            if (!function(transaction)) return fail(ErrorKind::internal, "rolled_back", "as asked for");
            // As the engines do: a statement failed, and whoever swallowed that has nothing committed.
            if (transaction.spoiled()) throw db::Failure(Kind::statement, "a spoiled transaction");
            step(mishap_, "a commit");
            return {};
        });
        if (done) step(mishap_, "the answer to a commit");
    }

private:
    std::unique_ptr<db::Database> inner_;
    Mishap& mishap_;
};

net::Response refuse(int status, const std::string& code) {
    return {.status = status,
            .headers = {{"Content-Type", "application/json"}},
            .body = R"({"errors":[{"code":")" + code + R"(","message":"Not now.","details":""}]})"};
}

}  // namespace

scenarios::Surroundings::Wrap failing_databases(Mishap& mishap) {
    return [&mishap](std::unique_ptr<db::Database> inner) {
        return std::make_unique<FailingDatabase>(std::move(inner), mishap);
    };
}

std::string_view to_text(HttpTrouble trouble) {
    switch (trouble) {
        case HttpTrouble::unreachable: return "unreachable";
        case HttpTrouble::failed: return "failed";
        case HttpTrouble::throttled: return "throttled";
        case HttpTrouble::lost: return "lost";
        case HttpTrouble::timed_out: return "timed_out";
        case HttpTrouble::truncated: return "truncated";
    }
    return "";
}

Task<Result<net::Response>> FailingClient::send(net::ClientRequest request) {
    if (!mishap_.strikes()) co_return co_await inner_.send(std::move(request));
    if (trouble_ == HttpTrouble::unreachable)
        co_return fail(ErrorKind::unavailable, "connect_failed", "nobody is there");
    if (trouble_ == HttpTrouble::failed) co_return refuse(500, "InternalFailure");
    if (trouble_ == HttpTrouble::throttled) co_return refuse(429, "QuotaExceeded");
    Result<net::Response> answer = co_await inner_.send(std::move(request));
    if (trouble_ == HttpTrouble::lost)
        co_return fail(ErrorKind::unavailable, "connection_lost", "the connection ended");
    if (trouble_ == HttpTrouble::timed_out)
        co_return fail(ErrorKind::timeout, "timeout", "no answer in time");
    if (answer) answer->body.resize(answer->body.size() / 2);
    co_return answer;
}

}  // namespace fairway::crash
