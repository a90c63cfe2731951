#include "mishaps.hpp"

#include <algorithm>
#include <array>

namespace fairway::crash {

namespace {

using Kind = db::Failure::Kind;

void step(Mishap& mishap, std::int64_t transaction, const std::string& place) {
    if (!mishap.strikes(transaction, place)) return;
    constexpr std::array kKinds{Kind::busy, Kind::disk, Kind::connection};
    const Kind kind = kKinds[static_cast<std::size_t>(mishap.nth()) % kKinds.size()];
    throw db::Failure(kind, "made to fail at " + place);
}

std::string one_line(std::string_view sql) {
    std::string line(sql);
    std::ranges::replace(line, '\n', ' ');
    return line;
}

class FailingReader final : public db::Reader {
public:
    FailingReader(db::Reader& inner, Mishap& mishap)
        : inner_(inner), mishap_(mishap), number_(mishap.begin()) {}
    std::vector<db::Row> run(std::string_view sql, std::span<const db::Argument> arguments) override {
        step(mishap_, number_, one_line(sql));
        return inner_.run(sql, arguments);
    }

private:
    db::Reader& inner_;
    Mishap& mishap_;
    std::int64_t number_;
};

class FailingTransaction final : public db::Transaction {
public:
    FailingTransaction(db::Transaction& inner, Mishap& mishap)
        : inner_(inner), mishap_(mishap), number_(mishap.begin()) {}
    std::vector<db::Row> run(std::string_view sql, std::span<const db::Argument> arguments) override {
        fail_or_go_on(sql);
        return inner_.run(sql, arguments);
    }
    std::int64_t change(std::string_view sql, std::span<const db::Argument> arguments) override {
        fail_or_go_on(sql);
        return inner_.change(sql, arguments);
    }
    void script(const std::string& sql) override {
        fail_or_go_on(std::string_view(sql).substr(0, 80));
        inner_.script(sql);
    }
    void after_commit(std::function<void()> action) override { actions_.push_back(std::move(action)); }
    std::vector<std::function<void()>> take_actions() { return std::move(actions_); }
    bool spoiled() const { return spoiled_; }
    std::int64_t number() const { return number_; }

private:
    void fail_or_go_on(std::string_view sql) {
        try {
            step(mishap_, number_, one_line(sql));
        } catch (...) {
            spoiled_ = true;
            throw;
        }
    }

    db::Transaction& inner_;
    Mishap& mishap_;
    std::int64_t number_;
    bool spoiled_ = false;
    std::vector<std::function<void()>> actions_{};
};

class FailingDatabase final : public db::Database {
public:
    FailingDatabase(std::unique_ptr<db::Database> inner, Mishap& mishap)
        : inner_(std::move(inner)), mishap_(mishap) {}
    db::Engine engine() const override { return inner_->engine(); }

protected:
    void do_read(const std::function<void(db::Reader&)>& function) override {
        inner_->read([&](db::Reader& tx) {
            FailingReader reader(tx, mishap_);
            function(reader);
        });
    }
    void do_write(const std::function<bool(db::Transaction&)>& function) override {
        std::int64_t number = 0;
        std::vector<std::function<void()>> actions;
        const Status done = inner_->write([&](db::Transaction& tx) -> Status {
            FailingTransaction transaction(tx, mishap_);
            if (!function(transaction)) return fail(ErrorKind::internal, "rolled_back", "as asked for");
            // As the engines do: a statement failed, and whoever swallowed that has nothing committed.
            if (transaction.spoiled()) throw db::Failure(Kind::statement, "a spoiled transaction");
            number = transaction.number();
            step(mishap_, number, "the commit");
            actions = transaction.take_actions();
            return {};
        });
        if (!done) return;
        step(mishap_, number, "the answer to the commit");
        for (const std::function<void()>& action : actions) action();
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

bool Mishap::strikes(std::int64_t transaction, const std::string& place) {
    if (!statement_.empty()) {
        if (struck_ || !place.starts_with(statement_)) return false;
        struck_ = true;
        return true;
    }
    if (!armed_) return false;
    places_.push_back({transaction, place});
    if (static_cast<std::int64_t>(places_.size()) != nth_) return false;
    struck_ = true;
    return true;
}

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
    if (!mishap_.strikes(mishap_.begin(), request.method + " " + request.url))
        co_return co_await inner_.send(std::move(request));
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
