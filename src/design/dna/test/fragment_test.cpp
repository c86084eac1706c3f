#include <cmath>
#include <functional>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/dna/fragment.hpp>

#include "cloning_samples.hpp"

namespace leaven::dna {
namespace {

using testing::random_dna;

Result<Ligation> bsai(const std::filesystem::path& path) { return Ligation::read(testing::text_of(path), "BsaI"); }

std::vector<Joint> set_of(const std::string& letters, const std::vector<std::int64_t>& cuts, std::vector<Joint> fixed) {
    for (const auto cut : cuts) fixed.push_back(*joint_of(letters.substr(static_cast<std::size_t>(cut), 4)));
    return fixed;
}

bool is_sound(const std::vector<Joint>& set, std::size_t fixed) {
    for (std::size_t i = fixed; i < set.size(); ++i)
        if (is_palindrome(set[i]) || std::count(set.begin(), set.end(), set[i]) > 1) return false;
    return true;
}

bool lengths_fit(std::int64_t length, const std::vector<std::int64_t>& cuts, const CutOptions& options) {
    std::int64_t start = 0;
    for (std::size_t i = 0; i <= cuts.size(); ++i) {
        const auto end = i < cuts.size() ? cuts[i] + 4 : length;
        if (end - start < options.min || end - start > options.max) return false;
        if (i < cuts.size()) start = cuts[i];
    }
    return true;
}

TEST(Fragment, plans_equal_the_exact_oracle_and_are_proven) {
    LEAVEN_DATA_SET(path, "dna/oracles/fragment_exact.json.gz");
    LEAVEN_DATA_SET(matrix, "dna/tables/overhangs/pryor2020_BsaI.csv.gz");
    const auto ligation = bsai(matrix);
    ASSERT_TRUE(ligation.has_value());
    for (const auto& one : testing::json_of(path)) {
        const std::string letters = one["sequence"];
        CutOptions options{.min = one["min"], .max = one["max"], .count = one["fragments"]};
        options.fixed = {*joint_of(one["left_overhang"].get<std::string>()),
                         *joint_of(one["right_overhang"].get<std::string>())};
        const auto plan = choose_cuts(letters, *ligation, options, Context());
        ASSERT_TRUE(plan.has_value());
        EXPECT_EQ(plan->proof, Proof::optimal) << one["id"];
        EXPECT_NEAR(plan->fidelity, one["best_fidelity"].get<double>(), 1e-6) << one["id"];
        EXPECT_NEAR(plan->bound, plan->fidelity, 1e-9) << one["id"];
        EXPECT_TRUE(lengths_fit(static_cast<std::int64_t>(letters.size()), plan->cuts, options));
        const auto set = set_of(letters, plan->cuts, options.fixed);
        EXPECT_TRUE(is_sound(set, 2));
        EXPECT_NEAR(ligation->fidelity(set), plan->fidelity, 1e-12);
    }
}

void try_all(const std::string& letters, const Ligation& ligation, const CutOptions& options,
             std::vector<std::int64_t>& cuts, double& best,
             const std::function<bool(const std::vector<std::int64_t>&)>& passes = {}) {
    const auto length = static_cast<std::int64_t>(letters.size());
    if (static_cast<std::int64_t>(cuts.size()) + 1 == options.count) {
        const auto set = set_of(letters, cuts, options.fixed);
        if (lengths_fit(length, cuts, options) && is_sound(set, options.fixed.size()) && (!passes || passes(cuts)))
            best = std::max(best, ligation.fidelity(set));
        return;
    }
    const auto start = cuts.empty() ? 0 : cuts.back();
    const auto last = std::min(start + options.max, length) - 4;
    for (auto cut = std::max(start + 1, start + options.min - 4); cut <= last; ++cut) {
        cuts.push_back(cut);
        try_all(letters, ligation, options, cuts, best, passes);
        cuts.pop_back();
    }
}

RC_GTEST_PROP(Fragment, the_plan_is_the_best_of_all_tried, ()) {
    const auto matrix = leaven::testing::data_set("dna/tables/overhangs/potapov2018_1h_25C.csv.gz");
    if (matrix.empty()) RC_DISCARD("no data set dna/tables/overhangs");
    static const auto ligation = bsai(matrix);
    const auto letters = random_dna(30, 45, *rc::gen::element<std::string>("ACGT", "AC", "AGT"));
    CutOptions options{.min = *rc::gen::inRange<std::int64_t>(5, 12), .count = *rc::gen::inRange<std::int64_t>(1, 5)};
    options.max = options.min + *rc::gen::inRange<std::int64_t>(0, 10);
    if (*rc::gen::arbitrary<bool>()) options.fixed = {*joint_of("AATG"), *joint_of("GCTT")};
    double best = -1;
    std::vector<std::int64_t> cuts;
    try_all(letters, *ligation, options, cuts, best);
    const auto plan = choose_cuts(letters, *ligation, options, Context());
    RC_ASSERT(plan.has_value());
    RC_ASSERT(plan->proof == (best < 0 ? Proof::infeasible : Proof::optimal));
    if (best < 0) return;
    RC_ASSERT(std::abs(plan->fidelity - best) < 1e-9);
    RC_ASSERT(lengths_fit(static_cast<std::int64_t>(letters.size()), plan->cuts, options));
}

RC_GTEST_PROP(Fragment, an_inspected_plan_is_the_best_of_those_that_pass, ()) {
    const auto matrix = leaven::testing::data_set("dna/tables/overhangs/potapov2018_1h_25C.csv.gz");
    if (matrix.empty()) RC_DISCARD("no data set dna/tables/overhangs");
    static const auto ligation = bsai(matrix);
    const auto letters = random_dna(30, 40);
    const CutOptions options{.min = 8, .max = 20, .count = *rc::gen::inRange<std::int64_t>(2, 5)};
    const auto forbidden = random_dna(2, 3);                     // no fragment may hold this word
    const auto last = *rc::gen::elementOf(std::string("ACGT"));  // nor end with this letter
    const auto passes = [&](std::int64_t start, std::int64_t end) {
        const auto fragment = letters.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start));
        return fragment.find(forbidden) == std::string::npos && fragment.back() != last;
    };
    const Inspector inspect = [&](seq::Interval at) -> Result<Veto> {
        const auto fragment = letters.substr(static_cast<std::size_t>(at.start), static_cast<std::size_t>(at.length()));
        const auto word = fragment.find(forbidden);
        if (word != std::string::npos) {
            const auto start = at.start + static_cast<std::int64_t>(word);
            return Veto{true, seq::Interval{start, start + static_cast<std::int64_t>(forbidden.size())}};
        }
        return Veto{fragment.back() == last, {}};
    };
    double best = -1;
    std::vector<std::int64_t> cuts;
    const auto judge = [&](const std::vector<std::int64_t>& tried) {
        std::int64_t start = 0;
        for (const auto cut : tried) {
            if (!passes(start, cut + 4)) return false;
            start = cut;
        }
        return passes(start, static_cast<std::int64_t>(letters.size()));
    };
    try_all(letters, *ligation, options, cuts, best, judge);
    const auto plan = choose_cuts_inspected(letters, *ligation, options, inspect, Context());
    RC_ASSERT(plan.has_value());
    RC_ASSERT(plan->proof == (best < 0 ? Proof::infeasible : Proof::optimal));
    if (best < 0) return;
    RC_ASSERT(judge(plan->cuts));
    RC_ASSERT(std::abs(plan->fidelity - best) < 1e-9);
}

RC_GTEST_PROP(Fragment, the_cheapest_plan_is_the_cheapest_of_all_tried, ()) {
    const auto matrix = leaven::testing::data_set("dna/tables/overhangs/potapov2018_1h_25C.csv.gz");
    if (matrix.empty()) RC_DISCARD("no data set dna/tables/overhangs");
    static const auto ligation = bsai(matrix);
    const auto letters = random_dna(30, 38, *rc::gen::element<std::string>("ACGT", "AC"));
    const auto length = static_cast<std::int64_t>(letters.size());
    CutOptions options{.min = 8, .max = 16};
    const bool counted = *rc::gen::arbitrary<bool>();
    const auto dear = *rc::gen::elementOf(std::string("ACGT"));  // fragments that begin so cost more than they seem
    const auto price_of = [&](std::int64_t start, std::int64_t end) {
        const auto size = end - start;
        const double seems = (size <= 11 ? 1.0 : 1.5) * static_cast<double>(size) + 2;
        return seems + (letters[static_cast<std::size_t>(start)] == dear ? 5 : 0);
    };
    std::vector<double> seems;
    for (std::int64_t size = 0; size <= options.max; ++size)
        seems.push_back((size <= 11 ? 1.0 : 1.5) * static_cast<double>(size) + 2);
    const Quoter quote = [&](seq::Interval at) -> Result<Quote> { return Quote{price_of(at.start, at.end), {}}; };
    double best = std::numeric_limits<double>::infinity();
    const auto first = *rc::gen::inRange<std::int64_t>(2, 6);
    const std::int64_t most = (length - 4) / (options.min - 4);  // fragments, each with 4 letters of the next
    for (auto count = counted ? first : 1; count <= (counted ? first : most); ++count) {
        std::vector<std::int64_t> cuts;
        double ignored = -1;
        auto fixed_count = options;
        fixed_count.count = count;
        try_all(letters, *ligation, fixed_count, cuts, ignored, [&](const std::vector<std::int64_t>& tried) {
            double cost = 0;
            std::int64_t start = 0;
            for (const auto cut : tried) cost += price_of(start, cut + 4), start = cut;
            best = std::min(best, cost + price_of(start, length));
            return true;
        });
    }
    if (counted) options.count = first;
    const auto plan = cheapest_cuts(overhang_sites(letters), seems, options, quote, Context());
    RC_ASSERT(plan.has_value());
    RC_ASSERT((plan->proof == Proof::infeasible) == std::isinf(best));
    if (plan->proof == Proof::infeasible) return;
    RC_ASSERT(plan->proof == Proof::optimal);
    RC_ASSERT(std::abs(plan->cost - best) < 1e-9);
    RC_ASSERT(std::abs(plan->bound - best) < 1e-9);
}

RC_GTEST_PROP(Fragment, too_few_steps_still_give_a_true_bound, ()) {
    const auto matrix = leaven::testing::data_set("dna/tables/overhangs/potapov2018_1h_25C.csv.gz");
    if (matrix.empty()) RC_DISCARD("no data set dna/tables/overhangs");
    static const auto ligation = bsai(matrix);
    const auto letters = random_dna(150, 200);
    CutOptions options{.min = 18, .max = 24, .count = 0, .most_steps = *rc::gen::inRange<std::int64_t>(1, 400)};
    const auto hurried = choose_cuts(letters, *ligation, options, Context());
    options.most_steps = 100'000;
    const auto plan = choose_cuts(letters, *ligation, options, Context());
    RC_ASSERT(hurried.has_value() && plan.has_value());
    if (hurried->cuts.size() != plan->cuts.size()) return;  // the hurried one found none with the fewest fragments
    RC_ASSERT(hurried->fidelity <= plan->fidelity + 1e-12);
    RC_ASSERT(hurried->bound >= plan->fidelity - 1e-12);
}

RC_GTEST_PROP(Fragment, levels_divide_the_whole_into_fragments_that_fit, ()) {
    const auto matrix = leaven::testing::data_set("dna/tables/overhangs/pryor2020_BsaI.csv.gz");
    if (matrix.empty()) RC_DISCARD("no data set dna/tables/overhangs");
    static const auto ligation = bsai(matrix);
    const auto size = *rc::gen::inRange<std::size_t>(4'000, 9'000);
    std::string letters;
    std::uint64_t mixed = static_cast<std::uint64_t>(*rc::gen::inRange(1, 1'000'000));
    for (std::size_t i = 0; i < size; ++i) {
        mixed = mixed * 6364136223846793005U + 1442695040888963407U;
        letters += "ACGT"[mixed >> 62U];
    }
    const CutOptions options{.min = 200, .max = 500};
    const auto plan = choose_cuts_in_levels(letters, *ligation, options, 2, {}, Context());
    RC_ASSERT(plan.has_value());
    RC_ASSERT(plan->proof != Proof::infeasible);
    double product = 1;
    std::int64_t covered = 0;
    for (const auto& block : plan->blocks) {
        product *= block.plan.fidelity;
        if (block.level != 1) continue;
        auto cuts = block.plan.cuts;
        for (auto& cut : cuts) cut -= block.at.start;
        RC_ASSERT(lengths_fit(block.at.length(), cuts, options));
        RC_ASSERT(block.at.start == (covered == 0 ? 0 : covered - 4));
        covered = block.at.end;
    }
    RC_ASSERT(covered == static_cast<std::int64_t>(size));
    RC_ASSERT(std::abs(product - plan->fidelity) < 1e-12);
}

RC_GTEST_PROP(Fragment, overlaps_called_sound_occur_once, ()) {
    const auto letters = random_dna(200, 300);
    const CutOptions options{.min = 40, .max = 80};
    const auto plan = choose_overlaps(letters, options, 12, 20);
    RC_ASSERT(plan.found);
    std::int64_t start = 0;
    for (std::size_t i = 0; i < plan.cuts.size(); ++i) {
        const auto length = plan.cuts[i] + plan.overlap - start;
        RC_ASSERT(length >= options.min && length <= options.max);
        start = plan.cuts[i];
        if (!plan.sound[i]) continue;
        const auto word =
            letters.substr(static_cast<std::size_t>(plan.cuts[i]), static_cast<std::size_t>(plan.overlap));
        RC_ASSERT(letters.find(word) == letters.rfind(word));
        RC_ASSERT(letters.find(testing::other_strand(word)) == std::string::npos);
    }
    const auto last = static_cast<std::int64_t>(letters.size()) - start;
    RC_ASSERT(last >= options.min && last <= options.max);
}

TEST(Fragment, an_overlap_that_is_its_own_other_strand_is_not_sound) {
    const std::string palindrome = "ACCTGATCAGGT";
    const std::string around = "GGATTACCGATGGCTTAACG";
    const auto sites = overlap_sites(around + palindrome + "TATTGACCGTTAGGACTTGC", 12);
    for (std::size_t i = 0; i + 12 <= sites.kind.size(); ++i)
        EXPECT_EQ(sites.kind[i], i == around.size() ? CutSites::closed : CutSites::free) << i;
}

}  // namespace
}  // namespace leaven::dna
