#pragma once
// JSON: values, parsing with limits, and the mapping between values and described structs.
//
//   struct Line { int line; std::int64_t quantity; std::optional<std::string> note; };
//   BOOST_DESCRIBE_STRUCT(Line, (), (line, quantity, note))
//   Result<Line> line = json::decode<Line>(value, {.unknown = json::Unknown::reject});
//
// decode() reports the first error with its path ("packages[0].items[1].quantity: expected integer"). A
// member whose type is std::optional may be absent or null; any other member must be there. How a type of
// one's own is read and written is given by overloads found by argument-dependent lookup:
//   void json_decode(json::Decoder& in, const json::Value& value, MyType& out);   // report problems by
//   in.fail("…") json::Value json_encode(const MyType& value);
// Overloads exist here for bool, the integer types, std::string, StrongText, Id, UtcTime (RFC 3339),
// std::optional, std::vector, std::map<std::string, T>, described structs and described enums (by enumerator
// name). Pii<T> can be decoded but has no encoder. There are no doubles in our contracts.
#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace fairway::json {

using Value = boost::json::value;
using Object = boost::json::object;
using Array = boost::json::array;

struct ParseLimits {
    std::size_t bytes_max = 10 * 1024 * 1024;
    int depth_max = 32;
};

// Whole text, strict JSON, valid UTF-8. ErrorKind::malformed with the place of the error, or too_large.
// Repeated keys in an object are refused: two readers would see two different documents. The escape of a zero
// byte is read as U+FFFD, the sign for an unreadable character: PostgreSQL keeps no text that has one.
Result<Value> parse(std::string_view text, ParseLimits limits = {});

// Compact, keys in the order in which they were set.
std::string serialize(const Value& value);

// The value at "orders[2].total.amount", or nullptr.
const Value* find(const Value& value, std::string_view path);

// What to do with members that the struct does not have.
enum class Unknown {
    reject,   // an error that names the member: our own REST bodies and settings
    collect,  // fine; the path is added to Decoded::unknown_paths (array indexes left out): what Amazon sends
};

struct DecodeOptions {
    Unknown unknown = Unknown::reject;
    std::size_t text_length_max = 100'000;  // code points per string
    std::size_t array_length_max = 100'000;
};

template <class T>
struct Decoded {
    T value;
    std::vector<std::string> unknown_paths;  // "orderItems[].product.newMember", each once
};

// (templates: Decoder, decode<T>(const Value&, DecodeOptions) -> Result<T>, decode_collecting<T>(const
// Value&) ->
//  Result<Decoded<T>>, encode(const T&) -> Value, are in json/decode.hpp and json/encode.hpp)

}  // namespace fairway::json
