#include <algorithm>
#include <cmath>

#include <leaven/dna/oligo.hpp>

#include "hybridisation.hpp"
#include "oligo_structure.hpp"

namespace leaven::dna {
namespace {

constexpr double gas_constant = 1.987;
constexpr double zero_celsius = 273.15;

/// Monovalent ions in M; divalent ones count as 120 sqrt([Mg] - [dNTP]) where the correction does not know them.
double monovalent(const OligoConditions& c) {
    double mm = c.na_mm + c.k_mm + c.tris_mm / 2;
    if (c.salt != SaltCorrection::owczarzy2008 && c.mg_mm > c.dntp_mm) mm += 120 * std::sqrt(c.mg_mm - c.dntp_mm);
    return mm * 1e-3;
}

/// Magnesium that no dNTP holds, in M: the equilibrium with Ka = 3e4 / M.
double free_magnesium(const OligoConditions& c) {
    const double mg = c.mg_mm * 1e-3;
    const double dntp = c.dntp_mm * 1e-3;
    if (dntp <= 0) return mg;
    constexpr double ka = 3e4;
    const double b = ka * dntp - ka * mg + 1;
    return (-b + std::sqrt(b * b + 4 * ka * mg)) / (2 * ka);
}

/// What is added to 1/Tm. Reference  Owczarzy 2004, equation 22
double owczarzy2004(double monovalent_m, double gc) {
    const double log = std::log(monovalent_m);
    return (4.29 * gc - 3.95) * 1e-5 * log + 9.40e-6 * log * log;
}

/// Reference  Owczarzy 2008, equations 16 and 18 to 20
double owczarzy2008(const OligoConditions& c, double monovalent_m, double gc, std::size_t length) {
    const double mg = free_magnesium(c);
    double a = 3.92;
    double d = 1.42;
    double g = 8.31;
    if (monovalent_m > 0) {
        const double ratio = std::sqrt(mg) / monovalent_m;
        const double log = std::log(monovalent_m);
        if (ratio < 0.22) return owczarzy2004(monovalent_m, gc);
        if (ratio < 6) {
            a *= 0.843 - 0.352 * std::sqrt(monovalent_m) * log;
            d *= 1.279 - 4.03e-3 * log - 8.03e-3 * log * log;
            g *= 0.486 - 0.258 * log + 5.25e-3 * log * log * log;
        }
    }
    const double log = std::log(mg);
    return (a - 0.911 * log + gc * (6.26 + d * log) +
            (-48.2 + 52.5 * log + g * log * log) / (2 * static_cast<double>(length - 1))) *
           1e-5;
}

bool self_complementary(std::span<const int> bases) {
    for (std::size_t k = 0; k < bases.size(); ++k)
        if (bases[k] + bases[bases.size() - 1 - k] != 3) return false;
    return true;
}

Result<std::vector<int>> read_bases(std::string_view oligo, std::size_t longest) {
    std::vector<int> bases;
    bases.reserve(oligo.size());
    for (std::size_t k = 0; k < oligo.size(); ++k) {
        const int base = base_index(oligo[k]);
        if (base < 0)
            return bad_input({"{} is not one of A, C, G, T", "{} 不是 A、C、G、T 之一"}, std::string(1, oligo[k]))
                .at(fmt::format("{}, base {}", oligo.substr(0, 40), k + 1))
                .advise(
                    {"write out each base of a mixture as an oligo of its own", "请将简并碱基展开为单独的寡核苷酸"});
        bases.push_back(base);
    }
    if (bases.size() < 2 || bases.size() > longest)
        return bad_input({"an oligo of {} bases", "寡核苷酸长度为 {} 个碱基"}, bases.size())
            .at(std::string(oligo.substr(0, 40)))
            .advise({"give 2 to {} bases", "请给出 2 至 {} 个碱基"}, longest);
    return bases;
}

}  // namespace

OligoModel::OligoModel(const OligoConditions& conditions, std::shared_ptr<const OligoTables> tables)
    : conditions_(conditions), tables_(std::move(tables)), monovalent_m_(monovalent(conditions)) {
    auto counted = conditions;
    counted.salt = SaltCorrection::santalucia1998;
    salt_entropy_ = 0.368 * std::log(monovalent(counted));
}

Result<OligoModel> OligoModel::at(const OligoConditions& c) {
    const std::pair<const char*, double> amounts[] = {{"oligo", c.oligo_nm}, {"target", c.target_nm}, {"na", c.na_mm},
                                                      {"k", c.k_mm},         {"tris", c.tris_mm},     {"mg", c.mg_mm},
                                                      {"dntp", c.dntp_mm}};
    for (const auto& [name, amount] : amounts)
        if (!(amount >= 0) || !std::isfinite(amount))
            return bad_input({"a concentration of {}", "浓度为 {}"}, amount)
                .at(name)
                .advise({"give zero or more", "请给出不小于零的数值"});
    if (c.convention == TmConvention::biopython ? std::max(c.oligo_nm, c.target_nm) <= 0 : c.oligo_nm <= 0)
        return bad_input({"there are no strands", "没有核酸链"})
            .at("oligo")
            .advise({"give the oligo's concentration in nM", "请给出寡核苷酸浓度（nM）"});
    if (monovalent(c) <= 0 && (c.salt != SaltCorrection::owczarzy2008 || c.mg_mm <= 0))
        return bad_input({"there are no ions: nothing melts without them", "没有离子：无法计算解链温度"})
            .at("na")
            .advise({"give Na, K, Tris or Mg in mM", "请给出 Na、K、Tris 或 Mg 的浓度（mM）"});
    return OligoModel(c, oligo_tables());
}

double OligoModel::strands_m(bool self_complementary) const {
    const auto& c = conditions_;
    if (c.convention == TmConvention::primer3) return c.oligo_nm * 1e-9 / (self_complementary ? 1 : 4);
    const double more = std::max(c.oligo_nm, c.target_nm);
    return (self_complementary ? c.oligo_nm : more - std::min(c.oligo_nm, c.target_nm) / 2) * 1e-9;
}

double OligoModel::entropy_of_strands(bool self_complementary) const {
    return gas_constant * std::log(strands_m(self_complementary));
}

double OligoModel::corrected(double tm_c, double gc, std::size_t length) const {
    const auto inverse = [&](double change) { return 1 / (1 / (tm_c + zero_celsius) + change) - zero_celsius; };
    switch (conditions_.salt) {
        case SaltCorrection::santalucia1998:
            return tm_c;
        case SaltCorrection::schildkraut:
            return tm_c + 16.6 * std::log10(monovalent_m_);
        case SaltCorrection::owczarzy2004:
            return inverse(owczarzy2004(monovalent_m_, gc));
        case SaltCorrection::owczarzy2008:
            return inverse(owczarzy2008(conditions_, monovalent_m_, gc, length));
    }
    return tm_c;
}

Result<Melting> OligoModel::melting(std::string_view oligo) const {
    const auto n = oligo.size();
    const auto& set = tables_->sets[static_cast<std::size_t>(conditions_.table)];
    Heat sum = set.init;
    std::size_t gc = 0;
    bool symmetric = true;
    int last = -1;
    for (std::size_t k = 0; k < n; ++k) {
        const int base = base_index(oligo[k]);
        if (base < 0) return pass(read_bases(oligo, n));
        gc += base == 1 || base == 2 ? 1 : 0;
        symmetric &= base + base_index(oligo[n - 1 - k]) == 3;
        if (last >= 0) sum += set.stack[OligoTables::index(last, base)];
        last = base;
    }
    if (n < 2) return pass(read_bases(oligo, n));
    sum += gc == 0 ? set.all_at : set.one_gc;
    for (const char end : {oligo.front(), oligo.back()}) sum += base_index(end) % 3 == 0 ? set.end_at : set.end_gc;
    if (base_index(oligo.front()) == 3) sum += set.start_t;
    if (last == 0) sum += set.start_t;
    if (symmetric) sum += set.symmetry;
    if (conditions_.salt == SaltCorrection::santalucia1998) sum.ds += salt_entropy_ * static_cast<double>(n - 1);
    const double tm = 1000 * sum.dh / (sum.ds + entropy_of_strands(symmetric)) - zero_celsius;
    return Melting{corrected(tm, static_cast<double>(gc) / static_cast<double>(n), n), sum.dh, sum.ds};
}

Result<std::optional<Bound>> OligoModel::hairpin(std::string_view oligo) const {
    const auto bases = read_bases(oligo, longest_oligo);
    if (!bases) return pass(bases);
    const auto best = best_hairpin(*tables_, *bases);
    if (!best) return std::optional<Bound>();
    // primer3 counts paired bases but the last of the oligo, and halves.
    int phosphates = best->pairs - 1;
    if (conditions_.convention == TmConvention::primer3 && best->last_paired) phosphates = best->pairs - 2;
    Heat sum = best->heat;
    sum.ds += salt_entropy_ * phosphates;
    return std::optional(Bound{1000 * sum.dh / sum.ds - zero_celsius, sum.dg(), sum.dh, sum.ds});
}

Result<std::optional<Bound>> OligoModel::bound(std::string_view oligo, std::string_view other, bool at_end) const {
    const auto first = read_bases(oligo, longest_oligo);
    if (!first) return pass(first);
    auto second = read_bases(other, longest_oligo);
    if (!second) return pass(second);
    const bool symmetric = self_complementary(*first) && self_complementary(*second);
    std::reverse(second->begin(), second->end());
    const double strands = entropy_of_strands(symmetric);
    const auto best = best_dimer(*tables_, *first, *second, strands, at_end);
    if (!best) return std::optional<Bound>();
    Heat sum = best->heat;
    sum.ds += salt_entropy_ * (best->pairs - 1);
    return std::optional(Bound{1000 * sum.dh / (sum.ds + strands) - zero_celsius, sum.dg(), sum.dh, sum.ds});
}

Result<std::optional<Bound>> OligoModel::dimer(std::string_view oligo, std::string_view other) const {
    return bound(oligo, other, false);
}

Result<std::optional<Bound>> OligoModel::end_dimer(std::string_view oligo, std::string_view other) const {
    return bound(oligo, other, true);
}

}  // namespace leaven::dna
