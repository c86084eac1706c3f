#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/core.h>

#include <leaven/dna/oligo.hpp>
#include <leaven/seq/sequence.hpp>

#include "judge.hpp"

namespace leaven::crispr {
namespace {

constexpr std::int64_t shortest_pbs = 8;
constexpr std::int64_t longest_pbs = 15;
constexpr double wanted_tm_c = 30;
constexpr std::int64_t shortest_template = 10;
constexpr std::int64_t longest_template = 30;
constexpr std::int64_t wanted_homology = 5;  // bases of the template beyond the edit
constexpr std::int64_t nearest_nick = 40;
constexpr std::int64_t farthest_nick = 90;
constexpr std::int64_t beside = 200;  // bases of the genome held on either side of the edit

/// What lies around the edit, as one strand reads it.
struct Scene {
    std::string letters{};
    seq::Interval edit{};
    std::string to{};
    std::int64_t nick = 0;  // before this letter
};

class PrimeJudge final : public Judge {
public:
    /// `at`: the forward interval of the edit. Requires  a whole edit of bases
    PrimeJudge(const GenomeFile& file, const TargetPlace& place, const DesignOptions& options, Coding coding,
               CodingEdit edit, seq::Interval at, dna::OligoModel model)
        : genome_(file.genome),
          genes_(file.genes),
          place_(place),
          options_(options),
          coding_(std::move(coding)),
          edit_(std::move(edit)),
          at_(at),
          model_(std::move(model)),
          circle_(circle_of(genome_, place.region.contig)) {
        const auto length = genome_.contigs()[place.region.contig].length;
        from_ = at.start - beside;
        auto to = at.end + beside;
        if (circle_ == 0) {
            from_ = std::max<std::int64_t>(0, from_);
            to = std::min(length, to);
        }
        const auto shifted = circle_ > 0 && from_ < 0 ? (from_ % length + length) % length : from_;
        letters_ = letters_over(genome_, place.region.contig, {shifted, shifted + to - from_});
    }

    [[nodiscard]] seq::Interval stretch() const override {
        constexpr auto reach = longest_template + farthest_nick + longest_spacer;
        return {at_.start - reach, at_.end + reach};
    }

    [[nodiscard]] Judgement judge(const Sighting& sighting) const override {
        const auto scene = scene_of(sighting);
        const auto before = scene.edit.start - scene.nick;
        if (before < -farthest_nick || before > farthest_nick) return Judgement::elsewhere();
        if (before < 0 || before + static_cast<std::int64_t>(scene.to.size()) >= longest_template)
            return Judgement::rejected(
                {"the edit is not within the template's reach of the nick", "编辑位点不在切口的模板可及范围内"});
        auto edit = edit_from(scene, sighting);
        if (!edit)
            return Judgement::rejected({"no template of 10 to 30 bases ends past the edit without beginning with C",
                                        "没有 10 至 30 个碱基、越过编辑且不以 C 开头的模板"});
        Judgement judgement{.penalty = static_cast<double>(before) / 60};
        judgement.offset = edit_.at.start;
        judgement.fraction = static_cast<double>(edit_.at.start) / static_cast<double>(coding_.letters().size());
        judgement.reasons.push_back(text({"nick {} bases before the edit", "切口在编辑位点前 {} 个碱基"}, before));
        if (edit->destroys_pam)
            judgement.reasons.push_back({"the edit destroys the PAM", "编辑破坏 PAM"});
        else if (!edit->variant_change.empty())
            judgement.reasons.push_back(text(
                {"{} would destroy the PAM and no residue", "{} 可破坏 PAM 而不改变氨基酸"}, edit->variant_change));
        else
            judgement.tier = 2;
        describe(judgement.outcome);
        judgement.outcome.prime = *std::move(edit);
        return judgement;
    }

    void complete(const Sighting& own, std::span<const Companion> others, Outcome& outcome) const override {
        if (!outcome.prime) return;
        const Companion* best = nullptr;
        const auto distance_of = [&](const Companion& other) {
            const auto forward = distance_between(own.place.cut, other.sighting->place.cut, circle_);
            return own.site.reverse ? -forward : forward;
        };
        const auto rank = [&](const Companion& other) {
            return std::tuple(other.weight, std::abs(std::abs(distance_of(other)) - 60), other.sighting->place.cut);
        };
        for (const auto& other : others) {
            const auto distance = std::abs(distance_of(other));
            if (other.sighting->site.reverse == own.site.reverse || distance < nearest_nick || distance > farthest_nick)
                continue;
            if (best == nullptr || rank(other) < rank(*best)) best = &other;
        }
        if (best == nullptr) return;
        outcome.prime->nicking_guide = best->sighting->place.site;
        outcome.prime->nicking_pam = best->sighting->place.pam;
        outcome.prime->nicking_distance = distance_of(*best);
    }

private:
    [[nodiscard]] Scene scene_of(const Sighting& sighting) const {
        Scene scene{.letters = letters_};
        const bool edit_reverse = coding_.strand() == seq::Strand::reverse;
        scene.edit = {at_.start - from_, at_.end - from_};
        scene.to = edit_reverse ? seq::reverse_complement(edit_.to) : edit_.to;
        scene.nick = at_.start - from_ + distance_between(at_.start, sighting.place.cut, circle_);
        if (!sighting.site.reverse) return scene;
        const auto size = static_cast<std::int64_t>(letters_.size());
        scene.letters = seq::reverse_complement(letters_);
        scene.edit = {size - scene.edit.end, size - scene.edit.start};
        scene.to = seq::reverse_complement(scene.to);
        scene.nick = size - scene.nick;
        return scene;
    }

    [[nodiscard]] static std::string part(const std::string& letters, std::int64_t from, std::int64_t to) {
        const auto size = static_cast<std::int64_t>(letters.size());
        if (from < 0 || to > size || from > to) return {};
        return letters.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
    }

    [[nodiscard]] std::optional<PrimeEdit> edit_from(const Scene& scene, const Sighting& sighting) const {
        const auto edited = part(scene.letters, 0, scene.edit.start) + scene.to +
                            part(scene.letters, scene.edit.end, static_cast<std::int64_t>(scene.letters.size()));
        const auto length = template_length(scene, edited);
        if (length == 0) return std::nullopt;
        PrimeEdit edit{.nick = sighting.place.cut};
        edit.pbs = seq::reverse_complement(best_primer(scene, edit.pbs_tm_c));
        if (edit.pbs.empty()) return std::nullopt;
        edit.template_bases = seq::reverse_complement(part(edited, scene.nick, scene.nick + length));
        edit.extension = edit.template_bases + edit.pbs;
        edit.destroys_pam = !is_pam(edited, pam_at(scene));
        if (!edit.destroys_pam) add_variant(scene, sighting, length, edit);
        return edit;
    }

    [[nodiscard]] std::int64_t pam_at(const Scene& scene) const { return scene.nick + options_.nuclease.cut; }

    [[nodiscard]] bool is_pam(const std::string& letters, std::int64_t at) const {
        const auto& pam = options_.nuclease.pam;
        const auto there = part(letters, at, at + static_cast<std::int64_t>(pam.size()));
        if (there.size() != pam.size()) return false;
        for (std::size_t i = 0; i < pam.size(); ++i)
            if ((seq::bases_of(pam[i]) & seq::bases_of(there[i])) == 0) return false;
        return true;
    }

    /// The shortest that ends `wanted_homology` past the edit, else past it at all; 0: none.
    [[nodiscard]] static std::int64_t template_length(const Scene& scene, const std::string& edited) {
        const auto end = scene.edit.start - scene.nick + static_cast<std::int64_t>(scene.to.size());
        for (const auto homology : {wanted_homology, std::int64_t{1}})
            for (auto length = std::max(shortest_template, end + homology); length <= longest_template; ++length) {
                const auto bases = part(edited, scene.nick, scene.nick + length);
                if (bases.empty() || bases.find('N') != std::string::npos) return 0;
                if (bases.back() != 'G') return length;  // the template, its complement, does not begin with C
            }
        return 0;
    }

    /// The bases before the nick that melt nearest 30 degrees, with a GC share near one half.
    [[nodiscard]] std::string best_primer(const Scene& scene, double& tm_c) const {
        std::string best;
        double least = std::numeric_limits<double>::infinity();
        for (auto length = shortest_pbs; length <= longest_pbs; ++length) {
            const auto primer = part(scene.letters, scene.nick - length, scene.nick);
            if (primer.empty()) break;
            const auto melting = model_.melting(primer);
            if (!melting) break;
            const double gc = std::max(0.0, std::abs(seq::gc_share(primer) - 0.5) - 0.1);
            const double cost = std::abs(melting->tm_c - wanted_tm_c) + 20 * gc;
            if (cost >= least) continue;
            least = cost;
            best = primer;
            tm_c = melting->tm_c;
        }
        return best;
    }

    /// A further change of one base of the PAM within the template, silent in the edited protein.
    void add_variant(const Scene& scene, const Sighting& sighting, std::int64_t length, PrimeEdit& edit) const {
        const auto first = pam_at(scene);
        const auto shift = static_cast<std::int64_t>(scene.to.size()) - scene.edit.length();
        for (std::int64_t i = 0; i < static_cast<std::int64_t>(options_.nuclease.pam.size()); ++i) {
            const auto at = first + i;
            const bool later = at >= scene.edit.end;
            if (!later && at >= scene.edit.start) continue;
            for (const char base : std::string_view("ACGT")) {
                auto letters = scene.letters;
                if (letters[static_cast<std::size_t>(at)] == base) continue;
                letters[static_cast<std::size_t>(at)] = base;
                const auto size = static_cast<std::int64_t>(letters.size());
                const auto edited = part(letters, 0, scene.edit.start) + scene.to + part(letters, scene.edit.end, size);
                const auto moved = at + (later ? shift : 0) - scene.nick;
                const auto reach = std::max(length, moved + 2);
                const auto bases = part(edited, scene.nick, scene.nick + reach);
                if (is_pam(edited, first) || reach > longest_template || bases.empty() || bases.back() == 'G') continue;
                const auto name = silent_change(sighting, at - scene.nick, base);
                if (name.empty()) continue;
                edit.variant_change = name;
                edit.variant_extension = seq::reverse_complement(bases) + edit.pbs;
                return;
            }
        }
    }

    /// "c.30G>A", or the forward position outside the gene; empty where it changes a residue.
    [[nodiscard]] std::string silent_change(const Sighting& sighting, std::int64_t from_nick, char base) const {
        const auto length = genome_.contigs()[place_.region.contig].length;
        const bool reverse = sighting.site.reverse;
        auto position = reverse ? sighting.place.cut - 1 - from_nick : sighting.place.cut + from_nick;
        position = ((position % length) + length) % length;
        for (const auto* other : genes_.over(place_.region.contig, {position, position + 1}))
            if (other->type == "CDS" && other->at != place_.gene->at) return {};  // it may change a residue there
        const char forward = reverse ? seq::complement(base) : base;
        const auto index = coding_.index_of(position);
        if (!index) {
            const auto was = genome_.letters(place_.region.contig, {position, position + 1});
            return fmt::format("g.{}{}>{}", position + 1, was, forward);
        }
        const char letter = coding_.strand() == seq::Strand::reverse ? seq::complement(forward) : forward;
        const auto at = static_cast<std::size_t>(*index);
        auto letters = coding_.letters();
        const char was = letters[at];
        letters[at] = letter;
        if (with_edit(letters) != with_edit(coding_.letters())) return {};
        return fmt::format("c.{}{}>{}", *index + 1, was, letter);
    }

    [[nodiscard]] std::string with_edit(std::string letters) const {
        letters.replace(static_cast<std::size_t>(edit_.at.start), static_cast<std::size_t>(edit_.at.length()),
                        edit_.to);
        return coding_.translate(letters);
    }

    void describe(Outcome& outcome) const {
        const auto after = with_edit(coding_.letters());
        const auto& before = coding_.protein();
        const auto change = change_of(before, after);
        outcome.what = text({"{}: protein {}", "{}：蛋白质 {}"}, edit_.text, change);
        const auto middle = std::max<std::int64_t>(0, edit_.at.start / 3 - 4);
        const auto from = std::min(static_cast<std::size_t>(middle), std::min(before.size(), after.size()));
        outcome.protein_before = before.substr(from, 9);
        outcome.protein_after = after.substr(from, 9);
    }

    const Genome& genome_;
    const GeneMap& genes_;
    TargetPlace place_;
    const DesignOptions& options_;
    Coding coding_;
    CodingEdit edit_;
    seq::Interval at_;
    dna::OligoModel model_;
    std::int64_t circle_;
    std::int64_t from_ = 0;  // forward position of the first letter held, before 0 over the origin
    std::string letters_{};
};

Status check_mode(const DesignOptions& options) {
    const auto& nuclease = options.nuclease;
    if (nuclease.pam_first || nuclease.cut != nuclease.cut_other)
        return bad_input({"prime editing needs a Cas9 nickase, with the PAM on the 3' side",
                          "引导编辑需要 PAM 在 3' 侧的 Cas9 切口酶"})
            .at("nuclease")
            .advise({"use SpCas9", "请使用 SpCas9"});
    if (options.window)
        return bad_input({"prime editing has no window", "引导编辑没有窗口参数"})
            .at("window")
            .advise({"leave it out", "请去掉该参数"});
    if (options.edit.kind != CodingEdit::Kind::residue && options.edit.kind != CodingEdit::Kind::bases)
        return bad_input({"prime editing needs to know the edit", "引导编辑需要给出具体编辑"})
            .at("edit")
            .advise({"give thrA:T100I, thrA:c.12A>G or the like", "请给出如 thrA:T100I、thrA:c.12A>G"});
    return {};
}

}  // namespace

Result<Appointed> appoint_prime_editor(const GenomeFile& file, const TargetPlace& place, const DesignOptions& options) {
    if (auto status = check_mode(options); !status) return pass(status);
    if (place.gene == nullptr || place.gene->type != "CDS")
        return Appointed{.unserved = {"the target is no coding sequence: the edit has no meaning there",
                                      "目标不是编码序列，该编辑无意义"}};
    auto coding = Coding::of(file.genome, *place.gene);
    if (!coding) return pass(coding);
    auto edit = as_bases(options.edit, *coding);
    if (!edit) return pass(edit);
    // An insertion stands between two bases: it lies where the base after it does.
    const auto held = edit->at.empty() ? seq::Interval{edit->at.start - 1, edit->at.start + 1} : edit->at;
    const auto around = coding->place_of(held);
    if (!around) return Appointed{.unserved = {"the edit lies over a joint of the gene", "编辑跨越基因的连接处"}};
    auto at = *around;
    if (edit->at.empty()) at = {at.start + 1, at.start + 1};
    auto model = dna::OligoModel::at({});
    if (!model) return pass(model);
    return Appointed{.judge = std::make_unique<PrimeJudge>(file, place, options, *std::move(coding), *std::move(edit),
                                                           at, *std::move(model))};
}

}  // namespace leaven::crispr
