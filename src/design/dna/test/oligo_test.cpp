#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/dna/oligo.hpp>
#include <leaven/seq/sequence.hpp>

#include "data_sets.hpp"

namespace leaven::dna {
namespace {

OligoModel oligo_model_at(const OligoConditions& conditions = {}) { return *OligoModel::at(conditions); }

std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& path) {
    std::vector<std::vector<std::string>> rows;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#') || line.starts_with("seq\t")) continue;
        std::vector<std::string> columns;
        std::istringstream words(line);
        for (std::string word; std::getline(words, word, '\t');) columns.push_back(word);
        rows.push_back(columns);
    }
    return rows;
}

TEST(Oligo, agrees_with_Biopython_in_every_column) {
    LEAVEN_DATA_SET(path, "dna/oracles/tm_biopython180.tsv");
    const std::pair<std::size_t, OligoConditions> columns[] = {
        {1, {.table = StackTable::breslauer1986}},
        {2, {.table = StackTable::sugimoto1996}},
        {3, {.table = StackTable::allawi1997}},
        {4, {}},
        {5, {.oligo_nm = 500, .target_nm = 0}},
        {6, {.oligo_nm = 250, .target_nm = 0, .mg_mm = 1.5, .dntp_mm = 0.6, .salt = SaltCorrection::owczarzy2008}},
        {7, {.table = StackTable::allawi1997, .na_mm = 150, .mg_mm = 2}}};
    const auto rows = rows_of(path);
    ASSERT_GT(rows.size(), 300U);
    for (const auto& [column, conditions] : columns) {
        const auto model = oligo_model_at(conditions);
        for (const auto& row : rows) {
            const bool symmetric = row.back() == "1";
            if (symmetric && column != 4) continue;  // the other columns leave symmetry out
            const auto& expected = symmetric ? row[10] : row[column];
            EXPECT_NEAR(model.melting(row[0])->tm_c, std::stod(expected), 0.01) << row[0] << " column " << column;
        }
    }
}

/// "… dS = -60.5657 dH = -20200 dG = -1415.56 t = -64.3" in kcal/mol; none where the cell has none.
std::optional<double> free_energy(const std::string& cell) {
    const auto place = cell.find("dG = ");
    if (place == std::string::npos) return std::nullopt;
    return std::stod(cell.substr(place + 5)) / 1000;
}

struct Tally {
    int rows = 0;
    int near = 0;
    void add(const std::optional<double>& expected, const std::optional<Bound>& found) {
        ++rows;
        if (expected.has_value() != found.has_value()) return;
        near += !expected || std::abs(*expected - found->dg_kcal) <= 0.1 ? 1 : 0;
    }
    [[nodiscard]] double share() const { return static_cast<double>(near) / rows; }
};

TEST(Oligo, agrees_with_primer3) {
    LEAVEN_DATA_SET(path, "dna/oracles/primer3_261.tsv");
    OligoConditions conditions{.table = StackTable::allawi1997, .oligo_nm = 50, .mg_mm = 1.5, .dntp_mm = 0.6};
    conditions.convention = TmConvention::primer3;
    const auto model = oligo_model_at(conditions);
    Tally hairpins;
    Tally dimers;
    for (const auto& row : rows_of(path)) {
        EXPECT_NEAR(model.melting(row[0])->tm_c, std::stod(row[1]), 0.05) << row[0];
        hairpins.add(free_energy(row[2]), *model.hairpin(row[0]));
        dimers.add(free_energy(row[3]), *model.dimer(row[0], row[0]));
        if (free_energy(row[4])) dimers.add(free_energy(row[4]), *model.end_dimer(row[0], row[0]));
        dimers.add(free_energy(row[6]), *model.dimer(row[0], row[5]));
    }
    std::printf("hairpins %d of %d, dimers %d of %d\n", hairpins.near, hairpins.rows, dimers.near, dimers.rows);
    EXPECT_GE(dimers.share(), 0.97);
    EXPECT_GE(hairpins.share(), 0.97);
}

std::string any_oligo() {
    std::string oligo(*rc::gen::inRange<std::size_t>(2, 40), 'A');
    for (auto& c : oligo) c = *rc::gen::element('A', 'C', 'G', 'T');
    return oligo;
}

RC_GTEST_PROP(Oligo, an_oligo_melts_as_its_complement_does, ()) {
    const auto oligo = any_oligo();
    const auto model =
        oligo_model_at({.table = *rc::gen::element(StackTable::santalucia2004, StackTable::allawi1997,
                                                   StackTable::sugimoto1996, StackTable::breslauer1986)});
    const double other = model.melting(seq::reverse_complement(oligo))->tm_c;
    RC_ASSERT(std::abs(model.melting(oligo)->tm_c - other) < 1e-9);
}

RC_GTEST_PROP(Oligo, a_dimer_does_not_depend_on_the_order_of_its_strands, ()) {
    const auto a = any_oligo();
    const auto b = any_oligo();
    const auto model = oligo_model_at();
    const auto one = *model.dimer(a, b);
    const auto two = *model.dimer(b, a);
    RC_ASSERT(one.has_value() == two.has_value());
    if (one) RC_ASSERT(std::abs(one->dg_kcal - two->dg_kcal) < 0.5);
}

RC_GTEST_PROP(Oligo, the_end_of_an_oligo_binds_no_better_than_all_of_it, ()) {
    const auto a = any_oligo();
    const auto b = any_oligo();
    const auto model = oligo_model_at({.na_mm = 1000});
    const auto all = *model.dimer(a, b);
    const auto end = *model.end_dimer(a, b);
    if (end) RC_ASSERT(all.has_value() && all->dg_kcal <= end->dg_kcal + 1e-9);
}

RC_GTEST_PROP(Oligo, more_salt_and_more_strands_melt_higher, ()) {
    const auto oligo = any_oligo();
    if (oligo.size() < 8) return;
    for (const auto salt : {SaltCorrection::santalucia1998, SaltCorrection::schildkraut}) {
        const double low = oligo_model_at({.na_mm = 50, .salt = salt}).melting(oligo)->tm_c;
        const double high = oligo_model_at({.na_mm = 100, .salt = salt}).melting(oligo)->tm_c;
        RC_ASSERT(low < high);
    }
    RC_ASSERT(oligo_model_at({.oligo_nm = 50}).melting(oligo)->tm_c <
              oligo_model_at({.oligo_nm = 500}).melting(oligo)->tm_c);
}

TEST(Oligo, bad_input_is_said) {
    const auto model = oligo_model_at();
    EXPECT_EQ(model.melting("ACGNT").error().code, ErrorCode::bad_input);
    EXPECT_EQ(model.melting("A").error().code, ErrorCode::bad_input);
    EXPECT_EQ(model.hairpin(std::string(501, 'A')).error().code, ErrorCode::bad_input);
    EXPECT_EQ(OligoModel::at({.na_mm = -1}).error().where, "na");
    EXPECT_EQ(OligoModel::at({.oligo_nm = 0, .target_nm = 0}).error().where, "oligo");
    EXPECT_EQ(OligoModel::at({.na_mm = 0}).error().where, "na");
    EXPECT_FALSE(model.hairpin("AAAAAAAAAA")->has_value());
    EXPECT_FALSE(model.dimer("AAAA", "AAAA")->has_value());
}

}  // namespace
}  // namespace leaven::dna
