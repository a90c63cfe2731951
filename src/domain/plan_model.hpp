#pragma once
// What carrying a plan out does to the facts, as the built-in back end does it: the other half of the rules
// that hold over many plans. Whatever a plan must never ask for is written down as a fault.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/plan.hpp"

namespace fairway::domain {

class PlanModel {
public:
    explicit PlanModel(OrderFacts start) : facts(std::move(start)) {}

    // Plans and carries out until nothing is left to do. False when that does not end.
    bool settle();
    // A shipment of one package saved by a person or the shop.
    void ship(int line, std::int64_t quantity, Origin origin);
    // Units that a person credits or cancels in the back end.
    void withdraw_here(int line, std::int64_t quantity);

    OrderFacts facts;
    std::vector<std::string> faults{};
    std::vector<Note> notes{};
    int confirmations = 0;

    // One effect each.
    void operator()(const ReserveStock& effect);
    void operator()(const ReleaseStock& effect);
    void operator()(const SetImportState& effect);
    void operator()(const SetBlock& effect);
    void operator()(const ClearBlock& effect);
    void operator()(const SetLookAgain& effect);
    void operator()(const WriteNote& effect);
    void operator()(const OpenAttention& effect);
    void operator()(const CreateOrder& effect);
    void operator()(const RecordShipment& effect);
    void operator()(const WithdrawUnits& effect);
    void operator()(const CompleteOrder& effect);
    void operator()(const QueueConfirmation& effect);
    void operator()(const RenumberCommand& effect);
    void operator()(const RejectCommand& effect);
    void operator()(const VerifyCommand& effect);

private:
    void must_be_free(const std::string& reference);
    void must(bool condition, const std::string& fault);
    void ask(const std::string& kind, const std::string& cause);
    CommerceLine* commerce_line(int line);
    void end_command(CommandId id, CommandState state);
    void refresh_status();
    std::int64_t next_package_ = 100;
};

}  // namespace fairway::domain
