// Words of a command to parameters: lists whose elements follow one another.
#include "arguments.hpp"

#include <gtest/gtest.h>

#include <leaven/op/json.hpp>

namespace leaven::cli {
namespace {

struct Params {
    std::string design;
    std::vector<std::string> reads;
    std::vector<std::string> marks;
    std::int64_t depth = 1;
    bool strict = false;

    static void describe(auto& p, auto&& v) {
        v(p.design, {.name = "design", .doc = {"design", "设计"}, .required = true, .input = true});
        v(p.reads, {.name = "reads", .doc = {"reads", "读段"}});
        v(p.marks, {.name = "marks", .doc = {"marks", "标记"}});
        v(p.depth, {.name = "depth", .doc = {"depth", "深度"}});
        v(p.strict, {.name = "strict", .doc = {"strict", "严格"}});
    }
};

struct ListParams {
    std::vector<std::string> files;
    std::vector<std::string> enzymes;

    static void describe(auto& p, auto&& v) {
        v(p.files, {.name = "files", .doc = {"files", "文件"}, .required = true, .input = true});
        v(p.enzymes, {.name = "enzymes", .doc = {"enzymes", "限制酶"}});
    }
};

template <class P>
Result<P> nothing(const P& params, Context&) {
    return params;
}

std::string parsed(const Operation& operation, const std::vector<std::string>& words) {
    const auto arguments = parse_arguments(operation, words);
    return arguments ? arguments->parameters.dump() : "error: " + arguments.error().message.en;
}

TEST(Arguments, lists_take_the_words_that_follow) {
    const auto operation = make("probe verify", {"Verify", "验证"}, nothing<Params>);
    const std::string all = R"({"design":"d","reads":["a","b","c"]})";
    EXPECT_EQ(parsed(operation, {"d", "--reads", "a", "b", "c"}), all);
    EXPECT_EQ(parsed(operation, {"d", "--reads", "a,b", "c"}), all);
    EXPECT_EQ(parsed(operation, {"d", "--reads=a", "b", "--reads", "c"}), all);
    EXPECT_EQ(parsed(operation, {"d", "--reads", "a", "b", "--marks", "m", "n", "--depth", "3"}),
              R"({"design":"d","reads":["a","b"],"marks":["m","n"],"depth":3})");
}

TEST(Arguments, an_input_that_is_still_wanted_goes_first) {
    const auto operation = make("probe verify", {"Verify", "验证"}, nothing<Params>);
    EXPECT_EQ(parsed(operation, {"--reads", "a", "b", "d"}), R"({"design":"d","reads":["a","b"]})");
    EXPECT_EQ(parsed(operation, {"--reads", "a", "d"}), R"({"design":"d","reads":["a"]})");
    EXPECT_EQ(parsed(operation, {"--strict", "true", "d", "--reads", "a", "b"}),
              R"({"design":"d","reads":["a","b"],"strict":true})");
    EXPECT_EQ(parsed(operation, {"-", "--reads", "a", "b"}), R"({"design":"-","reads":["a","b"]})");
    EXPECT_EQ(parsed(operation, {"--depth", "-2", "d", "--reads", "a", "b"}),
              R"({"design":"d","reads":["a","b"],"depth":-2})");
    EXPECT_EQ(parsed(operation, {"--depth", "2", "d", "more"}), "error: \"more\" is one input too many");
    const auto listed = make("probe digest", {"Digest", "酶切"}, nothing<ListParams>);
    EXPECT_EQ(parsed(listed, {"--enzymes", "BsaI", "a", "b"}), R"({"files":["a","b"],"enzymes":["BsaI"]})");
}

}  // namespace
}  // namespace leaven::cli
