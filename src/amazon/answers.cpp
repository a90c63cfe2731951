#include "amazon/answers.hpp"

#include "amazon/wire.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

namespace fairway::amazon {

namespace {

constexpr std::size_t kWordsMax = 1'000;

// Cuts between characters, not inside one.
void shorten(std::string& text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return;
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    text += "…";
}

void replace_all(std::string& text, const std::string& secret) {
    if (secret.empty()) return;
    constexpr std::string_view kMask = "***";
    for (std::size_t at = text.find(secret); at != std::string::npos;
         at = text.find(secret, at + kMask.size()))
        text.replace(at, secret.size(), kMask);
}

std::string clean(std::string text, const Account& account, const std::string& token) {
    const Credentials& credentials = account.credentials;
    replace_all(text, credentials.client_secret.reveal());
    if (credentials.previous_client_secret) replace_all(text, credentials.previous_client_secret->reveal());
    replace_all(text, credentials.refresh_token.reveal());
    replace_all(text, token);
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    shorten(text, kWordsMax);
    return text;
}

std::string text_or_nothing(const json::Object& object, std::string_view name) {
    return wire::text(object, name).value_or("");
}

std::string words_of(const json::Value& entry) {
    const json::Object* error = entry.if_object();
    if (error == nullptr) return "";
    std::string words = text_or_nothing(*error, "message");
    if (words.empty()) words = text_or_nothing(*error, "code");
    const std::string details = text_or_nothing(*error, "details");
    if (!details.empty() && details != words) words += " (" + details + ")";
    return words;
}

std::string all_words(const json::Value& body) {
    const json::Object* object = body.if_object();
    if (object == nullptr) return "";
    const json::Value* errors = object->if_contains("errors");
    if (errors == nullptr || !errors->is_array()) return "";
    std::string all;
    for (const json::Value& entry : errors->get_array()) {
        const std::string words = words_of(entry);
        if (!words.empty()) all += (all.empty() ? "" : "; ") + words;
    }
    return all;
}

}  // namespace

std::string amazon_words(const net::Response& response, const Account& account,
                         const Pii<std::string>& token) {
    std::string words;
    if (const auto body = json::parse(response.body)) words = all_words(*body);
    if (words.empty()) return "HTTP " + std::to_string(response.status);
    return clean(std::move(words), account, token.reveal());
}

TokenRefusal read_token_refusal(const net::Response& response, const Account& account) {
    const auto body = json::parse(response.body);
    const json::Object* object = body ? body->if_object() : nullptr;
    if (object == nullptr) return {};
    TokenRefusal refusal{clean(text_or_nothing(*object, "error"), account, ""), ""};
    const std::string description = clean(text_or_nothing(*object, "error_description"), account, "");
    refusal.words = description.empty() ? refusal.code : description + " (" + refusal.code + ")";
    return refusal;
}

bool says_token_expired(std::string_view words) {
    const std::string text = to_lower_ascii(words);
    const std::size_t token = text.find("access token");
    return token != std::string::npos && text.find("expired", token) != std::string::npos;
}

}  // namespace fairway::amazon
