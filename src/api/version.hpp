#pragma once
// The version of the product.
#include <string_view>

namespace fairway::api {

// The product's version; CHANGELOG.md says what each has.
inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace fairway::api
