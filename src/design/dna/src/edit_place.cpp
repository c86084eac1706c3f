#include <algorithm>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/dna/genome_edit.hpp>
#include <leaven/seq/genetic_code.hpp>

#include "edit_genes.hpp"

namespace leaven::dna {
namespace {

using seq::Interval;
using seq::Strand;

constexpr std::int64_t kept_at_start = 3;  // bases of a deleted gene that stay: its first codon
constexpr std::int64_t kept_at_end = 21;   // and its last seven

struct Found {
    std::size_t record = 0;
    EditGene gene{};
};

std::vector<std::string> near_or_first(const std::string& name, const std::vector<std::string>& names) {
    auto near = nearest(name, names);
    for (std::size_t i = 0; near.empty() && i < std::min<std::size_t>(3, names.size()); ++i) near.push_back(names[i]);
    return near;
}

Result<std::size_t> find_record(const TypedEdit& typed, std::span<const seq::Record> genome) {
    if (typed.contig.empty()) {
        if (genome.size() == 1) return std::size_t{0};
        return bad_input({"the genome has {} records", "基因组含 {} 条记录"}, genome.size())
            .at(typed.text)
            .advise({"name the record before the place, as in delete:{}:100..200",
                     "请在位置前写明记录名，如 delete:{}:100..200"},
                    genome.front().name);
    }
    std::vector<std::string> names;
    for (std::size_t i = 0; i < genome.size(); ++i) {
        if (genome[i].name == typed.contig || genome[i].id == typed.contig) return i;
        names.push_back(genome[i].name);
    }
    return not_found({"the genome has no record \"{}\"", "基因组中没有记录“{}”"}, typed.contig)
        .at(typed.text)
        .advise({"its records: {}", "其中的记录：{}"}, join(near_or_first(typed.contig, names), ", "));
}

Result<Found> find_gene(const TypedEdit& typed, std::span<const seq::Record> genome) {
    std::vector<Found> found;
    std::vector<std::string> names;
    bool by_name = false;  // those called so first, then those also called so
    for (std::size_t i = 0; i < genome.size(); ++i)
        for (auto& gene : genes_of(genome[i])) {
            names.push_back(gene.name);
            const bool first = gene.name == typed.gene;
            const bool also = std::find(gene.others.begin(), gene.others.end(), typed.gene) != gene.others.end();
            if ((!first && !also) || (by_name && !first)) continue;
            if (first && !by_name) found.clear();
            by_name |= first;
            found.push_back({i, std::move(gene)});
        }
    if (found.size() == 1) return std::move(found.front());
    if (found.empty()) {
        auto error = not_found({"the genome has no gene \"{}\"", "基因组中没有基因“{}”"}, typed.gene).at(typed.text);
        if (names.empty())
            return std::move(error).advise(
                {"it has no genes at all: give positions", "该基因组没有基因注释：请给出位置"});
        return std::move(error).advise({"nearest names: {}", "相近名称：{}"},
                                       join(near_or_first(typed.gene, names), ", "));
    }
    std::vector<std::string> places;
    for (const auto& one : found) places.push_back(fmt::format("{}..{}", one.gene.at.start + 1, one.gene.at.end));
    return bad_input({"{} genes are called \"{}\"", "有 {} 个基因名为“{}”"}, found.size(), typed.gene)
        .at(typed.text)
        .advise({"give a locus tag, or positions: {}", "请改用位点标签或位置：{}"}, join(places, ", "));
}

/// Bases `first` … `last` (1-based) of a gene as it reads.
std::optional<Interval> within_gene(const EditGene& gene, std::int64_t first, std::int64_t last) {
    std::int64_t before = 0;
    for (const auto& piece : gene.pieces) {
        const auto length = piece.at.length();
        if (first > before && last <= before + length) {
            const auto from = first - 1 - before;
            const auto to = last - before;
            return piece.strand == Strand::forward ? Interval{piece.at.start + from, piece.at.start + to}
                                                   : Interval{piece.at.end - to, piece.at.end - from};
        }
        before += length;
    }
    return std::nullopt;
}

/// What of a gene is deleted where its frame is kept: see place_edit.
std::optional<Interval> in_frame(const EditGene& gene, const std::vector<EditGene>& genes, const seq::Record& record) {
    if (!gene.coding || !gene.whole || gene.pieces.size() != 1 || gene.at.length() % 3 != 0) return std::nullopt;
    const bool forward = gene.strand == Strand::forward;
    Interval at{gene.at.start + (forward ? kept_at_start : kept_at_end),
                gene.at.end - (forward ? kept_at_end : kept_at_start)};
    if (at.length() < 3) return std::nullopt;
    const auto asked = at.length();
    for (const auto& other : genes) {
        if (!other.coding || other.at == gene.at) continue;
        const auto kept = beside(with_binding_site(other), at, record);
        if (!meet(kept, at)) continue;
        auto less = at;
        if (kept.end >= at.end && kept.start > at.start)
            less.end = at.start + (kept.start - at.start) / 3 * 3;
        else if (kept.start <= at.start && kept.end < at.end)
            less.start = at.end - (at.end - kept.end) / 3 * 3;
        if (less.length() * 2 >= asked) at = less;
    }
    return at;
}

/// The coding sequence of a gene in one piece, with an edit within it, must not stop early.
bool stops_early(const EditGene& gene, const GenomeEdit& edit, Interval at, const seq::Record& record) {
    const auto code = seq::genetic_code(gene.genetic_code);
    if (!code || gene.pieces.size() != 1) return false;
    auto coding = seq::letters_at(record.sequence.letters, gene.at);
    coding.replace(static_cast<std::size_t>(at.start - gene.at.start), static_cast<std::size_t>(at.length()),
                   edit.letters);
    if (gene.strand == Strand::reverse) coding = seq::reverse_complement(coding);
    const auto protein = seq::translate(coding, *code);
    return protein.find('*') < protein.size() - 1;
}

void note(GenomeEdit& edit, std::string_view code, const EditGene& gene, Doc pattern) {
    edit.notes.push_back({std::string(code), gene.name, text(pattern, gene.name)});
}

bool touches_start(const EditGene& gene, Interval at) {
    auto zone = with_binding_site(gene);
    if (gene.strand == Strand::forward)
        zone.end = gene.at.start + kept_at_start;
    else
        zone.start = gene.at.end - kept_at_start;
    return at.empty() ? zone.start < at.start && at.start < zone.end : meet(zone, at);
}

void note_gene(const EditGene& gene, const seq::Record& record, bool named, GenomeEdit& edit) {
    const auto at = beside(edit.at, with_binding_site(gene), record);
    const bool inside = at.start >= gene.at.start && at.end <= gene.at.end;
    if (!at.empty() && at.start <= gene.at.start && at.end >= gene.at.end) {
        if (!named) note(edit, "removed", gene, {"{} is removed too", "{} 也被删除"});
        return;
    }
    const bool strictly = at.empty() ? gene.at.start < at.start && at.start < gene.at.end : meet(at, gene.at);
    if (strictly && !inside) note(edit, "truncated", gene, {"{} loses bases at one end", "{} 的一端被截去"});
    if (gene.coding && touches_start(gene, at))
        note(edit, "start", gene,
             {"the ribosome binding site or the start of {} is changed", "{} 的核糖体结合位点或起始密码子被改动"});
    if (!gene.coding || !strictly || !inside) return;
    if (edit.change() % 3 != 0)
        note(edit, "frame", gene, {"the reading frame of {} is shifted", "{} 的阅读框发生移码"});
    else if (stops_early(gene, edit, at, record))
        note(edit, "stop", gene, {"{} gets a stop codon inside", "{} 内部出现终止密码子"});
}

Status check_letters(const TypedEdit& typed, const std::string& bases) {
    for (const char c : bases)
        if (!seq::is_nucleotide(c))
            return bad_input({"\"{}\" is no nucleotide", "“{}”不是核苷酸"}, std::string(1, c))
                .at(typed.text)
                .advise({"give IUPAC letters, or a sequence file", "请给出 IUPAC 字母或序列文件"});
    return {};
}

Status place_in_gene(const TypedEdit& typed, const Found& found, const seq::Record& record,
                     const std::vector<EditGene>& genes, bool keep_frame, GenomeEdit& edit) {
    const auto& gene = found.gene;
    edit.at = gene.at;
    if (typed.first == 0 && typed.last == 0 && typed.kind != TypedEdit::Kind::insert) {
        if (typed.kind != TypedEdit::Kind::remove || !keep_frame) return {};
        if (const auto kept = in_frame(gene, genes, record))
            edit.at = *kept;
        else
            note(edit, "frame_not_kept", gene,
                 {"{} is deleted whole: it has no frame that could be kept", "{} 被整个删除：没有可保持的阅读框"});
        return {};
    }
    const auto range =
        typed.first >= 1 && typed.last >= typed.first ? within_gene(gene, typed.first, typed.last) : std::nullopt;
    if (!range) {
        std::int64_t length = 0;
        for (const auto& piece : gene.pieces) length += piece.at.length();
        return bad_input({"{} has no bases {}..{} in one piece", "{} 没有连续的碱基 {}..{}"}, gene.name, typed.first,
                         typed.last)
            .at(typed.text)
            .advise({"it has {} bases in {} pieces", "该基因共 {} 个碱基、{} 段"}, length, gene.pieces.size());
    }
    edit.at = *range;
    if (typed.kind == TypedEdit::Kind::insert)  // after that base, as the gene reads
        edit.at.start = edit.at.end = gene.strand == Strand::forward ? range->end : range->start;
    return {};
}

Status place_on_record(const TypedEdit& typed, const seq::Record& record, GenomeEdit& edit) {
    const auto length = record.length;
    const bool insert = typed.kind == TypedEdit::Kind::insert;
    const auto least = insert ? 0 : 1;
    if (typed.first < least || typed.first > length || typed.last < least || typed.last > length ||
        (typed.last < typed.first && !record.circular()))
        return bad_input({"{}..{} does not lie in {}, which has {} bases", "{}..{} 不在 {} 之内（共 {} 个碱基）"},
                         typed.first, typed.last, record.name, length)
            .at(typed.text)
            .advise({"positions run from {} to {}", "位置应在 {} 到 {} 之间"}, least, length);
    edit.at = insert ? Interval{typed.first, typed.first}
                     : Interval{typed.first - 1, typed.last < typed.first ? typed.last + length : typed.last};
    return {};
}

}  // namespace

seq::Edit GenomeEdit::on_record(std::int64_t length) const {
    if (at.empty()) return {seq::Edit::Kind::insert, at.start, at.start, letters};
    const auto last = at.end > length ? at.end - length : at.end;
    return {letters.empty() ? seq::Edit::Kind::remove : seq::Edit::Kind::replace, at.start + 1, last, letters};
}

Result<GenomeEdit> place_edit(const TypedEdit& typed, const std::string& bases, std::span<const seq::Record> genome,
                              bool keep_frame) {
    if (auto status = check_letters(typed, bases); !status) return pass(status);
    GenomeEdit edit{.text = typed.text, .letters = bases, .gene = typed.gene};
    std::vector<EditGene> genes;
    Interval named{-1, -1};
    if (typed.gene.empty()) {
        const auto record = find_record(typed, genome);
        if (!record) return pass(record);
        edit.record = *record;
        genes = genes_of(genome[edit.record]);
        if (auto status = place_on_record(typed, genome[edit.record], edit); !status) return pass(status);
    } else {
        const auto found = find_gene(typed, genome);
        if (!found) return pass(found);
        edit.record = found->record;
        edit.strand = found->gene.strand;
        named = found->gene.at;
        genes = genes_of(genome[edit.record]);
        if (auto status = place_in_gene(typed, *found, genome[edit.record], genes, keep_frame, edit); !status)
            return pass(status);
    }
    const auto& record = genome[edit.record];
    for (auto& c : edit.letters) c = seq::letter_of(seq::bases_of(c));
    if (edit.strand == Strand::reverse) edit.letters = seq::reverse_complement(edit.letters);
    if (seq::letters_at(record.sequence.letters, edit.at) == edit.letters)
        return bad_input({"the genome already reads so there", "基因组在该处已是此序列"})
            .at(typed.text)
            .advise({"give other bases", "请给出不同的碱基"});
    if (edit.at.length() >= record.length)
        return bad_input({"nothing of {} would be left", "{} 将不剩任何碱基"}, record.name)
            .at(typed.text)
            .advise({"delete a part of it", "请只删除其中一部分"});
    for (const auto& gene : genes) note_gene(gene, record, gene.at == named, edit);
    return edit;
}

Result<GenomeEdit> place_edit(const TypedEdit& typed, const seq::Record& incoming, std::span<const seq::Record> genome,
                              bool keep_frame) {
    auto edit = place_edit(typed, incoming.sequence.letters, genome, keep_frame);
    if (!edit || incoming.features.empty()) return edit;
    auto record = incoming;
    std::vector<seq::FeatureChange> changes;
    if (auto status = seq::apply(record, {.kind = seq::Edit::Kind::linearise}, changes); !status) return pass(status);
    std::erase_if(record.features, [&](const seq::Feature& feature) {
        return feature.type == "source" || !lies_within(feature.location, record.length, record.topology);
    });
    if (edit->strand == Strand::reverse) seq::reverse(record);
    for (auto& feature : record.features) feature.written_location.clear(), feature.written_type.clear();
    edit->features = std::move(record.features);
    return edit;
}

}  // namespace leaven::dna
