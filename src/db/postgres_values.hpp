#pragma once
// Values on their way to and from PostgreSQL, in its binary form.
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "db/db.hpp"

namespace fairway::db {

using PostgresType = unsigned int;  // an Oid

// Of a null: 0, so that the server finds it out.
PostgresType postgres_type(const Argument& argument);

// A value of a result's column. A type that this schema does not use, and a number with a fraction, is a
// CHECK.
Value decode_postgres(PostgresType type, std::string_view bytes);

// The arrays that libpq wants; they point into the arguments, which must outlive this.
class PostgresParameters {
public:
    explicit PostgresParameters(std::span<const Argument> arguments);
    PostgresParameters(const PostgresParameters&) = delete;
    PostgresParameters& operator=(const PostgresParameters&) = delete;
    const char* const* pointers() const { return pointers_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

private:
    std::vector<std::array<char, 8>> numbers_{};
    std::vector<const char*> pointers_{};
    std::vector<int> lengths_{};
    std::vector<int> formats_{};
};

}  // namespace fairway::db
