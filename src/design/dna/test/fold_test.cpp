#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/core/file.hpp>
#include <leaven/dna/fold.hpp>

#include "data_sets.hpp"
#include "thermo_commands.hpp"

namespace leaven::dna {
namespace {

EnergyModel model_at(const FoldConditions& conditions = {}) { return *EnergyModel::at(conditions); }

std::string random_letters(std::size_t length, const std::string& alphabet) {
    std::string letters(length, 'A');
    for (auto& c : letters) c = alphabet[*rc::gen::inRange<std::size_t>(0, alphabet.size())];
    return letters;
}

bool can_pair(char a, char b) {
    const std::string both{a, b};
    for (const char* known : {"CG", "GC", "GU", "UG", "AU", "UA"})
        if (both == known) return true;
    return false;
}

/// Every structure of `letters` (two strands at `nick`, else its size), by choosing the fate of each base in turn.
void each_structure(const std::string& letters, std::size_t nick, std::size_t i, std::string& so_far,
                    std::vector<std::size_t>& open, std::vector<std::string>& out) {
    if (i == letters.size()) {
        if (open.empty()) out.push_back(so_far);
        return;
    }
    so_far.push_back('.');
    each_structure(letters, nick, i + 1, so_far, open, out);
    so_far.back() = '(';
    open.push_back(i);
    each_structure(letters, nick, i + 1, so_far, open, out);
    open.pop_back();
    if (!open.empty()) {
        const auto partner = open.back();
        const bool apart = partner < nick && nick <= i;
        if (can_pair(letters[partner], letters[i]) && (apart || i - partner > 3)) {
            so_far.back() = ')';
            open.pop_back();
            each_structure(letters, nick, i + 1, so_far, open, out);
            open.push_back(partner);
        }
    }
    so_far.pop_back();
}

struct Exhaustive {
    double least = 0;
    double sum = 0;  // of Boltzmann weights
    std::map<std::pair<int, int>, double> pair_weights{};
};

Exhaustive by_hand(const std::string& strands, const EnergyModel& model, double temperature_c) {
    auto letters = strands;
    const auto nick = std::min(letters.find('&'), letters.size());
    if (nick < letters.size()) letters.erase(nick, 1);
    std::vector<std::string> structures;
    std::string so_far;
    std::vector<std::size_t> open;
    each_structure(letters, nick, 0, so_far, open, structures);
    Exhaustive all{.least = 1e9};
    for (auto structure : structures) {
        const auto plain = structure;
        if (nick < letters.size()) structure.insert(nick, "&");
        const double energy = *energy_of(strands, structure, model);
        const double weight = std::exp(-energy / (0.00198717 * (temperature_c + 273.15)));
        all.least = std::min(all.least, energy);
        all.sum += weight;
        std::vector<int> left;
        for (int k = 0; k < static_cast<int>(plain.size()); ++k) {
            if (plain[static_cast<std::size_t>(k)] == '(') left.push_back(k);
            if (plain[static_cast<std::size_t>(k)] != ')') continue;
            all.pair_weights[{left.back(), k}] += weight;
            left.pop_back();
        }
    }
    return all;
}

void check_against_all(const std::string& strands, const FoldConditions& conditions) {
    const auto model = model_at(conditions);
    const auto all = by_hand(strands, model, conditions.temperature_c);
    const auto best = fold(strands, model, Context());
    RC_ASSERT(best.has_value());
    RC_ASSERT(std::abs(best->mfe_kcal - all.least) < 1e-9);
    RC_ASSERT(std::abs(*energy_of(strands, best->structure, model) - best->mfe_kcal) < 1e-9);
    const auto sums = ensemble(strands, model, Context());
    RC_ASSERT(sums.has_value());
    const double energy = -0.00198717 * (conditions.temperature_c + 273.15) * std::log(all.sum);
    RC_ASSERT(std::abs(sums->energy_kcal - energy) < 1e-7);
    std::map<std::pair<int, int>, double> found;
    for (const auto& pair : sums->pairs) found[{static_cast<int>(pair.i), static_cast<int>(pair.j)}] = pair.probability;
    for (const auto& [pair, weight] : all.pair_weights) {
        const double expected = weight / all.sum;
        if (expected < 1.1e-5) continue;
        RC_ASSERT(std::abs(found[pair] - expected) < 1e-8);
    }
}

FoldConditions any_conditions() {
    return {.temperature_c = *rc::gen::element(37.0, 25.0, 60.0, 5.0), .dangles = *rc::gen::element(0, 2)};
}

RC_GTEST_PROP(Fold, one_strand_is_as_by_every_structure, ()) {
    const auto length = *rc::gen::inRange<std::size_t>(1, 19);
    check_against_all(random_letters(length, *rc::gen::element<std::string>("ACGU", "GC", "GGCCAU")), any_conditions());
}

RC_GTEST_PROP(Fold, two_strands_are_as_by_every_structure, ()) {
    const auto alphabet = *rc::gen::element<std::string>("ACGU", "GC", "GGCCAU");
    const auto first = random_letters(*rc::gen::inRange<std::size_t>(1, 10), alphabet);
    const auto second = random_letters(*rc::gen::inRange<std::size_t>(1, 8), alphabet);
    check_against_all(first + "&" + second, any_conditions());
}

/// A core that folds into a multiloop: three arms within a stem are beyond random short strands.
RC_GTEST_PROP(Fold, multiloops_are_as_by_every_structure, ()) {
    const auto gap = [] { return random_letters(*rc::gen::inRange<std::size_t>(0, 2), "A"); };
    const auto arms = "G" + gap() + "GAAAC" + gap() + "CAAAG" + gap() + "C";
    auto conditions = any_conditions();
    check_against_all(arms, conditions);
}

RC_GTEST_PROP(Fold, the_structure_has_the_energy_that_is_told, ()) {
    const auto nick = *rc::gen::inRange<std::size_t>(0, 100);
    auto letters =
        random_letters(*rc::gen::inRange<std::size_t>(60, 160), *rc::gen::element<std::string>("ACGU", "GC", "ACGUN"));
    if (nick >= 10) letters.insert(std::min(nick, letters.size() - 3), "&");
    const auto model = model_at(any_conditions());
    const auto best = fold(letters, model, Context());
    RC_ASSERT(best.has_value());
    RC_ASSERT(std::abs(*energy_of(letters, best->structure, model) - best->mfe_kcal) < 1e-9);
    RC_ASSERT(ensemble(letters, model, Context())->energy_kcal <= best->mfe_kcal + 1e-9);
}

RC_GTEST_PROP(Fold, probabilities_of_a_base_add_up_to_at_most_one, ()) {
    const auto letters = random_letters(*rc::gen::inRange<std::size_t>(20, 120), "ACGU");
    const auto sums = ensemble(letters, model_at(), Context());
    std::vector<double> paired(letters.size());
    for (const auto& pair : sums->pairs) {
        paired[static_cast<std::size_t>(pair.i)] += pair.probability;
        paired[static_cast<std::size_t>(pair.j)] += pair.probability;
    }
    for (const double p : paired) RC_ASSERT(p <= 1 + 1e-9);
}

RC_GTEST_PROP(Fold, the_letters_T_and_U_and_their_case_are_alike, ()) {
    auto letters = random_letters(50, "ACGU");
    const auto model = model_at();
    const auto rna = fold(letters, model, Context());
    for (auto& c : letters) c = c == 'U' ? 't' : static_cast<char>(c | 0x20);
    RC_ASSERT(fold(letters, model, Context())->mfe_kcal == rna->mfe_kcal);
}

RC_GTEST_PROP(Fold, a_folder_remembers_nothing, ()) {
    const auto model = model_at();
    Folder folder(model);
    for (int k = 0; k < 4; ++k) {
        auto letters = random_letters(*rc::gen::inRange<std::size_t>(10, 90), "ACGU");
        if (*rc::gen::arbitrary<bool>()) letters.insert(5, "&");
        const auto fresh = fold(letters, model, Context());
        RC_ASSERT(folder.fold(letters, Context())->structure == fresh->structure);
        RC_ASSERT(*folder.least_energy(letters, Context()) == fresh->mfe_kcal);
    }
}

RC_GTEST_PROP(Fold, strands_that_may_pair_are_never_worse_than_apart, ()) {
    const auto a = random_letters(*rc::gen::inRange<std::size_t>(1, 40), "ACGU");
    const auto b = random_letters(*rc::gen::inRange<std::size_t>(1, 40), "ACGU");
    const auto model = model_at();
    const double apart = fold(a, model, Context())->mfe_kcal + fold(b, model, Context())->mfe_kcal;
    RC_ASSERT(fold(a + "&" + b, model, Context())->mfe_kcal <= apart + 1e-9);
}

struct OracleRow {
    std::string id, sequence, structure;
    double mfe = 0;
};

std::vector<OracleRow> oracle_rows(const std::filesystem::path& path) {
    std::vector<OracleRow> rows;
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream columns(line);
        OracleRow row;
        columns >> row.id >> row.sequence >> row.structure >> row.mfe;
        rows.push_back(row);
    }
    return rows;
}

/// Shares of rows whose least energy, and whose structure's energy, are those of the oracle.
void check_oracle(const std::filesystem::path& path) {
#ifdef __SANITIZE_ADDRESS__
    const std::size_t longest = 300;  // the sanitizers make long ones slow
#else
    const std::size_t longest = 2000;
#endif
    const auto model = model_at();
    Folder folder(model);
    std::size_t rows = 0;
    std::size_t energies = 0;
    std::size_t structures = 0;
    for (const auto& row : oracle_rows(path)) {
        if (row.sequence.size() > longest) continue;
        ++rows;
        const double mine = *folder.least_energy(row.sequence, Context());
        if (std::abs(mine - row.mfe) < 0.0101)
            ++energies;
        else
            std::printf("%s %.2f, oracle %.2f\n", row.id.c_str(), mine, row.mfe);
        const auto theirs = energy_of(row.sequence, row.structure, model);
        if (theirs && std::abs(*theirs - row.mfe) < 0.0101) ++structures;
    }
    std::printf("%zu rows, %zu energies, %zu structures\n", rows, energies, structures);
    ASSERT_GT(rows, 100U);
    EXPECT_GE(static_cast<double>(energies), 0.995 * static_cast<double>(rows));
    EXPECT_GE(static_cast<double>(structures), 0.995 * static_cast<double>(rows));
}

TEST(Fold, agrees_with_the_oracle_on_single_strands) {
    LEAVEN_DATA_SET(path, "dna/oracles/rnafold.tsv");
    check_oracle(path);
}

TEST(Fold, agrees_with_the_oracle_on_two_strands) {
    LEAVEN_DATA_SET(path, "dna/oracles/rnacofold.tsv");
    check_oracle(path);
}

TEST(Fold, a_stem_of_DNA_is_the_sum_of_its_parts) {
    // Stacks GC/CG -2.24, CG/GC -2.17, GC/CG -2.24 kcal/mol as tabulated; the loop GAAA in C…G: 3.5 + bonus and
    // mismatch.
    const auto model = model_at({.molecule = Molecule::dna, .dangles = 0});
    const double longer = *energy_of("GCGCTTTTTTGCGC", "((((......))))", model);
    const double shorter = *energy_of("CGCTTTTTTGCG", "(((......)))", model);
    EXPECT_NEAR(longer - shorter, -9.8 + 310.15 * 24.4e-3, 0.011);
}

TEST(Fold, bad_input_is_said) {
    const auto model = model_at();
    EXPECT_EQ(fold("ACGX", model, Context()).error().code, ErrorCode::bad_input);
    EXPECT_EQ(fold("", model, Context()).error().code, ErrorCode::bad_input);
    EXPECT_EQ(fold("ACG&", model, Context()).error().code, ErrorCode::bad_input);
    EXPECT_EQ(fold("A&C&G", model, Context()).error().code, ErrorCode::bad_input);
    EXPECT_EQ(fold(std::string(longest_fold + 1, 'A'), model, Context()).error().code, ErrorCode::bad_input);
    EXPECT_EQ(energy_of("GAAAC", "((..)", model).error().code, ErrorCode::bad_input);
    EXPECT_EQ(energy_of("GAAAC", "(...)(", model).error().code, ErrorCode::bad_input);
    EXPECT_EQ(energy_of("GAAAA", "(...)", model).error().code, ErrorCode::bad_input);
    EXPECT_EQ(EnergyModel::at({.temperature_c = 101}).error().code, ErrorCode::bad_input);
    EXPECT_EQ(EnergyModel::at({.dangles = 1}).error().code, ErrorCode::bad_input);
    Context stopped;
    stopped.stop();
    EXPECT_EQ(fold("GGGAAACCC", model, stopped).error().code, ErrorCode::cancelled);
}

RC_GTEST_PROP(Fold, a_letter_that_is_not_certain_never_makes_a_structure_more_stable, ()) {
    // Hairpin loops of 3, 4 and 6 are tabulated and may be less stable than those that are not: their letters stand.
    auto letters = random_letters(*rc::gen::inRange<std::size_t>(8, 40), "ACGU");
    const auto model = model_at();
    const auto best = fold(letters, model, Context());
    const auto& structure = best->structure;
    auto masked = letters;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const auto open = structure.find_last_of("()", i);
        const auto close = structure.find_first_of("()", i);
        if (structure[i] != '.' || *rc::gen::inRange(0, 2) == 0) continue;
        const bool hairpin = open != std::string::npos && close != std::string::npos && structure[open] == '(' &&
                             structure[close] == ')';
        const auto loop = hairpin ? close - open - 1 : 0;
        if (loop != 3 && loop != 4 && loop != 6) masked[i] = 'N';
    }
    RC_ASSERT(*energy_of(masked, structure, model) >= best->mfe_kcal - 1e-9);
}

TEST(Fold, a_record_of_two_strands_is_read_as_one_that_is_typed) {
    const auto file = std::filesystem::path(::testing::TempDir()) / "strands.fasta";
    ASSERT_TRUE(write_file(file, ">a R&D\nAGGA\nGGU & AC\ncUCC\n>b\nGGGG\n").has_value());
    const auto given = read_given({file.string()});
    ASSERT_TRUE(given.has_value()) << given.error().message.en;
    ASSERT_EQ(given->size(), 2U);
    EXPECT_EQ(given->front().letters, "AGGAGGU&ACCUCC");
    EXPECT_EQ(given->back().letters, "GGGG");
}

}  // namespace
}  // namespace leaven::dna
