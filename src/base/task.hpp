#pragma once
// The coroutine type: what waits for the outside returns Task<T> and is awaited. Domain and database code
// never do.
#include <boost/asio/awaitable.hpp>

namespace fairway {

template <class T>
using Task = boost::asio::awaitable<T>;

}  // namespace fairway
