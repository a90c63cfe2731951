#pragma once
// The admin screens: static files, built into the program and served with the strictest policy they can live
// with. Every address that is neither a file nor the interface's is a screen's, and the page finds out which.
#include <optional>

#include "net/http.hpp"

namespace fairway::api {

// nullopt: not a matter of the screens.
std::optional<net::Response> find_screen(const net::Request& request);

}  // namespace fairway::api
