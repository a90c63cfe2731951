// The screens: what is served as a file, what as the page, and with which protection. The files themselves
// are there only where they were built before the program.
#include "api/screens.hpp"

#include <gtest/gtest.h>

#include "ui/ui_assets.hpp"

namespace fairway::api {
namespace {

class ScreensTest : public testing::Test {
protected:
    void SetUp() override {
        if (ui::assets().empty()) GTEST_SKIP() << "the screens were not built: tools/build_ui";
    }
    static net::Response get(const std::string& path, const std::string& encoding = "") {
        net::Request request{.method = "GET", .path = path};
        if (!encoding.empty()) request.headers.set("Accept-Encoding", encoding);
        auto response = find_screen(request);
        EXPECT_TRUE(response.has_value()) << path;
        return response ? *response : net::Response{.status = 0};
    }
};

TEST_F(ScreensTest, every_address_that_is_no_file_and_not_the_interfaces_is_the_page) {
    const std::string page = get("/index.html").body;
    for (const char* path : {"/", "/stores", "/amazon-orders/st_1/402-1234567-1234567", "/welcome"})
        EXPECT_EQ(get(path).body, page) << path;
}

TEST_F(ScreensTest, the_interface_and_missing_files_are_left_to_others) {
    for (const char* path :
         {"/api", "/api/v1/stores", "/healthz", "/metrics", "/openapi.json", "/assets/none.js"})
        EXPECT_FALSE(find_screen({.method = "GET", .path = path}).has_value()) << path;
    EXPECT_FALSE(find_screen({.method = "POST", .path = "/stores"}).has_value());
}

TEST_F(ScreensTest, nothing_may_be_loaded_from_or_framed_by_others) {
    const net::Response response = get("/");
    const std::string policy = *response.headers.find("Content-Security-Policy");
    EXPECT_TRUE(policy.contains("default-src 'none'")) << policy;
    EXPECT_TRUE(policy.contains("frame-ancestors 'none'")) << policy;
    EXPECT_FALSE(policy.contains("unsafe")) << policy;
    EXPECT_FALSE(policy.contains("http")) << policy;
    EXPECT_EQ(*response.headers.find("X-Content-Type-Options"), "nosniff");
}

TEST_F(ScreensTest, no_file_names_a_host_of_others_to_load_from) {
    for (const ui::Asset& asset : ui::assets())
        for (const char* host : {"use.typekit.net", "fonts.googleapis.com", "cdn."})
            EXPECT_FALSE(asset.plain.contains(host)) << asset.path << " names " << host;
}

TEST_F(ScreensTest, files_are_compressed_for_who_understands_it_and_known_ones_are_not_sent) {
    const net::Response plain = get("/index.html");
    EXPECT_EQ(plain.headers.find("Content-Encoding"), nullptr);
    const net::Response packed = get("/index.html", "gzip, br");
    EXPECT_EQ(*packed.headers.find("Content-Encoding"), "gzip");
    EXPECT_LT(packed.body.size(), plain.body.size());
    net::Request again{.method = "GET", .path = "/index.html"};
    again.headers.set("If-None-Match", *plain.headers.find("ETag"));
    EXPECT_EQ(find_screen(again)->status, 304);
}

TEST_F(ScreensTest, what_has_its_hash_in_its_name_is_kept_for_ever_and_the_page_is_not) {
    EXPECT_EQ(*get("/").headers.find("Cache-Control"), "no-cache");
    for (const ui::Asset& asset : ui::assets())
        if (asset.path.starts_with("/assets/"))
            EXPECT_TRUE(get(std::string(asset.path)).headers.find("Cache-Control")->contains("immutable"));
}

}  // namespace
}  // namespace fairway::api
