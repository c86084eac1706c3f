#include <algorithm>
#include <bit>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/seq/sequence.hpp>

#include "judge.hpp"

namespace leaven::crispr {
namespace {

constexpr std::int64_t widest_window = 8;   // its outcomes are all listed: at most 255
constexpr std::int64_t shown_residues = 4;  // on either side of what changes

/// A base in the window that the editor changes.
struct Editable {
    std::int64_t place = 0;                // in the guide, from 1
    std::optional<std::int64_t> coding{};  // index of the coding letter
    char becomes = 'N';                    // in the coding sequence
    bool within = false;                   // it lies in the target
};

class BaseEditJudge final : public Judge {
public:
    BaseEditJudge(const GenomeFile& file, const TargetPlace& place, const DesignOptions& options,
                  std::optional<Coding> coding, CodingEdit edit)
        : place_(place),
          options_(options),
          coding_(std::move(coding)),
          edit_(std::move(edit)),
          window_(options.window.value_or(Window{4, 8})),
          length_(file.genome.contigs()[place.region.contig].length),
          from_(options.editor == Editor::cbe ? 'C' : 'A'),
          to_(options.editor == Editor::cbe ? 'T' : 'G') {}

    [[nodiscard]] seq::Interval stretch() const override {
        constexpr auto margin = longest_spacer + 32;
        return {place_.region.at.start - margin, place_.region.at.end + margin};
    }

    [[nodiscard]] Judgement judge(const Sighting& sighting) const override {
        const auto editable = editable_in(sighting);
        const bool within =
            std::any_of(editable.begin(), editable.end(), [](const Editable& one) { return one.within; });
        if (!within) {
            if (!touches(sighting)) return Judgement::elsewhere();
            return Judgement::rejected(text({"no {} of the target in the window", "窗口内没有目标的 {}"}, from_));
        }
        const auto all = (std::uint32_t{1} << editable.size()) - 1;
        std::vector<std::string> proteins(all + 1);
        std::uint32_t intended = 0;
        for (std::uint32_t mask = 1; mask <= all; ++mask) {
            proteins[mask] = protein_change(editable, mask);
            if (wished(editable, mask, proteins[mask]) &&
                (intended == 0 || std::popcount(mask) < std::popcount(intended)))
                intended = mask;
        }
        if (edit_.kind == CodingEdit::Kind::none) intended = all;
        if (intended == 0) return Judgement::rejected(no_such_edit());
        return judged(editable, proteins, intended);
    }

private:
    [[nodiscard]] std::int64_t forward_place(const Sighting& sighting, std::int64_t place) const {
        const auto at = protospacer_of(sighting, options_.nuclease);
        const auto position = sighting.site.reverse ? at.end - place : at.start + place - 1;
        return ((position % length_) + length_) % length_;
    }

    [[nodiscard]] std::vector<Editable> editable_in(const Sighting& sighting) const {
        std::vector<Editable> found;
        for (auto place = static_cast<std::int64_t>(window_.from); place <= static_cast<std::int64_t>(window_.to);
             ++place) {
            if (sighting.place.site[static_cast<std::size_t>(place - 1)] != from_) continue;
            Editable one{.place = place};
            const bool same = strand_of(sighting.site.reverse) == place_.strand;
            one.becomes = same ? to_ : seq::complement(to_);
            const auto position = forward_place(sighting, place);
            if (coding_) one.coding = coding_->index_of(position);
            one.within = lies_within(position);
            found.push_back(one);
        }
        return found;
    }

    /// Does the window lie over the target?
    [[nodiscard]] bool touches(const Sighting& sighting) const {
        for (const auto place : {window_.from, window_.to})
            if (lies_within(forward_place(sighting, static_cast<std::int64_t>(place)))) return true;
        return false;
    }

    [[nodiscard]] bool lies_within(std::int64_t position) const {
        if (coding_) return coding_->index_of(position).has_value();
        const auto& at = place_.region.at;
        const auto turned = position + length_;  // a place over the origin
        return (position >= at.start && position < at.end) || (turned >= at.start && turned < at.end);
    }

    /// The codons that a set of edits touches, before and after, and the number of the first.
    struct Slice {
        std::int64_t first = 0;  // residue, 0-based
        std::string before{};
        std::string after{};
    };
    [[nodiscard]] std::optional<Slice> slice_of(const std::vector<Editable>& editable, std::uint32_t mask,
                                                std::int64_t beside) const {
        if (!coding_) return std::nullopt;
        const auto residues = static_cast<std::int64_t>(coding_->protein().size());
        std::int64_t low = residues;
        std::int64_t high = -1;
        for (std::size_t i = 0; i < editable.size(); ++i) {
            if ((mask >> i & 1) == 0 || !editable[i].coding) continue;
            low = std::min(low, *editable[i].coding / 3);
            high = std::max(high, *editable[i].coding / 3);
        }
        if (high < 0 || low >= residues) return std::nullopt;
        low = std::max<std::int64_t>(0, low - beside);
        high = std::min(residues - 1, high + beside);
        auto letters = coding_->letters().substr(static_cast<std::size_t>(3 * low),
                                                 static_cast<std::size_t>(3 * (high - low + 1)));
        const auto read = [&] {
            return low == 0 ? coding_->translate(letters) : seq::translate(letters, coding_->code());
        };
        Slice slice{.first = low, .before = read()};
        for (std::size_t i = 0; i < editable.size(); ++i) {
            if ((mask >> i & 1) == 0 || !editable[i].coding) continue;
            const auto at = *editable[i].coding - 3 * low;
            if (at < static_cast<std::int64_t>(letters.size()))
                letters[static_cast<std::size_t>(at)] = editable[i].becomes;
        }
        slice.after = read();
        return slice;
    }

    [[nodiscard]] std::string protein_change(const std::vector<Editable>& editable, std::uint32_t mask) const {
        const auto slice = slice_of(editable, mask, 0);
        if (!slice) return coding_ ? "=" : "";
        return change_of(slice->before, slice->after, slice->first + 1);
    }

    /// Does this set of edits do what was asked for?
    [[nodiscard]] bool wished(const std::vector<Editable>& editable, std::uint32_t mask,
                              const std::string& protein) const {
        switch (edit_.kind) {
            case CodingEdit::Kind::stop:
                return protein.ends_with('*') && !protein.starts_with('*');
            case CodingEdit::Kind::residue:
                return protein == fmt::format("{}{}{}", edit_.from, edit_.at.start + 1, edit_.to);
            case CodingEdit::Kind::bases:
                return std::any_of(editable.begin(), editable.end(), [&](const Editable& one) {
                    const auto bit = static_cast<std::size_t>(&one - editable.data());
                    return (mask >> bit & 1) != 0 && one.coding == edit_.at.start && one.becomes == edit_.to.front();
                });
            case CodingEdit::Kind::none:
                break;
        }
        return false;
    }

    [[nodiscard]] Text no_such_edit() const {
        if (edit_.kind == CodingEdit::Kind::stop)
            return {"no codon in the window becomes a stop", "窗口内没有可变为终止密码子的密码子"};
        return text({"{} is not in the window", "{} 不在窗口内"}, edit_.text);
    }

    [[nodiscard]] std::string names_of(const std::vector<Editable>& editable, std::uint32_t mask) const {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < editable.size(); ++i)
            if ((mask >> i & 1) != 0) names.push_back(fmt::format("{}{}{}", from_, editable[i].place, to_));
        return join(names, " ");
    }

    [[nodiscard]] Judgement judged(const std::vector<Editable>& editable, const std::vector<std::string>& proteins,
                                   std::uint32_t intended) const {
        const auto all = static_cast<std::uint32_t>(proteins.size() - 1);
        Judgement judgement;
        auto& outcome = judgement.outcome;
        for (std::uint32_t mask = 1; mask <= all; ++mask)
            outcome.products.push_back({names_of(editable, mask), proteins[mask], mask == intended});
        for (std::size_t i = 0; i < editable.size(); ++i)
            if ((intended >> i & 1) == 0) outcome.bystanders.push_back(fmt::format("{}{}", from_, editable[i].place));
        if (const auto around = slice_of(editable, intended, shown_residues)) {
            outcome.protein_before = around->before;
            outcome.protein_after = around->after.substr(0, around->after.find('*') + 1);
            if (around->after.find('*') == std::string::npos) outcome.protein_after = around->after;
        }
        const auto& change = proteins[intended];
        const auto edits = names_of(editable, intended);
        outcome.what = change == "=" || change.empty() ? text({"{} changes no residue", "{} 不改变氨基酸"}, edits)
                                                       : text({"{} by {}", "{1} 产生 {0}"}, change, edits);
        judgement.reasons.push_back(outcome.what);
        place_in_gene(editable, intended, judgement);
        weigh(proteins, intended, judgement);
        return judgement;
    }

    void place_in_gene(const std::vector<Editable>& editable, std::uint32_t intended, Judgement& judgement) const {
        for (std::size_t i = 0; i < editable.size(); ++i) {
            if ((intended >> i & 1) == 0 || !editable[i].coding) continue;
            judgement.offset = std::min(judgement.offset.value_or(*editable[i].coding), *editable[i].coding);
        }
        if (judgement.offset)
            judgement.fraction =
                static_cast<double>(*judgement.offset) / static_cast<double>(coding_->letters().size());
    }

    void weigh(const std::vector<std::string>& proteins, std::uint32_t intended, Judgement& judgement) const {
        const auto& bystanders = judgement.outcome.bystanders;
        judgement.penalty = 0.1 * static_cast<double>(bystanders.size());
        if (!bystanders.empty()) {
            const bool harmful = proteins.back() != proteins[intended];
            if (harmful) judgement.tier += 2;
            const auto names = join(bystanders, ", ");
            judgement.reasons.push_back(
                harmful ? text({"bystander {} changes the protein too", "旁观位点 {} 也会改变蛋白质"}, names)
                        : text({"bystander {} changes nothing more", "旁观位点 {} 无额外影响"}, names));
        }
        if (edit_.kind == CodingEdit::Kind::none && proteins[intended] == "=") judgement.tier += 4;
        if (edit_.kind != CodingEdit::Kind::stop || !judgement.fraction) return;
        judgement.penalty += 0.3 * *judgement.fraction;
        if (*judgement.fraction <= 0.65) return;
        judgement.tier += 4;
        judgement.reasons.push_back(
            text({"a late stop, at {} of the gene", "终止位置偏后，在基因的 {} 处"}, percent(*judgement.fraction)));
    }

    TargetPlace place_;
    const DesignOptions& options_;
    std::optional<Coding> coding_;
    CodingEdit edit_;
    Window window_;
    std::int64_t length_;
    char from_;
    char to_;
};

Status check_window(const DesignOptions& options) {
    const auto window = options.window.value_or(Window{4, 8});
    const bool whole = window.from == static_cast<double>(static_cast<std::int64_t>(window.from)) &&
                       window.to == static_cast<double>(static_cast<std::int64_t>(window.to));
    if (whole && window.from >= 1 && window.to >= window.from && window.to - window.from < widest_window &&
        window.to <= static_cast<double>(options.nuclease.spacer))
        return {};
    return bad_input({"the window {}..{} is not possible in a guide of {} bases", "长 {2} 的向导不能用窗口 {0}..{1}"},
                     window.from, window.to, options.nuclease.spacer)
        .at("window")
        .advise({"give places from 1, at most {} of them: 4..8", "请给出从 1 起的位置，最多 {} 个：4..8"},
                widest_window);
}

/// Errors  bad_input  what no editor of this kind can do
Result<CodingEdit> possible_edit(const DesignOptions& options, const Coding& coding) {
    const auto& edit = options.edit;
    if (edit.kind == CodingEdit::Kind::stop && options.editor == Editor::abe)
        return bad_input({"an adenine editor makes no stop codon", "腺嘌呤编辑器不能产生终止密码子"})
            .at("edit")
            .advise({"use the editor CBE", "请使用编辑器 CBE"});
    if (edit.kind == CodingEdit::Kind::none || edit.kind == CodingEdit::Kind::stop) return edit;
    const auto bases = as_bases(edit, coding);
    if (!bases) return pass(bases);
    if (edit.kind == CodingEdit::Kind::bases && (edit.at.length() != 1 || edit.to.size() != 1))
        return bad_input({"base editing changes single bases; {} is more", "碱基编辑只改变单个碱基，{} 不是"},
                         edit.text)
            .at("edit")
            .advise({"use --mode prime", "请使用 --mode prime"});
    return edit;
}

}  // namespace

Result<Appointed> appoint_base_editor(const GenomeFile& file, const TargetPlace& place, const DesignOptions& options) {
    if (auto status = check_window(options); !status) return pass(status);
    std::optional<Coding> coding;
    auto edit = options.edit;
    if (place.gene != nullptr && place.gene->type == "CDS") {
        auto read = Coding::of(file.genome, *place.gene);
        if (!read) return pass(read);
        auto possible = possible_edit(options, *read);
        if (!possible) return pass(possible);
        edit = *std::move(possible);
        coding = *std::move(read);
    } else if (edit.kind != CodingEdit::Kind::none) {
        return Appointed{.unserved = {"the target is no coding sequence: an edit of its protein has no meaning",
                                      "目标不是编码序列，蛋白质编辑无意义"}};
    }
    return Appointed{.judge =
                         std::make_unique<BaseEditJudge>(file, place, options, std::move(coding), std::move(edit))};
}

}  // namespace leaven::crispr
