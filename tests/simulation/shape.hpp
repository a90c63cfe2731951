#pragma once
// How large and how rough a run is; drawn from its seed, or one of the named ones.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fairway::simulation {

struct Shape {
    std::string name = "seed";
    std::uint64_t seed = 1;
    int accounts = 1;
    int stores_per_account = 1;
    int steps = 60;
    int orders = 30;
    int orders_at_once = 2;
    int check_every = 4;         // steps between two looks at the ledger
    double calls_that_fail = 0;  // share of all calls, in bad weather
    double rows_go_wrong = 0;    // share of the answers whose rows are left out, repeated, old, …
    double deaths = 0;           // per step
    double interruptions = 0;    // per call: others act while Fairway waits for the answer
    double overtakings = 0;      // per read: another process acts before Fairway goes on
    double people = 2.5;         // acts per step
};

// Some runs are mild and some are savage.
Shape draw_shape(std::uint64_t seed);
// Where the accounts are, from 0: "eu", "na", "fe" in turn; and the countries that a seller there sells in.
std::string region_of(const Shape& shape, int account);
std::vector<std::string> countries_of(const std::string& region);
// Many orders of many accounts, with a tenth of all calls failing in every way.
Shape many_orders(std::uint64_t seed, int orders);

}  // namespace fairway::simulation
