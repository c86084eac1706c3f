#include <algorithm>

#include <leaven/dna/pcr.hpp>

#include "integrate.hpp"

namespace leaven::pipeline {
namespace {

constexpr std::int64_t least_shared = 15;  // bases of two pieces that are joined by their ends

dna::Primer primer_of(const auto& oligo) { return {oligo.name, oligo.letters}; }

/// What a pair of primers makes of the construct, and where it makes nothing of that, of the chromosome; empty where
/// it is not one product alone.
Result<std::string> piece_of(const dna::EditOligo& forward, const dna::EditOligo& reverse, const seq::Record& construct,
                             const seq::Record& chromosome, const Context& context) {
    const std::vector<dna::Primer> primers{primer_of(forward), primer_of(reverse)};
    dna::PcrOptions options;
    options.max_product = construct.length + options.max_product;
    for (const auto* record : {&construct, &chromosome}) {
        auto made = dna::amplify(*record, primers, options, context);
        if (!made) return pass(made);
        if (made->products.empty()) continue;
        return made->products.size() == 1 ? std::move(made->products.front().letters) : std::string();
    }
    return std::string();
}

/// Does the donor read as these pieces, each sharing its end with the next?
bool tile(const std::string& donor, const std::vector<std::string>& pieces) {
    std::size_t end = 0;
    for (const auto& piece : pieces) {
        if (piece.empty()) return false;
        auto at = donor.find(piece);
        if (at == std::string::npos) at = donor.find(seq::reverse_complement(piece));
        const bool joined = end == 0 ? at == 0 : at + least_shared <= end;
        if (at == std::string::npos || !joined) return false;
        end = at + piece.size();
    }
    return end == donor.size();
}

Result<bool> donor_is_made(const dna::EditDesign& design, const seq::Record& construct, const seq::Record& chromosome,
                           const Context& context) {
    const auto& oligos = design.oligos;
    const auto reads = [&](const dna::EditOligo& oligo) {
        return oligo.letters == design.donor || seq::reverse_complement(oligo.letters) == design.donor;
    };
    if (!oligos.empty() && std::all_of(oligos.begin(), oligos.end(), reads)) return true;
    if (oligos.empty() || oligos.size() % 2 != 0) return false;
    std::vector<std::string> pieces;
    for (std::size_t i = 0; i < oligos.size(); i += 2) {
        auto piece = piece_of(oligos[i], oligos[i + 1], construct, chromosome, context);
        if (!piece) return pass(piece);
        pieces.push_back(*std::move(piece));
    }
    return tile(design.donor, pieces);
}

/// On both strands of the record, over the origin of a circle.
int occurrences(const seq::Record& record, const std::string& word) {
    auto letters = record.sequence.letters;
    if (record.circular()) letters += letters.substr(0, word.size() - 1);
    int count = 0;
    for (const auto& sought : {word, seq::reverse_complement(word)})
        for (auto at = letters.find(sought); at != std::string::npos; at = letters.find(sought, at + 1)) ++count;
    return count;
}

/// Two primers give this product alone; with those that tell alleles apart there are others.
Result<bool> gives(const seq::Record& record, const dna::EditDesign& design, std::int64_t length,
                   const Context& context) {
    std::vector<dna::Primer> primers;
    for (const auto& primer : design.check_primers) primers.push_back(primer_of(primer));
    dna::PcrOptions options;
    options.max_product = std::max(options.max_product, length);
    const auto made = dna::amplify(record, primers, options, context);
    if (!made) return pass(made);
    const auto& products = made->products;
    const bool found = std::any_of(products.begin(), products.end(), [&](const dna::PcrProduct& product) {
        return static_cast<std::int64_t>(product.letters.size()) == length;
    });
    return found && (products.size() == 1 || primers.size() > 2);
}

}  // namespace

Result<bool> integration_holds(const dna::GenomeEdit& edit, const dna::EditDesign& design, const seq::Record& construct,
                               std::span<const seq::Record> chromosome, const Context& context) {
    const auto& before = chromosome[edit.record];
    auto made = donor_is_made(design, construct, before, context);
    if (!made || !*made) return made;
    const auto edited = dna::edited_genome(chromosome, std::vector{edit});
    if (!edited) return pass(edited);
    const auto& after = (*edited)[edit.record];
    if (occurrences(after, edit.letters) != 1 || occurrences(after, design.donor) != 1) return false;
    auto wild_type = gives(before, design, design.wild_type, context);
    if (!wild_type || !*wild_type) return wild_type;
    return gives(after, design, design.edited, context);
}

}  // namespace leaven::pipeline
