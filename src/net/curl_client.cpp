#include "net/curl_client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "base/check.hpp"

namespace fairway::net {

namespace asio = boost::asio;

namespace {

using SteadyTime = std::chrono::steady_clock::time_point;
using Answer = Result<Response>;

constexpr std::size_t kHeaderBytesMax = 256 * 1024;

struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// One call, from send() to its answer. Owned by the curl thread once queued.
struct Transfer {
    std::uint64_t id = 0;
    ClientRequest request;
    std::move_only_function<void(Answer)> finish;  // runs done on the caller's executor
    SteadyTime deadline{};
    std::size_t body_max = 0;

    std::unique_ptr<CURL, FreeEasy> easy;
    std::unique_ptr<curl_slist, FreeList> header_lines;
    Response response{};
    bool sending = false;  // the connection stands, from here on the other side may act on the request
    std::size_t header_bytes = 0;  // of every header line so far, interim answers and trailers included
    bool header_ended = false;
    bool too_large = false;
    char error_text[CURL_ERROR_SIZE] = "";
};

std::size_t on_body(char* data, std::size_t, std::size_t size, void* context) {
    auto& transfer = *static_cast<Transfer*>(context);
    transfer.too_large = size > transfer.body_max - transfer.response.body.size();
    if (transfer.too_large) return 0;
    transfer.response.body.append(data, size);
    return size;
}

std::size_t on_header(char* data, std::size_t, std::size_t size, void* context) {
    auto& transfer = *static_cast<Transfer*>(context);
    // Curl 7.88 as it was released has no limit of its own for all lines together.
    transfer.too_large = size > kHeaderBytesMax - transfer.header_bytes;
    if (transfer.too_large) return 0;
    transfer.header_bytes += size;
    const std::string_view line = trim(std::string_view(data, size));
    if (line.starts_with("HTTP/")) {
        // What a "100 Continue" said is not part of the answer.
        transfer.response.headers = {};
        transfer.header_ended = false;
        return size;
    }
    // Behind the empty line come trailers, which are not part of the header.
    transfer.header_ended = transfer.header_ended || line.empty();
    const std::size_t colon = line.find(':');
    if (!transfer.header_ended && colon != std::string_view::npos)
        transfer.response.headers.add(std::string(line.substr(0, colon)),
                                      std::string(trim(line.substr(colon + 1))));
    return size;
}

// Called when a connection is ready and before anything is sent on it. A second time means that curl wants to
// send the request again because a kept connection was dead; the first copy may have had its effect.
int on_connected(void* context, char*, char*, int, int) {
    auto& transfer = *static_cast<Transfer*>(context);
    return std::exchange(transfer.sending, true) ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

bool fits_on_a_line(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

Status check_sendable(const ClientRequest& request) {
    if (!fits_on_a_line(request.method) || !fits_on_a_line(request.url) || request.method.empty())
        return fail(ErrorKind::invalid, "bad_request", "the method or the address has a line break");
    for (const auto& [name, value] : request.headers)
        if (!fits_on_a_line(name) || !fits_on_a_line(value) || name.empty() || name.contains(':'))
            return fail(ErrorKind::invalid, "bad_request",
                        "a header cannot be sent: " + percent_encode(name));
    return {};
}

// What other threads leave for the curl thread. A cancellation may come when the client is gone and its last
// answers still wait for their executor: it holds the inbox weakly.
struct Inbox {
    std::mutex mutex;
    CURLM* multi = nullptr;  // woken only under the mutex and while not stopping
    std::vector<std::unique_ptr<Transfer>> queued;
    std::vector<std::uint64_t> cancelled;
    std::uint64_t last_id = 0;
    bool stopping = false;

    void cancel(std::uint64_t id) {
        const std::lock_guard lock(mutex);
        if (stopping) return;
        cancelled.push_back(id);
        curl_multi_wakeup(multi);
    }
};

class CurlClient final : public HttpClient {
public:
    explicit CurlClient(CurlOptions options);
    ~CurlClient() override;
    Task<Result<Response>> send(ClientRequest request) override;

private:
    template <class Done>
    void start(ClientRequest request, Done done);

    // On the curl thread.
    void run();
    void begin(std::unique_ptr<Transfer> transfer);
    void configure(Transfer& transfer);
    void add_headers(Transfer& transfer);
    void collect();
    void drop_cancelled(const std::vector<std::uint64_t>& ids);
    void drop_late();
    int poll_ms() const;
    Answer answer_of(Transfer& transfer, CURLcode code) const;
    void end(std::uint64_t id, Answer answer);

    const CurlOptions options_;
    CURLM* multi_;
    const std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
    std::map<std::uint64_t, std::unique_ptr<Transfer>> running_;  // the curl thread's
    std::thread thread_;
};

Error broken(const Transfer& transfer, std::string why) {
    return {ErrorKind::unavailable, transfer.sending ? "connection_lost" : "connect_failed", std::move(why)};
}

CurlClient::CurlClient(CurlOptions options) : options_(std::move(options)) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    CHECK(ready == CURLE_OK, "libcurl starts");
    multi_ = curl_multi_init();
    CHECK(multi_, "libcurl makes a multi handle");
    curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS,
                      static_cast<long>(options_.connections_per_host_max));
    inbox_->multi = multi_;
    thread_ = std::thread([this] { run(); });
}

CurlClient::~CurlClient() {
    {
        const std::lock_guard lock(inbox_->mutex);
        inbox_->stopping = true;
        curl_multi_wakeup(multi_);
    }
    thread_.join();
    curl_multi_cleanup(multi_);
}

Task<Result<Response>> CurlClient::send(ClientRequest request) {
    CO_TRY(check_sendable(request));
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Answer)>(
        [this](auto done, ClientRequest wanted) { start(std::move(wanted), std::move(done)); },
        asio::use_awaitable, std::move(request));
}

template <class Done>
void CurlClient::start(ClientRequest request, Done done) {
    auto transfer = std::make_unique<Transfer>();
    transfer->deadline = std::chrono::steady_clock::now() + request.timeout;
    transfer->request = std::move(request);
    transfer->body_max = options_.body_bytes_max;
    auto slot = asio::get_associated_cancellation_slot(done);
    auto executor = asio::prefer(asio::any_io_executor(asio::get_associated_executor(done)),
                                 asio::execution::outstanding_work.tracked);
    transfer->finish = [executor = std::move(executor), done = std::move(done)](Answer answer) mutable {
        asio::post(executor, [done = std::move(done), answer = std::move(answer)]() mutable {
            asio::get_associated_cancellation_slot(done).clear();
            std::move(done)(std::move(answer));
        });
    };
    const std::lock_guard lock(inbox_->mutex);
    const std::uint64_t id = transfer->id = ++inbox_->last_id;
    if (slot.is_connected())
        slot.assign([inbox = std::weak_ptr(inbox_), id](asio::cancellation_type) {
            if (const auto alive = inbox.lock()) alive->cancel(id);
        });
    inbox_->queued.push_back(std::move(transfer));
    curl_multi_wakeup(multi_);
}

void CurlClient::run() {
    while (true) {
        std::vector<std::unique_ptr<Transfer>> queued;
        std::vector<std::uint64_t> cancelled;
        bool stopping = false;
        {
            const std::lock_guard lock(inbox_->mutex);
            queued.swap(inbox_->queued);
            cancelled.swap(inbox_->cancelled);
            stopping = inbox_->stopping;
        }
        for (auto& transfer : queued) begin(std::move(transfer));
        drop_cancelled(cancelled);
        if (stopping) break;
        int active = 0;
        curl_multi_perform(multi_, &active);
        collect();
        drop_late();
        curl_multi_poll(multi_, nullptr, 0, poll_ms(), nullptr);
    }
    while (!running_.empty()) {
        const auto& [id, transfer] = *running_.begin();
        end(id, std::unexpected(broken(*transfer, "the client is shutting down")));
    }
}

void CurlClient::begin(std::unique_ptr<Transfer> transfer) {
    const std::uint64_t id = transfer->id;
    transfer->easy.reset(curl_easy_init());
    CHECK(transfer->easy, "libcurl makes a handle");
    configure(*transfer);
    add_headers(*transfer);
    const CURLMcode added = curl_multi_add_handle(multi_, transfer->easy.get());
    CHECK(added == CURLM_OK, "libcurl takes a new handle");
    running_.emplace(id, std::move(transfer));
}

void CurlClient::configure(Transfer& transfer) {
    CURL* easy = transfer.easy.get();
    const ClientRequest& request = transfer.request;
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_PROXY, options_.proxy.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!options_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, options_.user_agent.c_str());
    // Curl reads 0 as "the default of five minutes".
    const auto connect_ms = std::chrono::ceil<milliseconds>(options_.connect_timeout).count();
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(std::max<std::int64_t>(connect_ms, 1)));
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer.error_text);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_connected);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
    if (request.method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        return;
    }
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT" ||
        request.method == "PATCH") {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.c_str());
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

void CurlClient::add_headers(Transfer& transfer) {
    const auto append = [&transfer](const std::string& line) {
        curl_slist* longer = curl_slist_append(transfer.header_lines.get(), line.c_str());
        CHECK(longer, "libcurl has memory for a header");
        std::ignore = transfer.header_lines.release();
        transfer.header_lines.reset(longer);
    };
    const Headers& headers = transfer.request.headers;
    // Curl would add these by itself: a form's content type to any body, a second of waiting before a large
    // one.
    for (const char* name : {"Content-Type", "Expect"})
        if (!headers.find(name)) append(std::string(name) + ":");
    for (const auto& [name, value] : headers) append(value.empty() ? name + ";" : name + ": " + value);
    curl_easy_setopt(transfer.easy.get(), CURLOPT_HTTPHEADER, transfer.header_lines.get());
}

void CurlClient::collect() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const CURLcode code = message->data.result;
        char* context = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &context);
        auto& transfer = *reinterpret_cast<Transfer*>(context);
        end(transfer.id, answer_of(transfer, code));
    }
}

void CurlClient::drop_cancelled(const std::vector<std::uint64_t>& ids) {
    for (const std::uint64_t id : ids)
        if (const auto found = running_.find(id); found != running_.end())
            end(id, std::unexpected(broken(*found->second, "the call was cancelled")));
}

// The deadline is kept here and not by curl because it also counts while a call waits for a free connection.
void CurlClient::drop_late() {
    const SteadyTime now = std::chrono::steady_clock::now();
    std::vector<std::uint64_t> late;
    for (const auto& [id, transfer] : running_)
        if (transfer->deadline <= now) late.push_back(id);
    for (const std::uint64_t id : late) {
        const Transfer& transfer = *running_.at(id);
        Error error = broken(transfer, "no connection in time");
        if (transfer.sending) error = {ErrorKind::timeout, "timeout", "no whole answer in time"};
        end(id, std::unexpected(std::move(error)));
    }
}

int CurlClient::poll_ms() const {
    SteadyTime next = std::chrono::steady_clock::now() + minutes(1);
    for (const auto& [id, transfer] : running_) next = std::min(next, transfer->deadline);
    const auto left = std::chrono::ceil<milliseconds>(next - std::chrono::steady_clock::now());
    return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

Answer CurlClient::answer_of(Transfer& transfer, CURLcode code) const {
    if (code == CURLE_OK) {
        long status = 0;
        curl_easy_getinfo(transfer.easy.get(), CURLINFO_RESPONSE_CODE, &status);
        // Curl takes a status line without a status, or with one of five digits, for an answer.
        if (status < 100 || status > 999)
            return std::unexpected(broken(transfer, "the answer has no status"));
        transfer.response.status = static_cast<int>(status);
        return std::move(transfer.response);
    }
    std::string why = *transfer.error_text ? transfer.error_text : curl_easy_strerror(code);
    if (transfer.too_large)
        return fail(ErrorKind::too_large, "answer_too_large",
                    "the answer is longer than " + std::to_string(transfer.body_max) +
                        " bytes, or its header than " + std::to_string(kHeaderBytesMax));
    // Curl says the same of an answer that is not HTTP/1.1; by then the request may have had its effect.
    if (!transfer.sending && (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL))
        return fail(ErrorKind::invalid, "bad_url", std::move(why));
    return std::unexpected(broken(transfer, std::move(why)));
}

void CurlClient::end(std::uint64_t id, Answer answer) {
    const auto found = running_.find(id);
    CHECK(found != running_.end(), "a call ends once");
    const auto transfer = std::move(found->second);
    running_.erase(found);
    curl_multi_remove_handle(multi_, transfer->easy.get());
    transfer->finish(std::move(answer));
}

}  // namespace

std::unique_ptr<HttpClient> make_curl_client(CurlOptions options) {
    return std::make_unique<CurlClient>(std::move(options));
}

}  // namespace fairway::net
