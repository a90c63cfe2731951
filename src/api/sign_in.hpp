#pragma once
// Signing in and out, and choosing a password: what a browser may ask before it has a session. Thread-safe.
#include <atomic>

#include "api/call.hpp"
#include "api/turns.hpp"
#include "crypto/password.hpp"

namespace fairway::api {

class SignIn {
public:
    explicit SignIn(const Services& services) : services_(services) {}

    net::Response sign_in(const net::Request& request);
    net::Response sign_out(const net::Request& request);
    net::Response get_session(const net::Request& request);
    net::Response change_password(const net::Request& request);
    // Whose password may be chosen with an invitation; and choosing it, which signs in.
    net::Response look_at_invitation(const net::Request& request);
    net::Response accept_invitation(const net::Request& request);

private:
    Result<net::Response> try_sign_in(const net::Request& request);
    Result<net::Response> try_sign_out(const net::Request& request);
    Result<net::Response> try_session(const net::Request& request);
    Result<net::Response> try_change_password(const net::Request& request);
    Result<net::Response> try_look(const net::Request& request);
    Result<net::Response> try_accept(const net::Request& request);

    // Somebody says a password.
    struct Guess {
        std::string name{};
        std::string password{};
        std::string place{};  // refused too often here, it may still be said elsewhere
        std::string block{};  // where strangers are counted whatever the name; empty: a person who is known
        std::string actor{};  // for the audit
        std::string_view purpose{};
    };
    // Whose password it was, and its hash: true only as long as it is still the person's.
    struct Verified {
        UserId user{};
        std::string hash{};
    };
    Result<Verified> verify(const Guess& guess, UtcTime now);
    static bool still_holds(db::Reader& tx, const Verified& verified);
    Result<net::Response> begin_session(const Verified& verified, const net::Request& request, UtcTime now);
    std::string cookie(std::string_view session, Duration life) const;
    std::string place_of(const net::Request& request, net::Network network = net::Network::line);

    const Services& services_;
    Turns turns_{};
    std::atomic_flag no_address_told_{};
};

// 12 to 200 characters, and not the name. invalid "password_too_short", "password_too_long",
// "password_is_name".
Status check_new_password(std::string_view password, std::string_view name);

}  // namespace fairway::api
