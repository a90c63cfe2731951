// Held against what Amazon publishes: its model of an order, and the example orders inside it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "amazon/facts_test.hpp"
#include "amazon/order_shape.hpp"
#include "amazon/orders.hpp"

namespace fairway::amazon {
namespace {

class AmazonModel : public testing::Test {
protected:
    void SetUp() override {
        const auto text = orders_model_text();
        if (!text) GTEST_SKIP() << "FAIRWAY_FACTS is not set: name a folder with Amazon's models below it";
        auto value = json::parse(*text);
        ASSERT_TRUE(value) << value.error().message;
        model_ = *std::move(value);
    }

    json::Value model_;
};

// Every order in the answers that the model's sandbox gives.
std::vector<json::Value> example_orders(const json::Value& value) {
    std::vector<json::Value> found;
    if (const auto* list = value.if_array())
        for (const auto& each : *list) std::ranges::copy(example_orders(each), std::back_inserter(found));
    const auto* object = value.if_object();
    if (object == nullptr) return found;
    if (object->contains("orderId") && object->contains("orderItems")) return {value};
    for (const auto& member : *object)
        if (member.key() != "definitions")
            std::ranges::copy(example_orders(member.value()), std::back_inserter(found));
    return found;
}

TEST_F(AmazonModel, every_published_order_is_read_without_a_field_lost) {
    const auto orders = example_orders(model_);
    ASSERT_GE(orders.size(), 6U);
    for (const json::Value& value : orders) {
        const auto read = read_order(value);
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_THAT(read->unknown_paths, testing::IsEmpty()) << read->order.id.str();
        const auto kept = json::parse(read->document.reveal());
        ASSERT_TRUE(kept);
        EXPECT_EQ(*kept, value) << read->order.id.str();
        EXPECT_NE(read->order.status, domain::AmazonStatus::unknown) << read->order.id.str();
        for (const domain::OrderLine& line : read->order.lines) {
            ASSERT_TRUE(line.proceeds) << read->order.id.str();
            EXPECT_EQ(line.proceeds->total(), line.proceeds_total) << read->order.id.str();
        }
    }
}

// Follows references and lists to the definition that says what a value is.
const json::Object& definition_of(const json::Value& model, const json::Object& schema) {
    if (const json::Value* reference = schema.if_contains("$ref")) {
        const std::string pointer(reference->as_string());
        return definition_of(model, model.at_pointer(pointer.substr(1)).as_object());
    }
    if (const json::Value* items = schema.if_contains("items"))
        return definition_of(model, items->as_object());
    return schema;
}

class Comparison {
public:
    explicit Comparison(const json::Value& model) : model_(model) {}
    int members = 0;

    void compare(const json::Object& schema, const Shape* shape, const std::string& path) {
        const json::Object& definition = definition_of(model_, schema);
        if (const json::Value* values = definition.if_contains("enum"))
            compare_values(values->as_array(), shape, path);
        const json::Value* properties = definition.if_contains("properties");
        if (properties == nullptr) {
            EXPECT_TRUE(shape == nullptr || shape->members.empty())
                << path << " has members only in our shape";
            return;
        }
        ASSERT_NE(shape, nullptr) << path << " is an object";
        std::set<std::string> ours;
        for (const ShapeMember& member : shape->members) ours.insert(std::string(member.name));
        for (const auto& property : properties->as_object()) {
            const std::string name(property.key());
            const std::string here = path + "." + name;
            EXPECT_EQ(ours.erase(name), 1U) << here << " is missing";
            const auto known = std::ranges::find(shape->members, std::string_view(name), &ShapeMember::name);
            ++members;
            if (known != shape->members.end()) compare(property.value().as_object(), known->shape, here);
        }
        EXPECT_THAT(ours, testing::IsEmpty()) << path << " has members that the model lacks";
    }

private:
    static void compare_values(const json::Array& values, const Shape* shape, const std::string& path) {
        ASSERT_NE(shape, nullptr) << path << " is an enum";
        std::set<std::string> theirs;
        for (const json::Value& each : values) theirs.insert(std::string(each.as_string()));
        EXPECT_EQ(std::set<std::string>(shape->values.begin(), shape->values.end()), theirs) << path;
    }

    const json::Value& model_;
};

TEST_F(AmazonModel, has_exactly_the_members_of_our_shape) {
    Comparison comparison(model_);
    comparison.compare(model_.at_pointer("/definitions/Order").as_object(), &order_shape(), "orders[]");
    EXPECT_GT(comparison.members, 150);
}

// Enums that the model gives in prose: "**Possible values**: `A`, `B`".
void collect_shapes(const Shape& shape, std::set<const Shape*>& all) {
    if (!all.insert(&shape).second) return;
    for (const ShapeMember& member : shape.members)
        if (member.shape != nullptr) collect_shapes(*member.shape, all);
}

TEST_F(AmazonModel, names_every_enum_value_that_we_know) {
    std::set<const Shape*> shapes;
    collect_shapes(order_shape(), shapes);
    const std::string text = json::serialize(model_.at("definitions"));
    int values = 0;
    for (const Shape* shape : shapes)
        for (const std::string_view value : shape->values) {
            ++values;
            EXPECT_TRUE(text.find("`" + std::string(value) + "`") != std::string::npos ||
                        text.find("\"" + std::string(value) + "\"") != std::string::npos)
                << value;
        }
    EXPECT_GT(values, 100);
}

}  // namespace
}  // namespace fairway::amazon
