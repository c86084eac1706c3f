#include <algorithm>
#include <cmath>
#include <map>

#include <leaven/core/counted.hpp>
#include <leaven/dna/codons.hpp>

namespace leaven::dna {
namespace {

/// exp of the mean logarithm over the codons that count.
template <class Counts>
std::optional<double> geometric_mean(std::span<const Codon> codons, const PerCodon& weights, Counts counts) {
    double sum = 0;
    std::int64_t n = 0;
    for (const auto codon : codons) {
        if (!counts(codon)) continue;
        sum += std::log(weights[codon]);
        ++n;
    }
    return n == 0 ? std::nullopt : std::optional(std::exp(sum / static_cast<double>(n)));
}

/// Mean homozygosity of the amino acids of each degeneracy.
std::map<int, double> mean_homozygosity(std::span<const Codon> codons, const AminoAcids& amino_acids) {
    std::array<double, codon_count> counts{};
    for (const auto codon : codons) ++counts[codon];
    std::array<double, 256> total{};
    std::array<double, 256> squares{};
    for (std::size_t c = 0; c < codon_count; ++c) {
        total[static_cast<unsigned char>(amino_acids[c])] += counts[c];
        squares[static_cast<unsigned char>(amino_acids[c])] += counts[c] * counts[c];
    }
    const auto synonyms = degeneracy_of(amino_acids);
    std::map<int, std::pair<double, int>> sums;
    for (std::size_t a = 0; a < 256; ++a) {
        if (synonyms[a] < 2 || a == '*' || total[a] < 2) continue;
        const double homozygosity = (squares[a] / total[a] - 1) / (total[a] - 1);
        if (homozygosity <= 0) continue;
        sums[synonyms[a]].first += homozygosity;
        ++sums[synonyms[a]].second;
    }
    std::map<int, double> out;
    for (const auto& [degeneracy, sum] : sums) out[degeneracy] = sum.first / sum.second;
    return out;
}

}  // namespace

CodonUse codons_of(std::string_view coding, const AminoAcids& amino_acids) {
    CodonUse use;
    if (coding.size() % 3 != 0)
        use.warnings.push_back(text({"{} left over after the last codon", "最后一个密码子之后多出 {:n} 个碱基"},
                                    counted(coding.size() % 3, "base")));
    const auto whole = coding.size() / 3;
    std::int64_t uncertain = 0;
    std::int64_t stops = 0;
    for (std::size_t i = 0; i < whole; ++i) {
        const auto codon = codon_of(coding.substr(3 * i, 3));
        if (!codon) {
            ++uncertain;
        } else if (amino_acids[*codon] != '*') {
            use.codons.push_back(*codon);
        } else if (i + 1 < whole) {
            ++stops;
        }
    }
    if (uncertain > 0)
        use.warnings.push_back(
            text({"{} codons with uncertain bases are left out", "{} 个含不确定碱基的密码子未计入"}, uncertain));
    if (stops > 0) use.warnings.push_back(text({"{} stops inside are left out", "{} 个内部终止密码子未计入"}, stops));
    return use;
}

std::optional<double> adaptation_index(std::span<const Codon> codons, const PerCodon& weights,
                                       const AminoAcids& amino_acids) {
    const auto synonyms = degeneracy_of(amino_acids);
    return geometric_mean(codons, weights, [&](Codon codon) {
        return amino_acids[codon] != '*' && synonyms[static_cast<unsigned char>(amino_acids[codon])] > 1;
    });
}

std::optional<double> trna_index(std::span<const Codon> codons, const PerCodon& weights,
                                 const AminoAcids& amino_acids) {
    return geometric_mean(codons, weights,
                          [&](Codon codon) { return amino_acids[codon] != '*' && amino_acids[codon] != 'M'; });
}

std::optional<double> effective_number(std::span<const Codon> codons, const AminoAcids& amino_acids) {
    auto mean = mean_homozygosity(codons, amino_acids);
    std::array<bool, 256> seen{};
    std::map<int, int> classes;
    const auto synonyms = degeneracy_of(amino_acids);
    for (const char letter : amino_acids) {
        const auto a = static_cast<unsigned char>(letter);
        if (a == '*' || seen[a]) continue;
        seen[a] = true;
        ++classes[synonyms[a]];
    }
    if (classes.contains(3) && !mean.contains(3) && mean.contains(2) && mean.contains(4))
        mean[3] = (mean[2] + mean[4]) / 2;
    double number = 0;
    for (const auto& [degeneracy, count] : classes) {
        if (degeneracy == 1) {
            number += count;
            continue;
        }
        if (!mean.contains(degeneracy)) return std::nullopt;
        number += count / mean[degeneracy];
    }
    return std::min(number, 61.0);
}

std::optional<double> gc3(std::span<const Codon> codons) {
    if (codons.empty()) return std::nullopt;
    const auto strong =
        std::count_if(codons.begin(), codons.end(), [](Codon codon) { return (codon & 3) == 1 || (codon & 3) == 2; });
    return static_cast<double>(strong) / static_cast<double>(codons.size());
}

}  // namespace leaven::dna
