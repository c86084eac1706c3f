#include <algorithm>

#include <leaven/crispr/design.hpp>

namespace leaven::crispr {
namespace {

bool overlap(const Gene& a, const Gene& b) {
    return a.contig == b.contig && a.strand == b.strand && a.at.start < b.at.end && b.at.start < a.at.end;
}

/// Of genes of one name those in different places; of several at one place (isoforms) the longest.
std::vector<const Gene*> apart(const std::vector<const Gene*>& genes) {
    std::vector<const Gene*> kept;
    for (const auto* gene : genes) {
        const auto same = std::find_if(kept.begin(), kept.end(), [&](const Gene* one) { return overlap(*one, *gene); });
        if (same == kept.end())
            kept.push_back(gene);
        else if (gene->coding_length() > (*same)->coding_length())
            *same = gene;
    }
    return kept;
}

bool is_place(const std::string& word, const Genome& genome) {
    return word.find("..") != std::string::npos || genome.find(word).has_value();
}

Status add_places(const std::string& word, const GenomeFile& file, Target& target) {
    if (is_place(word, file.genome)) {
        auto region = read_region(word, file.genome, "targets");
        if (!region) return pass(region);
        const auto length = file.genome.contigs()[region->contig].length;
        region->at.end = std::min(region->at.end, region->at.start + length);  // a whole circle once
        target.places.push_back({.region = *region});
        return {};
    }
    auto genes = file.genes.named(word);
    if (!genes) {
        genes.error().where = "targets";
        return pass(genes);
    }
    for (const auto* gene : apart(*genes)) {
        const bool there = std::any_of(target.places.begin(), target.places.end(),
                                       [&](const TargetPlace& one) { return one.gene == gene; });
        if (!there) target.places.push_back({gene, {gene->contig, gene->at}, gene->strand});
    }
    return {};
}

}  // namespace

Result<std::vector<Target>> find_targets(const std::vector<std::string>& names, const GenomeFile& file) {
    std::vector<Target> targets;
    for (const auto& name : names) {
        Target target{.name = name};
        for (std::size_t at = 0; at <= name.size();) {
            const auto end = std::min(name.find('+', at), name.size());
            if (auto status = add_places(name.substr(at, end - at), file, target); !status) return pass(status);
            at = end + 1;
        }
        targets.push_back(std::move(target));
    }
    return targets;
}

}  // namespace leaven::crispr
