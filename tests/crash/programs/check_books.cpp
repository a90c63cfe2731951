// check_books DATABASE LEDGER: holds a database that no service has open to the sandbox's ledger, a file with
// the answer of GET /sandbox/ledger. Prints what is wrong; exit 0 if nothing is.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "checks.hpp"

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: check_books DATABASE LEDGER\n");
        return 2;
    }
    std::ifstream file(argv[2]);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto ledger = fairway::json::parse(text);
    const auto database = fairway::db::open("sqlite:" + std::string(argv[1]));
    if (!ledger || !database) {
        std::fprintf(stderr, "check_books: %s\n",
                     !ledger ? ledger.error().message.c_str() : database.error().message.c_str());
        return 2;
    }
    try {
        fairway::crash::check_at_rest(**database, *ledger);
    } catch (const std::exception& wrong) {
        std::printf("%s\n", wrong.what());
        return 1;
    }
    return 0;
}
