#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/core/file.hpp>
#include <leaven/metabolism/insert.hpp>
#include <leaven/metabolism/read.hpp>

#include "data_sets.hpp"
#include "random_model.hpp"

namespace leaven::metabolism {
namespace {

using Terms = std::vector<EquationTerm>;

TEST(ParseEquation, reads_every_arrow) {
    const auto direction = [](const std::string& arrow) {
        return parse_equation("a " + arrow + " b").value().direction;
    };
    for (const char* arrow : {"-->", "->", "=>", "→"}) EXPECT_EQ(direction(arrow), Direction::forward) << arrow;
    for (const char* arrow : {"<=>", "<==>", "<->", "<-->", "⇌", "↔"})
        EXPECT_EQ(direction(arrow), Direction::reversible) << arrow;
    for (const char* arrow : {"<--", "<-", "←"}) EXPECT_EQ(direction(arrow), Direction::backward) << arrow;
}

TEST(ParseEquation, reads_amounts_sides_and_sums) {
    EXPECT_EQ(parse_equation("a + 2 b --> (0.5) c")->terms, (Terms{{"a", -1}, {"b", -2}, {"c", 0.5}}));
    EXPECT_EQ(parse_equation("2 2ddg6p_c <=> 3pg_c")->terms, (Terms{{"2ddg6p_c", -2}, {"3pg_c", 1}}));
    EXPECT_EQ(parse_equation("a + b --> b + b + c")->terms, (Terms{{"a", -1}, {"b", 1}, {"c", 1}}));
    EXPECT_TRUE(parse_equation("a -->")->one_sided);
    EXPECT_TRUE(parse_equation("--> 1e-3 a")->one_sided);
    EXPECT_FALSE(parse_equation("a --> b")->one_sided);
    EXPECT_EQ(parse_equation("a-1 + b+ --> h+")->terms, (Terms{{"a-1", -1}, {"b+", -1}, {"h+", 1}}));
}

TEST(ParseEquation, says_in_which_column_it_cannot_be_read) {
    const std::vector<std::pair<const char*, const char*>> broken{
        {"a + b", "column 6"},     {"a --> b --> c", "column 9"}, {"a b --> c", "column 3"},
        {"+ a --> b", "column 1"}, {"a + --> b", "column 5"},     {"2 --> b", "column 3"},
        {"0 a --> b", "column 1"}, {"-1 a --> b", "column 1"},    {"a --> a", "column 1"},
        {"", "column 1"},          {"-->", "column 1"},           {"琥珀酸 b --> c", "column 5"}};
    for (const auto& [text, column] : broken) {
        const auto equation = parse_equation(text);
        ASSERT_FALSE(equation) << text;
        EXPECT_EQ(equation.error().code, ErrorCode::bad_input);
        EXPECT_EQ(equation.error().where, column) << text;
    }
}

RC_GTEST_PROP(ParseEquation, reads_what_equation_writes, ()) {
    Model model;
    for (const char* id : {"a_c", "2b_c", "c-d", "e+"}) {
        Metabolite metabolite;
        metabolite.id = id;
        model.metabolites.push_back(metabolite);
    }
    Reaction reaction;
    reaction.terms = testing::any_terms(4);
    RC_PRE(!reaction.terms.empty());
    reaction.lower = *rc::gen::element(-1.0, 0.0);
    reaction.upper = *rc::gen::element(reaction.lower < 0 ? 0.0 : 1.0, 1.0);
    const auto read = parse_equation(equation(model, reaction));
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->terms.size() == reaction.terms.size());
    for (const auto& term : reaction.terms) {
        const EquationTerm expected{model.metabolites[static_cast<std::size_t>(term.metabolite)].id, term.coefficient};
        RC_ASSERT(std::count(read->terms.begin(), read->terms.end(), expected) == 1);
    }
    RC_ASSERT(read->direction == (reaction.lower == 0  ? Direction::forward
                                  : reaction.upper > 0 ? Direction::reversible
                                                       : Direction::backward));
}

/// Glucose, ethanol and carbon dioxide in compartment c, without reactions.
Model host() {
    Model model;
    model.compartments = {{"c", ""}};
    for (const auto& [id, formula] :
         {std::pair("glc_c", "C6H12O6"), std::pair("etoh_c", "C2H6O"), std::pair("co2_c", "CO2")}) {
        Metabolite metabolite;
        metabolite.id = id, metabolite.formula = formula, metabolite.charge = 0, metabolite.compartment = "c";
        model.metabolites.push_back(metabolite);
    }
    model.genes = {{"g1", "", {}, {}}};
    return model;
}

Insertion of_toml(const std::string& text) { return read_insertion(text, "new.toml").value(); }

TEST(ApplyInsertion, adds_with_bounds_from_the_arrow_and_new_genes) {
    auto model = host();
    const auto balances = apply_insertion(model, of_toml(R"(
        [[reactions]]
        id = "FERM"
        equation = "glc_c --> 2 etoh_c + 2 co2_c"
        genes = "g1 and new1"
        ec = "1.2.3.4"
        [[reactions]]
        id = "BACK"
        equation = "glc_c <-- 2 etoh_c + 2 co2_c"
        [[reactions]]
        id = "SINK"
        equation = "etoh_c <=>"
        lower = -5
    )"));
    ASSERT_TRUE(balances) << balances.error().message.en;
    EXPECT_EQ(balances->size(), 3U);
    EXPECT_TRUE((*balances)[0].balance.balanced());
    const auto& fermentation = model.reactions[0];
    EXPECT_EQ(equation(model, fermentation), "glc_c --> 2 etoh_c + 2 co2_c");
    EXPECT_EQ(std::pair(fermentation.lower, fermentation.upper), std::pair(0.0, 1000.0));
    EXPECT_EQ(fermentation.rule.postfix, (std::vector<std::int32_t>{0, 1, GeneRule::both}));
    EXPECT_EQ(model.genes[1].id, "new1");
    EXPECT_EQ(fermentation.annotation, (std::vector<Annotation>{{"is", "https://identifiers.org/ec-code/1.2.3.4"}}));
    EXPECT_EQ(std::pair(model.reactions[1].lower, model.reactions[1].upper), std::pair(-1000.0, 0.0));
    EXPECT_EQ(std::pair(model.reactions[2].lower, model.reactions[2].upper), std::pair(-5.0, 1000.0));
}

TEST(ApplyInsertion, refuses_what_does_not_fit_and_leaves_the_model_alone) {
    struct Case {
        const char* toml;
        ErrorCode code;
        const char* said;  // in message, place or hint
    };
    const std::string sound = "[[reactions]]\nid = \"FIRST\"\nequation = \"glc_c --> 2 etoh_c + 2 co2_c\"\n";
    for (const auto& [toml, code, said] :
         {Case{"[[reactions]]\nid = \"R\"\nequation = \"glc_x --> 2 etoh_c\"", ErrorCode::not_found, "glc_c"},
          Case{"[[reactions]]\nid = \"R\"\nequation = \"glc_c --> 3 etoh_c\"", ErrorCode::bad_input, "H +6, O -3"},
          Case{"[[reactions]]\nid = \"R\"\nequation = \"glc_c --> \\u2192\"", ErrorCode::bad_input, "R, column 11"},
          Case{"[[reactions]]\nid = \"R\"\nequation = \"glc_c -->\"\nlower = 5\nupper = 3", ErrorCode::bad_input,
               "5 to 3"},
          Case{"[[reactions]]\nid = \"R\"\nequation = \"glc_c -->\"\ngenes = \"(a\"", ErrorCode::bad_input,
               "R, column 1"},
          Case{"[[reactions]]\nid = \"FIRST\"\nequation = \"glc_c -->\"", ErrorCode::bad_input, "FIRST"},
          Case{"[[metabolites]]\nid = \"glc_c\"\ncompartment = \"c\"", ErrorCode::bad_input, "glc_c"},
          Case{"[[metabolites]]\nid = \"x\"\ncompartment = \"d\"", ErrorCode::not_found, "d"}}) {
        auto model = host();
        const auto before = model;
        const auto balances = apply_insertion(model, of_toml(sound + toml));
        ASSERT_FALSE(balances) << toml;
        const auto& error = balances.error();
        EXPECT_EQ(error.code, code) << toml;
        EXPECT_NE((error.message.en + error.where + error.hint.en).find(said), std::string::npos)
            << toml << ": " << error.message.en;
        EXPECT_EQ(testing::difference(model, before), "") << toml;
    }
}

TEST(ApplyInsertion, lets_through_what_says_it_is_unbalanced) {
    auto model = host();
    const auto balances = apply_insertion(
        model, of_toml("[[reactions]]\nid = \"R\"\nequation = \"glc_c --> etoh_c\"\nunbalanced = true"));
    ASSERT_TRUE(balances);
    EXPECT_EQ((*balances)[0].balance.text(), "C -4, H -6, O -5");
}

TEST(ReadInsertion, is_strict_and_names_the_line) {
    const std::vector<std::pair<const char*, const char*>> broken{
        {"[[reactions]]\nid = \"R\"\nequation = \"a -->\"\nlower_bound = 3", "line 4"},
        {"[[reactions]]\nid = \"R\"", "line 1"},
        {"\n[[reactions]]\nid = 3\nequation = \"a -->\"", "line 3"},
        {"[[reactions]]\nid = \"R\"\nequation = \"a -->\"\nlower = \"low\"", "line 4"},
        {"[[reactions]]\nid = \"R\"\nequation = \"a -->\"\nlower = nan", "line 4"},
        {"[[reactions]]\nid = \"R\"\nequation = \"a -->\"\nunbalanced = 1", "line 4"},
        {"reactions = 3", "line 1"},
        {"reactions = [1]", "line 1"},
        {"[insert]\n[host]\nmodel = \"x\"", "line 2"},
        {"insert = 1", "line 1"},
        {"[[reactions]\n", "line 1"}};
    for (const auto& [toml, line] : broken) {
        const auto insertion = read_insertion(toml, "new.toml");
        ASSERT_FALSE(insertion) << toml;
        EXPECT_EQ(insertion.error().code, ErrorCode::bad_input);
        EXPECT_EQ(insertion.error().where, std::string("new.toml, ") + line)
            << toml << ": " << insertion.error().message.en;
        EXPECT_FALSE(insertion.error().hint.zh.empty());
    }
}

TEST(ReadInsertion, takes_the_same_tables_at_the_top_or_under_insert) {
    const std::string tables =
        "[[metabolites]]\nid = \"x\"\ncompartment = \"c\"\ncharge = -1\n[[reactions]]\nid = \"R\"\nequation = \"x "
        "-->\"\n";
    auto nested = tables;
    for (auto at = nested.find("[["); at != std::string::npos; at = nested.find("[[", at + 2))
        nested.insert(at + 2, "insert.");
    for (const auto& insertion : {read_insertion(tables, "x"), read_insertion(nested, "x"),
                                  read_project_insertion("[host]\nmodel = \"m\"\n" + nested, "x")}) {
        ASSERT_TRUE(insertion) << insertion.error().message.en;
        EXPECT_EQ(insertion->metabolites.at(0).charge, -1);
        EXPECT_EQ(insertion->reactions.at(0).equation, "x -->");
    }
    EXPECT_TRUE(read_project_insertion("[host]\nmodel = \"m\"", "x")->reactions.empty());
}

TEST(ProjectFiles, insert_balanced_pathways_into_their_hosts) {
    LEAVEN_DATA_SET(host_path, "metabolism/models/iML1515.xml.gz");
    const auto iml1515 = read_model_file(host_path).value();
    for (const auto& [name, reactions] :
         {std::pair("bdo", 7U), std::pair("lycopene", 4U), std::pair("succinate", 0U)}) {
        LEAVEN_DATA_SET(path, std::string("metabolism/projects/") + name + ".toml");
        const auto insertion = read_project_insertion(*read_file(path), path.string());
        ASSERT_TRUE(insertion) << insertion.error().message.en;
        auto model = iml1515;
        const auto balances = apply_insertion(model, *insertion);
        ASSERT_TRUE(balances) << balances.error().message.en << " at " << balances.error().where;
        EXPECT_EQ(balances->size(), reactions);
        EXPECT_EQ(model.reactions.size(), iml1515.reactions.size() + reactions);
    }
}

TEST(InsertionFrom, a_model_without_some_reactions_becomes_whole_again) {
    LEAVEN_DATA_SET(path, "metabolism/models/e_coli_core.xml.gz");
    const auto whole = read_model_file(path).value();
    auto part = whole;
    part.reactions.resize(80);
    part.objective.terms.clear();
    part.groups.clear();
    const auto insertion = read_insertion_file(path, part);
    ASSERT_TRUE(insertion);
    EXPECT_EQ(insertion->reactions.size(), 15U);
    ASSERT_TRUE(apply_insertion(part, *insertion));
    for (std::size_t i = 0; i < whole.reactions.size(); ++i) {
        EXPECT_EQ(part.reactions[i].id, whole.reactions[i].id);
        EXPECT_EQ(part.reactions[i].terms, whole.reactions[i].terms);
        EXPECT_EQ(part.reactions[i].lower, whole.reactions[i].lower);
        EXPECT_EQ(part.reactions[i].rule, whole.reactions[i].rule);
        EXPECT_EQ(part.reactions[i].annotation, whole.reactions[i].annotation);
    }
}

TEST(InsertionFrom, a_metabolite_outside_the_balance_stays_there) {
    Model addition;
    addition.compartments = {{"c", "cytosol"}};
    Metabolite outside;
    outside.id = "x_b";
    outside.compartment = "c";
    outside.boundary = true;
    addition.metabolites = {outside};
    Model host;
    host.compartments = addition.compartments;
    ASSERT_TRUE(apply_insertion(host, insertion_from(addition, host)));
    EXPECT_TRUE(host.metabolites.at(0).boundary);
}

TEST(ApplyInsertion, refuses_an_identifier_that_would_move_the_cursor) {
    Model model;
    model.compartments = {{"c", "cytosol"}};
    Insertion insertion;
    insertion.metabolites.push_back({"x\x1b[31m", "x", "", {}, "c"});
    const auto result = apply_insertion(model, insertion);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::bad_input);
    EXPECT_TRUE(model.metabolites.empty());
}

}  // namespace
}  // namespace leaven::metabolism
