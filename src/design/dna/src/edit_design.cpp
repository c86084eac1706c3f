#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/core.h>

#include <leaven/dna/fold.hpp>
#include <leaven/dna/genome_edit.hpp>

#include "edit_check.hpp"
#include "edit_guide.hpp"
#include "fixed_ends.hpp"

namespace leaven::dna {
namespace {

using seq::Strand;

constexpr std::int64_t longest_order = 200;  // bases of one oligo
constexpr std::int64_t longest_tail = 80;    // of a primer, before the bases that anneal
constexpr std::int64_t longest_in_tails =
    40;                                   // what stands between arms that are amplified, without a piece of its own
constexpr std::int64_t joint = 20;        // bases that pieces of a donor share
constexpr std::int64_t off_centre = 5;    // of the change in a MAGE oligo
constexpr std::int64_t least_flank = 15;  // of a MAGE oligo, beside the change
constexpr double weak_fold = -12;         // kcal/mol: an oligo that folds no more than this is preferred

void note(EditDesign& design, std::string_view code, const GenomeEdit& edit, Doc pattern, const auto&... values) {
    design.notes.push_back({std::string(code), edit.gene, text(pattern, values...)});
}

class Designer {
public:
    Designer(std::span<const seq::Record> genome, const GenomeEdit& edit, const EditOptions& options,
             const Context& context, Folder folder)
        : genome_(genome),
          edit_(edit),
          options_(options),
          context_(context),
          folder_(std::move(folder)),
          site_(genome[edit.record], edit) {}

    Result<EditDesign> run() {
        design_.notes = edit_.notes;
        if (options_.replication) {
            const auto length = genome_[edit_.record].length;
            replichore_ = replichore_of(*options_.replication, edit_.at.start % length);
        }
        const bool mage = options_.method == EditMethod::mage;
        if (auto status = mage ? add_mage_oligo() : add_donor(); !status) return pass(status);
        const auto outside = mage ? options_.oligo_length / 2 + off_centre : options_.arm;
        if (auto status = add_check_primers(genome_, edit_, outside, design_, context_); !status) return pass(status);
        return std::move(design_);
    }

private:
    Result<double> fold_of(const std::string& letters) { return folder_.least_energy(letters, context_); }

    Status add_oligo(const std::string& what, std::string letters, Strand strand) {
        const auto dg = fold_of(letters);
        if (!dg) return pass(dg);
        design_.oligos.push_back(
            {fmt::format("{}_{}", stem_of(edit_), what), std::move(letters), strand, replichore_, *dg});
        return {};
    }

    /// On replichore 1 the lagging strand reads as the reverse strand, on 2 as the forward one.
    [[nodiscard]] Strand lagging() const { return replichore_ == 1 ? Strand::reverse : Strand::forward; }
    [[nodiscard]] std::string on_strand(const std::string& forward, Strand strand) const {
        return strand == Strand::forward ? forward : seq::reverse_complement(forward);
    }

    [[nodiscard]] Status need_room(std::int64_t bases) const {
        if (site_.room_before() >= bases && site_.room_after() >= bases) return {};
        return bad_input({"{} bases are needed on both sides of the edit, and there are {} and {}",
                          "编辑两侧各需 {} 个碱基，实有 {} 和 {}"},
                         bases, site_.room_before(), site_.room_after())
            .at(edit_.text)
            .advise({"use shorter arms, or edit further from the end", "请缩短同源臂，或选择离末端更远的位置"});
    }

    /// The bases that change: what removed and inserted ones have in common at their ends does not.
    [[nodiscard]] seq::Interval changed() const {
        const auto gone = site_.removed();
        const auto& come = site_.inserted();
        const auto size = std::min(gone.size(), come.size());
        std::size_t left = 0;
        while (left < size && gone[left] == come[left]) ++left;
        std::size_t right = 0;
        while (right + left < size && gone[gone.size() - 1 - right] == come[come.size() - 1 - right]) ++right;
        return {static_cast<std::int64_t>(left), static_cast<std::int64_t>(come.size() - right)};
    }

    Status add_mage_oligo() {
        const auto length = options_.oligo_length;
        const auto change = changed();
        if (change.length() + 2 * (least_flank + off_centre) > length)
            return bad_input(
                       {"an oligo of {} bases does not carry a change of {}", "{} 碱基的寡核苷酸容不下 {} 碱基的改动"},
                       length, change.length())
                .at(edit_.text)
                .advise({"use a longer oligo, or lambda_red", "请使用更长的寡核苷酸，或改用 lambda_red"});
        if (!replichore_)
            return bad_input({"it is not known where replication of {} begins and ends", "不知道 {} 的复制起点与终点"},
                             genome_[edit_.record].name)
                .at("oric")
                .advise({"give --oric and --dif, or an annotated genome; it must be a circle (--topology circular)",
                         "请给出 --oric 与 --dif，或使用有注释的基因组；基因组须为环状（--topology circular）"});
        if (auto status = need_room(length); !status) return status;
        const auto window = site_.edited(length, length);
        const auto middle = length + change.start + change.length() / 2;
        std::string best;
        double best_dg = 0;
        for (std::int64_t step = 0; step <= 2 * off_centre && (best.empty() || best_dg < weak_fold); ++step) {
            const auto shift = step % 2 == 0 ? -step / 2 : (step + 1) / 2;  // 0, 1, -1, 2, …
            const auto start = middle - length / 2 + shift;
            auto letters =
                on_strand(window.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(length)), lagging());
            const auto dg = fold_of(letters);
            if (!dg) return pass(dg);
            if (!best.empty() && *dg <= best_dg) continue;
            best = std::move(letters);
            best_dg = *dg;
        }
        if (best_dg < weak_fold)
            note(design_, "fold", edit_,
                 {"the oligo folds with {:.1f} kcal/mol wherever the change lies in it",
                  "无论改动位于何处，寡核苷酸的折叠自由能均为 {:.1f} kcal/mol"},
                 best_dg);
        note_repair(change);
        design_.oligos.push_back(
            {fmt::format("{}_mage", stem_of(edit_)), std::move(best), lagging(), replichore_, best_dg});
        return {};
    }

    /// MutS finds single mismatches and short loops, but not C against C, nor two and more mismatches side by side.
    void note_repair(seq::Interval change) {
        const auto removed = edit_.at.length() - (edit_.at.empty() ? 0 : edit_.letters.size() - change.length());
        if (change.length() != 1 || removed != 1) return;
        const auto gone = site_.removed()[static_cast<std::size_t>(change.start)];
        const auto come = edit_.letters[static_cast<std::size_t>(change.start)];
        const auto oligo = lagging() == Strand::forward ? come : seq::complement(come);
        const auto target = lagging() == Strand::forward ? seq::complement(gone) : gone;
        if (oligo == 'C' && target == 'C') return;
        note(design_, "mismatch_repair", edit_,
             {"a single {}-{} mismatch is repaired in strains with MutS: use a mutS strain, or change neighbours "
              "silently as well",
              "单个 {}·{} 错配在含 MutS 的菌株中会被修复：请使用 mutS 缺陷株，或同时引入相邻同义突变"},
             std::string(1, oligo), std::string(1, target));
    }

    Status add_donor() {
        const auto arm = options_.arm;
        if (auto status = need_room(arm); !status) return status;
        design_.arms.push_back({true, site_.place_before(arm), site_.before(arm)});
        design_.arms.push_back({false, site_.place_after(arm), site_.after(arm)});
        design_.donor = site_.edited(arm, arm);
        if (options_.method == EditMethod::cas9_hdr) {
            auto status = add_guide(genome_, edit_, options_.guides, design_, context_);
            if (!status) return status;
        }
        if (options_.method == EditMethod::double_crossover && arm < 500)
            note(design_, "short_arms", edit_,
                 {"arms of {} bases cross over rarely: 500 to 1,000 are usual",
                  "{} 碱基的同源臂交换频率低：通常用 500 到 1000"},
                 arm);
        if (static_cast<std::int64_t>(design_.donor.size()) <= longest_order) return add_donor_oligos();
        return add_donor_primers();
    }

    /// A donor that is an oligo: of the lagging strand for lambda Red where it is known, else both strands.
    Status add_donor_oligos() {
        if (options_.method == EditMethod::lambda_red && replichore_)
            return add_oligo("donor", on_strand(design_.donor, lagging()), lagging());
        if (auto status = add_oligo("donor_top", design_.donor, Strand::forward); !status) return status;
        return add_oligo("donor_bottom", seq::reverse_complement(design_.donor), Strand::reverse);
    }

    /// Primers that make a long donor: arms as tails on what comes in, or piece by piece with ends that overlap.
    Status add_donor_primers() {
        const auto inserted = static_cast<std::int64_t>(edit_.letters.size());
        const auto arm = options_.arm;
        if (arm <= longest_tail) return add_piece("donor", arm, arm + inserted);
        if (inserted <= longest_in_tails) {
            if (auto status = add_piece("left", 0, arm, 0, inserted / 2 + joint / 2); !status) return status;
            return add_piece("right", arm + inserted, arm + inserted + arm, inserted - inserted / 2 + joint / 2, 0);
        }
        if (auto status = add_piece("left", 0, arm, 0, joint); !status) return status;
        if (auto status = add_piece("insert", arm, arm + inserted); !status) return status;
        return add_piece("right", arm + inserted, arm + inserted + arm, joint, 0);
    }

    /// Primers of the bases [start, end) of the donor. Tails reach over the ends by so many bases; the piece between
    /// the arms takes the arms themselves where they are short enough, and nothing where they are pieces.
    Status add_piece(const std::string& what, std::int64_t start, std::int64_t end) {
        const auto tail = options_.arm <= longest_tail ? options_.arm : 0;
        return add_piece(what, start, end, tail, tail);
    }
    Status add_piece(const std::string& what, std::int64_t start, std::int64_t end, std::int64_t left,
                     std::int64_t right) {
        const auto part = [&](std::int64_t from, std::int64_t to) {
            return design_.donor.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
        };
        const auto pair = primers_of_ends(part(start, end), part(start - left, start),
                                          seq::reverse_complement(part(end, end + right)), context_);
        if (!pair) return pass(pair);
        if (!*pair) {
            note(design_, "no_primers", edit_,
                 {"no primers amplify the piece \"{}\" of the donor: have the donor synthesised",
                  "供体的“{}”片段没有合适的扩增引物：请合成整个供体"},
                 what);
            return {};
        }
        auto status = add_oligo(what + "_F", (*pair)->forward.letters, Strand::forward);
        if (!status) return status;
        return add_oligo(what + "_R", (*pair)->reverse.letters, Strand::reverse);
    }

    std::span<const seq::Record> genome_;
    const GenomeEdit& edit_;
    const EditOptions& options_;
    const Context& context_;
    Folder folder_;
    EditSite site_;
    std::optional<std::int64_t> replichore_{};
    EditDesign design_{};
};

}  // namespace

std::string stem_of(const GenomeEdit& edit) {
    auto stem = edit.gene.empty() ? fmt::format("{}", edit.at.start + 1) : edit.gene;
    if (!edit.gene.empty() && edit.text.find('[') != std::string::npos) stem += fmt::format("_{}", edit.at.start + 1);
    return stem;
}

EditMethod edit_method_named(std::string_view name) {
    static const std::map<std::string_view, EditMethod> names{{"lambda_red", EditMethod::lambda_red},
                                                              {"mage", EditMethod::mage},
                                                              {"cas9_hdr", EditMethod::cas9_hdr},
                                                              {"double_crossover", EditMethod::double_crossover},
                                                              {"yeast_hr", EditMethod::yeast_hr}};
    return names.at(name);
}

Result<EditDesign> design_edit(std::span<const seq::Record> genome, const GenomeEdit& edit, const EditOptions& options,
                               const Context& context) {
    const auto model = EnergyModel::at({.molecule = Molecule::dna});
    if (!model) return pass(model);
    return Designer(genome, edit, options, context, Folder(*model)).run();
}

}  // namespace leaven::dna
