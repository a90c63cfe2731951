#pragma once
// The filters of a list as SQL.
#include <string>
#include <vector>

#include "db/db.hpp"

namespace fairway::store {

// Conditions joined by AND, each with its values as $n.
class Conditions {
public:
    // Remembers the value and gives the name under which SQL refers to it.
    std::string value(db::Value value) {
        values_.push_back(std::move(value));
        return "$" + std::to_string(values_.size());
    }
    void add(const std::string& condition) { text_ += (text_.empty() ? "WHERE " : " AND ") + condition; }
    const std::string& text() const { return text_; }
    // What was added so far, without WHERE; the values stay, and other conditions may follow.
    std::string take() {
        constexpr std::string_view kWhere = "WHERE ";
        std::string taken = text_.empty() ? "" : text_.substr(kWhere.size());
        text_.clear();
        return taken;
    }
    const std::vector<db::Value>& values() const { return values_; }

private:
    std::string text_{};
    std::vector<db::Value> values_{};
};

}  // namespace fairway::store
