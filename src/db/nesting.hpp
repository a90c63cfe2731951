#pragma once
// A read or write inside another of the same thread and database would wait for itself: the program is wrong
// and says so. Another database may be used meanwhile: the key store is, while an order is written.

namespace fairway::db {

class NestingGuard {
public:
    explicit NestingGuard(const void* database);
    ~NestingGuard();
    NestingGuard(const NestingGuard&) = delete;
    NestingGuard& operator=(const NestingGuard&) = delete;
};

}  // namespace fairway::db
