#include "fate.hpp"

namespace fairway::simulation {

void Fate::pass(Moment moment) {
    must_be_alive();
    if (!armed_ || armed_->moment != moment || --armed_->left > 0) return;
    dead_ = true;
    throw Death{};
}

void MortalDatabase::do_read(const std::function<void(db::Reader&)>& function) {
    fate_.must_be_alive();
    inner_->read([&](db::Reader& tx) { function(tx); });
    overtake_();
}

void MortalDatabase::do_write(const std::function<bool(db::Transaction&)>& function) {
    fate_.must_be_alive();
    const Status done = inner_->write([&](db::Transaction& tx) -> Status {
        if (!function(tx)) return fail(ErrorKind::internal, "rolled_back", "asked for");
        fate_.pass(Fate::Moment::before_commit);
        return {};
    });
    if (done) fate_.pass(Fate::Moment::after_commit);
}

Task<Result<net::Response>> MortalClient::send(net::ClientRequest request) {
    fate_.pass(Fate::Moment::before_call);
    auto response = co_await inner_.send(std::move(request));
    meanwhile_();
    fate_.pass(Fate::Moment::after_call);
    co_return response;
}

}  // namespace fairway::simulation
