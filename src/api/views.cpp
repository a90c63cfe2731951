#include "api/views.hpp"

namespace fairway::api {

void record_views(const Call& call) {
    if (call.persons_shown.empty() && !call.persons_searched && call.exported.empty()) return;
    call.db().write("audit.views", [&](db::Transaction& tx) {
        const auto record = [&](std::string_view action, const std::string& object) {
            store::write_audit(tx, call.principal.actor, action, object, call.now);
        };
        if (!call.exported.empty()) record("export", call.exported);
        if (call.persons_searched) record("search_personal_data", "amazon-orders");
        for (const AmazonOrderId& id : call.persons_shown)
            record("view_personal_data", "amazon-orders/" + id.str());
    });
}

}  // namespace fairway::api
