#include "edit_check.hpp"

#include <cmath>

#include <leaven/dna/primers.hpp>

namespace leaven::dna {
namespace {

using seq::Strand;

constexpr std::int64_t seen_on_a_gel = 20;  // bases by which two products must differ
constexpr std::int64_t near_side = 100;     // from the change to the nearer outer primer of an allele-specific set
constexpr std::int64_t far_side = 300;      // and to the farther one

struct Outer {
    PrimerPair pair{};
    std::int64_t length = 0;  // of the product on the wild type
};

/// A pair outside [edit - left, edit + right), unique in the genome.
Result<std::optional<Outer>> outer_pair(std::span<const seq::Record> genome, const GenomeEdit& edit, std::int64_t left,
                                        std::int64_t right, const Context& context) {
    const auto& record = genome[edit.record];
    const EditSite site(record, edit);
    left = std::min(left, site.room_before());
    right = std::min(right, site.room_after());
    auto at = site.place_before(left);
    at.end = at.start + left + edit.at.length() + right;
    if (at.empty()) return std::optional<Outer>();
    std::vector<seq::Record> background;
    for (std::size_t i = 0; i < genome.size(); ++i)
        if (i != edit.record) background.push_back(genome[i]);
    const PrimerOptions options{.mode = PrimerMode::check, .pairs = 1};
    const auto made = design_primers(record, {at, Strand::forward}, options, background, context);
    if (!made) return pass(made);
    if (made->pairs.empty()) return std::optional<Outer>();
    return std::optional(Outer{made->pairs.front(), made->pairs.front().product_length});
}

CheckPrimer primer_of(std::string name, const DesignedPrimer& primer) {
    return {std::move(name), primer.letters, primer.strand, primer.tm_c};
}

/// The primer that ends with the last of `letters`, melting nearest to what is wanted; none where there is no such one.
std::optional<CheckPrimer> ending_here(const std::string& name, const std::string& letters, Strand strand,
                                       const OligoModel& model) {
    const PrimerOptions wanted;
    std::optional<CheckPrimer> best;
    for (auto size = wanted.shortest; size <= wanted.longest && size <= static_cast<std::int64_t>(letters.size());
         ++size) {
        const auto primer = letters.substr(letters.size() - static_cast<std::size_t>(size));
        const auto melting = model.melting(primer);
        if (!melting) return std::nullopt;
        if (!best || std::abs(melting->tm_c - wanted.tm_c) < std::abs(best->tm_c - wanted.tm_c))
            best = {name, primer, strand, melting->tm_c};
    }
    return best;
}

/// Bases that two sequences have in common at their start.
std::size_t common_start(const std::string& a, const std::string& b) {
    std::size_t size = 0;
    while (size < a.size() && size < b.size() && a[size] == b[size]) ++size;
    return size;
}

struct Inner {
    CheckPrimer forward{};    // ends on the first base that differs
    CheckPrimer reverse{};    // ends on the last one
    std::int64_t before = 0;  // bases of its own genotype left of the forward primer's 5' end, in the window
    std::int64_t behind = 0;  // right of the reverse primer's 5' end
};

/// Primers that pair with their last base in one genotype only: forward on `a`, reverse on `b`.
std::optional<Inner> inner_pair(const std::string& a, const std::string& b, const OligoModel& model) {
    const auto first = common_start(a, b) + 1;
    const auto a_back = seq::reverse_complement(a);
    const auto b_back = seq::reverse_complement(b);
    const auto last = common_start(a_back, b_back) + 1;
    if (first > a.size() || last > b_back.size()) return std::nullopt;
    const auto forward = ending_here("edited_F", a.substr(0, first), Strand::forward, model);
    const auto reverse = ending_here("wild_type_R", b_back.substr(0, last), Strand::reverse, model);
    if (!forward || !reverse) return std::nullopt;
    return Inner{*forward, *reverse, static_cast<std::int64_t>(first - forward->letters.size()),
                 static_cast<std::int64_t>(last - reverse->letters.size())};
}

void note(EditDesign& design, const GenomeEdit& edit, const char* code, Text message) {
    design.notes.push_back({code, edit.gene, std::move(message)});
}

void note_none(EditDesign& design, const GenomeEdit& edit) {
    note(design, edit, "no_check_primers",
         {"no primers beside the edit tell the genotypes apart", "编辑位点两侧没有能区分基因型的引物"});
}

/// Lengths that differ by themselves: two primers outside.
Status add_by_length(std::span<const seq::Record> genome, const GenomeEdit& edit, std::int64_t arm, EditDesign& design,
                     const Context& context) {
    const auto outer = outer_pair(genome, edit, arm, arm, context);
    if (!outer) return pass(outer);
    if (!*outer) {
        note_none(design, edit);
        return {};
    }
    design.check_primers = {primer_of("check_F", (*outer)->pair.forward), primer_of("check_R", (*outer)->pair.reverse)};
    design.wild_type = (*outer)->length;
    design.edited = design.wild_type + edit.change();
    return {};
}

/// What two outer and two inner primers make of each genotype.
struct FourPrimers {
    PrimerPair outer{};
    std::int64_t outer_length = 0;  // on the wild type
    std::int64_t wild_type = 0;
    std::int64_t edited = 0;
};

/// From the outer primers' 5' ends to those of the inner ones, on the genotype that each belongs to.
FourPrimers lengths_of(const Outer& outer, const Inner& inner, const GenomeEdit& edit, seq::Interval window,
                       std::int64_t length) {
    const auto before = ((window.start - outer.pair.product_start) % length + length) % length;
    const auto beyond = outer.length - before - window.length();
    return {outer.pair, outer.length, before + window.length() - inner.behind,
            window.length() + edit.change() - inner.before + beyond};
}

/// Outer primers at unlike distances, so that the lengths are unlike.
Result<std::optional<FourPrimers>> four_primers(std::span<const seq::Record> genome, const GenomeEdit& edit,
                                                std::int64_t arm, const Inner& inner, seq::Interval window,
                                                const Context& context) {
    const auto near = std::max(near_side, arm);
    const auto far = std::max(far_side, arm + near_side);
    for (const auto& [left, right] : {std::pair(near, far), std::pair(far, near), std::pair(near, 2 * far)}) {
        const auto outer = outer_pair(genome, edit, left, right, context);
        if (!outer) return pass(outer);
        if (!*outer) continue;
        auto made = lengths_of(**outer, inner, edit, window, genome[edit.record].length);
        if (std::abs(made.wild_type - made.edited) >= seen_on_a_gel) return std::optional(std::move(made));
    }
    return std::optional<FourPrimers>();
}

/// Lengths that would hardly differ: two primers outside, and one inside for each genotype.
Status add_by_allele(std::span<const seq::Record> genome, const GenomeEdit& edit, std::int64_t arm, EditDesign& design,
                     const Context& context) {
    const auto model = OligoModel::at(PrimerOptions().conditions);
    if (!model) return pass(model);
    const EditSite site(genome[edit.record], edit);
    const auto left = std::min(near_side, site.room_before());
    const auto right = std::min(near_side, site.room_after());
    const auto inner = inner_pair(site.edited(left, right), site.wild_type(left, right), *model);
    if (!inner) {
        note_none(design, edit);
        return {};
    }
    const auto start = site.place_before(left).start;
    const auto four =
        four_primers(genome, edit, arm, *inner, {start, start + left + edit.at.length() + right}, context);
    if (!four) return pass(four);
    if (!*four) {
        note_none(design, edit);
        return {};
    }
    design.check_primers = {primer_of("outer_F", (*four)->outer.forward), primer_of("outer_R", (*four)->outer.reverse),
                            inner->forward, inner->reverse};
    design.wild_type = (*four)->wild_type;
    design.edited = (*four)->edited;
    note(design, edit, "allele_specific",
         text({"four primers in one reaction: either genotype also gives the outer product of {} bases",
               "四条引物同管扩增：两种基因型还都产生 {} 个碱基的外侧产物"},
              (*four)->outer_length));
    return {};
}

}  // namespace

Status add_check_primers(std::span<const seq::Record> genome, const GenomeEdit& edit, std::int64_t arm,
                         EditDesign& design, const Context& context) {
    return std::abs(edit.change()) >= seen_on_a_gel ? add_by_length(genome, edit, arm, design, context)
                                                    : add_by_allele(genome, edit, arm, design, context);
}

}  // namespace leaven::dna
