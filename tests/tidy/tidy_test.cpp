// Each rule of the tidy test on a sample that breaks it and one that does not: a rule that cannot fail
// protects nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "arrows.hpp"
#include "code.hpp"
#include "rules.hpp"

namespace fairway::tidy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// "path:line", so that a test says in one word what it expects.
std::vector<std::string> places(const Findings& findings) {
    std::vector<std::string> found;
    for (const Finding& finding : findings)
        found.push_back(finding.path + ":" + std::to_string(finding.line));
    return found;
}

File source(std::string text) { return {"src/sync/a.cpp", std::move(text)}; }

TEST(Arrows, an_include_without_an_arrow_is_found) {
    const Findings findings = check_arrows({"src/domain/a.cpp", "// a\n#include \"db/db.hpp\"\n"});
    EXPECT_THAT(places(findings), ElementsAre("src/domain/a.cpp:2"));
    EXPECT_THAT(findings[0].what, HasSubstr("from domain to db"));
}

TEST(Arrows, do_not_pass_through_a_neighbour) {
    EXPECT_THAT(check_arrows({"src/api/a.cpp", "#include \"amazon/client.hpp\"\n"}), testing::SizeIs(1));
}

TEST(Arrows, own_base_and_drawn_ones_are_free) {
    EXPECT_THAT(check_arrows({"src/store/a.cpp",
                              "#include \"store/a.hpp\"\n#include \"base/ids.hpp\"\n"
                              "#include \"db/db.hpp\"\n#include <vector>\n"}),
                IsEmpty());
    EXPECT_THAT(check_arrows({"src/main/a.cpp", "#include \"sandbox/world.hpp\"\n"}), IsEmpty());
}

TEST(Arrows, base_needs_nothing) {
    EXPECT_THAT(check_arrows({"src/base/a.cpp", "#include \"json/json.hpp\"\n"}), testing::SizeIs(1));
}

TEST(Arrows, an_include_says_its_module) {
    EXPECT_THAT(check_arrows({"src/net/a.cpp", "#include \"http.hpp\"\n"}), testing::SizeIs(1));
}

TEST(Arrows, a_folder_that_is_no_module_is_found) {
    EXPECT_THAT(places(check_arrows({"src/extra/a.cpp", "int a;\n"})), ElementsAre("src/extra/a.cpp:1"));
}

TEST(Arrows, have_no_cycle) {
    // Whoever can be reached from a module cannot reach it.
    for (const auto& [from, direct] : arrows()) {
        std::set<std::string> seen;
        std::vector<std::string> open(direct.begin(), direct.end());
        while (!open.empty()) {
            const std::string at = open.back();
            open.pop_back();
            if (seen.insert(at).second)
                open.insert(open.end(), arrows().at(at).begin(), arrows().at(at).end());
        }
        EXPECT_FALSE(seen.contains(from)) << from;
    }
}

// CMake text that agrees with the table; a test spoils one line.
std::string cmake_text() {
    std::string text = "project(x)\n";
    for (const auto& [module, may] : arrows()) {
        if (module == "main" || module == "migrations" || module == "openapi" || module == "ui") continue;
        text += "fairway_module(" + module + " DEPENDS base CURL::libcurl";
        for (const std::string& name : may) text += " " + name;
        text += " TEST_DEPENDS rapidcheck)\n";
    }
    return text;
}

std::string replaced(std::string text, const std::string& old_part, const std::string& new_part) {
    const std::size_t at = text.find(old_part);
    EXPECT_NE(at, std::string::npos) << old_part;
    return text.replace(at, old_part.size(), new_part);
}

TEST(CMakeArrows, agree_with_the_table) {
    EXPECT_THAT(check_cmake_arrows({"CMakeLists.txt", cmake_text()}), IsEmpty());
}

TEST(CMakeArrows, one_too_many_or_too_few_is_found) {
    const std::string more = replaced(cmake_text(), "(sandbox DEPENDS base", "(sandbox DEPENDS base store");
    const Findings findings = check_cmake_arrows({"CMakeLists.txt", more});
    ASSERT_THAT(findings, testing::SizeIs(1));
    EXPECT_THAT(findings[0].what, HasSubstr("sandbox -> domain, json, net, store"));
    const std::string fewer = replaced(cmake_text(), " net store TEST", " net TEST");
    EXPECT_THAT(check_cmake_arrows({"CMakeLists.txt", fewer}), testing::SizeIs(1));
}

TEST(CMakeArrows, a_module_that_is_not_built_is_found) {
    const std::string text = replaced(cmake_text(), "fairway_module(net", "# fairway_module(net");
    EXPECT_THAT(check_cmake_arrows({"CMakeLists.txt", text}), testing::SizeIs(1));
}

constexpr const char* kPage =
    "Arrows: `main` -> all; `api` -> sync, store, domain, net, json, crypto; `sync` → `amazon`, `commerce`,\n"
    "`store`, `db`, `net`, `domain`; `amazon` -> net, json, crypto, domain; `commerce` -> store, db, net, "
    "json, crypto,\n"
    "domain; `store` -> db, json, crypto, domain; `sandbox` -> net, json and domain;\n"
    "`net`, `json`, `crypto`, `db`, `domain` -> base.\n";

TEST(WrittenArrows, agree_with_the_table) {
    EXPECT_THAT(check_written_arrows({"ARCHITECTURE.md", kPage}), IsEmpty());
}

TEST(WrittenArrows, another_list_is_found_where_it_stands) {
    const std::string text =
        replaced(kPage, "`amazon` -> net, json, crypto, domain", "`amazon` -> net, json");
    const Findings findings = check_written_arrows({"ARCHITECTURE.md", text});
    EXPECT_THAT(places(findings), ElementsAre("ARCHITECTURE.md:2"));
}

TEST(WrittenArrows, a_module_left_out_is_found) {
    const std::string text = replaced(kPage, "`sandbox` -> net, json and domain;", "");
    EXPECT_THAT(check_written_arrows({"ARCHITECTURE.md", text}), testing::SizeIs(1));
}

TEST(HeavyHeaders, stay_in_their_modules) {
    for (const char* header : {"boost/asio/ip/tcp.hpp", "boost/beast/http.hpp", "curl/curl.h", "sqlite3.h",
                               "openssl/evp.h", "toml++/toml.h", "CLI/CLI.hpp"})
        EXPECT_THAT(places(check_heavy_headers(source("#include <" + std::string(header) + ">\n"))),
                    ElementsAre("src/sync/a.cpp:1"))
            << header;
    EXPECT_THAT(check_heavy_headers({"src/net/a.cpp", "#include <boost/asio/ip/tcp.hpp>\n"}), IsEmpty());
    EXPECT_THAT(check_heavy_headers({"src/main/a.cpp", "#include <CLI/CLI.hpp>\n"}), IsEmpty());
}

TEST(HeavyHeaders, are_not_handed_on_by_a_header) {
    EXPECT_THAT(check_heavy_headers({"src/net/a.hpp", "#include <boost/asio/post.hpp>\n"}),
                testing::SizeIs(1));
    EXPECT_THAT(check_heavy_headers({"src/net/a_test.hpp", "#include <openssl/evp.h>\n"}), IsEmpty());
    EXPECT_THAT(check_heavy_headers({"src/base/task.hpp", "#include <boost/asio/awaitable.hpp>\n"}),
                IsEmpty());
}

TEST(HeavyHeaders, waiting_is_not_a_socket) {
    EXPECT_THAT(check_heavy_headers({"src/amazon/a.cpp", "#include <boost/asio/post.hpp>\n"}), IsEmpty());
    EXPECT_THAT(check_heavy_headers({"src/amazon/a.cpp", "#include <boost/asio/ip/tcp.hpp>\n"}),
                testing::SizeIs(1));
}

TEST(LineLength, counts_characters_and_not_bytes) {
    EXPECT_THAT(places(check_line_length(source("//\n" + std::string(111, 'x') + "\n"))),
                ElementsAre("src/sync/a.cpp:2"));
    std::string accents;
    for (int i = 0; i < 110; ++i) accents += "è";
    EXPECT_THAT(check_line_length(source(accents + "\n")), IsEmpty());
}

TEST(LineLength, holds_for_every_kind_of_code_and_not_for_prose) {
    const std::string line(111, 'x');
    for (const char* path : {"a.cpp", "a.hpp", "CMakeLists.txt", "cmake/a.cmake", "a.sh", "a.py", "a.sql"})
        EXPECT_THAT(check_line_length({path, line + "\n"}), testing::SizeIs(1)) << path;
    EXPECT_THAT(check_line_length({"dev", "#!/usr/bin/env bash\n" + line + "\n"}), testing::SizeIs(1));
    EXPECT_THAT(check_line_length({"a.md", line + "\n"}), IsEmpty());
}

std::string repeated(std::string_view line, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += line;
    return text;
}

TEST(FileLength, over_six_hundred_lines_is_found) {
    EXPECT_THAT(check_file_length(source(repeated("int a;\n", 600))), IsEmpty());
    EXPECT_THAT(places(check_file_length(source(repeated("int a;\n", 601)))),
                ElementsAre("src/sync/a.cpp:601"));
}

std::string function_of(int lines, const std::string& head = "int f() {\n") {
    return head + repeated("    if (a) { b(); }\n", lines - 2) + "}\n";
}

TEST(FunctionLength, over_sixty_lines_is_found_at_its_head) {
    EXPECT_THAT(check_function_length(source("namespace a {\n\n" + function_of(60) + "\n}\n")), IsEmpty());
    const Findings findings = check_function_length(source("namespace a {\n\n" + function_of(61) + "\n}\n"));
    EXPECT_THAT(places(findings), ElementsAre("src/sync/a.cpp:3"));
    EXPECT_EQ(findings[0].what, "f has 61 lines");
}

TEST(FunctionLength, is_seen_behind_every_kind_of_head) {
    for (const char* head :
         {"Task<void> Server::run(std::vector<int> a = {1, 2}) const {\n", "TEST(Server, is_long) {\n",
          "template <class T = int>\nbool operator==(const T& a, const T& b) {\n",
          "Server::Server(int a) : a_{a}, b_(2), c_{3} {\n", "auto f() -> std::map<int, int> {\n",
          "class A {\npublic:\n    A() = default;\n    int b = 1, c{2};\n    void d() override {\n",
          "struct CAPABILITY(\"mutex\") A : B {\n    void d() override {\n"})
        EXPECT_THAT(check_function_length(source(function_of(70, head))), testing::SizeIs(1)) << head;
}

TEST(FunctionLength, is_not_that_of_a_class_a_table_or_an_enumeration) {
    for (const char* head : {"struct A {\n    void f();\n};\nconstexpr std::array kTable{\n",
                             "const std::map<int, int> kTable = {\n", "enum class A : std::uint8_t {\n",
                             "const auto kTable = make(1, 2) | B {\n", "INSTANTIATE(A, b,\n  values({{\n"})
        EXPECT_THAT(check_function_length(source(head + repeated("    {1, 2},\n", 70) + "};\n")), IsEmpty())
            << head;
    const std::string methods = repeated("    int f() { return 1; }\n", 70);
    EXPECT_THAT(check_function_length(source("class A {\n" + methods + "};\n")), IsEmpty());
}

TEST(FunctionLength, braces_in_literals_and_comments_do_not_count) {
    const std::string odd = "int f() {\n    // {\n    a(\"{\", '{', R\"x({\")x\", 1'000); /* {\n */\n}\n";
    const auto functions = functions_of("#define A {\n" + odd + odd);
    ASSERT_EQ(functions.size(), 2u);
    EXPECT_EQ(functions[1].line, 7u);
    EXPECT_EQ(functions[1].length, 5u);
}

TEST(WhiteSpace, each_kind_is_found) {
    EXPECT_THAT(places(check_white_space(source("int a; \n"))), ElementsAre("src/sync/a.cpp:1"));
    EXPECT_THAT(places(check_white_space(source("\n\tint a;\n"))), ElementsAre("src/sync/a.cpp:2"));
    EXPECT_THAT(places(check_white_space(source("int a;\r\n"))), ElementsAre("src/sync/a.cpp:1"));
    EXPECT_THAT(places(check_white_space(source("int a;\nint b;"))), ElementsAre("src/sync/a.cpp:2"));
    EXPECT_THAT(places(check_white_space(source("int a;\n\n"))), ElementsAre("src/sync/a.cpp:2"));
    EXPECT_THAT(check_white_space(source("int a;\n\nint b;\n")), IsEmpty());
}

TEST(HeaderStart, is_pragma_once_and_then_a_comment) {
    EXPECT_THAT(check_header_start({"src/net/a.hpp", "#pragma once\n// What it is.\n"}), IsEmpty());
    EXPECT_THAT(places(check_header_start({"src/net/a.hpp", "// What it is.\n#pragma once\n"})),
                ElementsAre("src/net/a.hpp:1"));
    EXPECT_THAT(places(check_header_start({"src/net/a.hpp", "#pragma once\n#include <string>\n"})),
                ElementsAre("src/net/a.hpp:2"));
    EXPECT_THAT(check_header_start({"src/net/a.hpp", ""}), testing::SizeIs(1));
    EXPECT_THAT(check_header_start({"src/net/a.cpp", "int a;\n"}), IsEmpty());
}

TEST(BannedCalls, each_is_found) {
    for (const char* call :
         {"std::chrono::system_clock::now();", "auto a = steady_clock :: now();", "auto a = time(nullptr);",
          "return std::time(0);", "::time(&a);", "int a = rand();", "    std::srand(1);", "f(getenv(\"A\"));",
          "std::getenv(\"A\");", "std::this_thread::sleep_for(a);", "usleep(1);", "    sleep(1);",
          "std::this_thread::sleep_until(a);", "::sleep(a);", "std::random_device a;"})
        EXPECT_THAT(places(check_banned_calls(source("int b;\n" + std::string(call) + "\n"))),
                    ElementsAre("src/sync/a.cpp:2"))
            << call;
}

TEST(BannedCalls, what_only_looks_like_one_is_free) {
    for (const char* call : {"// system_clock::now()", "log(\"rand()\");", "co_await loop.sleep(a);",
                             "clock->time(0);", "Task<void> sleep(Duration a);", "UtcTime time(int a);",
                             "brand(1);", "lead_time(0);", "sleep_(kLookEvery);", "return sleep(a);",
                             "Task<void> Loop::sleep(Duration a) {", "ship_time(nullptr);"})
        EXPECT_THAT(check_banned_calls(source(std::string(call) + "\n")), IsEmpty()) << call;
}

TEST(BannedCalls, are_free_where_they_belong) {
    const std::string now = "auto a = std::chrono::steady_clock::now();\n", environment = "getenv(\"A\");\n";
    for (const char* path : {"src/base/a.cpp", "src/net/a.cpp", "bench/a.cpp"})
        EXPECT_THAT(check_banned_calls({path, now}), IsEmpty()) << path;
    for (const char* path : {"src/main/a.cpp", "tests/crash/a.cpp", "src/amazon/main_test.cpp"})
        EXPECT_THAT(check_banned_calls({path, environment}), IsEmpty()) << path;
    EXPECT_THAT(check_banned_calls({"src/amazon/client_test.cpp", environment}), testing::SizeIs(1));
    EXPECT_THAT(check_banned_calls({"tests/crash/a.cpp", now}), testing::SizeIs(1));
    EXPECT_THAT(check_banned_calls({"src/main/a.cpp", now}), testing::SizeIs(1));
    EXPECT_THAT(check_banned_calls({"src/net/a.cpp", environment}), testing::SizeIs(1));
    EXPECT_THAT(check_banned_calls({"bench/a.cpp", environment}), testing::SizeIs(1));
}

TEST(UsingNamespace, is_found) {
    EXPECT_THAT(places(check_using_namespace(source("\nusing  namespace std;\n"))),
                ElementsAre("src/sync/a.cpp:2"));
    EXPECT_THAT(check_using_namespace(source("// using namespace std\nusing std::string;\n")), IsEmpty());
}

TEST(UsingNamespace, opens_only_literals_and_operators_and_never_in_a_header) {
    const std::string opened = "using namespace std::string_literals;\n";
    EXPECT_THAT(check_using_namespace(source(opened)), IsEmpty());
    EXPECT_THAT(check_using_namespace({"src/net/a.hpp", opened}), testing::SizeIs(1));
}

TEST(Todo, without_parentheses_is_found) {
    EXPECT_THAT(places(check_todo(source("int a;\n// TO"
                                         "DO: later\n"))),
                ElementsAre("src/sync/a.cpp:2"));
    EXPECT_THAT(check_todo(source("// FIX"
                                  "ME\n")),
                testing::SizeIs(1));
    EXPECT_THAT(check_todo(source("// TO"
                                  "DO(42): later\n")),
                IsEmpty());
}

TEST(TestPlace, is_beside_the_module) {
    EXPECT_THAT(check_test_place({"src/net/a_test.cpp", ""}), IsEmpty());
    EXPECT_THAT(check_test_place({"tests/tidy/a_test.cpp", ""}), IsEmpty());
    EXPECT_THAT(check_test_place({"src/a_test.cpp", ""}), testing::SizeIs(1));
    EXPECT_THAT(check_test_place({"bench/a_test.cpp", ""}), testing::SizeIs(1));
}

TEST(Words, that_do_not_belong_are_found) {
    for (const char* text : {"as the Helper "
                             "session said",
                             "see issue"
                             " #12",
                             "in \"/wo"
                             "rk/main/a\"",
                             "cd /ro"
                             "ot/a",
                             "https://regis"
                             "try.example.com/a",
                             "a previous "
                             "session"})
        EXPECT_THAT(places(check_words({"docs/a.md", "fine\n" + std::string(text) + "\n"})),
                    ElementsAre("docs/a.md:2"))
            << text;
}

TEST(Words, that_may_be_meant_well_are_free) {
    for (const char* text :
         {"a bearer token or session", "the session ends after 12 hours", "an issue of trust",
          "https://example.com/work/a", "a network/root/cause", "npm from https://registry.npmjs.org/a"})
        EXPECT_THAT(check_words({"docs/a.md", std::string(text) + "\n"}), IsEmpty()) << text;
}

TEST(Words, a_lock_file_names_the_public_registry_alone) {
    const std::string key = "\"resolved\": \"https://";
    EXPECT_THAT(check_words({"ui/package-lock.json", key + "registry.npmjs.org/a.tgz\"\n"}), IsEmpty());
    EXPECT_THAT(check_words({"ui/package-lock.json", key + "packages.example.com/a.tgz\"\n"}),
                testing::SizeIs(1));
    EXPECT_THAT(check_words({"ui/package-lock.json", "\"url\": \"https://opencollective.com/a\"\n"}),
                IsEmpty());
}

TEST(NamedWrites, one_without_a_name_is_found) {
    EXPECT_THAT(places(check_named_writes(source("\n    return context.db.write([&](int) {});\n"))),
                ElementsAre("src/sync/a.cpp:2"));
    EXPECT_THAT(places(check_named_writes(source("\ndb_->write(\n    [&](int) {});\n"))),
                ElementsAre("src/sync/a.cpp:2"));
}

TEST(NamedWrites, with_a_name_in_comments_and_in_tests_are_free) {
    EXPECT_THAT(check_named_writes(source("db.write(\"intake.page\", [&](int) {});\n")), IsEmpty());
    EXPECT_THAT(check_named_writes(source("db.write(point, [&](int) {});\n")), IsEmpty());
    EXPECT_THAT(check_named_writes(source("// db.write([&](int) {});\n")), IsEmpty());
    EXPECT_THAT(check_named_writes({"src/sync/a_test.cpp", "db.write([&](int) {});\n"}), IsEmpty());
    EXPECT_THAT(check_named_writes({"tests/crash/a.cpp", "db.write([&](int) {});\n"}), IsEmpty());
}

TEST(CrashPoints, one_that_stands_nowhere_is_found) {
    std::vector<File> files;
    files.push_back(source("db.write(\"a.b\", [&](int) {});\ncrash_point(\"c.d.before_call\");\n"));
    files.push_back({"src/sync/a_test.cpp", "\"e.f\"\n"});
    files.push_back({"src/base/fault_point.hpp", "\"e.f.after_commit\"\n"});
    const std::vector<std::string_view> placed{"a.b.after_commit", "a.b.before_commit", "c.d.before_call"};
    EXPECT_THAT(check_placed_crash_points(placed, files), IsEmpty());
    const std::vector<std::string_view> more{"c.d.after_call", "e.f.after_commit"};
    EXPECT_THAT(check_placed_crash_points(more, files), testing::SizeIs(2));
}

Findings links_of(const std::string& text) {
    return check_links({"docs/a.md", text}, [](const std::string& path) { return path == "docs/b.md"; });
}

TEST(Links, to_a_file_that_is_not_there_are_found) {
    EXPECT_THAT(places(links_of("a\n[b](c.md)\n")), ElementsAre("docs/a.md:2"));
    EXPECT_THAT(links_of("[b](b.md) and [c](c.md#part)\n"), testing::SizeIs(1));
    EXPECT_THAT(links_of("![picture](c.png)\n"), testing::SizeIs(1));
    EXPECT_THAT(links_of("[b]: c.md\n"), testing::SizeIs(1));
    EXPECT_THAT(links_of("[b](../../outside.md)\n"), testing::SizeIs(1));
}

TEST(Links, that_lead_somewhere_are_free) {
    for (const char* text : {"[b](b.md)", "[b](../docs/b.md#part)", "[b](#part)", "[b](https://example.com)",
                             "`[b](c.md)`", "```\n[b](c.md)\n```", "[b](b.md \"title\")", "[b]: b.md"})
        EXPECT_THAT(links_of(std::string(text) + "\n"), IsEmpty()) << text;
}

}  // namespace
}  // namespace fairway::tidy
