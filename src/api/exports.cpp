#include "api/exports.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>

#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/views.hpp"

namespace fairway::api {

namespace {

constexpr std::string_view kRunning = "running";
constexpr std::string_view kPageRows = "200";

class CsvFile final : public net::BodyStream {
public:
    CsvFile(Services& services, const ExportedList& list, net::Request request, Principal principal)
        : services_(services),
          list_(list),
          request_(std::move(request)),
          filters_(request_.query),
          principal_(std::move(principal)),
          waiting_(csv_header(list.columns)) {}

    Status begin(std::unique_ptr<Exports::Progress> progress) {
        progress_ = std::move(progress);
        Status read = read_page(list_.name);
        if (!read) progress_->forget();
        return read;
    }
    std::optional<std::string> next() override;
    bool has_end() const override { return true; }

private:
    std::optional<std::string> next_rows();
    Status read_page(std::string_view exported);

    Services& services_;
    const ExportedList& list_;
    net::Request request_;
    const QueryPairs filters_;
    const Principal principal_;
    std::unique_ptr<Exports::Progress> progress_{};
    std::string waiting_;                 // rows that are read and not sent
    std::int64_t rows_ = 0;               // in waiting_
    std::optional<std::string> after_{};  // the page to read next; nothing: there is none
};

// exported: the list's name with the first page, for the audit.
Status CsvFile::read_page(std::string_view exported) {
    request_.query = filters_;
    request_.query.emplace_back("limit", kPageRows);
    if (after_) request_.query.emplace_back("after", *after_);
    Call call{request_, services_, principal_, domain::Language::en, services_.sync.clock.now()};
    call.may_search_persons = principal_.buyer_data;
    call.exported = exported;
    if (const std::string* language = request_.headers.find("Accept-Language"))
        call.language = domain::choose_language(*language);
    const Answer page = TRY(list_.handler(call));
    record_views(call);
    const json::Array& items = page.body.at("items").as_array();
    for (const json::Value& item : items) waiting_ += csv_row(list_.columns, item);
    rows_ += static_cast<std::int64_t>(items.size());
    const json::Value& next = page.body.at("next");
    after_ = next.is_null() ? std::nullopt : std::optional(std::string(next.as_string()));
    return {};
}

std::optional<std::string> CsvFile::next() {
    try {
        return next_rows();
    } catch (...) {
        progress_->end("failed");
        throw;
    }
}

std::optional<std::string> CsvFile::next_rows() {
    if (waiting_.empty() && after_) {
        // Whoever was signed out meanwhile gets no more.
        const bool live = services_.sync.db.read(
            [&](db::Reader& tx) { return store::is_live(tx, principal_.token, services_.sync.clock.now()); });
        const Status read =
            live ? read_page({}) : fail(ErrorKind::unauthorized, "token_unknown", "signed out");
        if (!read) throw std::runtime_error("an export is broken off: " + read.error().message);
    }
    if (waiting_.empty()) {
        progress_->end("done");
        return std::nullopt;
    }
    progress_->sent(std::exchange(rows_, 0));
    return std::exchange(waiting_, {});
}

// Of lists that can tell without being read.
std::optional<std::int64_t> count_rows(Services& services, const ExportedList& list, net::Request request,
                                       const Principal& principal, UtcTime now) {
    if (list.handler != list_amazon_orders) return std::nullopt;
    std::erase_if(request.query,
                  [](const auto& pair) { return pair.first == "sort" || pair.first == "personal_data"; });
    Call call{request, services, principal, domain::Language::en, now};
    call.may_search_persons = principal.buyer_data;
    const auto summary = summarize_amazon_orders(call);
    if (!summary || !summary->body.at("count_is_exact").as_bool()) return std::nullopt;
    return summary->body.at("count").as_int64();
}

}  // namespace

void Exports::Progress::sent(std::int64_t rows) {
    const std::lock_guard lock(exports_.mutex_);
    if (Known* known = exports_.find(number_)) known->shape.rows += rows;
}

void Exports::Progress::end(std::string_view state) {
    const UtcTime now = clock_.now();
    const std::lock_guard lock(exports_.mutex_);
    Known* known = exports_.find(number_);
    if (known == nullptr || known->shape.state != kRunning) return;
    known->shape.state = state;
    known->shape.finished_at = now;
}

void Exports::Progress::forget() {
    const std::lock_guard lock(exports_.mutex_);
    std::erase_if(exports_.known_, [&](const Known& each) { return each.number == number_; });
}

Exports::Known* Exports::find(std::int64_t number) {
    const auto known = std::ranges::find(known_, number, &Known::number);
    return known == known_.end() ? nullptr : &*known;
}

void Exports::forget_ended(UtcTime now) {
    constexpr Duration kShown = hours(1);
    constexpr std::size_t kEndedMax = 1'000;
    std::erase_if(known_, [&](const Known& each) {
        return each.shape.finished_at && now - *each.shape.finished_at > kShown;
    });
    const auto ended = [](const Known& each) { return each.shape.finished_at.has_value(); };
    while (known_.size() > kEndedMax) {
        const auto oldest = std::ranges::find_if(known_, ended);
        if (oldest == known_.end()) return;
        known_.erase(oldest);
    }
}

Result<std::unique_ptr<Exports::Progress>> Exports::begin(const std::string& owner, std::string_view list,
                                                          std::optional<std::int64_t> total,
                                                          const Clock& clock) {
    constexpr std::int64_t kAtOnce = 4;
    const UtcTime now = clock.now();
    const std::lock_guard lock(mutex_);
    forget_ended(now);
    const auto running = std::ranges::count_if(
        known_, [&](const Known& each) { return each.owner == owner && each.shape.state == kRunning; });
    if (running >= kAtOnce)
        return fail(ErrorKind::conflict, "too_many_exports",
                    "four exports of yours are under way: wait until one has ended, or break one off");
    known_.push_back({++numbers_, owner,
                      Export{.id = "ex_" + std::to_string(numbers_),
                             .list = std::string(list),
                             .total = total,
                             .state = std::string(kRunning),
                             .started_at = now}});
    return std::make_unique<Progress>(*this, clock, numbers_);
}

std::vector<Export> Exports::list(const std::string& owner, UtcTime now) {
    const std::lock_guard lock(mutex_);
    forget_ended(now);
    std::vector<Export> own;
    for (auto known = known_.rbegin(); known != known_.rend(); ++known)
        if (known->owner == owner) own.push_back(known->shape);
    return own;
}

Result<std::shared_ptr<net::BodyStream>> begin_export(Services& services, const ExportedList& list,
                                                      net::Request request, Principal principal,
                                                      UtcTime now) {
    for (const std::string_view name : {"limit", "after"})
        if (request.query_value(name) != nullptr)
            return fail(ErrorKind::invalid, "filter_unknown",
                        "an export is of the whole list: leave out " + std::string(name), std::string(name));
    auto progress = TRY(services.exports->begin(principal.actor, list.name,
                                                count_rows(services, list, request, principal, now),
                                                services.sync.clock));
    auto file = std::make_shared<CsvFile>(services, list, std::move(request), std::move(principal));
    if (const Status begun = file->begin(std::move(progress)); !begun) return std::unexpected(begun.error());
    return file;
}

Result<Answer> list_exports(Call& call) {
    TRY(check_query(call, {}));
    return page_of_all(call, call.services.exports->list(call.principal.actor, call.now),
                       [](const Export& each) { return each; });
}

}  // namespace fairway::api
