#include "number_table.hpp"

#include <cmath>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <leaven/core/file.hpp>

namespace leaven::metabolism {
namespace {

/// A file that is gone when the test is.
class Table {
public:
    explicit Table(std::string_view bytes)
        : path_(std::filesystem::temp_directory_path() / ("leaven_number_table_" + std::to_string(::getpid()))) {
        (void)write_file(path_, bytes);
    }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;
    ~Table() { std::filesystem::remove(path_); }

    [[nodiscard]] Result<std::vector<NumberRow>> read(std::size_t words) const {
        return read_number_table(path_.string(), words);
    }

private:
    std::filesystem::path path_;
};

TEST(NumberTable, knows_headings_comments_commas_and_quotes) {
    const auto rows = Table("# costs\nreaction,cost\n\"R1\",2.5,why\nR2, 3 # late\n\n").read(1).value();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].words, std::vector<std::string>{"R1"});
    EXPECT_EQ(rows[0].number, 2.5);
    EXPECT_EQ(rows[1].number, 3);
    EXPECT_TRUE(rows[1].where.ends_with("line 4"));
}

TEST(NumberTable, says_which_line_is_wrong) {
    for (const auto* text : {"a\t1\nb\tx\n", "a\t1\nb\n", "a\t1\nb\tinf\n", "a\t1\na\t2\n", "h\tn\nb\tnan\n"}) {
        const auto rows = Table(text).read(1);
        ASSERT_FALSE(rows) << text;
        EXPECT_EQ(rows.error().code, ErrorCode::bad_input);
        EXPECT_TRUE(rows.error().where.ends_with("line 2")) << text;
    }
    EXPECT_EQ(read_number_table("no such file", 1).error().code, ErrorCode::not_found);
}

RC_GTEST_PROP(NumberTable, gives_finite_numbers_or_an_error_for_any_bytes, ()) {
    const auto bytes = *rc::gen::container<std::string>(rc::gen::weightedOneOf<char>(
        {{3, rc::gen::element('\t', '\n', ',', '#', '"', '1', '.', 'e', '-')}, {1, rc::gen::arbitrary<char>()}}));
    const auto rows = Table(bytes).read(*rc::gen::inRange<std::size_t>(1, 3));
    if (!rows) {
        RC_ASSERT(rows.error().code == ErrorCode::bad_input);
        return;
    }
    for (const auto& row : *rows) RC_ASSERT(std::isfinite(row.number));
}

}  // namespace
}  // namespace leaven::metabolism
