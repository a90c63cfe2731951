#pragma once
// Blocking sockets for tests: they send what no proper client would. A wait that takes ten seconds throws.
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace fairway::net {

inline sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

inline void require(bool good, const char* what) {
    if (!good) throw std::runtime_error(what);
}

// A call of a socket that has a limit of time is not begun again after a signal, such as a fuzzer's alarm.
template <class Call>
auto unless_interrupted(Call call) {
    auto result = call();
    while (result < 0 && errno == EINTR) result = call();
    return result;
}

class RawSocket {
public:
    explicit RawSocket(int descriptor) : descriptor_(descriptor) {
        const timeval wait{.tv_sec = 10, .tv_usec = 0};
        setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    }
    // Connects to "127.0.0.1:PORT".
    explicit RawSocket(const std::string& address) : RawSocket(::socket(AF_INET, SOCK_STREAM, 0)) {
        const sockaddr_in to = loopback(std::stoi(address.substr(address.rfind(':') + 1)));
        require(::connect(descriptor_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0,
                "connect failed");
    }
    RawSocket(RawSocket&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)),
          reset_(other.reset_),
          left_(std::move(other.left_)) {}
    ~RawSocket() { close(); }

    void close() {
        if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    }
    RawSocket& send(std::string_view text) {
        while (!text.empty()) {
            const ssize_t sent = ::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                reset_ = true;
                break;  // what the other side said before it closed is still there to read
            }
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
        return *this;
    }
    // Says that nothing more will be sent.
    void finish() { ::shutdown(descriptor_, SHUT_WR); }
    // Everything until the other side closes.
    std::string read_all() {
        while (read_more()) {
        }
        return std::exchange(left_, "");
    }
    // Up to and including the mark.
    std::string read_until(std::string_view mark) {
        std::size_t at = 0;
        while ((at = left_.find(mark)) == std::string::npos)
            require(read_more(), "closed before the mark came");
        std::string text = left_.substr(0, at + mark.size());
        left_.erase(0, text.size());
        return text;
    }
    // Whether the other side threw the connection away with bytes unread.
    bool was_reset() const { return reset_; }
    bool readable_within(int milliseconds) {
        pollfd poll{.fd = descriptor_, .events = POLLIN, .revents = 0};
        return ::poll(&poll, 1, milliseconds) > 0;
    }

private:
    bool read_more() {
        char buffer[4096];
        const ssize_t size =
            unless_interrupted([&] { return ::recv(descriptor_, buffer, sizeof buffer, 0); });
        require(size >= 0 || errno == ECONNRESET, "nothing came in ten seconds");
        reset_ = reset_ || size < 0;
        if (size <= 0) return false;
        left_.append(buffer, static_cast<std::size_t>(size));
        return true;
    }

    int descriptor_;
    bool reset_ = false;
    std::string left_;
};

// A server that a test plays by hand.
class RawListener {
public:
    RawListener() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        require(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0, "bind failed");
        require(::listen(socket_, 16) == 0, "listen failed");
        require(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0, "no name");
        url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    }
    ~RawListener() { ::close(socket_); }
    RawListener(const RawListener&) = delete;
    RawListener& operator=(const RawListener&) = delete;

    const std::string& url() const { return url_; }
    RawSocket accept() {
        const timeval wait{.tv_sec = 10, .tv_usec = 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
        const int connection = unless_interrupted([&] { return ::accept(socket_, nullptr, nullptr); });
        require(connection >= 0, "nobody connected in ten seconds");
        return RawSocket(connection);
    }

private:
    int socket_;
    std::string url_;
};

}  // namespace fairway::net
