#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/dna/digest.hpp>
#include <leaven/dna/pcr.hpp>
#include <leaven/dna/primers.hpp>
#include <leaven/seq/pattern.hpp>

#include "cloning_samples.hpp"
#include "primer_sites.hpp"

namespace leaven::dna {
namespace {

using testing::molecule;
using testing::other_strand;
using testing::random_dna;
using testing::turned;

std::string long_letters(std::size_t size = 1500, std::uint64_t seed = 7) { return testing::drawn_dna(size, seed); }

PrimerDesign design(const seq::Record& record, const PrimerTarget& target, const PrimerOptions& options = {},
                    std::span<const seq::Record> background = {}) {
    auto made = design_primers(record, target, options, background, Context());
    EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().message.en);
    return made.value_or(PrimerDesign{});
}

std::vector<std::string> oligos_of(const PrimerDesign& design) {
    std::vector<std::string> oligos;
    for (const auto& pair : design.pairs) oligos.push_back(pair.forward.letters + "/" + pair.reverse.letters);
    return oligos;
}

// What the simulation of PCR makes of each pair, which knows nothing of how it was chosen.
RC_GTEST_PROP(Primers, a_pair_makes_its_product_and_the_product_holds_the_target, ()) {
    const auto letters = long_letters(900, *rc::gen::arbitrary<std::uint64_t>());
    const bool circular = *rc::gen::arbitrary<bool>();
    const auto start = *rc::gen::inRange<std::int64_t>(circular ? 0 : 150, circular ? 900 : 600);
    const PrimerTarget target{{start, start + 120}, *rc::gen::element(seq::Strand::forward, seq::Strand::reverse)};
    const auto record = molecule(letters, circular);
    const auto doubled = letters + letters;
    const PrimerOptions options{.tail_forward = "GGTCTCA", .tail_reverse = "TT", .product_max = 200, .pairs = 1};
    for (const auto& pair : design(record, target, options).pairs) {
        const std::vector<Primer> primers{{"f", pair.forward.letters}, {"r", pair.reverse.letters}};
        const auto made = amplify(record, primers, {}, Context());
        RC_ASSERT(made->products.size() == 1U);
        const auto& product = made->products.front();
        RC_ASSERT(static_cast<std::int64_t>(product.letters.size()) == pair.product_length);
        const auto earlier = (pair.product_start - product.start + 900) % 900;  // on a circle over its origin
        RC_ASSERT(earlier <= 7);                                                // where tail bases happen to pair
        const auto wanted = doubled.substr(static_cast<std::size_t>(start), 120);
        RC_ASSERT(product.letters.find(wanted) != std::string::npos);
        RC_ASSERT(pair.forward.strand == target.strand);
        RC_ASSERT(pair.forward.letters == "GGTCTCA" + pair.forward.annealing);
        RC_ASSERT(pair.reverse.letters == "TT" + pair.reverse.annealing);
    }
}

RC_GTEST_PROP(Primers, rotation_and_the_other_strand_change_no_pair, ()) {
    const auto letters = long_letters(700, *rc::gen::arbitrary<std::uint64_t>());
    const auto turn = *rc::gen::inRange<std::int64_t>(0, 700);
    const PrimerTarget target{{300, 380}};
    const PrimerOptions options{.product_max = 150, .pairs = 1};
    const auto expected = oligos_of(design(molecule(letters, true), target, options));
    const auto start = (300 - turn + 700) % 700;
    const auto rotated = molecule(turned(letters, static_cast<std::size_t>(turn)), true);
    RC_ASSERT(oligos_of(design(rotated, {{start, start + 80}}, options)) == expected);
    const PrimerTarget opposite{{320, 400}, seq::Strand::reverse};
    RC_ASSERT(oligos_of(design(molecule(other_strand(letters), true), opposite, options)) == expected);
}

/// The penalty as the header states it, of primers on a template where they anneal nowhere else.
double penalty_by_hand(const OligoModel& model, const std::string& f, const std::string& r, std::size_t length) {
    double sum = 0.002 * static_cast<double>(length);
    for (const auto& primer : {f, r}) {
        sum += std::abs(model.melting(primer)->tm_c - 60) + 0.1 * std::abs(static_cast<double>(primer.size()) - 20);
        if (primer.back() == 'A' || primer.back() == 'T') sum += 0.5;
        std::size_t longest = 0;
        for (std::size_t i = 0; i < primer.size(); ++i)
            longest = std::max(longest, std::min(primer.find_first_not_of(primer[i], i), primer.size()) - i);
        if (longest > 4) sum += 0.5 * static_cast<double>(longest - 4);
        if (const auto hairpin = *model.hairpin(primer)) sum += std::max(0.0, -1 - hairpin->dg_kcal);
        if (const auto dimer = *model.dimer(primer, primer)) sum += 0.5 * std::max(0.0, -5 - dimer->dg_kcal);
    }
    sum += std::abs(model.melting(f)->tm_c - model.melting(r)->tm_c);
    if (const auto dimer = *model.dimer(f, r)) sum += 0.5 * std::max(0.0, -5 - dimer->dg_kcal);
    return sum;
}

TEST(Primers, the_first_pair_is_the_best_of_all_pairs) {
    const auto model = OligoModel::at(PrimerOptions{}.conditions);
    for (const std::uint64_t seed : {3, 5, 11, 17}) {
        const auto letters = long_letters(150, seed);
        const PrimerOptions options{.product_max = 100, .shortest = 18, .longest = 22};
        const auto made = design(molecule(letters, false), {{40, 110}}, options);
        double best = INFINITY;
        for (std::size_t start = 10; start <= 40; ++start)
            for (std::size_t size = 18; size <= 22; ++size)
                for (std::size_t end = 110; end <= 140; ++end)
                    for (std::size_t other = 18; other <= 22; ++other) {
                        if (end - start > 100) continue;
                        const auto f = letters.substr(start, size);
                        const auto r = other_strand(letters.substr(end - other, other));
                        const auto tm = std::pair(model->melting(f)->tm_c, model->melting(r)->tm_c);
                        const auto gc = std::pair(seq::gc_share(f), seq::gc_share(r));
                        if (std::min(tm.first, tm.second) < 57 || std::max(tm.first, tm.second) > 63 ||
                            std::min(gc.first, gc.second) < 0.3 || std::max(gc.first, gc.second) > 0.7 ||
                            std::abs(tm.first - tm.second) > 5)
                            continue;
                        best = std::min(best, penalty_by_hand(*model, f, r, end - start));
                    }
        ASSERT_EQ(made.pairs.empty(), std::isinf(best)) << seed;
        if (!made.pairs.empty()) {
            EXPECT_NEAR(made.pairs.front().penalty, best, 1e-9) << seed;
        }
    }
}

TEST(Primers, exact_ends_are_the_ends_of_the_target) {
    const auto letters = long_letters();
    const auto made = design(molecule(letters, false), {{200, 1100}}, {.exact = true, .gc_min = 0, .gc_max = 1});
    ASSERT_FALSE(made.pairs.empty());
    for (const auto& pair : made.pairs) {
        EXPECT_EQ(pair.forward.at.start, 200);
        EXPECT_EQ(pair.reverse.at.end, 1100);
        EXPECT_EQ(pair.product_length, 900);
    }
}

// A circle is opened at its target: the primers lie back to back.
TEST(Primers, a_whole_circle_is_amplified_from_any_base) {
    const auto letters = long_letters(1200);
    const auto made = design(molecule(letters, true), {{1190, 2390}}, {.exact = true, .gc_min = 0, .gc_max = 1});
    ASSERT_FALSE(made.pairs.empty());
    EXPECT_EQ(made.pairs.front().product_length, 1200);
    EXPECT_EQ(made.pairs.front().forward.at.start, 1190);
    EXPECT_GT(made.pairs.front().forward.at.end, 1200);
}

TEST(Primers, no_pair_comes_with_counted_reasons) {
    const auto poor = design(molecule(std::string(400, 'A') + long_letters(200) + std::string(400, 'T'), false),
                             {{400, 600}}, {.exact = true, .gc_min = 0.95, .gc_max = 1});
    EXPECT_TRUE(poor.pairs.empty());
    EXPECT_EQ(poor.rejected, (std::map<std::string, std::int64_t>{{"gc_below_min", 26}}));
    const auto edge = design(molecule(long_letters(400), false), {{10, 300}}, {.mode = PrimerMode::check});
    EXPECT_TRUE(edge.pairs.empty());
    EXPECT_EQ(edge.rejected.at("no_room"), 1);
}

TEST(Primers, what_would_be_amplified_as_well_is_avoided) {
    const auto letters = long_letters(800);
    const auto twice = letters + long_letters(300, 99) + letters;  // the target stands in a repeat
    const auto made = design(molecule(twice, false), {{300, 500}}, {.product_max = 400});
    EXPECT_TRUE(made.pairs.empty());
    EXPECT_GT(made.rejected.at("amplifies_elsewhere"), 0);
    const auto outside = design(molecule(long_letters(300, 5) + twice, false), {{310, 1090}}, {.product_max = 1300});
    ASSERT_FALSE(outside.pairs.empty());  // one primer beside the repeat is enough
}

TEST(Primers, the_template_in_its_own_genome_is_no_off_target) {
    const auto genome = molecule(long_letters(6000, 21), true, "genome");
    const auto part = molecule(other_strand(genome.sequence.letters.substr(1000, 1500)), false);
    const PrimerTarget target{{600, 900}};
    const std::vector<seq::Record> background{genome};
    const auto alone = oligos_of(design(part, target));
    const auto within = design(part, target, {}, background);
    EXPECT_EQ(oligos_of(within), alone);
    ASSERT_FALSE(within.pairs.empty());
    // A copy of the product elsewhere in the genome is one.
    const auto& pair = within.pairs.front();
    auto spoiled = genome;
    spoiled.set_sequence({genome.sequence.letters + "AACC" + long_letters(40, 3) +
                              letters_of(part, {pair.product_start, pair.product_start + pair.product_length}),
                          {},
                          seq::Alphabet::dna});
    const std::vector<seq::Record> copies{spoiled};
    const auto again = oligos_of(design(part, target, {}, copies));
    EXPECT_EQ(std::count(again.begin(), again.end(), alone.front()), 0);
}

TEST(Primers, sequencing_reads_every_part_from_both_sides) {
    const auto made = design(molecule(long_letters(3000), true), {{2900, 4300}}, {.mode = PrimerMode::sequence});
    std::set<std::int64_t> parts;
    for (const auto& pair : made.pairs) {
        parts.insert(pair.part);
        EXPECT_EQ(pair.forward.off_targets + pair.reverse.off_targets, 0);
    }
    EXPECT_EQ(parts, (std::set<std::int64_t>{1, 2, 3}));
}

RC_GTEST_PROP(Primers, sites_are_those_that_a_search_word_by_word_finds, ()) {
    const auto letters = random_dna(60, 400, "ACGTN");
    const bool circular = *rc::gen::arbitrary<bool>();
    const auto record = molecule(letters, circular);
    const auto mismatches = *rc::gen::inRange<std::int64_t>(0, 4);
    const auto size = *rc::gen::inRange<std::size_t>(6, 24);
    std::vector<std::string> words;
    for (int i = 0; i < 4; ++i) words.push_back(random_dna(size, size));
    for (int i = 0; i < 4; ++i) {  // and words that are there
        auto word = letters.substr(*rc::gen::inRange<std::size_t>(0, letters.size() - size), size);
        std::replace(word.begin(), word.end(), 'N', 'A');
        words.push_back(i % 2 == 0 ? word : other_strand(word));
    }
    std::multiset<std::tuple<std::size_t, std::int64_t, int>> expected;
    for (std::size_t w = 0; w < words.size(); ++w)
        for (const auto strand : {seq::Strand::forward, seq::Strand::reverse}) {
            const auto word = strand == seq::Strand::forward ? words[w] : other_strand(words[w]);
            const auto starts = circular ? letters.size() : letters.size() - size + 1;
            for (std::size_t at = 0; at < starts; ++at) {
                const auto text = (letters + letters).substr(at, size);
                std::int64_t wrong = 0;
                for (std::size_t k = 0; k < size; ++k) wrong += text[k] != word[k] ? 1 : 0;
                const bool ends = strand == seq::Strand::forward ? text.substr(size - 3) == word.substr(size - 3)
                                                                 : text.substr(0, 3) == word.substr(0, 3);
                if (wrong <= mismatches && ends) expected.insert({w, at, static_cast<int>(strand)});
            }
        }
    std::vector<PrimerSite> found;
    const auto done =
        SiteFinder(words, mismatches).find(record, Context(), [&](const PrimerSite& site) { found.push_back(site); });
    RC_ASSERT(done.has_value());
    std::multiset<std::tuple<std::size_t, std::int64_t, int>> actual;
    for (const auto& site : found) actual.insert({site.primer, site.at.start, static_cast<int>(site.strand)});
    RC_ASSERT(actual == expected);
}

TEST(Primers, limits_that_contradict_each_other_are_refused) {
    const auto record = molecule(long_letters(400), false);
    const auto where = [&](const PrimerOptions& options, seq::Interval target = {100, 200}) {
        const auto made = design_primers(record, {target}, options, {}, Context());
        return made ? std::string() : made.error().where;
    };
    EXPECT_EQ(where({.shortest = 25, .longest = 20}), "length");
    EXPECT_EQ(where({.tm_c = 70}), "tm");
    EXPECT_EQ(where({.gc_min = 0.8}), "gc_min");
    EXPECT_EQ(where({.product_min = 500, .product_max = 300}), "product_min");
    EXPECT_EQ(where({.tail_forward = "GGNA"}), "tail_forward");
    EXPECT_EQ(where({.anneal_min = 19}), "anneal_min");
    EXPECT_EQ(where({}, {300, 500}), "target");
    EXPECT_EQ(where({}, {20, 20}), "target");
}

TEST(Primers, threads_do_not_matter_and_a_stop_is_heeded) {
    const auto record = molecule(long_letters(), true);
    Context many;
    many.threads = 4;
    const auto made = design_primers(record, {{100, 400}}, {}, {}, many);
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(oligos_of(*made), oligos_of(design(record, {{100, 400}})));
    many.stop();
    EXPECT_EQ(design_primers(record, {{100, 400}}, {}, {}, many).error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace leaven::dna
