#include <algorithm>
#include <array>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/crispr/oligos.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::crispr {
namespace {

/// Source  px330: Cong et al. 2013, doi:10.1126/science.1231143. lentiguide: Sanjana et al. 2014,
/// doi:10.1038/nmeth.3047. pcas9: Jiang et al. 2013, doi:10.1038/nbt.2508. pjoe8999: Altenbuchner 2016,
/// doi:10.1128/AEM.01453-16. py108: Zetsche et al. 2017, doi:10.1038/nbt.3737.
const std::array<CloningScheme, 5>& schemes() {
    static const std::array<CloningScheme, 5> all{{
        {"px330", "BbsI", "GAAGAC", "CACC", "", "AAAC", "", true},
        {"lentiguide", "BsmBI", "CGTCTC", "CACC", "", "AAAC", "", true},
        {"pcas9", "BsaI", "GGTCTC", "AAAC", "G", "AAAAC", "", false},
        {"pjoe8999", "BsaI", "GGTCTC", "TACG", "", "AAAC", "", false},
        {"py108", "BsmBI", "CGTCTC", "AGAT", "", "AAAA", "", false},
    }};
    return all;
}

/// What is left of a prefix once the other oligo's suffix has paired with its end.
Result<std::string> overhang_of(const std::string& prefix, const std::string& suffix, const std::string& where) {
    const auto paired = seq::reverse_complement(suffix);
    if (!prefix.ends_with(paired))
        return bad_input(
                   {"the suffix {} does not pair with the end of the prefix {}", "后缀 {} 与前缀 {} 的末端不互补"},
                   suffix, prefix)
            .at(where)
            .advise({"the prefix of one oligo ends with the reverse complement of the other's suffix",
                     "一条寡核苷酸的前缀应以另一条后缀的反向互补结尾"});
    return prefix.substr(0, prefix.size() - paired.size());
}

Status check_letters(const CloningScheme& scheme) {
    const std::array<std::pair<std::string_view, const std::string*>, 4> parts{
        {{"top_prefix", &scheme.top_prefix},
         {"top_suffix", &scheme.top_suffix},
         {"bottom_prefix", &scheme.bottom_prefix},
         {"bottom_suffix", &scheme.bottom_suffix}}};
    for (const auto& [name, text] : parts)
        if (text->find_first_not_of("ACGT") != std::string::npos)
            return bad_input({"\"{}\" has letters other than A, C, G and T", "“{}”含有 A、C、G、T 以外的字母"}, *text)
                .at(std::string(name))
                .advise({"write it 5' to 3' in A, C, G and T", "请按 5' 到 3' 用 A、C、G、T 书写"});
    return {};
}

bool holds_site(std::string_view letters, const std::string& site) {
    return !site.empty() && (letters.find(site) != std::string_view::npos ||
                             letters.find(seq::reverse_complement(site)) != std::string_view::npos);
}

std::vector<Text> warnings_of(const OligoPair& pair, const std::string& insert, const CloningScheme& scheme,
                              bool needs_g) {
    std::vector<Text> warnings;
    const auto duplex = pair.overhang_top + insert + seq::reverse_complement(pair.overhang_bottom);
    if (holds_site(duplex, scheme.enzyme_site))
        warnings.push_back(text({"{} cuts within the insert", "{} 会切断插入片段"}, scheme.enzyme));
    if (needs_g) warnings.push_back(text({"the promoter wants a G first", "启动子要求以 G 起始"}));
    if (scheme.starts_with_g && insert.find("TTTT") != std::string::npos)
        warnings.push_back(
            text({"TTTT ends transcription by RNA polymerase III", "TTTT 会终止 RNA 聚合酶 III 的转录"}));
    if (pair.overhang_top == pair.overhang_bottom && !pair.overhang_top.empty())
        warnings.push_back(
            text({"both overhangs are {}: inserts may join one another", "两端粘性末端均为 {}，插入片段可能自连"},
                 pair.overhang_top));
    for (const auto& overhang : {pair.overhang_top, pair.overhang_bottom})
        if (!overhang.empty() && overhang == seq::reverse_complement(overhang))
            warnings.push_back(text({"the overhang {} is its own complement", "粘性末端 {} 与自身互补"}, overhang));
    return warnings;
}

}  // namespace

std::span<const CloningScheme> cloning_schemes() { return schemes(); }

Result<CloningScheme> find_scheme(std::string_view name) {
    std::vector<std::string> names;
    for (const auto& scheme : schemes()) {
        if (edit_distance(scheme.name, name) == 0) return scheme;
        names.push_back(scheme.name);
    }
    return not_found({"there is no cloning scheme \"{}\"", "没有克隆方案“{}”"}, name)
        .at("vector")
        .advise({"give one of {}, or the prefixes and suffixes", "可选 {}，或直接给出前缀与后缀"}, join(names, ", "));
}

Result<OligoPair> make_oligos(std::string_view guide, const CloningScheme& scheme, GStart g_start) {
    if (auto status = check_letters(scheme); !status) return pass(status);
    const bool begins = guide.starts_with('G');
    const bool add = g_start == GStart::always || (g_start == GStart::automatic && scheme.starts_with_g && !begins);
    const auto insert = (add ? "G" : "") + std::string(guide);
    OligoPair pair;
    pair.top = scheme.top_prefix + insert + scheme.top_suffix;
    pair.bottom = scheme.bottom_prefix + seq::reverse_complement(insert) + scheme.bottom_suffix;
    auto top = overhang_of(scheme.top_prefix, scheme.bottom_suffix, "bottom_suffix");
    if (!top) return pass(top);
    auto bottom = overhang_of(scheme.bottom_prefix, scheme.top_suffix, "top_suffix");
    if (!bottom) return pass(bottom);
    pair.overhang_top = *std::move(top);
    pair.overhang_bottom = *std::move(bottom);
    const auto duplex = pair.top.substr(pair.overhang_top.size());
    pair.warnings = warnings_of(pair, duplex, scheme, scheme.starts_with_g && !begins && !add);
    return pair;
}

}  // namespace leaven::crispr
