// Every model through every format: what is read back is equal, and predicts the same.

#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/core/file.hpp>
#include <leaven/metabolism/convert.hpp>
#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/read.hpp>

#include "data_sets.hpp"
#include "oracle.hpp"
#include "random_model.hpp"

namespace leaven::metabolism {
namespace {

constexpr std::array<const char*, 5> endings{".xml", ".json", ".yml", ".mat", ".json.gz"};

std::string lost(const Model& model, const std::string& ending) {
    const auto written = write_model(model, "model" + ending);
    if (!written) return written.error().message.en + " at " + written.error().where;
    const auto again = read_model(written->bytes, "again" + ending);
    return again ? testing::difference(model, *again) : again.error().message.en + " at " + again.error().where;
}

double optimum_of(Model model) {
    if (model.objective.terms.empty()) model.objective.terms = {{0, 1}};
    Context context;
    const auto result = fba(std::move(model), FbaParams(), context);
    return result && result->objective ? *result->objective : std::nan("");
}

RC_GTEST_PROP(Formats, any_model_goes_there_and_back_in_every_format, ()) {
    const auto model = testing::any_model();
    for (const char* ending : endings) {
        const auto difference = lost(model, ending);
        if (!difference.empty()) RC_LOG() << ending << ": " << difference << "\n";
        RC_ASSERT(difference == "");
    }
}

TEST(Formats, the_rule_of_a_gene_named_by_a_blank_comes_back) {
    auto model = read_model(R"({"metabolites": [], "genes": [{"id": "g"}], "reactions": [
        {"id": "r", "metabolites": {}, "lower_bound": 0, "upper_bound": 1, "gene_reaction_rule": "g"}]})",
                            "m.json")
                     .value();
    model.genes[0].id = model.reactions[0].rule.text = " ";
    for (const char* ending : endings) EXPECT_EQ(lost(model, ending), "") << ending;
}

class EveryModelEveryFormat : public ::testing::TestWithParam<const char*> {};

TEST_P(EveryModelEveryFormat, reads_back_equal_and_predicts_the_same) {
    const std::string name = GetParam();
    LEAVEN_DATA_SET(path, "metabolism/models/" + name);
    const auto model = read_model_file(path);
    ASSERT_TRUE(model) << model.error().message.en;
    const double expected = optimum_of(*model);
    for (const char* ending : endings) {
        const auto written = write_model(*model, "model" + std::string(ending));
        ASSERT_TRUE(written) << ending << ": " << written.error().message.en;
        auto again = read_model(written->bytes, "again");
        ASSERT_TRUE(again) << ending << ": " << again.error().message.en << " at " << again.error().where;
        EXPECT_EQ(testing::difference(*model, *again), "") << ending;
        if (std::string_view(ending) == ".xml") continue;  // solved once more in the format most unlike the first
        if (std::string_view(ending) != ".mat") continue;
        EXPECT_NEAR(optimum_of(*std::move(again)), expected, 1e-6 * std::abs(expected)) << ending;
    }
}

INSTANTIATE_TEST_SUITE_P(Data, EveryModelEveryFormat,
                         ::testing::Values("EC_iCH360.xml.gz", "Human-GEM.json.gz", "Human-GEM.mat", "doubleopt.xml",
                                           "e_coli_core.json.gz", "e_coli_core.xml.gz", "gpr.xml", "iCH360.xml.gz",
                                           "iCW773R.xml.gz", "iJN1463.json.gz", "iML1515.json.gz", "iML1515.xml.gz",
                                           "iMLcore.xml.gz", "iMM904.json.gz", "iYO844.json.gz", "small_example.xml",
                                           "universe_gramneg.xml.gz", "weak_coupling.xml", "yeast-GEM.mat",
                                           "yeast-GEM.yml.gz"),
                         [](const auto& instance) {
                             std::string name = instance.param;
                             for (auto& c : name)
                                 if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
                             return name;
                         });

TEST(Formats, yaml_and_mat_of_yeast_are_one_model) {
    LEAVEN_DATA_SET(yaml, "metabolism/models/yeast-GEM.yml.gz");
    LEAVEN_DATA_SET(mat, "metabolism/models/yeast-GEM.mat");
    const auto a = read_model_file(yaml).value();
    const auto b = read_model_file(mat).value();
    ASSERT_EQ(a.reactions.size(), 4131U);  // the release notes of yeast-GEM 9.0.2
    ASSERT_EQ(a.metabolites.size(), 2806U);
    ASSERT_EQ(a.genes.size(), 1161U);
    ASSERT_EQ(b.reactions.size(), a.reactions.size());
    for (std::size_t r = 0; r < a.reactions.size(); ++r) {
        const auto& x = a.reactions[r];
        const auto& y = b.reactions[r];
        EXPECT_EQ(x.id, y.id);
        EXPECT_EQ(x.name, y.name);
        EXPECT_EQ(x.terms, y.terms) << x.id;
        EXPECT_EQ(x.lower, y.lower);
        EXPECT_EQ(x.upper, y.upper);
        EXPECT_EQ(x.rule, y.rule) << x.id;
        EXPECT_EQ(x.subsystem, y.subsystem);
    }
    EXPECT_EQ(a.objective, b.objective);
    EXPECT_NEAR(optimum_of(a), optimum_of(b), 2e-6 * optimum_of(a));
}

TEST(Formats, mat_and_json_of_human_predict_the_same) {
    LEAVEN_DATA_SET(mat, "metabolism/models/Human-GEM.mat");
    LEAVEN_DATA_SET(json, "metabolism/models/Human-GEM.json.gz");
    auto a = read_model_file(mat).value();
    auto b = read_model_file(json).value();
    ASSERT_EQ(a.reactions.size(), b.reactions.size());
    const ModelIndex in_a(a);
    const ModelIndex in_b(b);
    for (const auto& reaction : a.reactions) {
        const auto& other = b.reactions[in_b.reactions.at(reaction.id)];
        std::map<std::string, double> x, y;
        for (const auto& term : reaction.terms) x[a.metabolites[term.metabolite].id] = term.coefficient;
        for (const auto& term : other.terms) y[b.metabolites[term.metabolite].id] = term.coefficient;
        EXPECT_EQ(x, y) << reaction.id;
        EXPECT_EQ(reaction.lower, other.lower);
        EXPECT_EQ(reaction.upper, other.upper);
    }
    a.objective.terms = {{in_a.reactions.at("MAR13082"), 1}};
    b.objective.terms = {{in_b.reactions.at("MAR13082"), 1}};
    const double growth = optimum_of(a);
    EXPECT_NEAR(optimum_of(b), growth, 1e-6 * growth);
}

TEST(Formats, growth_agrees_with_the_oracles) {
    for (const char* name : {"e_coli_core", "iML1515", "iCH360", "iYO844"}) {
        LEAVEN_DATA_SET(summary, std::string("metabolism/oracles/") + name + ".summary.json");
        const auto model = read_model_file(testing::model_path(name)).value();
        const auto json = testing::json_of(summary);
        const auto key = json.contains("fba_objective") ? "fba_objective" : "objective_value";
        if (!json.contains(key)) continue;
        const double expected = json[key].get<double>();
        for (const char* ending : {".yml", ".mat", ".json"}) {
            const auto written = write_model(model, "model" + std::string(ending));
            EXPECT_NEAR(optimum_of(*read_model(written->bytes, "again")), expected, 1e-6 * expected) << name << ending;
        }
    }
}

TEST(Formats, what_has_no_place_is_listed) {
    Model model;
    model.compartments = {{"c", "cytosol"}};
    model.metabolites.resize(1);
    model.metabolites[0].id = "a", model.metabolites[0].compartment = "c", model.metabolites[0].boundary = true;
    model.reactions.resize(1);
    model.reactions[0].id = "r", model.reactions[0].terms = {{0, -1}}, model.reactions[0].upper = 1;
    model.objective = {false, {{0, 1}}};
    model.groups = {{"g", "all", "collection", {0}}};
    const auto what = [](const WrittenModel& written) {
        std::string out;
        for (const auto& loss : written.losses) out += loss.what.en + " (" + loss.where + "), ";
        return out;
    };
    EXPECT_EQ(what(*write_model(model, "m.xml")), "");
    const std::string all =
        "metabolites: being outside the balance (a), groups (g), that the objective is minimised "
        "(objective), ";
    EXPECT_EQ(what(*write_model(model, "m.json")), all);
    EXPECT_EQ(what(*write_model(model, "m.yaml")), all);
    // MATLAB's structure says which way the objective goes.
    EXPECT_EQ(what(*write_model(model, "m.mat")), "metabolites: being outside the balance (a), groups (g), ");
}

TEST(Formats, many_remarks_cost_time_in_proportion) {  // a quadratic writer would not come back from these
    auto model = read_model(R"({"metabolites": [], "reactions": []})", "m.json").value();
    for (int i = 0; i < 300000; ++i) model.remarks.push_back({fmt::format("key {}", i), "text"});
    model.remarks.push_back({"key 7", "another text"});
    EXPECT_EQ(lost(model, ".json"), "");
}

TEST(Formats, unknown_endings_are_refused) {
    for (const char* path : {"m", "m.txt", "m.mat.gz", "m.gz", "", "m.xlsx", "m.JSON5"}) {
        const auto written = write_model(Model(), path);
        ASSERT_FALSE(written) << path;
        EXPECT_EQ(written.error().code, ErrorCode::bad_input);
    }
}

TEST(Formats, damaged_extras_are_an_error_and_stale_ones_a_note) {
    const std::string head = R"({"metabolites": [], "reactions": [], "leaven": )";
    EXPECT_FALSE(read_model(head + R"("{"})", "m.json"));
    EXPECT_FALSE(read_model(head + R"("{\"groups\": [{\"id\": 5}]}"})", "m.json"));
    EXPECT_FALSE(read_model(head + R"("{\"groups\": [[[[[[[[[[[[]]]]]]]]]]]]}"})", "m.json"));
    const auto stale = read_model(head + R"("{\"reactions\": {\"gone\": {\"name\": \"x\"}}}"})", "m.json");
    ASSERT_TRUE(stale);
    const auto named = std::count_if(stale->notes.begin(), stale->notes.end(),
                                     [](const Note& note) { return note.code == "extras_without_element"; });
    EXPECT_EQ(named, 1);
}

}  // namespace
}  // namespace leaven::metabolism
