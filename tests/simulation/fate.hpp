#pragma once
// When Fairway dies: at one of its commits or calls, before or after. From then on nothing it does has any
// effect, until its objects are dropped and opened anew from the files. One thread.
#include <functional>
#include <memory>
#include <optional>

#include "db/db.hpp"
#include "net/http.hpp"

namespace fairway::simulation {

// What ends a process that is to die. No std::exception, so that nobody takes it for an error to live with.
struct Death {};

class Fate {
public:
    enum class Moment { before_commit, after_commit, before_call, after_call };

    // The n-th such moment from now on (from 1) is the last one.
    void arm(Moment moment, int n) { armed_ = {moment, n}; }
    bool is_dead() const { return dead_; }
    void revive() {
        dead_ = false;
        armed_.reset();
    }
    // Throws Death when this moment is the one, or when it has come already.
    void pass(Moment moment);
    void must_be_alive() const {
        if (dead_) throw Death{};
    }

private:
    struct Armed {
        Moment moment{};
        int left = 0;
    };
    std::optional<Armed> armed_{};
    bool dead_ = false;
};

// A database whose owner may die before a commit, which is lost then, or after it.
class MortalDatabase final : public db::Database {
public:
    // overtake: what others do before the owner goes on with what he has read.
    MortalDatabase(std::unique_ptr<db::Database> inner, Fate& fate, std::function<void()> overtake)
        : inner_(std::move(inner)), fate_(fate), overtake_(std::move(overtake)) {}

    db::Engine engine() const override { return inner_->engine(); }

protected:
    void do_read(const std::function<void(db::Reader&)>& function) override;
    void do_write(const std::function<bool(db::Transaction&)>& function) override;

private:
    std::unique_ptr<db::Database> inner_;
    Fate& fate_;
    std::function<void()> overtake_;
};

// A network on which the caller may die before a call, which is not made then, or after it, when its answer
// is lost.
class MortalClient final : public net::HttpClient {
public:
    // meanwhile: what others do while the caller waits for the answer.
    MortalClient(net::HttpClient& inner, Fate& fate, std::function<void()> meanwhile)
        : inner_(inner), fate_(fate), meanwhile_(std::move(meanwhile)) {}
    Task<Result<net::Response>> send(net::ClientRequest request) override;

private:
    net::HttpClient& inner_;
    Fate& fate_;
    std::function<void()> meanwhile_;
};

}  // namespace fairway::simulation
