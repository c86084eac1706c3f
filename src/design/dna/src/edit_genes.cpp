#include "edit_genes.hpp"

#include <charconv>
#include <set>

namespace leaven::dna {
namespace {

constexpr std::int64_t binding_site = 20;  // bases before a start that a ribosome needs

std::string value_of(const seq::Feature& feature, std::string_view name) {
    const auto* found = feature.find(name);
    return found == nullptr ? std::string() : found->value;
}

void add_words(const std::string& list, std::vector<std::string>& words) {
    std::string word;
    for (const char c : list + ";") {
        if (c != ';') {
            if (c != ' ' || !word.empty()) word += c;
            continue;
        }
        if (!word.empty()) words.push_back(word);
        word.clear();
    }
}

EditGene gene_of(const seq::Feature& feature, const seq::Record& record) {
    EditGene gene;
    for (const auto* name : {"gene", "locus_tag", "label", "old_locus_tag"})
        if (auto value = value_of(feature, name); !value.empty()) gene.others.push_back(std::move(value));
    add_words(value_of(feature, "gene_synonym"), gene.others);
    gene.name = gene.others.empty() ? feature.label() : gene.others.front();
    gene.coding = feature.type == "CDS";
    gene.whole = !open_at_start(feature.location) && !open_at_end(feature.location);
    gene.at = extent_of(feature.location, record.length, record.topology);
    gene.strand = strand_of(feature.location);
    gene.pieces = pieces_of(feature.location, record.length, record.topology);
    if (const auto code = value_of(feature, "transl_table"); !code.empty())
        std::from_chars(code.data(), code.data() + code.size(), gene.genetic_code);
    return gene;
}

/// What tells a gene from others of its record.
std::string identity_of(const seq::Feature& feature) {
    for (const auto* name : {"locus_tag", "gene", "label", "old_locus_tag"})
        if (auto value = value_of(feature, name); !value.empty()) return value;
    return {};
}

bool is_local(const seq::Feature& feature, const seq::Record& record) {
    if (!lies_within(feature.location, record.length, record.topology)) return false;
    const auto pieces = pieces_of(feature.location, record.length, record.topology);
    for (const auto& piece : pieces)
        if (!piece.remote.empty()) return false;
    return !pieces.empty();
}

}  // namespace

std::vector<EditGene> genes_of(const seq::Record& record) {
    static const std::set<std::string, std::less<>> kinds{"CDS", "tRNA", "rRNA", "ncRNA", "tmRNA", "misc_RNA"};
    std::vector<EditGene> genes;
    std::set<std::string> told;
    for (const auto& feature : record.features)
        if (kinds.contains(feature.type) && is_local(feature, record)) {
            genes.push_back(gene_of(feature, record));
            for (const auto& name : genes.back().others) told.insert(name);
        }
    for (const auto& feature : record.features)
        if (feature.type == "gene" && is_local(feature, record)) {
            const auto identity = identity_of(feature);
            if (identity.empty() || !told.contains(identity)) genes.push_back(gene_of(feature, record));
        }
    return genes;
}

seq::Interval beside(seq::Interval place, seq::Interval other, const seq::Record& record) {
    if (!record.circular() || (place.start <= other.end && other.start <= place.end)) return place;
    for (const auto turn : {record.length, -record.length}) {
        const seq::Interval moved{place.start + turn, place.end + turn};
        if (moved.start <= other.end && other.start <= moved.end) return moved;
    }
    return place;
}

seq::Interval with_binding_site(const EditGene& gene) {
    return gene.strand == seq::Strand::forward ? seq::Interval{gene.at.start - binding_site, gene.at.end}
                                               : seq::Interval{gene.at.start, gene.at.end + binding_site};
}

}  // namespace leaven::dna
