#include <gtest/gtest.h>

#include <leaven/core/random.hpp>

namespace leaven {
namespace {

TEST(Random, gives_the_numbers_of_the_published_generator) {  // from state 1, 2, 3, 4 by the authors' own program
    Random random(Random::State{1, 2, 3, 4});
    for (const std::uint64_t expected : {41943041ULL, 58720359ULL, 3588806011781223ULL, 3591011842654386ULL})
        EXPECT_EQ(random.next(), expected);
}

TEST(Random, has_the_moments_of_its_laws) {
    constexpr int draws = 200000;
    Random random(7);
    double sum = 0;
    double squares = 0;
    double normal = 0;
    double normal_squares = 0;
    for (int i = 0; i < draws; ++i) {
        const double u = random.uniform();
        ASSERT_TRUE(u >= 0 && u < 1);
        ASSERT_LT(random.below(3), 3U);
        sum += u;
        squares += u * u;
        const double g = random.normal();
        normal += g;
        normal_squares += g * g;
    }
    EXPECT_NEAR(sum / draws, 0.5, 0.004);
    EXPECT_NEAR(squares / draws, 1.0 / 3, 0.004);
    EXPECT_NEAR(normal / draws, 0, 0.012);
    EXPECT_NEAR(normal_squares / draws, 1, 0.02);
}

TEST(Random, streams_and_seeds_differ_and_repeat) {
    EXPECT_EQ(Random(1, 2).next(), Random(1, 2).next());
    EXPECT_NE(Random(1, 2).next(), Random(1, 3).next());
    EXPECT_NE(Random(1, 2).next(), Random(2, 2).next());
}

}  // namespace
}  // namespace leaven
