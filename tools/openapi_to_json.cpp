// Turns api/openapi.yaml into a C++ source that holds the same document as JSON, for GET /openapi.json.
//   openapi_to_json INPUT.yaml OUTPUT.cpp
#include <yaml-cpp/yaml.h>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>

#include "base/text.hpp"
#include "json/json.hpp"

namespace fairway {

namespace {

[[noreturn]] void refuse(const YAML::Node& node, const std::string& why) {
    throw std::runtime_error("line " + std::to_string(node.Mark().line + 1) + ": " + why);
}

// Plain scalars of YAML's core schema; quoted ones are always texts. The contract has no fractions.
json::Value to_scalar(const YAML::Node& node) {
    const std::string& text = node.Scalar();
    if (node.Tag() == "!") return json::Value(text);
    if (text == "null" || text == "~" || text.empty()) return nullptr;
    if (text == "true") return true;
    if (text == "false") return false;
    if (const auto number = parse_int(text)) return *number;
    return json::Value(text);
}

json::Value to_json(const YAML::Node& node) {
    if (node.IsNull()) return nullptr;
    if (node.IsScalar()) return to_scalar(node);
    if (node.IsSequence()) {
        json::Array array;
        for (const YAML::Node& element : node) array.push_back(to_json(element));
        return array;
    }
    if (!node.IsMap()) refuse(node, "neither a value nor a list nor a map");
    json::Object object;
    for (const auto& member : node) {
        const YAML::Node& key = member.first;
        if (!key.IsScalar()) refuse(key, "a key is a text");
        const bool is_new = object.emplace(key.Scalar(), to_json(member.second)).second;
        if (!is_new) refuse(key, "\"" + key.Scalar() + "\" stands here twice");
    }
    return object;
}

// Compilers limit one literal to 64 KB, so the text is written in pieces; no character is cut in two.
std::string to_source(const std::string& text) {
    constexpr std::size_t kPiece = 12'000;
    std::string source =
        "#include \"openapi/openapi.hpp\"\n\n#include <string>\n\nnamespace fairway {\n\n"
        "std::string_view openapi_json() {\n    static const std::string text = [] {\n"
        "        std::string whole;\n";
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::min(text.size(), at + kPiece);
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
        source += "        whole += R\"openapi(" + text.substr(at, end - at) + ")openapi\";\n";
        at = end;
    }
    return source + "        return whole;\n    }();\n    return text;\n}\n\n}  // namespace fairway\n";
}

int convert(const std::string& input, const std::string& output) {
    try {
        const std::string source = to_source(json::serialize(to_json(YAML::LoadFile(input))));
        std::ofstream file(output, std::ios::binary | std::ios::trunc);
        file << source;
        file.close();
        if (file.good()) return 0;
        std::fprintf(stderr, "openapi_to_json: %s cannot be written\n", output.c_str());
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "openapi_to_json: %s: %s\n", input.c_str(), exception.what());
    }
    return 1;
}

}  // namespace

}  // namespace fairway

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: openapi_to_json INPUT.yaml OUTPUT.cpp\n");
        return 2;
    }
    return fairway::convert(argv[1], argv[2]);
}
