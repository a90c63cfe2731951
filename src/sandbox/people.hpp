#pragma once
// Invented buyers with believable names and addresses: towns have their own postal codes and provinces.
#include "base/rng.hpp"
#include "domain/marketplace.hpp"
#include "domain/order.hpp"

namespace fairway::sandbox {

struct Person {
    domain::Address address{};
    domain::Buyer buyer{};
};

Person make_person(const domain::Marketplace& marketplace, Rng& rng);

// "402-1234567-1234567": Amazon numbers orders by where they were placed.
std::string random_order_id(const domain::Marketplace& marketplace, Rng& rng);

}  // namespace fairway::sandbox
