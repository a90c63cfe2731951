#include "processes.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <optional>
#include <vector>

#include "base/check.hpp"
#include "net/run_blocking.hpp"

namespace fairway::crash {

namespace {

constexpr unsigned kSecondsMax = 60;

using Fields = std::vector<std::string>;

bool write_all(int to, const void* data, std::size_t size) {
    const char* at = static_cast<const char*>(data);
    while (size > 0) {
        const ssize_t written = ::send(to, at, size, MSG_NOSIGNAL);
        if (written <= 0) return false;
        at += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

bool read_all(int from, void* data, std::size_t size) {
    char* at = static_cast<char*>(data);
    while (size > 0) {
        const ssize_t got = ::read(from, at, size);
        if (got <= 0) return false;
        at += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

// Both ends are the same program: numbers go as they are.
bool write_fields(int to, const Fields& fields) {
    const std::size_t count = fields.size();
    if (!write_all(to, &count, sizeof count)) return false;
    for (const std::string& field : fields) {
        const std::size_t size = field.size();
        if (!write_all(to, &size, sizeof size) || !write_all(to, field.data(), size)) return false;
    }
    return true;
}

std::optional<Fields> read_fields(int from) {
    std::size_t count = 0;
    if (!read_all(from, &count, sizeof count)) return std::nullopt;
    Fields fields(count);
    for (std::string& field : fields) {
        std::size_t size = 0;
        if (!read_all(from, &size, sizeof size)) return std::nullopt;
        field.resize(size);
        if (!read_all(from, field.data(), size)) return std::nullopt;
    }
    return fields;
}

void add_headers(Fields& fields, const net::Headers& headers) {
    for (const auto& [name, value] : headers) {
        fields.push_back(name);
        fields.push_back(value);
    }
}

net::Headers read_headers(const Fields& fields, std::size_t at) {
    net::Headers headers;
    for (; at + 1 < fields.size(); at += 2) headers.add(fields[at], fields[at + 1]);
    return headers;
}

// Asks the other process and waits for what it answers.
class RemoteClient final : public net::HttpClient {
public:
    explicit RemoteClient(int socket) : socket_(socket) {}

    Task<Result<net::Response>> send(net::ClientRequest request) override {
        Fields fields{request.method, request.url, request.body};
        add_headers(fields, request.headers);
        CHECK(write_fields(socket_, fields), "the process that plays Amazon is there");
        const auto answer = read_fields(socket_);
        CHECK(answer.has_value() && answer->size() >= 3, "the process that plays Amazon answers");
        if (answer->at(0) == "error")
            co_return fail(static_cast<ErrorKind>(std::stoi(answer->at(1))), answer->at(2), "no answer");
        co_return net::Response{
            .status = std::stoi(answer->at(1)), .headers = read_headers(*answer, 3), .body = answer->at(2)};
    }

private:
    int socket_;
};

void answer_one(int socket, net::HttpClient& amazon, const Fields& asked) {
    const Result<net::Response> response = net::run_blocking(amazon.send(
        {.method = asked.at(0), .url = asked.at(1), .headers = read_headers(asked, 3), .body = asked.at(2)}));
    if (!response) {
        const Error& error = response.error();
        write_fields(socket, {"error", std::to_string(static_cast<int>(error.kind)), error.code});
        return;
    }
    Fields fields{"answer", std::to_string(response->status), response->body};
    add_headers(fields, response->headers);
    write_fields(socket, fields);
}

struct Pair {
    int ours = -1;
    int theirs = -1;
};

Pair connect_pair() {
    std::array<int, 2> ends{};
    CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0, "there are sockets left");
    return {ends[0], ends[1]};
}

[[noreturn]] void be_the_child(int calls, int result,
                               const std::function<std::string(net::HttpClient&)>& function) {
    ::alarm(kSecondsMax);
    RemoteClient client(calls);
    int exit_code = 0;
    std::string said;
    try {
        said = function(client);
    } catch (const std::exception& failure) {
        exit_code = 1;
        said = failure.what();
    }
    write_fields(result, {said});
    // Nothing that belongs to the parent is closed, deleted or told to have leaked.
    ::_exit(exit_code);
}

// Plays Amazon until the child has said its last word or is gone.
std::string attend(int calls, int result, net::HttpClient* amazon) {
    while (true) {
        std::array<pollfd, 2> ready{{{calls, POLLIN, 0}, {result, POLLIN, 0}}};
        if (::poll(ready.data(), ready.size(), static_cast<int>(kSecondsMax) * 2'000) <= 0) return "no end";
        if ((ready[0].revents & POLLIN) != 0 && amazon != nullptr) {
            if (const auto asked = read_fields(calls)) {
                answer_one(calls, *amazon, *asked);
                continue;
            }
        }
        if (ready[1].revents != 0) {
            const auto said = read_fields(result);
            return said ? said->at(0) : std::string();
        }
    }
}

Ended start(net::HttpClient* amazon, const std::function<std::string(net::HttpClient&)>& function) {
    const Pair calls = connect_pair();
    const Pair result = connect_pair();
    const pid_t child = ::fork();
    CHECK(child >= 0, "there are processes left");
    if (child == 0) {
        ::close(calls.ours);
        ::close(result.ours);
        be_the_child(calls.theirs, result.theirs, function);
    }
    ::close(calls.theirs);
    ::close(result.theirs);
    Ended ended{.said = attend(calls.ours, result.ours, amazon)};
    int status = 0;
    ::waitpid(child, &status, 0);
    ended.exit_code = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
    ::close(calls.ours);
    ::close(result.ours);
    return ended;
}

}  // namespace

Ended in_a_process(const std::function<std::string()>& function) {
    return start(nullptr, [&](net::HttpClient&) { return function(); });
}

Ended in_a_process(net::HttpClient& amazon, const std::function<std::string(net::HttpClient&)>& function) {
    return start(&amazon, function);
}

}  // namespace fairway::crash
