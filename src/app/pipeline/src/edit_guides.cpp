#include "edit_guides.hpp"

#include <leaven/crispr/guides.hpp>
#include <leaven/crispr/search.hpp>
#include <leaven/crispr/sites.hpp>

namespace leaven::pipeline {
namespace {

constexpr std::int64_t most_sites = 1'000;  // nearest to the start of the place
constexpr std::int64_t mismatches = 3;

crispr::Genome packed(std::span<const seq::Record> records) {
    crispr::GenomeBuilder builder;
    for (const auto& record : records) builder.add(record.name, record.sequence.letters, record.circular());
    return std::move(builder).finish();
}

}  // namespace

Result<std::vector<dna::Guide>> guides_for_edit(std::span<const seq::Record> genome, std::size_t record,
                                                seq::Interval place, const Context& context) {
    const auto nuclease = crispr::choose_nuclease({});
    if (!nuclease) return pass(nuclease);
    const auto searched = packed(genome);
    const std::vector<crispr::Region> within{{record, place}};
    const auto sites = crispr::list_sites(searched, *nuclease, within, most_sites, context);
    if (!sites) return pass(sites);
    std::vector<dna::Guide> guides;
    std::vector<std::string> words;
    for (const auto& ref : sites->sites) {
        auto site = crispr::site_at(searched, *nuclease, ref);
        words.push_back(site.site);
        guides.push_back({.letters = std::move(site.site),
                          .pam = std::move(site.pam),
                          .pam_pattern = nuclease->pam,
                          .at = site.at,
                          .strand = ref.reverse ? seq::Strand::reverse : seq::Strand::forward,
                          .cut = site.cut,
                          .flags = crispr::flags_of(words.back())});
    }
    if (guides.empty()) return guides;
    const crispr::Search search(searched, std::move(words), {.nuclease = *nuclease, .mismatches = mismatches});
    const auto hits = crispr::find_all(search, context);
    if (!hits) return pass(hits);
    for (const auto& hit : *hits) ++guides[hit.guide].off_targets;
    for (auto& guide : guides) --guide.off_targets;  // the target itself
    return guides;
}

}  // namespace leaven::pipeline
