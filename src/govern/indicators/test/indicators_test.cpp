// Targets, records and projections.
#include <cmath>
#include <fstream>
#include <numbers>

#include <gtest/gtest.h>
#include <unistd.h>

#include <leaven/indicators/status.hpp>
#include <leaven/indicators/student_t.hpp>

#include "data_sets.hpp"

namespace leaven::indicators {
namespace {

TEST(Targets, are_25_numbers_and_2_milestones) {
    Context context;
    const auto all = list({}, context);
    ASSERT_TRUE(all);
    EXPECT_EQ(all->counts.numbers, 25);
    EXPECT_EQ(all->counts.milestones, 2);
    EXPECT_EQ(all->counts.by_document,
              (Counts{{"bj-synbio", 9}, {"bs-synbio", 8}, {"cp-health", 0}, {"cp-synbio", 0}, {"tj-biomfg", 8}}));
    for (const auto& row : all->indicators) EXPECT_FALSE(row.responsible) << row.id;
}

TEST(Status, without_values_says_so_27_times) {
    StatusParams params;
    params.on = "2026-11-21";
    params.values = (std::filesystem::path(LEAVEN_SOURCE_DIR) / "data/indicators/values.tsv").string();
    Context context;
    const auto found = status(params, context);
    ASSERT_TRUE(found) << found.error().message.en;
    EXPECT_EQ(found->counts.no_data, 27);
}

TEST(StudentT, agrees_with_its_closed_forms) {  // one degree: Cauchy; two: t / sqrt(2 + t²)
    for (const double t : {-30.0, -2.0, -0.1, 0.0, 0.5, 1.0, 6.3137515146750411, 100.0}) {
        EXPECT_NEAR(student_t_below(t, 1), 0.5 + std::atan(t) / std::numbers::pi, 1e-13);
        EXPECT_NEAR(student_t_below(t, 2), 0.5 + t / (2 * std::sqrt(2 + t * t)), 1e-13);
    }
    EXPECT_NEAR(student_t_quantile(0.95, 1), std::tan(0.45 * std::numbers::pi), 1e-9);
    EXPECT_NEAR(student_t_quantile(0.975, 10), 2.228138851986274, 1e-10);  // printed tables
    EXPECT_NEAR(student_t_quantile(0.95, 30), 1.697260886593957, 1e-10);
}

TEST(Status, projects_the_example_series_as_least_squares_by_hand) {
    LEAVEN_DATA_SET(file, "policy/indicator-values.example.tsv");
    StatusParams params;
    params.on = "2026-11-21";
    params.values = file.string();
    Context context;
    const auto found = status(params, context);
    ASSERT_TRUE(found) << found.error().message.en;
    const StatusRow* strains = nullptr;
    const StatusRow* output = nullptr;
    for (const auto& row : found->rows) {
        if (row.id == "bj-synbio/i2") strains = &row;
        if (row.id == "tj-biomfg/i7") output = &row;
    }
    ASSERT_TRUE(strains != nullptr && strains->projection && strains->projection->low);
    // Days 0, 184, 365 with 70000, 80000, 88000; the deadline is day 549. Sums in exact fractions of days.
    const double mean = 183;
    const double sxx = 183 * 183 + 1 + 182 * 182;
    const double slope =
        (-183 * (70000 - 238000 / 3.0) + 1 * (80000 - 238000 / 3.0) + 182 * (88000 - 238000 / 3.0)) / sxx;
    const double value = 238000 / 3.0 + slope * (549 - mean);
    double sse = 0;
    for (const auto& [x, y] : {std::pair{0.0, 70000.0}, std::pair{184.0, 80000.0}, std::pair{365.0, 88000.0}})
        sse += std::pow(y - 238000 / 3.0 - slope * (x - mean), 2);
    const double error = std::sqrt(sse * (1 + 1 / 3.0 + (549 - mean) * (549 - mean) / sxx));
    const double t = std::tan(0.45 * std::numbers::pi);
    EXPECT_NEAR(strains->projection->value, value, 1e-6 * value);
    EXPECT_NEAR(*strains->projection->low, value - t * error, 1e-6 * value);
    EXPECT_NEAR(*strains->projection->high, value + t * error, 1e-6 * value);
    EXPECT_NEAR(*strains->projection->probability, 0.5 + std::atan((value - 100000) / error) / std::numbers::pi, 1e-9);
    EXPECT_EQ(strains->latest->value, 88000);
    // A single value and a day without data.
    ASSERT_TRUE(output != nullptr && output->latest);
    EXPECT_EQ(output->latest->value, 88e9);
    EXPECT_EQ(output->status, "no_trend");
    EXPECT_FALSE(output->projection);
}

TEST(Status, classes_follow_the_pace) {
    policy::Indicator target;
    target.type = "number";
    target.comparator = "at_least";
    target.kind = "added";
    target.low = 100;
    target.start = policy::date_of(2025, 1, 1);
    target.deadline = policy::date_of(2025, 4, 11);  // 100 days: one a day
    const auto day = [](std::int64_t n) { return policy::Date{policy::date_of(2025, 1, 1).days + n}; };
    const auto status_at = [&](double value, std::int64_t on) {
        return status_of(target, {{"x", day(50), value, "", "", "test", ""}}, day(on), 0.9).status;
    };
    EXPECT_EQ(status_at(100, 60), "met");
    EXPECT_EQ(status_at(47.5, 60), "on_track");
    EXPECT_EQ(status_at(30, 60), "behind");
    EXPECT_EQ(status_at(29, 60), "far_behind");
    EXPECT_EQ(status_at(99, 101), "missed");
    EXPECT_EQ(status_at(99, 49), "no_data");  // the record is later
    target.comparator = "exceed";
    EXPECT_NE(status_at(100, 60), "met");
    target.kind = "stock";
    const auto two =
        status_of(target, {{"x", day(10), 50.0, "", "", "t", ""}, {"x", day(50), 40.0, "", "", "t", ""}}, day(60), 0.9);
    EXPECT_EQ(two.status, "moving_away");
    ASSERT_TRUE(two.projection);
    EXPECT_FALSE(two.projection->low);
}

TEST(Values, units_convert_exactly) {
    EXPECT_EQ(convert("7", "万株", "strain"), 70000);
    EXPECT_EQ(convert("0.0001", "亿元", "CNY"), 10000);
    EXPECT_EQ(convert("880", "亿元", "CNY"), 88e9);
    EXPECT_EQ(convert("12.3", "", "strain"), 12.3);
    EXPECT_FALSE(convert("7", "万元", "strain"));
    EXPECT_FALSE(convert("7", "万", "CNY"));
    EXPECT_FALSE(convert("1e3", "", "CNY"));
}

TEST(Values, faults_name_the_line) {
    const auto rules = policy::load_rules({});
    ASSERT_TRUE(rules);
    const auto path = std::filesystem::temp_directory_path() / ("leaven-values-" + std::to_string(::getpid()) + ".tsv");
    const std::string head = "indicator\tdate\tvalue\tunit\tsource\tnote\nbj-synbio/i2\t2025-06-30\t7\t万株\ts\t\n";
    for (const char* row : {"bj-synbio/i99\t2025-06-30\t7\t\ts\t", "bj-synbio/i2\t2025-06-31\t7\t\ts\t",
                            "bj-synbio/i2\t2025-07-30\tseven\t\ts\t", "bj-synbio/i2\t2025-07-30\t-7\t\ts\t",
                            "bj-synbio/i2\t2025-06-30\t8\t万株\ts\t", "bj-synbio/i2\t2025-07-30\t7\t\t\t",
                            "bj-synbio/i2\t2025-07-30\t7\t亿元\ts\t"}) {
        std::ofstream(path) << head << row << "\n";
        const auto records = read_values(path.string(), *rules);
        ASSERT_FALSE(records) << row;
        EXPECT_EQ(records.error().code, ErrorCode::bad_input);
        EXPECT_NE(records.error().where.find("line 3"), std::string::npos) << row << records.error().where;
    }
    std::filesystem::remove(path);
}

}  // namespace
}  // namespace leaven::indicators
