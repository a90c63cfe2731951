// Amazon's marketplaces over REST: facts that do not change while the program runs.
#include "domain/marketplace.hpp"

#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/setup_shapes.hpp"

namespace fairway::api {

Result<Answer> list_marketplaces(Call& call) {
    TRY(check_query(call, {}));
    const auto all = domain::marketplaces();
    return page_of_all(call, std::vector(all.begin(), all.end()), [](const domain::Marketplace& each) {
        return Marketplace{.id = std::string(each.id),
                           .marketplace = std::string(each.country),
                           .name = std::string(each.name),
                           .region = std::string(domain::to_text(each.region)),
                           .currency = std::string(each.currency),
                           .seller_central = std::string(each.seller_central)};
    });
}

}  // namespace fairway::api
