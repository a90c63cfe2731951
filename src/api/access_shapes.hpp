#pragma once
// The bodies about people, their sessions and the tokens of programs; see shapes.hpp.
#include "api/shapes.hpp"

namespace fairway::api {

struct NewTokenRequest {
    Text name{};
    Text role{};
    std::optional<bool> buyer_data{};
    OptionalTime expires_at{};
};
BOOST_DESCRIBE_STRUCT(NewTokenRequest, (), (name, role, buyer_data, expires_at))

struct NewToken {
    Text id{};
    Text name{};
    Text token{};  // shown once
};
BOOST_DESCRIBE_STRUCT(NewToken, (), (id, name, token))

struct User {
    Text id{};
    Text name{};
    Text role{};
    bool buyer_data = false;
    bool has_password = false;
    UtcTime created_at{};
    OptionalTime last_seen_at{};
    OptionalTime disabled_at{};
    OptionalTime locked_until{};
};
BOOST_DESCRIBE_STRUCT(User, (),
                      (id, name, role, buyer_data, has_password, created_at, last_seen_at, disabled_at,
                       locked_until))

struct NewUser {
    Text name{};
    Text role{};
    std::optional<bool> buyer_data{};
};
BOOST_DESCRIBE_STRUCT(NewUser, (), (name, role, buyer_data))

struct UserPatch {
    OptionalText role{};
    std::optional<bool> buyer_data{};
    std::optional<bool> disabled{};
};
BOOST_DESCRIBE_STRUCT(UserPatch, (), (role, buyer_data, disabled))

struct Invitation {
    Text user{};
    Text link{};  // shown once
    UtcTime expires_at{};
};
BOOST_DESCRIBE_STRUCT(Invitation, (), (user, link, expires_at))

struct Invited {
    Text name{};
    Text role{};
};
BOOST_DESCRIBE_STRUCT(Invited, (), (name, role))

// Who is signed in, for the screens.
struct Session {
    Text user{};
    Text name{};
    Text role{};
    bool buyer_data = false;
    Text csrf_token{};
};
BOOST_DESCRIBE_STRUCT(Session, (), (user, name, role, buyer_data, csrf_token))

struct SessionEntry {
    Text id{};
    Text browser{};
    bool current = false;
    UtcTime created_at{};
    OptionalTime last_used_at{};
    UtcTime expires_at{};
};
BOOST_DESCRIBE_STRUCT(SessionEntry, (), (id, browser, current, created_at, last_used_at, expires_at))

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

struct Credentials {
    Text name{};
    Text password{};
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (name, password))

struct PasswordChange {
    Text current{};
    Text password{};
};
BOOST_DESCRIBE_STRUCT(PasswordChange, (), (current, password))

struct InvitationLook {
    Text invitation{};
};
BOOST_DESCRIBE_STRUCT(InvitationLook, (), (invitation))

struct InvitationAccept {
    Text invitation{};
    Text password{};
};
BOOST_DESCRIBE_STRUCT(InvitationAccept, (), (invitation, password))

}  // namespace fairway::api
