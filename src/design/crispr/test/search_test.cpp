// The search against a comparison of every guide with every place, base by base.
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/core/random.hpp>
#include <leaven/crispr/search.hpp>
#include <leaven/seq/sequence.hpp>

#include "planes.hpp"

namespace leaven::crispr {
namespace {

struct Row {
    std::uint32_t guide;
    std::uint32_t contig;
    std::int64_t start;
    std::int64_t end;
    std::int64_t pam_start;
    bool reverse;
    int dna;
    int rna;
    int mismatches;
    std::uint32_t ways;
    std::string site;  // upper case, as the guide reads it
    std::string pam;
    auto operator<=>(const Row&) const = default;
};

struct Molecule {
    std::string letters;
    bool circular;
};

/// Alignments of a guide and a window that use so many bulges: fewest mismatches, and how many have them. By dynamic
/// programming over pairs; the genome's own bases come before guide bases without partner, so that each set of pairs
/// is counted once.
struct Aligned {
    int mismatches = 99;
    std::uint32_t ways = 0;
};

Aligned align(const std::string& guide, const std::string& window, int dna, int rna) {
    enum Last { pair, genome_base, guide_base, lasts };
    const auto n = guide.size();
    const auto m = window.size();
    const auto bulges = static_cast<std::size_t>(dna + 1) * static_cast<std::size_t>(rna + 1);
    std::vector<Aligned> best((n + 1) * (m + 1) * bulges * lasts);
    const auto at = [&](std::size_t i, std::size_t j, int d, int r, int last) -> Aligned& {
        const auto bulge = static_cast<std::size_t>(d * (rna + 1) + r);
        return best[((i * (m + 1) + j) * bulges + bulge) * lasts + static_cast<std::size_t>(last)];
    };
    const auto offer = [](Aligned& to, int mismatches, std::uint32_t ways) {
        if (mismatches > to.mismatches) return;
        if (mismatches < to.mismatches) to = {mismatches, 0};
        to.ways += ways;
    };
    at(0, 0, 0, 0, pair) = {0, 1};
    for (std::size_t i = 0; i <= n; ++i)
        for (std::size_t j = i > 2 ? i - 2 : 0; j <= std::min(m, i + 2); ++j)
            for (int d = 0; d <= dna; ++d)
                for (int r = 0; r <= rna; ++r)
                    for (const int last : {pair, genome_base, guide_base}) {
                        const auto [mismatches, ways] = at(i, j, d, r, last);
                        if (ways == 0) continue;
                        if (i < n && j < m)
                            offer(at(i + 1, j + 1, d, r, pair), mismatches + (guide[i] != window[j]), ways);
                        if (i == 0) continue;  // the first column is a pair
                        if (j < m && d < dna && last != guide_base)
                            offer(at(i, j + 1, d + 1, r, genome_base), mismatches, ways);
                        if (i < n && r < rna) offer(at(i + 1, j, d, r + 1, guide_base), mismatches, ways);
                    }
    return at(n, m, dna, rna, pair);  // and so is the last
}

bool pam_fits(const std::string& text, const std::string& pam) {
    for (std::size_t i = 0; i < pam.size(); ++i)
        if (text[i] == 'N' || (seq::bases_of(text[i]) & seq::bases_of(pam[i])) == 0) return false;
    return true;
}

/// Everything, letter by letter.
std::vector<Row> reference_search(const std::vector<Molecule>& molecules, const std::vector<std::string>& guides,
                                  const SearchOptions& options) {
    std::vector<Row> rows;
    const auto& pam = options.nuclease.pam;
    const bool first = options.nuclease.pam_first;
    const auto length = guides.front().size();
    for (std::uint32_t c = 0; c < molecules.size(); ++c) {
        const auto& [letters, circular] = molecules[c];
        const auto n = static_cast<std::int64_t>(letters.size());
        for (int d = 0; d <= options.dna_bulges; ++d)
            for (int r = 0; r <= options.rna_bulges; ++r) {
                const auto window = static_cast<std::int64_t>(length) + d - r;
                const auto whole = window + static_cast<std::int64_t>(pam.size());
                for (std::int64_t start = 0; start < n && whole <= n; ++start) {
                    if (!circular && start + whole > n) break;
                    const auto forward = seq::letters_at(letters, {start, start + whole});
                    for (const bool reverse : {false, true}) {
                        const auto text = reverse ? seq::reverse_complement(forward) : forward;
                        const auto site =
                            first ? text.substr(pam.size()) : text.substr(0, static_cast<std::size_t>(window));
                        const auto beside =
                            first ? text.substr(0, pam.size()) : text.substr(static_cast<std::size_t>(window));
                        if (!pam_fits(beside, pam) || site.find('N') != std::string::npos) continue;
                        const bool left = reverse == first;  // the protospacer lies left of the PAM
                        const auto at = (left ? start + window : start) % (circular ? n : n + 1);
                        for (std::uint32_t g = 0; g < guides.size(); ++g) {
                            const auto aligned = align(guides[g], site, d, r);
                            if (aligned.mismatches <= options.mismatches)
                                rows.push_back({g, c, start, start + whole, at, reverse, d, r, aligned.mismatches,
                                                aligned.ways, site, beside});
                        }
                    }
                }
            }
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

Genome packed(const std::vector<Molecule>& molecules) {
    GenomeBuilder builder;
    for (std::size_t i = 0; i < molecules.size(); ++i)
        builder.add("contig " + std::to_string(i), molecules[i].letters, molecules[i].circular);
    return std::move(builder).finish();
}

std::vector<Row> rows_of(const Search& search, int threads = 1) {
    Context context;
    context.threads = threads;
    const auto hits = find_all(search, context);
    std::vector<Row> rows;
    for (const auto& hit : *hits) {
        const auto place = search.site_of(hit);
        std::string site;
        for (const char c : place.site)
            if (c != '-') site += static_cast<char>(c >= 'a' ? c - 32 : c);
        rows.push_back({hit.guide, hit.contig, place.at.start, place.at.end, hit.pam_start, hit.reverse, hit.dna_bulges,
                        hit.rna_bulges, hit.mismatches, hit.ways, site, place.pam});
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

/// Random cases; guides are often cut from the genome and changed, so that there is something to find.
class Cases {
public:
    explicit Cases(std::uint64_t seed) : random_(seed) {}

    std::int64_t from(std::int64_t low, std::int64_t high) {
        return low + random_.below(static_cast<std::uint32_t>(high - low + 1));
    }
    std::string bases(std::int64_t count, std::string_view alphabet) {
        std::string out;
        for (std::int64_t i = 0; i < count; ++i)
            out += alphabet[random_.below(static_cast<std::uint32_t>(alphabet.size()))];
        return out;
    }
    std::vector<Molecule> molecules(std::int64_t longest) {
        std::vector<Molecule> out;
        const auto count = from(1, 3);
        for (std::int64_t i = 0; i < count; ++i) {
            auto letters = bases(from(1, longest), from(0, 2) == 0 ? "AC" : "ACGT");
            for (auto n = from(0, 3); n-- > 1;)
                letters[random_.below(static_cast<std::uint32_t>(letters.size()))] = 'N';
            out.push_back({std::move(letters), from(0, 1) == 0});
        }
        return out;
    }
    std::vector<std::string> guides(const std::vector<Molecule>& molecules, std::int64_t length, std::int64_t changes) {
        std::vector<std::string> out;
        for (auto count = from(1, 3); count-- > 0;) {
            const auto& letters = molecules[random_.below(static_cast<std::uint32_t>(molecules.size()))].letters;
            auto guide = bases(length, "ACGT");
            if (static_cast<std::int64_t>(letters.size()) >= length + 2) {
                const auto at = from(0, static_cast<std::int64_t>(letters.size()) - length - 2);
                guide = letters.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(length));
                if (from(0, 1) == 0) guide = seq::reverse_complement(guide);
                std::replace(guide.begin(), guide.end(), 'N', 'A');
                for (auto i = from(0, changes); i-- > 0;)
                    guide[static_cast<std::size_t>(from(0, length - 1))] = "ACGT"[random_.below(4)];
            }
            out.push_back(std::move(guide));
        }
        return out;
    }
    SearchOptions options(std::int64_t bulges) {
        SearchOptions out;
        out.nuclease = {.name = "", .pam = bases(from(0, 4), "ACGTRYSWKMBDHVNNNN"), .pam_first = from(0, 1) == 0};
        out.nuclease.spacer = from(16, 28);
        out.mismatches = from(0, 6);
        out.dna_bulges = from(0, bulges);
        out.rna_bulges = from(0, bulges);
        out.portable = from(0, 1) == 0;
        return out;
    }

private:
    Random random_;
};

/// Stops the test at the first case that differs, with what is needed to see why.
void check_case(Cases& cases, std::int64_t bulges, std::int64_t longest, std::int64_t number) {
    const auto options = cases.options(bulges);
    const auto molecules = cases.molecules(longest);
    const auto guides = cases.guides(molecules, options.nuclease.spacer, options.mismatches + 1);
    const auto genome = packed(molecules);
    const Search search(genome, guides, options);
    ASSERT_TRUE(rows_of(search) == reference_search(molecules, guides, options))
        << "case " << number << ", PAM " << options.nuclease.pam << ", " << options.mismatches << " mismatches, bulges "
        << options.dna_bulges << "/" << options.rna_bulges;
}

TEST(Search, ten_thousand_random_cases_equal_brute_force) {
    Cases cases(20261121);
    for (std::int64_t i = 0; i < 10'000 && !HasFatalFailure(); ++i) check_case(cases, 0, 90, i);
}

TEST(Search, a_thousand_random_cases_with_bulges_equal_dynamic_programming) {
    Cases cases(20261122);
    for (std::int64_t i = 0; i < 1'000 && !HasFatalFailure(); ++i) check_case(cases, i % 50 == 0 ? 2 : 1, 40, i);
}

TEST(Search, a_site_over_the_origin_of_a_circle_is_found_once_and_over_an_end_never) {
    const std::string guide = "ACGTTGCAAGGCTTAACGTC";
    const std::string ring = guide.substr(12) + "TGGAACCATTATATTCAAATTACA" + guide.substr(0, 12);
    const auto options = SearchOptions{.nuclease = nucleases()[0], .mismatches = 2};
    const auto circle = packed({{ring, true}});
    const auto line = packed({{ring, false}});
    const auto rows = rows_of(Search(circle, {guide}, options));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].start, static_cast<std::int64_t>(ring.size()) - 12);
    EXPECT_EQ(rows[0].pam, "TGG");
    EXPECT_TRUE(rows_of(Search(line, {guide}, options)).empty());
}

TEST(Search, threads_and_instructions_do_not_change_the_answer) {
    Cases cases(7);
    std::vector<Molecule> molecules{{cases.bases(300'000, "ACGT"), true}, {cases.bases(300'000, "ACGT"), false}};
    std::vector<std::string> guides;
    for (int i = 0; i < 40; ++i) guides.push_back(molecules[0].letters.substr(static_cast<std::size_t>(i) * 977, 20));
    const auto genome = packed(molecules);
    for (const std::int64_t bulges : {0, 1}) {
        SearchOptions options{.nuclease = nucleases()[0], .mismatches = 4, .dna_bulges = bulges, .rna_bulges = bulges};
        const auto one = rows_of(Search(genome, guides, options), 1);
        EXPECT_GE(one.size(), 4U);
        EXPECT_TRUE(rows_of(Search(genome, guides, options), 3) == one);
        options.portable = true;
        EXPECT_TRUE(rows_of(Search(genome, guides, options), 2) == one);
    }
}

TEST(Search, many_guides_are_searched_as_few_are) {
    Cases cases(8);
    const std::vector<Molecule> molecules{{cases.bases(20'000, "ACGT"), true}};
    const auto genome = packed(molecules);
    std::vector<std::string> guides;
    for (int i = 0; i < 60'000; ++i) guides.push_back(cases.bases(20, "ACGT"));
    for (std::size_t i = 0; i < 19'000; ++i) guides[i * 3] = molecules[0].letters.substr(i, 20);
    const SearchOptions options{.nuclease = nucleases()[0], .mismatches = 4};
    const auto all = rows_of(Search(genome, guides, options), 2);
    std::vector<Row> parts;
    for (std::size_t first = 0; first < guides.size(); first += 7'000) {
        const std::vector<std::string> some(
            guides.begin() + static_cast<std::ptrdiff_t>(first),
            guides.begin() + static_cast<std::ptrdiff_t>(std::min(guides.size(), first + 7'000)));
        for (auto row : rows_of(Search(genome, some, options))) {
            row.guide += static_cast<std::uint32_t>(first);
            parts.push_back(row);
        }
    }
    EXPECT_GT(all.size(), 1'000U);
    EXPECT_TRUE(all == parts);
}

TEST(Search, a_stopped_context_ends_it) {
    Cases cases(9);
    const auto genome = packed({{cases.bases(1'000'000, "ACGT"), true}});
    Context context;
    context.stop();
    const Search search(genome, {cases.bases(20, "ACGT")}, SearchOptions{.nuclease = nucleases()[0]});
    const auto hits = find_all(search, context);
    ASSERT_FALSE(hits.has_value());
    EXPECT_EQ(hits.error().code, ErrorCode::cancelled);
}

RC_GTEST_PROP(Planes, reversing_twice_gives_the_word, ()) {
    const auto word = *rc::gen::arbitrary<std::uint64_t>();
    RC_ASSERT(reversed(reversed(word)) == word);
    for (int i = 0; i < 32; ++i) RC_ASSERT(code_at(word, i) == code_at(reversed(word), 31 - i));
}

}  // namespace
}  // namespace leaven::crispr
