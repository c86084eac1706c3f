// The words after `leaven serve`.
#include <gtest/gtest.h>

#include <leaven/server/server.hpp>

namespace leaven::server {
namespace {

TEST(Options, are_read) {
    const auto options = read_options({"--port", "0", "--host=::1", "--root", ".", "--name", "lab.example"}, Lang::zh);
    ASSERT_TRUE(options);
    EXPECT_EQ(options->port, 0);
    EXPECT_EQ(options->host, "::1");
    EXPECT_EQ(options->roots.size(), 1U);
    EXPECT_EQ(options->names, std::vector<std::string>{"lab.example"});
    EXPECT_EQ(options->lang, Lang::zh);
}

TEST(Options, that_are_wrong_are_named) {
    const std::vector<std::vector<std::string>> all{{"--prt", "1"}, {"--port"},       {"--port", "65536"},
                                                    {"--port", ""}, {"--port", "-1"}, {"x"}};
    for (const auto& words : all) {
        const auto options = read_options(words, Lang::en);
        ASSERT_FALSE(options) << words.front();
        EXPECT_EQ(options.error().code, ErrorCode::bad_input);
    }
    EXPECT_EQ(read_options({"--prt", "1"}, Lang::en).error().hint.en, "--port");
    EXPECT_EQ(read_options({"--root", "no-such-folder"}, Lang::en).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace leaven::server
