#include "energy_tables.hpp"

#include <array>
#include <string_view>
#include <vector>

#include <leaven/dna/bases.hpp>

#include "thermo_tables.hpp"

namespace leaven::dna {
namespace {

constexpr double body_temperature_k = 310.15;

/// A table as one run of numbers: first indices are pairs, the others bases.
struct TermTable {
    std::string_view term;
    Energy* first;
    int pairs;
    int bases;
};

std::vector<TermTable> places_of(EnergyTables& t) {
    return {{"stack", &t.stack[0][0], 2, 0},
            {"mismatch_hairpin", &t.mismatch_hairpin[0][0][0], 1, 2},
            {"mismatch_internal", &t.mismatch_internal[0][0][0], 1, 2},
            {"mismatch_internal_1n", &t.mismatch_internal_1n[0][0][0], 1, 2},
            {"mismatch_internal_23", &t.mismatch_internal_23[0][0][0], 1, 2},
            {"mismatch_multi", &t.mismatch_multi[0][0][0], 1, 2},
            {"mismatch_exterior", &t.mismatch_exterior[0][0][0], 1, 2},
            {"dangle5", &t.dangle5[0][0], 1, 1},
            {"dangle3", &t.dangle3[0][0], 1, 1},
            {"int11", &t.int11[0][0][0][0], 2, 2},
            {"int21", &t.int21[0][0][0][0][0], 2, 3},
            {"int22", &t.int22[0][0][0][0][0][0], 2, 4}};
}

std::size_t entries(const TermTable& place) {
    std::size_t size = 1;
    for (int k = 0; k < place.pairs; ++k) size *= kinds;
    for (int k = 0; k < place.bases; ++k) size *= codes;
    return size;
}

/// The values of one row at a temperature: dH - (dH - dG) T / 310.15 K; one without enthalpy stays.
std::vector<double> values_at(std::string_view free_energies, std::string_view enthalpies, double temperature_k) {
    std::vector<double> values;
    const auto dg = split(free_energies, ',');
    const auto dh = enthalpies.empty() ? std::vector<std::string_view>() : split(enthalpies, ',');
    for (std::size_t k = 0; k < dg.size(); ++k) {
        const double free = table_number(dg[k]);
        const double heat = k < dh.size() ? table_number(dh[k]) : free;
        values.push_back(dh.empty() ? free : heat - (heat - free) * temperature_k / body_temperature_k);
    }
    return values;
}

Energy rounded(double value) { return static_cast<Energy>(std::lround(value)); }

/// Puts a row where its key says; the list runs over the indices that the key leaves out.
void fill(const TermTable& place, std::string_view key, const std::vector<double>& values, bool pairs_gu) {
    constexpr std::array<std::size_t, 4> without_gu{0, 1, 4, 5};
    std::size_t start = 0;
    int pairs_left = place.pairs;
    for (const auto pair : split(key, ' ')) {
        const auto kind = pair_kind[base_index(pair[0])][base_index(pair[1])];
        start = start * kinds + static_cast<std::size_t>(kind);
        --pairs_left;
    }
    if (pairs_left == 1) {
        for (std::size_t k = 0; k < values.size(); ++k)
            place.first[start * kinds + (pairs_gu ? k : without_gu[k])] = rounded(values[k]);
        return;
    }
    for (int k = 0; k < place.bases; ++k) start *= codes;
    for (std::size_t k = 0; k < values.size(); ++k) {
        std::size_t offset = 0;
        std::size_t rest = k;
        for (std::size_t stride = 1, digit = 0; digit < static_cast<std::size_t>(place.bases); ++digit) {
            offset += rest % 4 * stride;
            rest /= 4;
            stride *= codes;
        }
        place.first[start + offset] = rounded(values[k]);
    }
}

/// An uncertain base counts as the least favourable one.
void fill_uncertain(const TermTable& place) {
    const auto size = entries(place);
    std::size_t stride = 1;
    for (int digit = 0; digit < place.bases; ++digit, stride *= codes)
        for (std::size_t k = 0; k < size; ++k) {
            if (k / stride % codes != 4) continue;
            place.first[k] = place.first[k - 4 * stride];
            for (std::size_t back = 1; back < 4; ++back)
                place.first[k] = std::max(place.first[k], place.first[k - back * stride]);
        }
}

/// A value that does not depend on bases, or a list over lengths. Returns false for another term.
bool fill_plain(EnergyTables& t, std::string_view term, std::string_view key, const std::vector<double>& values) {
    const std::array<std::pair<std::string_view, Energy*>, 8> scalars{{{"multi_unpaired", &t.multi_unpaired},
                                                                       {"multi_closing", &t.multi_closing},
                                                                       {"multi_branch", &t.multi_branch},
                                                                       {"asymmetry_per_nt", &t.asymmetry_per_nt},
                                                                       {"asymmetry_max", &t.asymmetry_max},
                                                                       {"duplex_initiation", &t.duplex_initiation},
                                                                       {"terminal_au", &t.terminal_au},
                                                                       {"loop_au", &t.loop_au}}};
    const std::array<std::pair<std::string_view, Energy*>, 3> lengths{
        {{"hairpin", t.hairpin_of}, {"bulge", t.bulge_of}, {"internal", t.internal_of}}};
    if (term == "loop_log_factor") {
        t.loop_log_factor = values[0];
        return true;
    }
    for (const auto& [name, value] : scalars)
        if (name == term) {
            *value = rounded(values[0]);
            return true;
        }
    for (const auto& [name, list] : lengths)
        if (name == term) {
            const auto first = static_cast<std::size_t>(table_number(key));
            for (std::size_t k = 0; k < values.size(); ++k) list[first + k] = rounded(values[k]);
            return true;
        }
    return false;
}

/// The pair with its neighbours outside.
void make_stems(EnergyTables& t, int dangles) {
    for (int kind = 0; kind < kinds; ++kind) {
        t.au_of[kind] = kind >= 2 ? t.terminal_au : 0;
        t.loop_au_of[kind] = kind >= 2 ? t.loop_au : 0;
        for (int five = 0; five <= no_base; ++five)
            for (int three = 0; three <= no_base; ++three) {
                Energy exterior = 0;
                Energy multi = 0;
                if (dangles == 2 && five < no_base && three < no_base) {
                    exterior = t.mismatch_exterior[kind][five][three];
                    multi = t.mismatch_multi[kind][five][three];
                } else if (dangles == 2) {
                    exterior =
                        (five < no_base ? t.dangle5[kind][five] : 0) + (three < no_base ? t.dangle3[kind][three] : 0);
                    multi = exterior;
                }
                t.exterior_stem[kind][five][three] = exterior + t.au_of[kind];
                t.multi_stem[kind][five][three] = multi + t.au_of[kind] + t.multi_branch;
            }
    }
}

}  // namespace

std::shared_ptr<const EnergyTables> tables_at(const FoldConditions& conditions) {
    auto tables = std::make_shared<EnergyTables>();
    auto& t = *tables;
    t.temperature_k = conditions.temperature_c + 273.15;
    t.pairs_gu = conditions.molecule == Molecule::rna;
    const auto places = places_of(t);
    for (const auto& place : places) std::fill_n(place.first, entries(place), place.pairs == 2 ? forbidden : 0);
    std::fill_n(t.hairpin_of, 31, forbidden);
    std::fill_n(t.bulge_of, 31, forbidden);
    std::fill_n(t.internal_of, 31, forbidden);
    constexpr Energy unset = forbidden;
    t.loop_au = unset;
    for (const auto line : table_lines(t.pairs_gu ? "turner2004.tsv" : "santalucia2004.tsv")) {
        const auto columns = split(line, '\t');
        const auto values = values_at(columns[2], columns[3], t.temperature_k);
        if (fill_plain(t, columns[0], columns[1], values)) continue;
        if (columns[0] == "special_hairpin") {
            std::string loop(columns[1]);
            std::replace(loop.begin(), loop.end(), 'T', 'U');
            t.special_hairpin[loop] = rounded(values[0]);
            continue;
        }
        for (const auto& place : places)
            if (place.term == columns[0]) fill(place, columns[1], values, t.pairs_gu);
    }
    if (t.loop_au == unset) t.loop_au = t.terminal_au;
    for (const auto& place : places) fill_uncertain(place);
    make_stems(t, conditions.dangles);
    return tables;
}

Energy EnergyTables::hairpin(const Strands& s, int i, int j) const {
    const int n = j - i - 1;
    if (n == 3 || n == 4 || n == 6) {
        const auto found = special_hairpin.find(s.letters.substr(at(i), at(j - i + 1)));
        if (found != special_hairpin.end()) return found->second;
    }
    const int closing = kind(s, i, j);
    const Energy loop = of_length(hairpin_of, n);
    if (n == 3) return loop + loop_au_of[closing];
    return loop + mismatch_hairpin[closing][s.base[at(i + 1)]][s.base[at(j - 1)]];
}

Energy EnergyTables::interior(const Strands& s, int i, int j, int p, int q) const {
    const int n1 = p - i - 1;
    const int n2 = j - q - 1;
    const int outer = kind(s, i, j);
    const int inner = kind(s, q, p);
    if (n1 == 0 && n2 == 0) return stack[outer][inner];
    if (n1 == 0 || n2 == 0) {
        const Energy loop = of_length(bulge_of, n1 + n2);
        return n1 + n2 == 1 ? loop + stack[outer][inner] : loop + loop_au_of[outer] + loop_au_of[inner];
    }
    const int a = s.base[at(i + 1)];
    const int b = s.base[at(j - 1)];
    const int c = s.base[at(q + 1)];
    const int d = s.base[at(p - 1)];
    if (n1 == 1 && n2 == 1) return int11[outer][inner][a][b];
    if (n1 == 1 && n2 == 2) return int21[outer][inner][a][c][b];
    if (n1 == 2 && n2 == 1) return int21[inner][outer][c][a][d];
    if (n1 == 2 && n2 == 2) return int22[outer][inner][a][d][c][b];
    const Energy loop = of_length(internal_of, n1 + n2) + asymmetry(n1, n2);
    if (n1 == 1 || n2 == 1) return loop + mismatch_internal_1n[outer][a][b] + mismatch_internal_1n[inner][c][d];
    if (n1 + n2 == 5) return loop + mismatch_internal_23[outer][a][b] + mismatch_internal_23[inner][c][d];
    return loop + mismatch_internal[outer][a][b] + mismatch_internal[inner][c][d];
}

}  // namespace leaven::dna
