// Every place of a genome that a nuclease can be guided to.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/crispr/genes.hpp>
#include <leaven/crispr/search.hpp>

namespace leaven::crispr {

struct SiteRef {
    std::uint32_t contig = 0;
    bool reverse = false;
    bool repeat = false;      // the same protospacer is elsewhere too
    std::int64_t start = 0;   // of protospacer and PAM
    std::int64_t pam_at = 0;  // as the search meets it
    auto operator<=>(const SiteRef&) const = default;
};

struct SiteList {
    std::int64_t total = 0;
    std::int64_t unique = 0;       // distinct protospacers among them
    std::vector<SiteRef> sites{};  // the first, by contig, start and strand
};

/// `within`: only sites that lie wholly in one of these places; empty: everywhere. At most `limit` are listed, all are
/// counted.
///
/// Memory: two bytes a base at most, and the list. Errors  cancelled
Result<SiteList> list_sites(const Genome& genome, const Nuclease& nuclease, std::span<const Region> within,
                            std::int64_t limit, const Context& context);

SitePlace site_at(const Genome& genome, const Nuclease& nuclease, const SiteRef& site);

/// The 30 bases that Rule Set 1 looks at; empty where they do not exist.
std::string context_of(const Genome& genome, const Nuclease& nuclease, const SiteRef& site);

}  // namespace leaven::crispr
