#include <atomic>
#include <filesystem>
#include <mutex>
#include <numeric>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <leaven/core/file.hpp>
#include <leaven/core/parallel.hpp>
#include <leaven/core/sha256.hpp>
#include <leaven/core/suggest.hpp>

namespace leaven {
namespace {

TEST(Sha256, agrees_with_the_examples_of_the_standard) {  // FIPS 180-4 example values (NIST CAVP)
    EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(sha256(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Text, is_formed_from_the_same_data_in_both_languages) {
    const auto said = text({"{0} of {1}", "{1} 之 {0}"}, 2, 5);
    EXPECT_EQ(said.en, "2 of 5");
    EXPECT_EQ(said.zh, "5 之 2");
}

TEST(ErrorCodes, each_has_a_name_a_meaning_in_both_languages_and_its_own_exit_status) {
    std::set<int> statuses;
    for (const auto& info : error_codes()) {
        EXPECT_FALSE(info.name.empty());
        EXPECT_TRUE(info.meaning.complete());
        statuses.insert(static_cast<int>(info.code));
    }
    EXPECT_EQ(statuses, (std::set<int>{2, 3, 4, 5, 6, 70}));
}

RC_GTEST_PROP(EditDistance, is_a_metric_on_lower_case_words, (const std::string& seed)) {
    const auto word = [] { return *rc::gen::container<std::string>(rc::gen::elementOf(std::string("abc"))); };
    const auto a = word();
    const auto b = word();
    RC_ASSERT(edit_distance(a, b) == edit_distance(b, a));
    RC_ASSERT((edit_distance(a, b) == 0) == (a == b));
    RC_ASSERT(edit_distance(a, b) <= static_cast<int>(std::max(a.size(), b.size())));
    RC_ASSERT(edit_distance(seed, seed) == 0);
}

TEST(Nearest, finds_what_was_meant_and_nothing_where_nothing_is_near) {
    const std::vector<std::string> known{"EX_glc__D_e", "EX_lac__D_e", "BIOMASS", "PFK"};
    EXPECT_EQ(nearest("EX_glc_D_e", known, 1), std::vector<std::string>{"EX_glc__D_e"});
    EXPECT_EQ(nearest("pfk", known, 1), std::vector<std::string>{"PFK"});
    EXPECT_TRUE(nearest("xyzzyxyzzy", known).empty());
}

RC_GTEST_PROP(Chunks, cover_every_piece_once_for_any_number_of_threads, ()) {
    const auto count = *rc::gen::inRange<std::int64_t>(0, 200);
    const auto size = *rc::gen::inRange<std::int64_t>(1, 20);
    Context context;
    context.threads = *rc::gen::inRange(1, 5);
    std::vector<std::atomic<int>> seen(static_cast<std::size_t>(count));
    const auto status = for_each_chunk(context, {"", ""}, count, size, [&](Chunk chunk, int) -> Status {
        for (auto i = chunk.begin; i < chunk.end; ++i) ++seen[static_cast<std::size_t>(i)];
        return {};
    });
    RC_ASSERT(status.has_value());
    for (const auto& times : seen) RC_ASSERT(times == 1);
}

TEST(Chunks, report_the_first_failure_and_throw_what_is_thrown) {
    Context context;
    context.threads = 2;
    const auto status = for_each_chunk(context, {"", ""}, 100, 1, [&](Chunk chunk, int) -> Status {
        if (chunk.index >= 3) return bad_input({"chunk {}", "块 {}"}, chunk.index);
        return {};
    });
    ASSERT_FALSE(status.has_value());
    EXPECT_EQ(status.error().message.en, "chunk 3");
    EXPECT_THROW(
        (void)for_each_chunk(context, {"", ""}, 1, 1, [](Chunk, int) -> Status { throw std::logic_error("x"); }),
        std::logic_error);
}

TEST(Chunks, stop_when_asked) {
    Context context;
    std::int64_t done = 0;
    const auto status = for_each_chunk(context, {"", ""}, 100, 1, [&](Chunk, int) -> Status {
        if (++done == 5) context.stop();
        return {};
    });
    ASSERT_FALSE(status.has_value());
    EXPECT_EQ(status.error().code, ErrorCode::cancelled);
    EXPECT_EQ(done, 5);
}

class Files : public ::testing::Test {
protected:
    std::filesystem::path folder = std::filesystem::temp_directory_path() / fmt::format("leaven-files-{}", ::getpid());
    void SetUp() override { std::filesystem::create_directories(folder); }
    void TearDown() override { std::filesystem::remove_all(folder); }
};

TEST_F(Files, come_back_as_they_were_written) {
    const std::string bytes("a\0b\r\n\xff", 6);
    ASSERT_TRUE(write_file(folder / "x", bytes).has_value());
    EXPECT_EQ(read_file(folder / "x").value(), bytes);
}

TEST_F(Files, that_cannot_be_read_say_why) {
    EXPECT_EQ(read_file(folder / "absent").error().code, ErrorCode::not_found);
    EXPECT_EQ(read_file(folder).error().code, ErrorCode::bad_input);
    ASSERT_TRUE(write_file(folder / "x", "12345").has_value());
    EXPECT_EQ(read_file(folder / "x", 4).error().code, ErrorCode::bad_input);
}

TEST_F(Files, that_cannot_be_written_leave_nothing_behind) {
    EXPECT_EQ(write_file(folder / "no/such/folder", "x").error().code, ErrorCode::bad_input);
    EXPECT_TRUE(std::filesystem::is_empty(folder));
    std::filesystem::create_directory(folder / "target");  // a folder cannot be replaced by a file
    EXPECT_FALSE(write_file(folder / "target", "x").has_value());
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

}  // namespace
}  // namespace leaven
