#pragma once
// What Amazon's refusals say, as text for people.
#include <string>
#include <string_view>

#include "amazon/credentials.hpp"
#include "base/pii.hpp"
#include "net/http.hpp"

namespace fairway::amazon {

// "message (details)" of every entry of {"errors":[…]}, joined by "; "; "HTTP 403" where the body says
// nothing. Bounded; never with the account's secrets or the token in it, even if the other side repeats them.
std::string amazon_words(const net::Response& response, const Account& account,
                         const Pii<std::string>& token);

// {"error":"invalid_client","error_description":"…"} of the token service.
struct TokenRefusal {
    std::string code{};  // empty: the body is not of this kind
    std::string words{};
};
TokenRefusal read_token_refusal(const net::Response& response, const Account& account);

// A 403 of a token whose hour is over, not of a missing right.
bool says_token_expired(std::string_view words);

}  // namespace fairway::amazon
