#include "base/pii.hpp"

#include <concepts>
#include <ostream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "base/log.hpp"

namespace fairway {
namespace {

using Name = Pii<std::string>;
using Floor = Pii<int>;

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };
template <class T>
concept Loggable = requires(Logger& log, const T& value) { log.info("order.seen", {{"name", value}}); };
template <class T>
concept LogValue = std::constructible_from<LogField, std::string_view, T>;

// That the questions are the right ones: what may be shown answers yes to each.
static_assert(Streamable<std::string> && Loggable<std::string> && LogValue<std::string>);
static_assert(Streamable<int> && Loggable<int> && LogValue<int>);

static_assert(!Streamable<Name> && !Streamable<Floor>);
static_assert(!Loggable<Name> && !Loggable<Floor>);
static_assert(!LogValue<Name> && !LogValue<Floor>);
// A pointer to it or to its text must not slip through as true.
static_assert(!Loggable<const Name*>);

static_assert(!std::convertible_to<Name, std::string> && !std::convertible_to<Name, std::string_view>);
static_assert(!std::convertible_to<Floor, int> && !std::convertible_to<Floor, bool>);
static_assert(!std::convertible_to<std::string, Name>, "to make something personal is said aloud");

TEST(Pii, is_shown_to_who_asks_by_name) {
    EXPECT_EQ(Name("Ada").reveal(), "Ada");
    EXPECT_EQ(Name().reveal(), "");
}

TEST(Pii, compares_by_value) {
    EXPECT_TRUE(Name("Ada") == Name("Ada"));
    EXPECT_FALSE(Name("Ada") == Name("Eva"));
}

}  // namespace
}  // namespace fairway
