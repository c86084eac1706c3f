// MAT-files: what MATLAB may save, and what is damaged.

#include <bit>
#include <cstdint>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/read.hpp>

#include "mat_file.hpp"

namespace leaven::metabolism {
namespace {

using Kind = MatArray::Kind;

MatArray text(const std::string& value) {
    MatArray array;
    array.kind = Kind::text;
    array.text = value;
    return array;
}

MatArray cells(const std::vector<std::string>& values) {
    MatArray array;
    array.kind = Kind::cells;
    array.rows = static_cast<std::int64_t>(values.size()), array.columns = 1;
    for (const auto& value : values) array.cells.push_back(text(value));
    return array;
}

MatArray numbers(const std::vector<double>& values, std::int64_t columns = 1) {
    MatArray array;
    array.kind = Kind::numbers;
    array.columns = columns, array.rows = static_cast<std::int64_t>(values.size()) / columns;
    array.numbers = values;
    return array;
}

/// a[c] --> 2 b[c], made by hand as the COBRA Toolbox has it.
MatVariable toy() {
    MatVariable variable{"toy", {}};
    variable.value.kind = Kind::structure;
    variable.value.fields = {{"mets", cells({"a[c]", "b[c]"})},        {"rxns", cells({"r", "EX_a", "EX_b"})},
                             {"S", numbers({-1, 2, -1, 0, 0, -1}, 3)}, {"lb", numbers({0, -10, 0})},
                             {"ub", numbers({1000, 0, 1000})},         {"c", numbers({0, 0, 1})},
                             {"genes", cells({"g1", "g2"})},           {"rules", cells({"x(1) & x(2)", "", ""})}};
    return variable;
}

Result<Model> read(const MatVariable& variable) { return read_model(write_mat_file(variable), "m.mat"); }

void replace(MatVariable& variable, const std::string& field, MatArray value) {
    for (auto& [name, old] : variable.value.fields)
        if (name == field) {
            old = std::move(value);
            return;
        }
    variable.value.fields.emplace_back(field, std::move(value));
}

TEST(Mat, full_matrices_rules_by_number_and_compartments_in_names) {
    const auto model = read(toy());
    ASSERT_TRUE(model) << model.error().message.en << " at " << model.error().where;
    EXPECT_EQ(model->id, "toy");
    EXPECT_EQ(equation(*model, model->reactions[0]), "a[c] --> 2 b[c]");
    EXPECT_EQ(model->reactions[0].rule.text, "g1 & g2");
    EXPECT_EQ(model->metabolites[0].compartment, "c");
    EXPECT_TRUE(model->objective.maximize);
}

TEST(Mat, what_makes_another_model_is_refused) {
    const std::vector<std::pair<std::string, MatArray>> changes{
        {"b", numbers({1, 0})},          {"csense", text("EL")},
        {"csense", cells({"E", "L"})},   {"C", numbers({1, 1, 1}, 3)},
        {"lb", numbers({0, 0})},         {"lb", cells({"x", "y", "z"})},
        {"S", numbers({1, 2, 3, 4}, 2)}, {"S", text("S")},
        {"c", numbers({0, 0, NAN})},     {"lb", numbers({0, NAN, 0})},
        {"lb", numbers({5000, 0, 0})},   {"rxns", cells({"r", "r", "x"})},
        {"mets", cells({"a[c]", ""})},   {"S", numbers({-1, INFINITY, -1, 0, 0, -1}, 3)},
        {"metComps", numbers({1, 7})}};
    for (const auto& [field, value] : changes) {
        auto variable = toy();
        replace(variable, field, value);
        const auto model = read(variable);
        ASSERT_FALSE(model) << field;
        EXPECT_EQ(model.error().code, ErrorCode::bad_input);
        EXPECT_TRUE(model.error().where.starts_with("m.mat")) << model.error().where;
    }
}

/// A column of `rows` with one entry.
MatArray sparse_column(std::int64_t rows, std::int64_t row) {
    MatArray array;
    array.kind = Kind::sparse;
    array.rows = rows, array.columns = 1;
    array.numbers = {5};
    array.row_of = {row};
    array.starts = {0, 1};
    return array;
}

TEST(Mat, sparse_columns_are_read_where_they_have_the_size_and_refused_elsewhere) {
    auto variable = toy();
    replace(variable, "ub", sparse_column(3, 2));
    const auto model = read(variable);
    ASSERT_TRUE(model) << model.error().message.en;
    EXPECT_EQ(model->reactions[2].upper, 5);

    replace(variable, "rxns", cells({}));
    replace(variable, "ub", sparse_column(500'000'000, 400'000'000));
    const auto none = read(variable);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::bad_input);
}

TEST(Mat, identifiers_that_are_whole_numbers_keep_every_digit) {
    auto variable = toy();
    replace(variable, "metPubChemID", numbers({100000, 1234567890123}));
    const auto model = read(variable);
    ASSERT_TRUE(model) << model.error().message.en;
    EXPECT_NE(model->metabolites[0].annotation.at(0).resource.find("100000"), std::string::npos);
    EXPECT_NE(model->metabolites[1].annotation.at(0).resource.find("1234567890123"), std::string::npos);
}

TEST(Mat, long_texts_cost_linear_time) {  // a quadratic search takes longer than anybody waits
    auto rules = toy();
    std::string places;
    for (int i = 0; i < 500'000; ++i) places += "x(";
    replace(rules, "rules", cells({places + ")", "", ""}));
    EXPECT_TRUE(read(rules));
    auto lists = toy();
    replace(lists, "rxnECNumbers", cells({std::string(1'000'000, ';'), "", ""}));
    EXPECT_TRUE(read(lists));
}

TEST(Mat, an_objective_can_be_minimised_either_way) {
    auto by_word = toy();
    replace(by_word, "osenseStr", text("min"));
    EXPECT_FALSE(read(by_word)->objective.maximize);
    auto by_number = toy();
    replace(by_number, "osense", numbers({1}));
    EXPECT_FALSE(read(by_number)->objective.maximize);
}

TEST(Mat, other_versions_and_other_files_say_so) {
    const auto said = [](const std::string& bytes) {
        const auto model = read_model(bytes, "m.mat");
        return model ? std::string() : model.error().message.en;
    };
    std::string newer = "MATLAB 7.3 MAT-file, Platform: GLNXA64";
    newer.resize(600, ' ');
    EXPECT_NE(said(newer).find("7.3"), std::string::npos);
    auto swapped = write_mat_file(toy());
    std::swap(swapped[126], swapped[127]);
    EXPECT_NE(said(swapped).find("old machines"), std::string::npos);
    EXPECT_NE(said(write_mat_file({"x", numbers({1, 2, 3})})).find("rxns"), std::string::npos);
}

TEST(Mat, no_cut_is_read_as_a_whole) {
    const auto bytes = write_mat_file(toy());
    for (std::size_t size = 8; size < bytes.size(); ++size)
        ASSERT_FALSE(read_model(std::string_view(bytes).substr(0, size), "m.mat")) << size;
}

RC_GTEST_PROP(Mat, texts_and_numbers_keep_every_bit, ()) {
    const auto words = *rc::gen::container<std::vector<std::string>>(
        rc::gen::elementOf(std::vector<std::string>{"", "plain", "琥珀酸", "β-D 😀", "a\tb", std::string(300, 'x')}));
    const auto values = *rc::gen::arbitrary<std::vector<double>>();
    MatVariable variable{"x", {}};
    variable.value.kind = Kind::structure;
    variable.value.fields = {{"words", cells(words)}, {"values", numbers(values)}};
    const auto again = read_mat_file(write_mat_file(variable), "x");
    RC_ASSERT(again.has_value());
    const auto& fields = again->at(0).value;
    for (std::size_t i = 0; i < words.size(); ++i) RC_ASSERT(fields.field("words")->cells[i].text == words[i]);
    RC_ASSERT(fields.field("values")->numbers.size() == values.size());
    const auto& back = fields.field("values")->numbers;
    for (std::size_t i = 0; i < values.size(); ++i)
        RC_ASSERT(std::bit_cast<std::uint64_t>(back[i]) == std::bit_cast<std::uint64_t>(values[i]));
}

TEST(Mat, the_same_model_gives_the_same_bytes) { EXPECT_EQ(write_mat_file(toy()), write_mat_file(toy())); }

}  // namespace
}  // namespace leaven::metabolism
