#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/dna/verify.hpp>
#include <leaven/seq/edit.hpp>

#include "cloning_samples.hpp"

namespace leaven::dna {
namespace {

TEST(Verify, oracle_of_simulated_reads) {
    LEAVEN_DATA_SET(folder, "dna/oracles/verify_a");
    const auto design = seq::read_document(folder / "design.gb");
    ASSERT_TRUE(design.has_value());
    const DesignCheck check(design->records.front());
    const auto truth = testing::json_of(folder / "truth.json");
    EXPECT_EQ(truth.size(), 11U);
    for (const auto& one : truth) {
        const auto name = one["sample"].get<std::string>();
        const auto sample = read_sample(folder / (name + ".fastq.gz"));
        ASSERT_TRUE(sample.has_value()) << name;
        const auto made = check.verify(*sample, {}, Context());
        ASSERT_TRUE(made.has_value()) << name;
        EXPECT_EQ(made->name, name);
        EXPECT_EQ(name_of(made->verdict), one["verdict"].get<std::string>()) << name;
        EXPECT_EQ(made->variants.size(), one["variants"].size()) << name;
        for (const auto& v : made->variants) printf("%s %ld %zu>%zu %s>%s %.2f %ld %s %s\n", name.c_str(), v.position, v.ref.size(), v.alt.size(), v.ref.substr(0,5).c_str(), v.alt.substr(0,5).c_str(), v.fraction, v.depth, v.feature.c_str(), v.effect.c_str());
        printf("%s %ld/%ld %.2f min %ld id %.4f\n", name.c_str(), made->used, made->reads, made->depth_mean, made->depth_min, made->identity);
    }
}

}  // namespace
}  // namespace leaven::dna
