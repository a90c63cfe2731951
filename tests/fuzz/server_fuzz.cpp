// What reaches the server's socket: heads, bodies, chunks, several requests in a row. The input is what a
// client sends before it closes its side.
#include <mutex>
#include <optional>
#include <set>

#include "base/text.hpp"
#include "fuzz.hpp"
#include "net/raw_socket_test.hpp"
#include "net/server.hpp"

namespace fairway::fuzz {

namespace {

constexpr std::size_t kHeadMax = 2'048;
constexpr std::size_t kBodyMax = 4'096;

// What was handled of the connection under way.
class Handled {
public:
    void add(const net::Request& request) {
        CHECK(request.body.size() <= kBodyMax, "the limit of a body holds");
        CHECK(request.path.starts_with('/'), "a request has a path");
        CHECK(request.headers.count("Content-Length") <= 1, "a request has one length");
        CHECK(!request.headers.find("Content-Length") || !request.headers.find("Transfer-Encoding"),
              "a request has one framing");
        const std::string* length = request.headers.find("Content-Length");
        CHECK(length == nullptr || parse_int(*length) == static_cast<std::int64_t>(request.body.size()),
              "a body is as long as it says");
        const std::lock_guard lock(mutex_);
        ++count_;
    }
    int take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(count_, 0);
    }

private:
    std::mutex mutex_;
    int count_ = 0;
};

struct Fixture {
    Handled handled{};
    std::unique_ptr<net::Server> server = start();

    std::unique_ptr<net::Server> start() {
        const net::ServerOptions options{
            .handler_threads = 1, .header_bytes_max = kHeadMax, .body_bytes_max = kBodyMax};
        auto started = net::Server::start(
            options,
            [this](const net::Request& request) {
                handled.add(request);
                const char* bodyless = request.method == "HEAD" ? "yes" : "no";
                return net::Response{.headers = {{"Bodyless", bodyless}, {"By", "handler"}}, .body = "done"};
            },
            Logger::none());
        CHECK(started.has_value(), "a free port is there");
        return *std::move(started);
    }
};

struct Answer {
    int status = 0;
    bool by_handler = false;
};

// Takes the first answer off; nullopt when there is no whole one.
std::optional<Answer> take_answer(std::string_view& text) {
    const std::size_t end = text.find("\r\n\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view head = text.substr(0, end);
    text.remove_prefix(end + 4);
    const std::string_view first = take_part(head, "\r\n");
    CHECK(first.starts_with("HTTP/1.1 ") && first.size() >= 12, "an answer begins with its status");
    Answer answer{.status = static_cast<int>(parse_int(first.substr(9, 3)).value_or(0))};
    std::size_t length = 0;
    bool bodyless = false;
    while (!head.empty()) {
        const std::string_view line = take_part(head, "\r\n");
        if (line.starts_with("Content-Length: "))
            length = static_cast<std::size_t>(parse_int(line.substr(16)).value_or(0));
        bodyless = bodyless || line == "Bodyless: yes";
        answer.by_handler = answer.by_handler || line == "By: handler";
    }
    if (bodyless) return answer;
    CHECK(length <= text.size(), "an answer is whole");
    text.remove_prefix(length);
    return answer;
}

// Every request that was handled has its answer, and after a refusal there is nothing more.
void check_answers(std::string_view text, int handled) {
    static const std::set<int> kRefusals{400, 413, 417, 431, 501, 505};
    int answered = 0;
    bool refused = false;
    while (!text.empty()) {
        const auto answer = take_answer(text);
        CHECK(answer.has_value(), "nothing but answers is sent");
        if (answer->status == 100) continue;
        CHECK(!refused, "a refusal is the last answer");
        refused = !answer->by_handler;
        CHECK(!refused || kRefusals.contains(answer->status), "the server says why it refuses");
        if (answer->by_handler) ++answered;
    }
    CHECK(answered <= handled, "no answer without a request");
}

}  // namespace

void fuzz_one(std::string_view input) {
    static Fixture fixture;
    net::RawSocket socket(fixture.server->address());
    socket.send(input);
    socket.finish();
    const std::string answers = socket.read_all();
    const int handled = fixture.handled.take();
    // A connection that was thrown away may have lost what was said on it.
    if (!socket.was_reset()) check_answers(answers, handled);
}

}  // namespace fairway::fuzz
