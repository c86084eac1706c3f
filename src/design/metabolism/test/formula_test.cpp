#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/formula.hpp>
#include <leaven/metabolism/read.hpp>

#include "data_sets.hpp"

namespace leaven::metabolism {
namespace {

std::optional<double> mass(std::string_view text) { return molar_mass_g_per_mol(*parse_formula(text)); }

TEST(MolarMass, agrees_with_published_masses) {  // PubChem, CIDs 5793, 5957, 5311498, 87642, 962, 24261
    EXPECT_NEAR(*mass("C6H12O6"), 180.16, 0.01);
    EXPECT_NEAR(*mass("C10H16N5O13P3"), 507.18, 0.01);
    EXPECT_NEAR(*mass("C63H88CoN14O14P"), 1355.4, 0.1);
    EXPECT_NEAR(*mass("C21H36N7O16P3S"), 767.5, 0.1);
    EXPECT_NEAR(*mass("H2O"), 18.015, 0.001);
    EXPECT_NEAR(*mass("O2Si"), 60.084, 0.002);
}

TEST(AtomicWeight, is_that_of_iupac_2021_or_the_last_single_value) {  // doi:10.1515/pac-2019-0603, table 1
    EXPECT_EQ(atomic_weight("Hf"), 178.486);
    EXPECT_EQ(atomic_weight("Yb"), 173.045);
    EXPECT_EQ(atomic_weight("Ar"), 39.948);        // an interval since 2017: doi:10.1351/PAC-REP-09-08-03
    EXPECT_EQ(atomic_weight("Tc"), std::nullopt);  // no stable isotope
    EXPECT_EQ(atomic_weight("R"), std::nullopt);
    EXPECT_TRUE(is_element("Tc"));
    EXPECT_FALSE(is_element("R"));
}

TEST(AtomicWeight, lies_in_the_interval_where_iupac_gives_one) {  // the same source, table 1
    struct Interval {
        const char* symbol;
        double least, greatest;
    };
    for (const auto& [symbol, least, greatest] :
         {Interval{"H", 1.00784, 1.00811}, Interval{"Li", 6.938, 6.997}, Interval{"B", 10.806, 10.821},
          Interval{"C", 12.0096, 12.0116}, Interval{"N", 14.00643, 14.00728}, Interval{"O", 15.99903, 15.99977},
          Interval{"Mg", 24.304, 24.307}, Interval{"Si", 28.084, 28.086}, Interval{"S", 32.059, 32.076},
          Interval{"Cl", 35.446, 35.457}, Interval{"Ar", 39.792, 39.963}, Interval{"Br", 79.901, 79.907},
          Interval{"Tl", 204.382, 204.385}, Interval{"Pb", 206.14, 207.94}}) {
        EXPECT_LE(least, *atomic_weight(symbol)) << symbol;
        EXPECT_GE(greatest, *atomic_weight(symbol)) << symbol;
    }
}

TEST(AtomicWeight, rises_with_the_atomic_number_but_for_the_known_pairs) {
    const std::vector<const char*> in_order{
        "H",  "He", "Li", "Be", "B",  "C",  "N",  "O",  "F",  "Ne", "Na", "Mg", "Al", "Si", "P",  "S",  "Cl",
        "K",  "Ca", "Sc", "Ti", "V",  "Cr", "Mn", "Fe", "Ni", "Co", "Cu", "Zn", "Ga", "Ge", "As", "Se", "Br",
        "Kr", "Rb", "Sr", "Y",  "Zr", "Nb", "Mo", "Ru", "Rh", "Pd", "Ag", "Cd", "In", "Sn", "Sb", "I",  "Te",
        "Xe", "Cs", "Ba", "La", "Ce", "Pr", "Nd", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu",
        "Hf", "Ta", "W",  "Re", "Os", "Ir", "Pt", "Au", "Hg", "Tl", "Pb", "Bi", "Pa", "Th", "U"};
    for (std::size_t i = 1; i < in_order.size(); ++i)  // Ni before Co, I before Te, Pa before Th
        EXPECT_LT(*atomic_weight(in_order[i - 1]), *atomic_weight(in_order[i])) << in_order[i];
    EXPECT_GT(*atomic_weight("Ar"), *atomic_weight("K"));
}

TEST(Formula, counts_elements_brackets_and_fractions) {
    using Counts = std::map<std::string, double>;
    EXPECT_EQ(parse_formula("CO")->counts, (Counts{{"C", 1}, {"O", 1}}));
    EXPECT_EQ(parse_formula("Co2")->counts, (Counts{{"Co", 2}}));
    EXPECT_EQ(parse_formula("CH3(CH2)4COOH")->counts, (Counts{{"C", 6}, {"H", 12}, {"O", 2}}));
    EXPECT_EQ(parse_formula("Mg(Al(OH)4)2.5")->counts, (Counts{{"Al", 2.5}, {"H", 10}, {"Mg", 1}, {"O", 10}}));
    EXPECT_EQ(parse_formula(" C1.25H0.5 ")->counts, (Counts{{"C", 1.25}, {"H", 0.5}}));
    EXPECT_TRUE(parse_formula("")->counts.empty());
}

TEST(Formula, is_without_mass_where_it_is_not_definite) {
    for (const char* text : {"C10H8O2R2", "X", "Fe2S2*", "(C6H10O5)n", "C2H4(CH2)2n+1", "", "TcO4"}) {
        const auto formula = parse_formula(text);
        ASSERT_TRUE(formula) << text;
        EXPECT_FALSE(molar_mass_g_per_mol(*formula)) << text;
    }
    EXPECT_EQ(carbon_count(*parse_formula("C10H8O2R2")), 10);
    EXPECT_EQ(carbon_count(*parse_formula("H2O")), 0);
    EXPECT_EQ(carbon_count(*parse_formula("(C6H10O5)n")), std::nullopt);
}

TEST(Formula, says_in_which_column_it_cannot_be_read) {
    for (const auto& [text, column] :
         {std::pair("C6H12O6)", "column 8"), std::pair("(C6", "column 4"), std::pair("c6", "column 1"),
          std::pair("C-6", "column 2"), std::pair("12C", "column 1")}) {
        const auto formula = parse_formula(text);
        ASSERT_FALSE(formula) << text;
        EXPECT_EQ(formula.error().where, column) << text;
    }
}

RC_GTEST_PROP(Formula, mass_and_counts_are_additive, ()) {
    const auto any = [] {
        std::string out;
        for (int i = 0, n = *rc::gen::inRange(1, 6); i < n; ++i)
            out += *rc::gen::element<std::string>("C", "H", "N", "O", "Fe", "Cl") +
                   std::to_string(*rc::gen::inRange(1, 40));
        return out;
    };
    const auto a = any();
    const auto b = any();
    const int n = *rc::gen::inRange(1, 9);
    const auto whole = mass(a + "(" + b + ")" + std::to_string(n));
    RC_ASSERT(std::abs(*whole - (*mass(a) + n * *mass(b))) < 1e-9 * *whole);
}

/// C6H12O6 -> a C2H6O + b CO2, with charges given.
Model fermentation(double ethanol, double carbon_dioxide, std::optional<double> charge) {
    Model model;
    for (const auto& [id, formula] :
         {std::pair("glc", "C6H12O6"), std::pair("etoh", "C2H6O"), std::pair("co2", "CO2")}) {
        Metabolite metabolite;
        metabolite.id = id, metabolite.formula = formula, metabolite.charge = 0;
        model.metabolites.push_back(metabolite);
    }
    model.metabolites[2].charge = charge;
    model.reactions.resize(1);
    model.reactions[0].terms = {{0, -1}, {1, ethanol}, {2, carbon_dioxide}};
    return model;
}

TEST(Balance, names_what_is_left_over) {
    const auto sound = fermentation(2, 2, 0);
    EXPECT_TRUE(balance_of(sound, sound.reactions[0]).balanced());
    EXPECT_EQ(balance_of(sound, sound.reactions[0]).text(), "");

    const auto short_of = fermentation(2, 1, -1);
    const auto balance = balance_of(short_of, short_of.reactions[0]);
    EXPECT_FALSE(balance.balanced());
    EXPECT_EQ(balance.atoms, (std::map<std::string, double>{{"C", -1}, {"O", -2}}));
    EXPECT_EQ(balance.charge, -1);
    EXPECT_EQ(balance.text(), "C -1, O -2, charge -1");

    const auto rounded = fermentation(2.0000001, 2, 0);
    EXPECT_TRUE(balance_of(rounded, rounded.reactions[0]).balanced());
}

TEST(Balance, says_what_it_does_not_know) {
    auto model = fermentation(2, 1, std::nullopt);
    EXPECT_FALSE(balance_of(model, model.reactions[0]).charge_known);
    for (const char* unknown : {"", "(CO2)n", "broken("}) {
        model.metabolites[2].formula = unknown;
        EXPECT_FALSE(balance_of(model, model.reactions[0]).atoms_known) << unknown;
        EXPECT_TRUE(balance_of(model, model.reactions[0]).balanced()) << unknown;
    }
}

TEST(Balance, finds_the_curated_core_model_balanced_but_for_growth_and_exchanges) {  // Orth et al. 2010,
                                                                                     // doi:10.1128/ecosalplus.10.2.1
    LEAVEN_DATA_SET(path, "metabolism/models/e_coli_core.json.gz");
    const auto model = read_model_file(path).value();
    const auto all = balances(model);
    const auto kinds = boundary_kinds(model);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool exempt = kinds[i] != BoundaryKind::none || model.reactions[i].id.starts_with("BIOMASS");
        EXPECT_EQ(all[i].balanced(), !exempt) << model.reactions[i].id << ": " << all[i].text();
        EXPECT_EQ(all[i].text(), balance_of(model, model.reactions[i]).text());
    }
}

}  // namespace
}  // namespace leaven::metabolism
