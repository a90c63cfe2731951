#include "db/postgres_values.hpp"

#include <limits>
#include <string>

namespace fairway::db {

namespace {

// From PostgreSQL's catalogue; they never change.
constexpr PostgresType kBool = 16;
constexpr PostgresType kBytea = 17;
constexpr PostgresType kName = 19;
constexpr PostgresType kInt8 = 20;
constexpr PostgresType kInt2 = 21;
constexpr PostgresType kInt4 = 23;
constexpr PostgresType kText = 25;
constexpr PostgresType kVarchar = 1043;
constexpr PostgresType kNumeric = 1700;

// Big-endian, with its sign.
std::int64_t read_integer(std::string_view bytes) {
    CHECK(!bytes.empty() && bytes.size() <= 8, "an integer has at most eight bytes");
    std::uint64_t number = (bytes.front() & 0x80) != 0 ? std::numeric_limits<std::uint64_t>::max() : 0;
    for (const char byte : bytes) number = number << 8U | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(number);
}

// What SUM gives: digits to the base of 10,000, the first of which counts 10,000 to the power of the weight.
std::int64_t read_numeric(std::string_view bytes) {
    const auto half = [&](std::size_t index) {
        CHECK(index * 2 + 2 <= bytes.size(), "a numeric has all its digits");
        return read_integer(bytes.substr(index * 2, 2));
    };
    constexpr std::int64_t kNegative = 0x4000;
    constexpr std::size_t kHeader = 4;  // digits, weight, sign, scale
    const std::int64_t digits = half(0);
    const std::int64_t weight = half(1);
    const std::int64_t sign = half(2);
    CHECK(sign == 0 || sign == kNegative, "a sum is a number");
    std::int64_t number = 0;
    for (std::int64_t i = 0; i < std::max(digits, weight + 1); ++i) {
        const std::int64_t digit = i < digits ? half(kHeader + static_cast<std::size_t>(i)) : 0;
        CHECK(i <= weight || digit == 0, "the schema has no floating-point column");
        if (i > weight) continue;
        CHECK(!__builtin_mul_overflow(number, 10'000, &number) &&
                  !__builtin_add_overflow(number, sign == 0 ? digit : -digit, &number),
              "a sum fits into 64 bits");
    }
    return number;
}

}  // namespace

PostgresType postgres_type(const Argument& argument) {
    if (std::holds_alternative<std::int64_t>(argument)) return kInt8;
    if (std::holds_alternative<std::string_view>(argument)) return kText;
    if (std::holds_alternative<std::span<const std::uint8_t>>(argument)) return kBytea;
    return 0;
}

Value decode_postgres(PostgresType type, std::string_view bytes) {
    switch (type) {
        case kBool:
        case kInt2:
        case kInt4:
        case kInt8: return read_integer(bytes);
        case kNumeric: return read_numeric(bytes);
        case kText:
        case kVarchar:
        case kName: return std::string(bytes);
        case kBytea: return Blob(bytes.begin(), bytes.end());
        default: CHECK(false, "the column has a type of the schema");
    }
}

PostgresParameters::PostgresParameters(std::span<const Argument> arguments)
    : numbers_(arguments.size()),
      pointers_(arguments.size()),
      lengths_(arguments.size()),
      formats_(arguments.size(), 1) {
    // A null pointer would be null, not an empty text or no bytes.
    const auto set_bytes = [&](std::size_t i, const char* bytes, std::size_t size) {
        pointers_[i] = size == 0 ? "" : bytes;
        lengths_[i] = static_cast<int>(size);
    };
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (const auto* number = std::get_if<std::int64_t>(&arguments[i])) {
            for (std::size_t byte = 0; byte < 8; ++byte)
                numbers_[i][byte] =
                    static_cast<char>(static_cast<std::uint64_t>(*number) >> (56U - 8U * byte));
            set_bytes(i, numbers_[i].data(), 8);
        } else if (const auto* text = std::get_if<std::string_view>(&arguments[i])) {
            set_bytes(i, text->data(), text->size());
        } else if (const auto* blob = std::get_if<std::span<const std::uint8_t>>(&arguments[i])) {
            set_bytes(i, reinterpret_cast<const char*>(blob->data()), blob->size());
        }
    }
}

}  // namespace fairway::db
