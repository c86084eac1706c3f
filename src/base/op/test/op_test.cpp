#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/op/answer.hpp>
#include <leaven/op/call_options.hpp>
#include <leaven/op/operation.hpp>
#include <leaven/op/reference.hpp>
#include <leaven/op/schema.hpp>
#include <leaven/op/show.hpp>

namespace leaven {
namespace {

struct Reading {
    std::string well;
    double od = 0;
    std::optional<double> rate;

    static void describe(auto& p, auto&& v) {
        v(p.well, {.name = "well", .doc = {"well", "孔"}});
        v(p.od, {.name = "od", .doc = {"optical density", "光密度"}, .unit = "1"});
        v(p.rate, {.name = "rate", .doc = {"growth rate", "生长速率"}, .unit = "1/h"});
    }
    bool operator==(const Reading&) const = default;
};

struct PlateParams {
    std::string file;
    double blank = 0.04;
    std::int64_t window = 5;
    bool smooth = false;
    std::string method = "slope";
    std::vector<std::string> wells;
    std::vector<Reading> readings;
    Text title;

    static void describe(auto& p, auto&& v) {
        v(p.file,
          {.name = "file", .doc = {"plate file", "孔板文件"}, .format = "path", .required = true, .input = true});
        v(p.blank, {.name = "blank", .doc = {"blank", "空白"}, .unit = "1", .min = 0, .max = 4});
        v(p.window, {.name = "window", .doc = {"window", "窗口"}, .min = 3, .max = 100'000});
        v(p.smooth, {.name = "smooth", .doc = {"smooth", "平滑"}});
        v(p.method, {.name = "method", .doc = {"method", "方法"}, .choices = "slope|logistic"});
        v(p.wells, {.name = "wells", .doc = {"wells", "孔位"}});
        v(p.readings, {.name = "readings", .doc = {"readings", "读数"}});
        v(p.title, {.name = "title", .doc = {"title", "标题"}});
    }
};

struct PlateResult {
    std::vector<Reading> rows;
    double mean = 0;

    static void describe(auto& p, auto&& v) {
        v(p.mean, {.name = "mean", .doc = {"mean rate", "平均速率"}, .unit = "1/h"});
        v(p.rows, {.name = "rows", .doc = {"wells", "各孔"}});
    }
    [[nodiscard]] bool solved() const { return mean > 0; }
    [[nodiscard]] std::vector<Text> headline() const { return {text({"{} wells", "{} 个孔"}, rows.size())}; }
};

Result<PlateResult> grow(const PlateParams& p, Context&) { return PlateResult{p.readings, p.blank}; }

Operation plate() { return make("assay growth", {"Growth rate of each well", "各孔生长速率"}, grow); }

std::string error_of(const Json& json) {
    const auto read_back = read<PlateParams>(json);
    return read_back ? "" : read_back.error().where + ": " + read_back.error().message.en;
}

TEST(Read, keeps_defaults_and_takes_what_is_given) {
    const auto p = read<PlateParams>({{"file", "a.csv"}, {"window", 7}, {"wells", {"A1", "B2"}}}).value();
    EXPECT_EQ(p.file, "a.csv");
    EXPECT_EQ(p.window, 7);
    EXPECT_EQ(p.blank, 0.04);
    EXPECT_EQ(p.wells, (std::vector<std::string>{"A1", "B2"}));
}

TEST(Read, names_the_field_that_is_wrong) {
    EXPECT_EQ(error_of({{"window", 7}}), "file: \"file\" must be given");
    EXPECT_EQ(error_of({{"file", 3}}), "file: expected a text, got 3");
    EXPECT_EQ(error_of({{"file", "a"}, {"blank", 5}}), "blank: must be between 0 and 4, got 5");
    EXPECT_EQ(error_of({{"file", "a"}, {"blank", "NaN"}}), "blank: must be between 0 and 4, got nan");
    EXPECT_EQ(error_of({{"file", "a"}, {"window", 7.5}}), "window: expected a whole number, got 7.5");
    EXPECT_EQ(error_of({{"file", "a"}, {"window", 18446744073709551615ULL}}),
              "window: expected a whole number, got 18446744073709551615");
    EXPECT_EQ(error_of({{"file", "a"}, {"smooth", 1}}), "smooth: expected true or false, got 1");
    EXPECT_EQ(error_of({{"file", "a"}, {"method", "slop"}}), "method: \"slop\" is not one of slope, logistic");
    EXPECT_EQ(error_of({{"file", "a"}, {"wells", {"A1", 2}}}), "wells[1]: expected a text, got 2");
    EXPECT_EQ(error_of({{"file", "a"}, {"readings", {{{"well", "A1"}, {"dd", 1}}}}}),
              "readings[0].dd: there is no parameter \"dd\"");
    EXPECT_EQ(error_of(Json::array()), ": expected an object, got []");
}

TEST(Read, suggests_the_nearest_name) {
    const auto result = read<PlateParams>({{"file", "a"}, {"windw", 5}});
    EXPECT_EQ(result.error().hint.en, "did you mean window?");
    EXPECT_EQ(result.error().hint.zh, "是否指 window？");
}

RC_GTEST_PROP(Json, a_struct_comes_back_as_it_was_written, (std::string well, double od)) {
    Reading reading{well, od, std::nullopt};
    if (*rc::gen::arbitrary<bool>()) reading.rate = *rc::gen::arbitrary<double>();
    RC_ASSERT(read<Reading>(to_json(reading)).value() == reading);
}

TEST(Json, says_what_is_not_finite_and_what_is_not_known) {
    EXPECT_EQ(to_json(Reading{"A1", std::numeric_limits<double>::infinity(), std::nullopt}),
              Json({{"well", "A1"}, {"od", "Infinity"}, {"rate", nullptr}}));
    EXPECT_EQ(to_json(-0.0).dump(), "0.0");
    EXPECT_EQ(read<Reading>({{"od", "-Infinity"}}).value().od, -std::numeric_limits<double>::infinity());
    EXPECT_TRUE(std::isnan(read<Reading>({{"od", "NaN"}}).value().od));
}

TEST(Schema, says_what_the_reader_enforces) {
    const auto schema = schema_of(plate().parameters, SchemaOf::parameters);
    EXPECT_EQ(schema["required"], Json::array({"file"}));
    EXPECT_EQ(schema["additionalProperties"], false);
    EXPECT_EQ(schema["properties"]["blank"]["maximum"], 4.0);
    EXPECT_EQ(schema["properties"]["blank"]["default"], 0.04);
    EXPECT_EQ(schema["properties"]["method"]["enum"], Json::array({"slope", "logistic"}));
    EXPECT_EQ(schema["properties"]["wells"]["items"]["type"], "string");
    EXPECT_EQ(schema["properties"]["window"]["x-doc-zh"], "窗口");
    const auto result = schema_of(plate().results, SchemaOf::result);
    EXPECT_EQ(result["required"], Json::array({"mean", "rows"}));
}

TEST(Operation, runs_from_json_to_json) {
    Context context;
    const auto answer =
        plate().run({{"file", "a"}, {"blank", 0}, {"readings", {{{"well", "A1"}, {"od", 1}}}}}, context).value();
    EXPECT_FALSE(answer.solved);
    EXPECT_EQ(answer.result["rows"][0]["rate"], nullptr);
    EXPECT_EQ(answer.headline.at(0).zh, "1 个孔");
    EXPECT_EQ(plate().run({{"file", "a"}, {"x", 0}}, context).error().code, ErrorCode::bad_input);
}

/// Readings that are made when they are looked at.
class Counted {
public:
    using Element = Reading;
    explicit Counted(std::size_t size = 0) : size_(size) {}
    [[nodiscard]] std::size_t size() const { return size_; }
    Reading operator[](std::size_t i) const { return {"W" + std::to_string(i), 0.5 * static_cast<double>(i), {}}; }
    [[nodiscard]] std::vector<Reading> all() const {
        std::vector<Reading> rows;
        for (std::size_t i = 0; i < size_; ++i) rows.push_back((*this)[i]);
        return rows;
    }
    [[nodiscard]] auto begin() const { return rows_.begin(); }
    [[nodiscard]] auto end() const { return rows_.end(); }

private:
    std::size_t size_;
    std::vector<Reading> rows_ = all();
};

struct CountedResult {
    double mean = 1;
    Counted rows;
    static void describe(auto& p, auto&& v) {
        v(p.mean, {.name = "mean", .doc = {"mean rate", "平均速率"}, .unit = "1/h"});
        v(p.rows, {.name = "rows", .doc = {"wells", "各孔"}});
    }
};

Result<CountedResult> count_wells(const PlateParams& p, Context&) {
    return CountedResult{1, Counted(static_cast<std::size_t>(p.window))};
}

struct WholeResult {
    double mean = 1;
    std::vector<Reading> rows;
    static void describe(auto& p, auto&& v) { CountedResult::describe(p, v); }
};

Result<WholeResult> hold_wells(const PlateParams& p, Context&) {
    return WholeResult{1, Counted(static_cast<std::size_t>(p.window)).all()};
}

TEST(Show, a_long_list_is_written_as_one_that_is_held_whole) {
    const auto counted = make("assay wells", {"Wells", "各孔"}, count_wells);
    const auto whole = make("assay wells", {"Wells", "各孔"}, hold_wells);
    Context context;
    for (const int size : {3, 30'000}) {
        const Json parameters{{"file", "a"}, {"window", size}};
        const auto one = counted.run(parameters, context).value();
        const auto other = whole.run(parameters, context).value();
        EXPECT_EQ(one.long_lists.size(), size > 20'000 ? 1U : 0U);
        EXPECT_EQ(show_json(one, Lang::en), show_json(other, Lang::en));
        EXPECT_EQ(Json::parse(show_json(one, Lang::en, 2)), Json::parse(show_json(other, Lang::en, 2)));
        EXPECT_EQ(show_rows(counted, one, '\t').value(), show_rows(whole, other, '\t').value());
        EXPECT_EQ(show(counted, one, {}), show(whole, other, {}));
    }
    const auto page = show_page(counted, counted.run({{"file", "a"}, {"window", 30'000}}, context).value(), Lang::en);
    EXPECT_NE(page.find("W999<"), std::string::npos);
    EXPECT_EQ(page.find("W1000<"), std::string::npos);
    EXPECT_NE(page.find("29000 more"), std::string::npos);
}

TEST(Show, aligns_columns_and_counts_what_it_leaves_out) {
    Context context;
    auto readings = Json::array();
    for (int i = 0; i < 5; ++i)
        readings.push_back({{"well", i == 0 ? "孔A1" : "B" + std::to_string(i)}, {"od", i * 0.5}});
    const auto answer = plate().run({{"file", "a"}, {"readings", readings}}, context).value();
    EXPECT_EQ(show(plate(), answer, {.lang = Lang::en, .most_rows = 2}),
              "5 wells\n\n  mean rate  0.04 1/h\n\nwells (5)\n"
              "  well  optical density\n"
              "  孔A1                0\n"
              "  B1                0.5\n"
              "  … 3 more: --out FILE.tsv writes all\n");
}

TEST(Show, keeps_a_column_in_which_one_row_knows_something) {
    Context context;
    const Json readings{{{"well", "A1"}, {"od", 0.1}}, {{"well", "A2"}, {"od", 0.2}, {"rate", 0.4}}};
    const auto answer = plate().run({{"file", "a"}, {"readings", readings}}, context).value();
    EXPECT_NE(show(plate(), answer, {}).find("growth rate [1/h]"), std::string::npos);
}

TEST(Show, writes_rows_that_a_spreadsheet_reads_back) {
    Context context;
    const auto answer =
        plate().run({{"file", "a"}, {"readings", {{{"well", "A,\"1\""}, {"od", 0.1}}}}}, context).value();
    EXPECT_EQ(show_rows(plate(), answer, ',').value(), "well,od,rate\n\"A,\"\"1\"\"\",0.1,\n");
}

TEST(Show, a_page_escapes_what_it_is_given) {
    Context context;
    const auto answer =
        plate().run({{"file", "a"}, {"readings", {{{"well", "<script>"}, {"od", 0.1}}}}}, context).value();
    const auto page = show_page(plate(), answer, Lang::zh);
    EXPECT_EQ(page.find("<script>"), std::string::npos);
    EXPECT_NE(page.find("lang=\"zh-Hans\""), std::string::npos);
    EXPECT_EQ(page.find("http"), std::string::npos);
}

TEST(Show, an_error_in_one_line) {
    Error error{ErrorCode::bad_input, {"time goes back", "时间倒退"}, "plate7.csv", {"sort the rows", "请排序"}};
    EXPECT_EQ(show_error(error, Lang::en), "error: time goes back (plate7.csv). Try: sort the rows.");
    EXPECT_EQ(show_error(error, Lang::zh), "错误：时间倒退（plate7.csv）。建议：请排序。");
}

TEST(Reference, help_names_every_parameter_in_both_languages) {
    for (const auto lang : {Lang::en, Lang::zh}) {
        const auto help = help_text(plate(), lang);
        for (const auto& info : plate().parameters) {
            EXPECT_NE(help.find(info.field.doc.in(lang)), std::string::npos) << info.field.name;
            EXPECT_NE(reference_page(plate(), "", lang).find(fmt::format("`{}`", info.field.name)), std::string::npos);
        }
    }
}

TEST(Reference, names_each_ending_once) {
    auto operation = plate();
    EXPECT_EQ(endings_of(operation), ".json .csv .tsv .html");
    operation.endings = ".html|.csv.gz|.svg";
    EXPECT_EQ(endings_of(operation), ".json .csv .tsv .html .csv.gz .svg");
}

TEST(Type, knows_where_the_members_lie) {
    PlateParams plate;
    plate.blank = 0.5;
    plate.wells = {"A1", "B2"};
    plate.readings = {{"C3", 0.25, 1.5}};
    const auto& members = type_of<PlateParams>.members();
    ASSERT_EQ(members.size(), 8U);
    EXPECT_EQ(members[1].field.name, "blank");
    EXPECT_EQ(members[1].type->number(members[1].in(&plate)), 0.5);
    const auto& wells = *members[5].type;
    EXPECT_EQ(wells.count(members[5].in(&plate)), 2U);
    EXPECT_EQ(element_of(wells, members[5].in(&plate), 1).get(), &plate.wells[1]);
    const auto& rate = type_of<Reading>.members()[2];
    EXPECT_EQ(rate.type->inner()->number(rate.type->value(rate.in(&plate.readings[0]))), 1.5);
    const Reading unknown;
    EXPECT_EQ(rate.type->value(rate.in(&unknown)), nullptr);
}

struct Stray {
    double inside = 0;
    static void describe(auto& p, auto&& v) {
        static double outside = 0;
        v(p.inside, {.name = "inside", .doc = {"inside", "内"}});
        v(outside, {.name = "outside", .doc = {"outside", "外"}});
    }
};

TEST(Type, a_field_that_is_no_member_is_a_fault_of_the_program) {
    EXPECT_THROW((void)type_of<Stray>.members(), std::logic_error);
}

TEST(Type, made_elements_last_as_long_as_they_are_held) {
    const Counted rows(3);
    const auto& type = type_of<Counted>;
    const auto second = element_of(type, &rows, 1);
    const auto third = element_of(type, &rows, 2);
    EXPECT_EQ(json_of(*type.inner(), second.get())["well"], "W1");
    EXPECT_EQ(json_of(*type.inner(), third.get())["well"], "W2");
}

TEST(Outcome, is_the_answer_before_it_is_json) {
    const auto operation = plate();
    const Json parameters{{"file", "a.csv"}, {"readings", {{{"well", "A1"}, {"od", 0.5}}}}};
    Context context;
    const auto answer = operation.run(parameters, context).value();
    const auto outcome = operation.compute(parameters, context).value();
    EXPECT_EQ(outcome.json(), answer.result);
    EXPECT_EQ(outcome.solved, answer.solved);
    EXPECT_EQ(outcome.headline, answer.headline);
    EXPECT_EQ(operation.compute({{"file", 3}}, context).error().where, "file");
}

TEST(CallOptions, are_taken_out_and_read_as_strictly) {
    Json parameters{{"file", "a.csv"}, {"threads", 2}, {"seed", 7}, {"lang", "zh"}};
    const auto options = take_call_options(parameters).value();
    EXPECT_EQ(parameters, (Json{{"file", "a.csv"}}));
    Context context;
    options.apply(context, Lang::en);
    EXPECT_EQ(context.threads, 2);
    EXPECT_EQ(context.seed, 7U);
    EXPECT_EQ(context.lang, Lang::zh);
    for (const auto& wrong : {Json{{"threads", 0}}, Json{{"seed", -1}}, Json{{"lang", "fr"}}, Json{{"seed", 1.5}}}) {
        auto given = wrong;
        EXPECT_FALSE(take_call_options(given)) << wrong.dump();
    }
}

}  // namespace
}  // namespace leaven
