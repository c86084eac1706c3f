#include <cmath>

#include <leaven/dna/codon_table.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::dna {
namespace {

// Penalties of wobble pairs, anticodon's first base with the codon's third.
constexpr double s_gu = 0.41;
constexpr double s_ic = 0.28;
constexpr double s_ia = 0.9999;
constexpr double s_ug = 0.68;
constexpr double s_la = 0.89;  // lysidine with A

constexpr Codon codon_aua = 0b001100;

/// The letters after "seq:" in /anticodon, or in the brackets of "tRNA-Ile(GAU)".
std::string_view anticodon_in(std::string_view text, std::string_view before, char after) {
    const auto at = text.find(before);
    if (at == std::string_view::npos) return {};
    const auto begin = at + before.size();
    const auto end = text.find(after, begin);
    return end == std::string_view::npos ? std::string_view() : text.substr(begin, end - begin);
}

std::optional<Codon> read_codon(const seq::Feature& feature) {
    for (const auto& qualifier : feature.qualifiers) {
        if (qualifier.name == "anticodon")
            if (const auto codon = codon_of(anticodon_in(qualifier.value, "seq:", ')')))
                return reverse_complement(*codon);
        if (qualifier.name == "note" && qualifier.value.starts_with("tRNA-"))
            if (const auto codon = codon_of(anticodon_in(qualifier.value, "(", ')'))) return reverse_complement(*codon);
    }
    return std::nullopt;
}

}  // namespace

PerCodon tai_weights(const std::array<std::int64_t, codon_count>& trna_genes, const AminoAcids& amino_acids) {
    PerCodon raw{};
    const auto genes = [&](std::size_t box, int third) {
        return static_cast<double>(trna_genes[box * 4 + static_cast<std::size_t>(third)]);
    };
    for (std::size_t box = 0; box < 16; ++box) {
        constexpr int a = 0;
        constexpr int c = 1;
        constexpr int g = 2;
        constexpr int t = 3;
        raw[box * 4 + t] = genes(box, t) + (1 - s_gu) * genes(box, c);
        raw[box * 4 + c] = genes(box, c) + (1 - s_ic) * genes(box, t);
        raw[box * 4 + a] = genes(box, a) + (1 - s_ia) * genes(box, t);
        raw[box * 4 + g] = genes(box, g) + (1 - s_ug) * genes(box, a);
    }
    raw[codon_aua] = 1 - s_la;
    double most = 0;
    double log_sum = 0;
    int read = 0;
    for (std::size_t c = 0; c < codon_count; ++c) {
        if (amino_acids[c] == '*' || amino_acids[c] == 'M') raw[c] = 0;
        most = std::max(most, raw[c]);
    }
    for (auto& value : raw) {
        value = most > 0 ? value / most : 0;
        if (value > 0) log_sum += std::log(value);
        read += value > 0 ? 1 : 0;
    }
    for (std::size_t c = 0; c < codon_count; ++c)
        if (raw[c] <= 0 && amino_acids[c] != '*' && amino_acids[c] != 'M' && read > 0)
            raw[c] = std::exp(log_sum / read);
    return raw;
}

std::optional<std::array<std::int64_t, codon_count>> trna_genes_of(std::span<const seq::Record> records) {
    std::array<std::int64_t, codon_count> out{};
    bool any = false;
    for (const auto& record : records)
        for (const auto& feature : record.features) {
            if (feature.type != "tRNA") continue;
            if (const auto codon = read_codon(feature)) {
                ++out[*codon];
                any = true;
            }
        }
    return any ? std::optional(out) : std::nullopt;
}

}  // namespace leaven::dna
