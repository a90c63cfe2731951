// The compiled parts of Beast and of Asio's TLS, once for the whole program.
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
