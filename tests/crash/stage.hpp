#pragma once
// Where crash and anomaly tests play: one seller on a sandbox without sockets, virtual time, and a directory
// with Fairway's databases. A Stage has no thread and no open database, so that a test forks it: each child
// has an Amazon of its own from there on and works on a copy of the files.
#include <memory>
#include <string>
#include <vector>

#include "runner/amazon.hpp"
#include "runner/books.hpp"
#include "runner/program.hpp"
#include "runner/script.hpp"

namespace fairway::crash {

// A request that was refused or failed: a person goes no further before it is done.
class Refused : public scenarios::Wrong {
public:
    using Wrong::Wrong;
};

// One Fairway on the stage's files, as long as its process lives. What goes wrong is kept as a complaint and
// the process goes on, as the service and the server do.
class Fairway {
public:
    Fairway(scenarios::Program& program, std::string token) : program_(program), token_(std::move(token)) {}

    // A request with a token and, for what changes something, an Idempotency-Key; its answer. Throws Refused.
    json::Value ask(const std::string& method, const std::string& path, const json::Value& body = nullptr,
                    const std::string& key = {});
    json::Value post(const std::string& path, const json::Value& body = nullptr) {
        return ask("POST", path, body, "key of POST " + path);
    }
    void tick();
    void look();

    scenarios::Program& program() { return program_; }
    // "code: message" of each refusal, problem and exception so far.
    const std::vector<std::string>& complaints() const { return complaints_; }
    void forget_complaints() { complaints_.clear(); }

private:
    void complain(const std::string& code, const std::string& message);

    scenarios::Program& program_;
    std::string token_;
    std::vector<std::string> complaints_{};
};

class Stage {
public:
    Stage();
    std::unique_ptr<scenarios::Program> open(net::HttpClient& http, scenarios::Mode mode,
                                             const scenarios::Surroundings::Wrap& wrap = {});
    std::unique_ptr<scenarios::Program> open() { return open(amazon.client(), scenarios::Mode::restarting); }
    // Makes the token, unless there is one.
    void let_in(scenarios::Program& program);
    // From here on `open` opens these files, which outlive their use: what a child does first, with a copy.
    void use(scenarios::Directory& files) { files_ = &files; }
    scenarios::Directory& files() { return *files_; }

    // An order of the first seller on Amazon.it under a name; lines of "SKU-1" at 10.00.
    void place(const std::string& alias, const std::string& status = "UNSHIPPED", json::Object more = {});
    void set_status(const std::string& alias, const std::string& status);
    const std::string& id_of(const std::string& alias) const { return ids_.at(alias); }
    void pass(Duration time) { clock.advance(time); }

    ManualClock real_clock;
    sandbox::SandboxClock clock;
    scenarios::Amazon amazon;
    std::string token{};  // of an administrator who may see personal data

private:
    scenarios::Directory directory_{};
    scenarios::Directory* files_ = &directory_;
    crypto::Key master_key_;
    std::map<std::string, std::string> ids_{};
};

// A copy of all files; nobody has them open.
void copy_files(const scenarios::Directory& from, const scenarios::Directory& to);

// Where a use case is to end.
struct End {
    std::string state{};         // as state_of says; empty: wherever it comes to rest
    Duration step = minutes(5);  // after which Fairway looks again
    // Answers of Amazon were spoiled on the way: more of them may be kept aside than `state` has.
    bool more_kept_aside = false;
};
// Time passes and Fairway works, until it is there or has had time enough. "" or what is different, or wrong:
// the rules of check_at_rest, keys and personal data.
std::string settle(Stage& stage, scenarios::Program& program, const End& end);

// All that two runs of one story must agree in, as text: the databases' essence and the ledger's
// confirmations.
std::string state_of(Stage& stage, scenarios::Program& program);

}  // namespace fairway::crash
