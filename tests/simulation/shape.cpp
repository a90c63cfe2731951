#include "shape.hpp"

#include <array>

#include "base/rng.hpp"

namespace fairway::simulation {

Shape draw_shape(std::uint64_t seed) {
    SeededRng rng(seed * 0x9E3779B97F4A7C15U + 1);
    Shape shape{.seed = seed};
    shape.accounts = 1 + static_cast<int>(rng.below(4));
    shape.stores_per_account = 1 + static_cast<int>(rng.below(3));
    shape.steps = 40 + static_cast<int>(rng.below(50));
    shape.orders = 10 + static_cast<int>(rng.below(25));
    // One in four has no fault at all: what goes wrong there is Fairway's own.
    const bool calm = rng.below(4) == 0;
    shape.calls_that_fail = calm ? 0 : 0.05 + 0.3 * rng.unit();
    shape.rows_go_wrong = calm || rng.below(2) == 0 ? 0 : 0.1 + 0.7 * rng.unit();
    shape.deaths = rng.below(3) == 0 ? 0 : 0.1 * rng.unit();
    shape.interruptions = rng.below(3) == 0 ? 0 : 0.2 * rng.unit();
    // Searches with more than one page.
    if (rng.below(10) == 0) {
        shape.orders = 110 + static_cast<int>(rng.below(80));
        shape.orders_at_once = 60;
        shape.steps = 30;
        shape.accounts = 1;
        shape.check_every = 6;
    }
    shape.overtakings = rng.below(3) == 0 ? 0 : 0.01 * rng.unit();
    return shape;
}

std::string region_of(const Shape& shape, int account) {
    constexpr std::array<const char*, 3> kRegions{"eu", "na", "fe"};
    return kRegions[(static_cast<std::size_t>(account) + shape.seed) % kRegions.size()];
}

std::vector<std::string> countries_of(const std::string& region) {
    if (region == "eu") return {"IT", "DE", "UK"};
    if (region == "na") return {"US", "CA", "MX"};
    return {"JP", "AU", "SG"};
}

Shape many_orders(std::uint64_t seed, int orders) {
    return {.name = "many-orders",
            .seed = seed,
            .accounts = 8,
            .stores_per_account = 2,
            .steps = 250,
            .orders = orders,
            .orders_at_once = 1 + orders / 150,
            .check_every = 50,
            .calls_that_fail = 0.1,
            .rows_go_wrong = 0.2,
            .deaths = 0.05,
            .interruptions = 0.02,
            .overtakings = 0.002,
            .people = 1 + orders / 60.0};
}

}  // namespace fairway::simulation
