#pragma once
// The bodies about commands' surroundings: sync, messages, what needs a person, and the system; see
// shapes.hpp.
#include "api/shapes.hpp"

namespace fairway::api {

struct SyncRun {
    Text id{};
    Text state{};
    OptionalText store{};
    std::int64_t orders_read = 0;
    std::int64_t orders_changed = 0;
    OptionalText error{};
    UtcTime started_at{};
    OptionalTime finished_at{};
};
BOOST_DESCRIBE_STRUCT(SyncRun, (),
                      (id, state, store, orders_read, orders_changed, error, started_at, finished_at))

struct StartSync {
    OptionalText store{};
};
BOOST_DESCRIBE_STRUCT(StartSync, (), (store))

struct MessageStore {
    Text id{};
    Text name{};
    Text href{};
};
BOOST_DESCRIBE_STRUCT(MessageStore, (), (id, name, href))

struct MessageParams {
    std::vector<MessageStore> stores{};
    OptionalText account{};
    std::optional<std::int64_t> count{};
    OptionalText reason{};
    OptionalTime since{};
};
BOOST_DESCRIBE_STRUCT(MessageParams, (), (stores, account, count, reason, since))

struct Message {
    Text code{};
    Text text{};
    MessageParams params{};
};
BOOST_DESCRIBE_STRUCT(Message, (), (code, text, params))

struct Attention {
    Text id{};
    Text kind{};
    Text text{};
    Text store{};
    Text amazon_order_id{};
    UtcTime opened_at{};
};
BOOST_DESCRIBE_STRUCT(Attention, (), (id, kind, text, store, amazon_order_id, opened_at))

struct Quarantined {
    Text id{};
    Text account{};
    OptionalText amazon_order_id{};
    Text error_code{};
    Text error{};
    Text field{};
    std::int64_t times_seen = 0;
    UtcTime first_seen_at{};
    UtcTime last_seen_at{};
    bool retry_asked = false;
};
BOOST_DESCRIBE_STRUCT(Quarantined, (),
                      (id, account, amazon_order_id, error_code, error, field, times_seen, first_seen_at,
                       last_seen_at, retry_asked))

struct Token {
    Text id{};
    Text name{};
    Text role{};
    bool buyer_data = false;
    UtcTime created_at{};
    OptionalTime last_used_at{};
    OptionalTime revoked_at{};
    OptionalTime expires_at{};
    OptionalText created_by{};  // a user's name; null: the command line
};
BOOST_DESCRIBE_STRUCT(Token, (),
                      (id, name, role, buyer_data, created_at, last_used_at, revoked_at, expires_at,
                       created_by))

struct AuditEntry {
    std::int64_t id = 0;
    UtcTime at{};
    Text actor{};
    Text action{};
    Text object{};
};
BOOST_DESCRIBE_STRUCT(AuditEntry, (), (id, at, actor, action, object))

struct ReadOnly {
    Text reason{};
    UtcTime since{};
};
BOOST_DESCRIBE_STRUCT(ReadOnly, (), (reason, since))

struct SystemDatabase {
    Text engine{};
    int schema = 0;
    std::int64_t size_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(SystemDatabase, (), (engine, schema, size_bytes))

struct SystemCounts {
    std::int64_t amazon_orders = 0, accounts = 0, stores = 0, attention = 0, quarantined = 0,
                 commands_open = 0, commands_rejected = 0;
};
BOOST_DESCRIBE_STRUCT(SystemCounts, (),
                      (amazon_orders, accounts, stores, attention, quarantined, commands_open,
                       commands_rejected))

struct System {
    Text version{};
    UtcTime now{};
    UtcTime started_at{};
    Text clock{};
    OptionalTime last_sync_started_at{};
    std::int64_t dirty_orders = 0;
    std::optional<ReadOnly> read_only{};  // nothing is sent to Amazon and to shops
    SystemDatabase database{};
    Text key_store_engine{};
    OptionalTime last_backup_at{};
    SystemCounts counts{};
};
BOOST_DESCRIBE_STRUCT(System, (),
                      (version, now, started_at, clock, last_sync_started_at, dirty_orders, read_only,
                       database, key_store_engine, last_backup_at, counts))

struct SetReadOnly {
    bool read_only = false;
};
BOOST_DESCRIBE_STRUCT(SetReadOnly, (), (read_only))

struct CommunicationError {
    Text id{};
    Text account{};
    Text operation{};
    std::optional<int> status{};
    Text code{};
    Text text{};
    OptionalText request_id{};
    std::int64_t times = 0;
    UtcTime first_at{};
    UtcTime last_at{};
};
BOOST_DESCRIBE_STRUCT(CommunicationError, (),
                      (id, account, operation, status, code, text, request_id, times, first_at, last_at))

struct Export {
    Text id{};
    Text list{};
    std::int64_t rows = 0;
    std::optional<std::int64_t> total{};
    Text state{};
    UtcTime started_at{};
    OptionalTime finished_at{};
};
BOOST_DESCRIBE_STRUCT(Export, (), (id, list, rows, total, state, started_at, finished_at))

}  // namespace fairway::api
