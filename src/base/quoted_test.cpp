#include "base/quoted.hpp"

#include <gtest/gtest.h>

namespace fairway {
namespace {

TEST(Quoted, a_text_is_cut_between_characters) {
    EXPECT_EQ(fairway::quoted("a \"b\""), "\"a \"b\"\"");
    EXPECT_EQ(fairway::quoted(std::string(79, 'x') + "é"), '"' + std::string(79, 'x') + "…\"");
    EXPECT_EQ(fairway::quoted(std::string(78, 'x') + "é"), '"' + std::string(78, 'x') + "é\"");
}

TEST(Quoted, a_text_can_be_shown_anywhere) {
    EXPECT_EQ(fairway::quoted("a\x1B[2J\n\x7F\xC3\xA9"), "\"a?[2J??é\"");
    EXPECT_EQ(fairway::quoted("a\xC3\x28"), "\"a?(\"");
}

}  // namespace
}  // namespace fairway
