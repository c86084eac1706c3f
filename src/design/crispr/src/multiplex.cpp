#include <algorithm>
#include <array>
#include <set>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/crispr/library.hpp>
#include <leaven/crispr/multiplex.hpp>
#include <leaven/dna/fragment.hpp>
#include <leaven/seq/sequence.hpp>

#include "scaffold.hpp"

namespace leaven::crispr {
namespace {

/// Rice glycine tRNA: Xie, Minkenberg, Yang 2015, doi:10.1073/pnas.1420294112.
constexpr std::string_view trna = "AACAAAGCACCAGTGGTCTAGTGGTAGAATAGTACCCTGCCACGGTACAGACCCGGGTTCGATTCCCGGCTGGTGCA";
/// Constitutive promoter BBa_J23119 (J. C. Anderson) and terminator rrnB T1, BBa_B0010, of the iGEM Registry, the
/// latter after a run of T, as it follows a guide RNA in many plasmids.
constexpr std::string_view promoter = "TTGACAGCTAGCTCAGTCCTAGGTATAATGCTAGC";
constexpr std::string_view terminator =
    "TTTTTTCCAGGCATCAAATAAAACGAAAGGCTCAGTCGAAAGACTGGGCCTTTCGTTTTATCTGTTGTTTGTCGGTGAACGCTCTC";

constexpr std::int64_t overhang = 4;
constexpr std::size_t annealed = 20;     // bases of a primer on its template
constexpr std::size_t long_oligo = 120;  // above, synthesis is dear and less sure
constexpr double low_fidelity = 0.9;

Failure wrong_guides(Doc what, const std::string& where, std::size_t number) {
    return bad_input(what, number)
        .at(where)
        .advise({"give 1 to {} different guides", "请给出 1 至 {} 个不同的向导"}, most_multiplexed);
}

Status check_guides(const std::vector<std::string>& guides) {
    if (guides.empty() || guides.size() > most_multiplexed)
        return wrong_guides({"an array takes 1 to 12 guides, here are {}", "阵列可容纳 1 至 12 个向导，此处有 {} 个"},
                            "guides", guides.size());
    std::set<std::string> seen;
    for (std::size_t i = 0; i < guides.size(); ++i)
        if (!seen.insert(guides[i]).second)
            return wrong_guides({"guide {} is there twice", "第 {} 个向导重复出现"}, fmt::format("guides[{}]", i),
                                i + 1);
    return {};
}

Status check_overhangs(const MultiplexOptions& options) {
    for (const auto& [word, field] :
         {std::pair(options.left_overhang, "left_overhang"), std::pair(options.right_overhang, "right_overhang")}) {
        const auto joint = dna::joint_of(word);
        if (!joint || dna::is_palindrome(*joint))
            return bad_input({"\"{}\" is no overhang of four bases that differs from its complement",
                              "“{}”不是与自身互补链不同的四碱基黏性末端"},
                             word)
                .at(field)
                .advise({"give four letters of A C G T such as GGCA", "请给出 A C G T 组成的四个字母，如 GGCA"});
    }
    if (dna::joint_of(options.left_overhang) != dna::joint_of(options.right_overhang)) return {};
    return bad_input({"both ends of the vector have one joint: it would close on itself",
                      "载体两端属同一接头：载体会自身环化"})
        .at("right_overhang")
        .advise({"give two overhangs that differ", "请给出两个不同的黏性末端"});
}

Status check_enzyme(const seq::Enzyme& enzyme) {
    const auto size = static_cast<std::int64_t>(enzyme.site.size());
    if (enzyme.cuts.size() == 1 && enzyme.cuts[0].top >= size && enzyme.cuts[0].bottom == enzyme.cuts[0].top + overhang)
        return {};
    return bad_input({"{} does not leave 5' overhangs of four bases beyond its site",
                      "{} 不在识别位点外产生四碱基 5' 黏性末端"},
                     enzyme.name)
        .at("enzyme")
        .advise({"use BsaI, BsmBI, BbsI or the like", "请使用 BsaI、BsmBI、BbsI 等"});
}

/// Places of a word on either strand.
std::int64_t count_word(std::string_view letters, const std::string& word) {
    std::int64_t count = 0;
    for (std::size_t at = 0; at + word.size() <= letters.size(); ++at)
        count += holds_word(letters.substr(at, word.size()), word, {0, static_cast<std::int64_t>(word.size())}) ? 1 : 0;
    return count;
}

class ArrayBuilder {
public:
    ArrayBuilder(const std::vector<std::string>& guides, const MultiplexOptions& options)
        : guides_(guides), options_(options), scaffold_(scaffold_of(options.nuclease)) {}

    Result<GuideArray> build(const dna::Ligation& ligation, const Context& context) {
        if (auto status = write_array(); !status) return pass(status);
        if (auto status = check_sites(); !status) return pass(status);
        if (auto status = cut(ligation, context); !status) return pass(status);
        warn();
        return std::move(array_);
    }

private:
    void add(std::string name, std::string_view letters) {
        const auto start = static_cast<std::int64_t>(array_.sequence.size());
        array_.sequence += letters;
        array_.elements.push_back({std::move(name), {start, static_cast<std::int64_t>(array_.sequence.size())}});
    }

    [[nodiscard]] bool repeats() const { return options_.architecture == Architecture::repeat; }

    Status write_array() {
        const auto known = repeats() ? scaffold_.repeat : scaffold_.bases;
        if (known.empty())
            return bad_input({"the {1} of {0} is not known here", "此处没有 {0} 的{2}"}, options_.nuclease.name,
                             repeats() ? "repeat" : "guide scaffold", repeats() ? "重复序列" : "向导骨架")
                .at("nuclease")
                .advise(
                    {"use SpCas9, AsCas12a, LbCas12a or FnCas12a", "请使用 SpCas9、AsCas12a、LbCas12a 或 FnCas12a"});
        add("left overhang", options_.left_overhang);
        for (std::size_t i = 0; i < guides_.size(); ++i) add_unit(i);
        if (repeats()) add("repeat", scaffold_.repeat);
        add("right overhang", options_.right_overhang);
        return {};
    }

    void add_unit(std::size_t guide) {
        if (repeats()) {
            add("repeat", scaffold_.repeat);
            add_spacer(guide);
            return;
        }
        const bool alone = options_.architecture == Architecture::promoters;
        if (alone)
            add("promoter", promoter);
        else
            add("tRNA", trna);
        if (scaffold_.before) add("scaffold", scaffold_.bases);
        add_spacer(guide);
        if (!scaffold_.before) add("scaffold", scaffold_.bases);
        if (alone) add("terminator", terminator);
    }

    void add_spacer(std::size_t guide) {
        spacers_.push_back(array_.elements.size());
        add(fmt::format("spacer {}", guide + 1), guides_[guide]);
    }

    /// The enzyme must cut nowhere in the array.
    Status check_sites() const {
        if (count_word(array_.sequence, options_.enzyme.site) == 0) return {};
        std::string where = "enzyme";
        for (std::size_t i = 0; i < spacers_.size(); ++i)
            if (holds_word(array_.sequence, options_.enzyme.site, array_.elements[spacers_[i]].at))
                where = fmt::format("guides[{}]", i);
        std::vector<std::string_view> free;
        for (const auto& [name, site] : {std::pair<std::string_view, std::string>("BsaI", "GGTCTC"),
                                         std::pair<std::string_view, std::string>("BsmBI", "CGTCTC"),
                                         std::pair<std::string_view, std::string>("BbsI", "GAAGAC")})
            if (count_word(array_.sequence, site) == 0) free.push_back(name);
        const auto names = free.empty() ? std::string("–") : join(free, ", ");
        return bad_input({"{} cuts within the array", "{} 会切断阵列"}, options_.enzyme.name)
            .at(where)
            .advise(
                {"choose another guide, or an enzyme that does not cut it: {}", "请换向导，或使用不切断阵列的酶：{}"},
                names);
    }

    /// The spacers that are cut, as a range. Parts of repeats are ordered whole, so that the first spacer needs no cut;
    /// nor does a last one with the vector alone behind it, which a primer brings whole.
    [[nodiscard]] std::pair<std::size_t, std::size_t> cut_spacers() const {
        const bool ends_alone = options_.architecture == Architecture::trna && scaffold_.before;
        return {repeats() ? 1 : 0, spacers_.size() - (ends_alone ? 1 : 0)};
    }

    /// Bases that are not of these spacers are none of A C G T, so that no overhang lies there.
    [[nodiscard]] std::string masked() const {
        std::string letters(array_.sequence.size(), 'N');
        for (auto [i, last] = cut_spacers(); i < last; ++i) {
            const auto& at = array_.elements[spacers_[i]].at;
            for (auto k = static_cast<std::size_t>(at.start); k < static_cast<std::size_t>(at.end); ++k)
                letters[k] = array_.sequence[k];
        }
        return letters;
    }

    Status cut(const dna::Ligation& ligation, const Context& context) {
        const auto size = static_cast<std::int64_t>(array_.sequence.size());
        dna::CutOptions options;
        options.min = static_cast<std::int64_t>(guides_.front().size()) + 1;  // no two cuts in one spacer
        options.max = size;
        const auto [first, last] = cut_spacers();
        options.count = static_cast<std::int64_t>(last - first) + 1;
        options.fixed = {*dna::joint_of(options_.left_overhang), *dna::joint_of(options_.right_overhang)};
        std::vector<std::int64_t> bounds{0};
        array_.fidelity = ligation.fidelity(options.fixed);
        array_.proven = true;
        if (options.count > 1) {
            const auto plan = dna::choose_cuts(masked(), ligation, options, context);
            if (!plan) return pass(plan);
            if (plan->cuts.empty())
                return infeasible({"the spacers hold no overhangs that differ", "间隔序列中没有互不相同的黏性末端"})
                    .at("guides")
                    .advise({"choose other guides, or another architecture", "请换向导或换架构"});
            bounds.insert(bounds.end(), plan->cuts.begin(), plan->cuts.end());
            array_.fidelity = plan->fidelity;
            array_.proven = plan->proof == dna::Proof::optimal;
        }
        bounds.push_back(size - overhang);
        for (std::size_t i = 0; i + 1 < bounds.size(); ++i)
            if (auto status = add_part({bounds[i], bounds[i + 1] + overhang}); !status) return status;
        return {};
    }

    [[nodiscard]] std::string letters(seq::Interval at) const {
        return array_.sequence.substr(static_cast<std::size_t>(at.start), static_cast<std::size_t>(at.length()));
    }

    /// With the enzyme's sites outside, and no other.
    Status add_part(seq::Interval at) {
        const auto inside = letters(at);
        const auto number = array_.parts.size() + 1;
        const auto& site = options_.enzyme.site;
        const auto between = static_cast<std::size_t>(options_.enzyme.cuts[0].top) - site.size();
        for (const std::string_view pad : {"TTGA", "ACTG", "CATT", "GTAC"})
            for (const char fill : std::string_view("ATCG")) {
                const auto head = std::string(pad) + site + std::string(between, fill);
                const auto sequence = head + inside + seq::reverse_complement(head);
                if (sequence.find_first_not_of("ACGT") != std::string::npos || count_word(sequence, site) != 2)
                    continue;
                array_.parts.push_back({.name = fmt::format("part_{}", number),
                                        .sequence = sequence,
                                        .left = inside.substr(0, overhang),
                                        .right = inside.substr(inside.size() - overhang),
                                        .at = at});
                add_oligos(array_.parts.back(), head.size());
                return {};
            }
        return infeasible({"part {} would hold a further site of {}", "部件 {} 会产生额外的 {} 位点"}, number,
                          options_.enzyme.name)
            .at("enzyme")
            .advise({"use another enzyme", "请换用其他酶"});
    }

    void add_oligos(const ArrayPart& part, std::size_t head) {
        const auto& sequence = part.sequence;
        if (repeats()) {
            array_.oligos.push_back({part.name + "_top", sequence});
            array_.oligos.push_back({part.name + "_bottom", seq::reverse_complement(sequence)});
            return;
        }
        const auto forward = head + tail_before(part.at) + annealed;
        const auto reverse = head + tail_after(part.at) + annealed;
        array_.oligos.push_back({part.name + "_forward", sequence.substr(0, forward)});
        array_.oligos.push_back({part.name + "_reverse", seq::reverse_complement(sequence).substr(0, reverse)});
    }

    /// Bases of a part before (or after) what its template has: overhangs of the vector and pieces of spacers.
    [[nodiscard]] std::size_t tail_before(seq::Interval at) const {
        auto end = at.start;
        for (const auto& element : array_.elements) {
            if (element.at.end <= end) continue;
            if (!is_new(element)) break;
            end = element.at.end;
        }
        return static_cast<std::size_t>(end - at.start);
    }
    [[nodiscard]] std::size_t tail_after(seq::Interval at) const {
        auto start = at.end;
        for (auto element = array_.elements.rbegin(); element != array_.elements.rend(); ++element) {
            if (element->at.start >= start) continue;
            if (!is_new(*element)) break;
            start = element->at.start;
        }
        return static_cast<std::size_t>(at.end - start);
    }
    [[nodiscard]] static bool is_new(const ArrayElement& element) {
        return element.name.starts_with("spacer") || element.name.ends_with("overhang");
    }

    void warn() {
        auto& warnings = array_.warnings;
        for (std::size_t i = 0; i < guides_.size(); ++i)
            if (guides_[i].find("TTTT") != std::string::npos)
                warnings.push_back(text(
                    {"guide {} holds TTTT, which may end its transcription", "向导 {} 含 TTTT，可能使转录提前终止"},
                    i + 1));
        if (guides_.size() > 1)
            warnings.push_back({"the array repeats itself: grow it in a strain without RecA, and check its length",
                                "阵列含重复序列：请在 RecA 缺失菌株中扩增并核对长度"});
        if (array_.fidelity < low_fidelity)
            warnings.push_back(
                text({"of all joints together {:.0f} % are expected to be right", "全部接头的预期保真度仅为 {:.0f} %"},
                     100 * array_.fidelity));
        if (!array_.proven)
            warnings.push_back(
                {"other cuts might be more faithful: the search was cut short", "搜索提前结束，可能还有更保真的切分"});
        if (array_.parts.size() > most_multiplexed)
            warnings.push_back(text({"there are {} parts: dna assemble takes them with --max-parts {}",
                                     "共有 {} 个部件：dna assemble 需加 --max-parts {}"},
                                    array_.parts.size(), array_.parts.size()));
        if (repeats() && !scaffold_.before)
            warnings.push_back({"an array of SpCas9 needs tracrRNA in the cell", "SpCas9 的阵列需要细胞内有 tracrRNA"});
        if (!repeats())
            warnings.push_back(
                {"the primers amplify parts from a plasmid that holds the constant elements in this order",
                 "引物从按此顺序含有恒定元件的质粒上扩增各部件"});
        for (const auto& oligo : array_.oligos)
            if (oligo.sequence.size() > long_oligo)
                warnings.push_back(text(
                    {"{} has {} bases: order it as a double-stranded fragment", "{} 长 {} 个碱基：宜作为双链片段订购"},
                    oligo.name, oligo.sequence.size()));
    }

    const std::vector<std::string>& guides_;
    const MultiplexOptions& options_;
    Scaffold scaffold_;
    GuideArray array_{};
    std::vector<std::size_t> spacers_{};  // among the elements
};

}  // namespace

Result<GuideArray> build_array(const std::vector<std::string>& guides, const MultiplexOptions& options,
                               const dna::Ligation& ligation, const Context& context) {
    if (auto status = check_guides(guides); !status) return pass(status);
    if (auto status = check_overhangs(options); !status) return pass(status);
    if (auto status = check_enzyme(options.enzyme); !status) return pass(status);
    return ArrayBuilder(guides, options).build(ligation, context);
}

}  // namespace leaven::crispr
