// api/openapi.yaml, the routes and the shapes are one thing said three times: here they are held together,
// in both directions.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <tuple>

#include "api/access_shapes.hpp"
#include "api/api_fixture.hpp"
#include "api/setup_shapes.hpp"
#include "api/system_shapes.hpp"
#include "api/version.hpp"
#include "domain/status.hpp"

namespace fairway::api {
namespace {

using Names = std::vector<std::string>;

template <class T>
struct Shape {
    using Type = T;
    std::string_view name;
};
#define SHAPE(T) \
    Shape<T> { #T }

constexpr std::tuple kShapes{SHAPE(Problem),
                             SHAPE(Health),
                             SHAPE(Money),
                             SHAPE(Parts),
                             SHAPE(Fix),
                             SHAPE(Amounts),
                             SHAPE(Block),
                             SHAPE(ImportAnyway),
                             SHAPE(Address),
                             SHAPE(Recipient),
                             SHAPE(CommerceOrderRef),
                             SHAPE(Buyer),
                             SHAPE(LineQuantity),
                             SHAPE(AmazonPackage),
                             SHAPE(AmazonOrderItem),
                             SHAPE(CancelRequest),
                             SHAPE(AmazonOrder),
                             SHAPE(HistoryEntry),
                             SHAPE(CommerceLine),
                             SHAPE(Totals),
                             SHAPE(Invoice),
                             SHAPE(Package),
                             SHAPE(Shipment),
                             SHAPE(CreditMemo),
                             SHAPE(Comment),
                             SHAPE(CommerceOrder),
                             SHAPE(ShipPackage),
                             SHAPE(ShipRequest),
                             SHAPE(CreditRequest),
                             SHAPE(Command),
                             SHAPE(CommentRequest),
                             SHAPE(Account),
                             SHAPE(ConnectAccount),
                             SHAPE(UpdateAccount),
                             SHAPE(QuantitySettings),
                             SHAPE(StoreSettings),
                             SHAPE(Store),
                             SHAPE(AddStore),
                             SHAPE(StoreCounts),
                             SHAPE(Quota),
                             SHAPE(Dashboard),
                             SHAPE(StockSource),
                             SHAPE(Product),
                             SHAPE(AddProduct),
                             SHAPE(UpdateProduct),
                             SHAPE(Stock),
                             SHAPE(SetStock),
                             SHAPE(Listing),
                             SHAPE(MatchListing),
                             SHAPE(SyncRun),
                             SHAPE(StartSync),
                             SHAPE(MessageStore),
                             SHAPE(MessageParams),
                             SHAPE(Message),
                             SHAPE(Attention),
                             SHAPE(Quarantined),
                             SHAPE(Token),
                             SHAPE(AuditEntry),
                             SHAPE(System),
                             SHAPE(ReadOnly),
                             SHAPE(NewTokenRequest),
                             SHAPE(NewToken),
                             SHAPE(User),
                             SHAPE(NewUser),
                             SHAPE(UserPatch),
                             SHAPE(Invitation),
                             SHAPE(Invited),
                             SHAPE(Session),
                             SHAPE(SessionEntry),
                             SHAPE(Nothing),
                             SHAPE(Credentials),
                             SHAPE(PasswordChange),
                             SHAPE(InvitationLook),
                             SHAPE(InvitationAccept),
                             SHAPE(OrderSummary),
                             SHAPE(OrdersMarked),
                             SHAPE(Marketplace),
                             SHAPE(StoreSales),
                             SHAPE(StoreNeeds),
                             SHAPE(LastSync),
                             SHAPE(RenameStore),
                             SHAPE(RevenueDay),
                             SHAPE(SystemDatabase),
                             SHAPE(SystemCounts),
                             SHAPE(SetReadOnly),
                             SHAPE(CommunicationError),
                             SHAPE(Export)};

template <class Function>
void for_each_shape(Function function) {
    std::apply([&](const auto&... shape) { (function(shape), ...); }, kShapes);
}

template <class T>
std::string name_of() {
    std::string name = "(no shape)";
    for_each_shape([&](const auto& shape) {
        if constexpr (std::is_same_v<T, typename std::decay_t<decltype(shape)>::Type>) name = shape.name;
    });
    return name;
}

// The schema that a member of type T must have, but for words that say more (enum, description, limits).
template <class T>
struct Expected {
    static json::Value schema() {
        if constexpr (std::is_same_v<T, bool>) return json::Object{{"type", "boolean"}};
        else if constexpr (std::is_integral_v<T>) return json::Object{{"type", "integer"}};
        else if constexpr (std::is_same_v<T, std::string>) return json::Object{{"type", "string"}};
        else if constexpr (std::is_same_v<T, UtcTime>)
            return json::Object{{"type", "string"}, {"format", "date-time"}};
        else return json::Object{{"$ref", "#/components/schemas/" + name_of<T>()}};
    }
};
template <class T>
struct Expected<std::optional<T>> {
    static json::Value schema() {
        json::Object plain = Expected<T>::schema().as_object();
        if (plain.contains("$ref"))
            return json::Object{{"oneOf", json::Array{plain, json::Object{{"type", "null"}}}}};
        plain["type"] = json::Array{plain.at("type"), "null"};
        return plain;
    }
};
template <class T>
struct Expected<std::vector<T>> {
    static json::Value schema() { return json::Object{{"type", "array"}, {"items", Expected<T>::schema()}}; }
};
template <class T>
struct Expected<std::map<std::string, T>> {
    static json::Value schema() {
        return json::Object{{"type", "object"}, {"additionalProperties", Expected<T>::schema()}};
    }
};

json::Value without_words(const json::Value& schema) {
    json::Object bare;
    for (const auto& [name, value] : schema.as_object()) {
        if (name == "enum" || name == "description" || name == "examples") continue;
        bare[name] = name == "items" ? without_words(value) : value;
    }
    return bare;
}

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

struct Members {
    Names all{};
    Names needed{};  // those that a request must have
};
template <class T>
Members members_of() {
    Members members;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto descriptor) {
            using Member = std::remove_cvref_t<decltype(std::declval<T>().*descriptor.pointer)>;
            members.all.emplace_back(descriptor.name);
            if (!kIsOptional<Member>) members.needed.emplace_back(descriptor.name);
        });
    return members;
}

Names names_in(const json::Value* array) {
    Names names;
    if (array != nullptr)
        for (const json::Value& each : array->as_array()) names.emplace_back(each.as_string());
    return names;
}

Names keys_of(const json::Object& object) {
    Names names;
    for (const auto& member : object) names.emplace_back(member.key());
    return names;
}

// The schemas that a value refers to, and those that these refer to.
void collect_schemas(const json::Value& value, std::set<std::string>& into) {
    if (value.is_array())
        for (const json::Value& each : value.as_array()) collect_schemas(each, into);
    if (!value.is_object()) return;
    for (const auto& [key, member] : value.as_object()) {
        constexpr std::string_view kSchemas = "#/components/schemas/";
        if (key != "$ref") collect_schemas(member, into);
        else if (const std::string_view ref = member.as_string(); ref.starts_with(kSchemas)) {
            const std::string name(ref.substr(kSchemas.size()));
            if (into.insert(name).second) collect_schemas(contract().schemas().at(name), into);
        } else collect_schemas(contract().resolve(value), into);
    }
}

std::set<std::string> schemas_of_requests() {
    std::set<std::string> names;
    for (const Operation& operation : contract().operations())
        if (const json::Value* body = operation.facts->if_contains("requestBody"))
            collect_schemas(*body, names);
    return names;
}

std::set<std::string> schemas_of_answers() {
    std::set<std::string> names;
    for (const Operation& operation : contract().operations())
        collect_schemas(operation.facts->at("responses"), names);
    return names;
}

Names parameters_of(const Operation& operation, std::string_view in) {
    Names names;
    if (const json::Value* parameters = operation.facts->if_contains("parameters"))
        for (const json::Value& each : parameters->as_array()) {
            const json::Value& parameter = contract().resolve(each);
            if (parameter.at("in").as_string() == in) names.emplace_back(parameter.at("name").as_string());
        }
    return names;
}

bool has_parameter(const Operation& operation, std::string_view in, std::string_view name) {
    return std::ranges::count(parameters_of(operation, in), name) > 0;
}

std::string line_of(const Operation& operation) { return operation.method + " " + operation.pattern; }

class ContractTest : public ApiTest {};

TEST_F(ContractTest, every_route_is_in_the_contract_and_every_operation_has_a_route) {
    Names operations;
    for (const Operation& operation : contract().operations()) operations.push_back(line_of(operation));
    std::ranges::sort(operations);
    EXPECT_EQ(api.routes(), operations);
}

TEST_F(ContractTest, every_struct_of_the_shapes_is_a_schema_and_every_schema_a_struct) {
    // What the header describes, the list above and the contract: all three are the same names.
    std::set<std::string> described;
    for (const char* name : {"shapes.hpp", "setup_shapes.hpp", "system_shapes.hpp", "access_shapes.hpp"}) {
        const auto header = std::filesystem::path(__FILE__).parent_path() / name;
        std::ifstream file(header);
        ASSERT_TRUE(file.is_open()) << header;
        constexpr std::string_view kMacro = "BOOST_DESCRIBE_STRUCT(";
        for (std::string line; std::getline(file, line);)
            if (line.starts_with(kMacro))
                described.insert(line.substr(kMacro.size(), line.find(',') - kMacro.size()));
    }
    std::set<std::string> listed;
    for_each_shape([&](const auto& shape) { listed.emplace(shape.name); });
    const Names schemas = keys_of(contract().schemas());
    EXPECT_EQ(described, listed);
    EXPECT_EQ(listed, std::set<std::string>(schemas.begin(), schemas.end()));
}

TEST_F(ContractTest, every_schema_has_the_members_of_its_struct_in_their_order) {
    for_each_shape([&](const auto& shape) {
        using T = typename std::decay_t<decltype(shape)>::Type;
        const json::Object& schema = contract().schemas().at(shape.name).as_object();
        EXPECT_EQ(members_of<T>().all, keys_of(schema.at("properties").as_object())) << shape.name;
    });
}

TEST_F(ContractTest, every_member_has_the_type_and_the_optionality_of_its_schema) {
    for_each_shape([&](const auto& shape) {
        using T = typename std::decay_t<decltype(shape)>::Type;
        const json::Object& properties = contract().schemas().at(shape.name).at("properties").as_object();
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto descriptor) {
                using Member = std::remove_cvref_t<decltype(std::declval<T>().*descriptor.pointer)>;
                const json::Value* schema = properties.if_contains(descriptor.name);
                if (schema == nullptr) return;  // another test's failure
                EXPECT_EQ(without_words(*schema), Expected<Member>::schema())
                    << shape.name << "." << descriptor.name;
            });
    });
}

TEST_F(ContractTest, requests_need_what_cannot_be_left_out_and_answers_leave_nothing_out) {
    const std::set<std::string> requests = schemas_of_requests();
    for_each_shape([&](const auto& shape) {
        using T = typename std::decay_t<decltype(shape)>::Type;
        const Members members = members_of<T>();
        const json::Object& schema = contract().schemas().at(shape.name).as_object();
        const bool asked = requests.contains(std::string(shape.name));
        EXPECT_EQ(names_in(schema.if_contains("required")), asked ? members.needed : members.all)
            << shape.name;
    });
}

TEST_F(ContractTest, schemas_of_requests_alone_refuse_unknown_members) {
    const std::set<std::string> answers = schemas_of_answers();
    for (const std::string& name : schemas_of_requests())
        if (!answers.contains(name))
            EXPECT_TRUE(contract().schemas().at(name).as_object().contains("additionalProperties")) << name;
}

TEST_F(ContractTest, every_schema_is_used) {
    std::set<std::string> used = schemas_of_requests();
    used.merge(schemas_of_answers());
    for (const std::string& name : keys_of(contract().schemas())) EXPECT_TRUE(used.contains(name)) << name;
}

TEST_F(ContractTest, the_settings_that_can_be_patched_are_those_of_a_store) {
    const auto patch =
        std::ranges::find(contract().operations(), "/api/v1/stores/{store}/settings", &Operation::pattern);
    const json::Value& body = patch->facts->at("requestBody").at("content").at("application/json");
    EXPECT_EQ(keys_of(body.at("schema").at("properties").as_object()), members_of<StoreSettings>().all);
    EXPECT_EQ(keys_of(body.at("schema").at("properties").at("quantity").at("properties").as_object()),
              members_of<QuantitySettings>().all);
}

template <class Enum>
Names texts() {
    Names names;
    for (const auto& each : domain::kTexts<Enum>) names.emplace_back(each.second);
    return names;
}

TEST_F(ContractTest, the_words_of_an_enum_are_those_of_the_domain) {
    struct Case {
        std::string schema, member;
        Names words;
    };
    const std::vector<Case> cases{
        {"AmazonOrder", "status", texts<domain::AmazonStatus>()},
        {"AmazonOrder", "amazon_status", texts<domain::AmazonStatus>()},
        {"AmazonOrder", "import_state", texts<domain::ImportState>()},
        {"AmazonOrder", "fulfilled_by", texts<domain::FulfilledBy>()},
        {"Block", "reason", texts<domain::BlockReason>()},
        {"Recipient", "state", texts<domain::DataState>()},
        {"Buyer", "state", texts<domain::DataState>()},
        {"Shipment", "origin", texts<domain::Origin>()},
        {"CreditMemo", "origin", texts<domain::Origin>()},
        {"Command", "kind", texts<domain::CommandKind>()},
        {"Command", "state", texts<domain::CommandState>()},
        {"Store", "back_end", texts<domain::BackEndKind>()},
    };
    for (const Case& each : cases) {
        const json::Value& member = contract().schemas().at(each.schema).at("properties").at(each.member);
        EXPECT_EQ(names_in(&member.at("enum")), each.words) << each.schema << "." << each.member;
    }
}

TEST_F(ContractTest, every_part_of_a_path_is_a_parameter) {
    for (const Operation& operation : contract().operations()) {
        Names parts;
        for (const std::string_view part : split(operation.pattern, '/'))
            if (part.starts_with('{')) parts.emplace_back(part.substr(1, part.size() - 2));
        EXPECT_EQ(parameters_of(operation, "path"), parts) << line_of(operation);
    }
}

// But signing in and choosing a password: there is nobody yet whose key it could be, or the secret in the
// body has no place among kept requests.
TEST_F(ContractTest, every_mutation_takes_an_idempotency_key_and_no_reading_does) {
    const auto is_of_sign_in = [](const std::string& pattern) {
        return pattern == "/api/v1/session" || pattern == "/api/v1/session/password" ||
               pattern.starts_with("/api/v1/invitations/");
    };
    for (const Operation& operation : contract().operations())
        if (!is_of_sign_in(operation.pattern))
            EXPECT_EQ(has_parameter(operation, "header", "Idempotency-Key"), operation.method != "GET")
                << line_of(operation);
}

TEST_F(ContractTest, every_list_is_paged) {
    int lists = 0;
    for (const Operation& operation : contract().operations()) {
        const bool list = json::serialize(operation.facts->at("responses")).contains(R"("next")");
        lists += list ? 1 : 0;
        EXPECT_EQ(has_parameter(operation, "query", "limit"), list) << line_of(operation);
        EXPECT_EQ(has_parameter(operation, "query", "after"), list) << line_of(operation);
    }
    EXPECT_EQ(lists, 19);
}

TEST_F(ContractTest, a_list_knows_the_filters_of_the_contract_and_no_others) {
    import("402-0000000-0000001");
    for (const Operation& operation : contract().operations()) {
        if (!has_parameter(operation, "query", "limit")) continue;
        std::string path = operation.pattern;
        if (path.contains('{')) path = path_of("402-0000000-0000001") + "/history";
        for (const std::string& name : parameters_of(operation, "query")) {
            const std::string answer = json::serialize(get(path + "?" + name + "=x").body);
            EXPECT_FALSE(answer.contains("filter_unknown")) << path << " " << name;
        }
        EXPECT_EQ(get(path + "?nonsense=x").code(), "filter_unknown") << path;
    }
}

TEST_F(ContractTest, the_contract_is_served_without_a_token) {
    const Asked asked = ask(With{.token = ""}, "GET", "/openapi.json");
    EXPECT_EQ(asked.status, 200);
    EXPECT_EQ(asked.text("openapi"), "3.1.0");
    EXPECT_EQ(*asked.headers.find("Content-Type"), "application/json");
}

TEST_F(ContractTest, the_contract_has_the_version_of_the_product) {
    EXPECT_EQ(contract().document().at("info").at("version").as_string(), kVersion);
}

TEST_F(ContractTest, the_health_of_the_process_and_of_its_database_is_told_without_a_token) {
    EXPECT_EQ(ask(With{.token = ""}, "GET", "/healthz").text("status"), "ok");
    EXPECT_EQ(ask(With{.token = ""}, "GET", "/readyz").text("status"), "ready");
}

TEST_F(ContractTest, a_database_that_does_not_answer_makes_the_service_not_ready) {
    mortal.refuse_reading();
    const Asked asked = ask(With{.token = ""}, "GET", "/readyz");
    EXPECT_EQ(asked.status, 503);
    EXPECT_EQ(asked.code(), "database_unavailable");
    EXPECT_EQ(ask(With{.token = ""}, "GET", "/healthz").status, 200) << "the process itself is alive";
}

// The check of answers must itself be able to fail.
TEST_F(ContractTest, an_answer_that_breaks_the_contract_is_noticed) {
    const Operation& operation = *contract().find_operation("GET", "/api/v1/stock/X");
    const auto wrong_with = [&](std::string_view body) {
        return contract().check_answer(operation, 200, must(json::parse(body)));
    };
    EXPECT_EQ(wrong_with(R"({"sku":"A","quantity":1,"reserved":0,"salable":1,"sources":[]})"), Names{});
    EXPECT_EQ(wrong_with(R"({"sku":"A","quantity":"1","reserved":0,"salable":1,"sources":[]})").size(), 1U);
    EXPECT_EQ(wrong_with(R"({"sku":"A","quantity":1,"reserved":0,"salable":1})").size(), 1U);
    EXPECT_EQ(wrong_with(R"({"sku":"A","quantity":1,"reserved":0,"salable":1,"sources":[{}]})").size(), 2U);
    EXPECT_EQ(wrong_with(R"({"sku":"A","quantity":1,"reserved":0,"salable":1,"sources":[],"more":1})").size(),
              1U);
}

}  // namespace
}  // namespace fairway::api
