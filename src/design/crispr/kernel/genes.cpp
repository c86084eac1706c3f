#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/crispr/genes.hpp>

namespace leaven::crispr {
namespace {

constexpr std::int64_t shelf_bases = 4096;

bool is_product(std::string_view type) {
    constexpr std::array<std::string_view, 9> types{"CDS",      "rRNA",          "tRNA",    "tmRNA",      "ncRNA",
                                                    "misc_RNA", "antisense_RNA", "SRP_RNA", "RNase_P_RNA"};
    return std::find(types.begin(), types.end(), type) != types.end();
}

std::string value_of(const seq::Feature& feature, std::string_view name) {
    const auto* found = feature.find(name);
    return found != nullptr ? found->value : std::string();
}

/// The number that a qualifier holds and nothing else; `otherwise` where it does not.
std::int64_t number_of(const seq::Feature& feature, std::string_view name, std::int64_t otherwise) {
    const auto text = value_of(feature, name);
    std::int64_t number = otherwise;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    return code == std::errc() && end == text.data() + text.size() ? number : otherwise;
}

Gene gene_of(std::size_t contig, const seq::Record& record, const seq::Feature& feature) {
    Gene gene{.name = value_of(feature, "gene"), .locus_tag = value_of(feature, "locus_tag"), .type = feature.type};
    if (gene.name.empty()) gene.name = feature.type == "gene" ? value_of(feature, "Name") : std::string();
    if (gene.name.empty()) gene.name = gene.locus_tag;
    if (gene.name.empty()) gene.name = feature.label();
    gene.product = value_of(feature, "product");
    gene.contig = contig;
    gene.at = seq::extent_of(feature.location, record.length, record.topology);
    gene.strand = seq::strand_of(feature.location);
    gene.pieces = seq::pieces_of(feature.location, record.length, record.topology);
    std::erase_if(gene.pieces, [](const seq::Piece& piece) { return !piece.remote.empty() || piece.at.empty(); });
    gene.genetic_code = number_of(feature, "transl_table", 1);
    gene.codon_start = number_of(feature, "codon_start", 1);
    gene.pseudo = feature.find("pseudo") != nullptr || feature.find("pseudogene") != nullptr;
    const auto note = value_of(feature, "note") + value_of(feature, "essential");
    gene.essential = feature.find("essential") != nullptr || note.find("essential gene") != std::string::npos;
    return gene;
}

/// 5' ends of the mRNAs that a record has, by locus tag or gene; those said to go on beyond are left out.
std::map<std::string, std::int64_t> transcription_starts(const seq::Record& record) {
    std::map<std::string, std::int64_t> starts;
    for (const auto& feature : record.features) {
        if (feature.type != "mRNA" || seq::open_at_start(feature.location)) continue;
        if (!seq::lies_within(feature.location, record.length, record.topology)) continue;
        auto name = value_of(feature, "locus_tag");
        if (name.empty()) name = value_of(feature, "gene");
        const auto at = seq::extent_of(feature.location, record.length, record.topology);
        const bool forward = seq::strand_of(feature.location) == seq::Strand::forward;
        if (!name.empty()) starts.try_emplace(name, forward ? at.start : at.end);
    }
    return starts;
}

std::int64_t shared(seq::Interval a, seq::Interval b) { return std::min(a.end, b.end) - std::max(a.start, b.start); }

/// Bases that two places share, on a circle once more round too.
std::int64_t overlap(seq::Interval a, seq::Interval b, std::int64_t circle) {
    if (circle > 0) {  // `a` may begin before the circle, `b` ends at most a turn after it
        const auto back = (a.start < 0 ? a.start - circle + 1 : a.start) / circle * circle;
        a = {a.start - back, a.end - back};
    }
    std::int64_t most = 0;
    for (const auto turn : turns_of(circle)) most = std::max(most, shared(a, {b.start + turn, b.end + turn}));
    return most;
}

}  // namespace

bool same_gene(const Gene& a, const Gene& b, std::int64_t circle) {
    if (a.contig != b.contig) return false;
    if (a.at == b.at) return true;
    const bool tagged = !a.locus_tag.empty() || !b.locus_tag.empty();
    const bool same = tagged ? a.locus_tag == b.locus_tag : !a.name.empty() && a.name == b.name;
    return same && a.strand == b.strand && overlap(a.at, b.at, circle) > 0;
}

std::int64_t Gene::coding_length() const {
    std::int64_t sum = 0;
    for (const auto& piece : pieces) sum += piece.at.length();
    return sum;
}

void GeneMap::add(std::size_t contig, const seq::Record& record) {
    const auto first = genes_.size();
    std::map<std::string, bool> tags;
    const auto take = [&](const seq::Feature& feature) {
        if (!seq::lies_within(feature.location, record.length, record.topology)) return;
        auto gene = gene_of(contig, record, feature);
        if (!gene.pieces.empty()) genes_.push_back(std::move(gene));
    };
    for (const auto& feature : record.features)
        if (is_product(feature.type)) {
            tags[value_of(feature, "locus_tag") + "\t" + value_of(feature, "gene")] = true;
            take(feature);
        }
    for (const auto& feature : record.features)
        if ((feature.type == "gene" || feature.type == "pseudogene") &&
            !tags.contains(value_of(feature, "locus_tag") + "\t" + value_of(feature, "gene")))
            take(feature);
    const auto starts = transcription_starts(record);
    for (auto i = first; i < genes_.size(); ++i) {
        auto& gene = genes_[i];
        const auto found = starts.find(gene.locus_tag.empty() ? gene.name : gene.locus_tag);
        if (found == starts.end()) continue;
        // An mRNA that begins with the coding sequence says nothing of where transcription begins.
        const auto own = gene.strand == seq::Strand::forward ? gene.at.start : gene.at.end;
        if (found->second != own) gene.transcription_start = found->second;
    }
}

void GeneMap::finish(const Genome& genome) {
    std::stable_sort(genes_.begin(), genes_.end(),
                     [](const Gene& a, const Gene& b) { return std::tie(a.contig, a.at) < std::tie(b.contig, b.at); });
    contigs_.clear();
    shelves_.assign(genome.contigs().size(), {});
    for (const auto& contig : genome.contigs()) contigs_.push_back({contig.length, contig.circular});
    for (std::size_t i = 0; i < genes_.size(); ++i) {
        const auto& gene = genes_[i];
        auto& shelves = shelves_[gene.contig];
        const auto length = contigs_[gene.contig].length;
        shelves.resize(static_cast<std::size_t>(length / shelf_bases + 1));
        const auto enter = [&](seq::Interval part) {
            for (auto base = part.start; base < part.end; base = (base / shelf_bases + 1) * shelf_bases) {
                auto& shelf = shelves[static_cast<std::size_t>(base / shelf_bases)];
                if (shelf.empty() || shelf.back() != i) shelf.push_back(static_cast<std::uint32_t>(i));
            }
        };
        enter({gene.at.start, std::min(gene.at.end, length)});
        enter({0, std::min(gene.at.end - length, length)});  // beyond the origin
    }
}

std::vector<const Gene*> GeneMap::over(std::size_t contig, seq::Interval place) const {
    std::vector<std::uint32_t> found;
    if (contig >= shelves_.size() || shelves_[contig].empty()) return {};
    const auto [length, circular] = contigs_[contig];
    const auto& shelves = shelves_[contig];
    for (auto base = place.start;;) {
        const auto turned = ((base % length) + length) % length;
        for (const auto i : shelves[static_cast<std::size_t>(turned / shelf_bases)])
            if (overlap(place, genes_[i].at, circular ? length : 0) > 0) found.push_back(i);
        if (base >= place.end - 1) break;
        base = std::min(place.end - 1, base + std::min(shelf_bases - turned % shelf_bases, length - turned));
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::vector<const Gene*> genes;
    for (const auto i : found) genes.push_back(&genes_[i]);
    return genes;
}

const Gene* GeneMap::at(std::size_t contig, seq::Interval place) const {
    const Gene* best = nullptr;
    std::int64_t most = 0;
    for (const auto* gene : over(contig, place)) {
        const auto& [length, circular] = contigs_[contig];
        const auto bases = overlap(place, gene->at, circular ? length : 0);
        if (bases > most) best = gene;
        most = std::max(most, bases);
    }
    return best;
}

Result<std::vector<const Gene*>> GeneMap::named(std::string_view name) const {
    std::vector<const Gene*> found;
    for (const auto& gene : genes_)
        if (!name.empty() && (gene.name == name || gene.locus_tag == name)) found.push_back(&gene);
    if (!found.empty()) return found;
    std::vector<std::string> names;
    for (const auto& gene : genes_) {
        names.push_back(gene.name);
        if (!gene.locus_tag.empty()) names.push_back(gene.locus_tag);
    }
    const auto near = nearest(name, names);
    if (names.empty())
        return not_found({"there is no gene \"{}\": the genome has no annotation", "没有基因“{}”：该基因组没有注释"},
                         name)
            .advise({"give a GenBank file, or a place such as contig:100..900",
                     "请给出 GenBank 文件，或用 contig:100..900 这样的位置"});
    return not_found({"there is no gene \"{}\" in the annotation", "注释中没有基因“{}”"}, name)
        .advise(near.empty() ? Doc{"check the name", "请检查名称"} : Doc{"did you mean {}?", "是否指 {}？"},
                join(near, ", "));
}

}  // namespace leaven::crispr
