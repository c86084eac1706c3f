#include "variants.hpp"

#include <algorithm>
#include <string>

namespace leaven::crispr {
namespace {

using Places = std::vector<std::int64_t>;

/// Lists of `count` places out of `from` … `to`, rising; a place may come again where `repeated`.
std::vector<Places> choose(std::int64_t count, std::int64_t from, std::int64_t to, bool repeated) {
    if (count == 0) return {{}};
    std::vector<Places> all;
    for (auto place = from; place <= to; ++place)
        for (auto rest : choose(count - 1, repeated ? place : place + 1, to, repeated)) {
            rest.insert(rest.begin(), place);
            all.push_back(std::move(rest));
        }
    return all;
}

bool contains(const Places& places, std::int64_t place) {
    return std::find(places.begin(), places.end(), place) != places.end();
}

/// Has the alignment another name, with the genome's bases before the guide's?
bool touches_behind(const Places& gaps, const Places& unpaired) {
    return std::any_of(gaps.begin(), gaps.end(), [&](auto gap) { return contains(unpaired, gap - 1); });
}

Variant make_variant(std::int64_t length, const Places& gaps, const Places& unpaired) {
    Variant variant{.dna = static_cast<std::int64_t>(gaps.size()), .rna = static_cast<std::int64_t>(unpaired.size())};
    for (std::int64_t base = 0; base < length; ++base) {
        variant.columns.insert(variant.columns.end(),
                               static_cast<std::size_t>(std::count(gaps.begin(), gaps.end(), base)), std::int16_t{-1});
        if (!contains(unpaired, base)) variant.columns.push_back(static_cast<std::int16_t>(base));
    }
    return variant;
}

struct Named {
    Places order;  // of all bulges, in guide direction
    Variant variant;
};

void append_class(std::vector<Variant>& all, std::int64_t length, std::int64_t dna, std::int64_t rna) {
    std::vector<Named> named;
    for (const auto& unpaired : choose(rna, 1, length - 2, false))
        for (const auto& gaps : choose(dna, 1, length - 1, true)) {
            if (touches_behind(gaps, unpaired)) continue;
            Places order = gaps;
            order.insert(order.end(), unpaired.begin(), unpaired.end());
            std::sort(order.begin(), order.end());
            named.push_back({std::move(order), make_variant(length, gaps, unpaired)});
        }
    std::stable_sort(named.begin(), named.end(), [](const Named& a, const Named& b) { return a.order < b.order; });
    for (auto& one : named) all.push_back(std::move(one.variant));
}

}  // namespace

std::vector<Variant> variants_of(std::int64_t length, std::int64_t dna_bulges, std::int64_t rna_bulges) {
    std::vector<Variant> all;
    for (std::int64_t dna = 0; dna <= dna_bulges; ++dna)
        for (std::int64_t rna = 0; rna <= rna_bulges; ++rna) append_class(all, length, dna, rna);
    return all;
}

std::vector<VariantClass> classes_of(const std::vector<Variant>& variants) {
    std::vector<VariantClass> classes;
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const auto dna = static_cast<int>(variants[i].dna);
        const auto rna = static_cast<int>(variants[i].rna);
        if (classes.empty() || classes.back().dna != dna || classes.back().rna != rna)
            classes.push_back({dna, rna, i, i});
        classes.back().last = i + 1;
    }
    return classes;
}

Pattern pattern_of(std::string_view guide, const Variant& variant, bool pam_first) {
    Pattern pattern;
    const auto window = variant.columns.size();
    for (std::size_t column = 0; column < window; ++column) {
        const auto base = variant.columns[column];
        if (base < 0) continue;
        const auto bit = pam_first ? column : window - 1 - column;
        const std::uint64_t code = std::string_view("ACGT").find(guide[static_cast<std::size_t>(base)]);
        pattern.word |= (code & 1U) << bit | (code >> 1) << (32 + bit);
        pattern.care |= std::uint32_t{1} << bit;
    }
    return pattern;
}

PatternSet patterns_of(std::span<const std::string> guides, const std::vector<Variant>& variants, bool pam_first) {
    PatternSet set{.variants = variants.size()};
    set.words.reserve(guides.size() * variants.size());
    set.cares.reserve(guides.size() * variants.size());
    for (const auto& guide : guides)
        for (const auto& variant : variants) {
            const auto pattern = pattern_of(guide, variant, pam_first);
            set.words.push_back(pattern.word);
            set.cares.push_back(pattern.care);
        }
    return set;
}

}  // namespace leaven::crispr
