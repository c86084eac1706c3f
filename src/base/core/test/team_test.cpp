// Ranks played by threads: what they share must be what one process finds alone.
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/core/parallel.hpp>

#include "thread_team.hpp"

namespace leaven {
namespace {

using testing::on_ranks;

RC_GTEST_PROP(Team, every_rank_knows_what_one_process_finds, ()) {
    const int ranks = *rc::gen::inRange(1, 5);
    const int count = *rc::gen::inRange(0, 40);
    const int size = *rc::gen::inRange(1, 7);
    std::vector<double> expected(static_cast<std::size_t>(count));
    std::iota(expected.begin(), expected.end(), 0.5);
    std::vector<std::vector<double>> found(static_cast<std::size_t>(ranks));
    on_ranks(ranks, [&](Context& context, int rank) {
        auto& values = found[static_cast<std::size_t>(rank)];
        values.resize(static_cast<std::size_t>(count));
        const auto work = [&](Chunk chunk, int) -> Status {
            for (auto i = chunk.begin; i < chunk.end; ++i)
                values[static_cast<std::size_t>(i)] = static_cast<double>(i) + 0.5;
            return {};
        };
        (void)for_each_chunk(context, {}, count, size, work, share_values(values));
    });
    for (const auto& values : found) RC_ASSERT(values == expected);
}

RC_GTEST_PROP(Team, every_rank_fails_as_one_process_would, ()) {
    const int ranks = *rc::gen::inRange(1, 5);
    const int bad = *rc::gen::inRange(0, 30);
    std::vector<std::string> where(static_cast<std::size_t>(ranks));
    on_ranks(ranks, [&](Context& context, int rank) {
        std::vector<int> values(30);
        const auto work = [&](Chunk chunk, int) -> Status {
            if (chunk.index < bad) return {};
            return bad_input({"no", "否"}).at(std::to_string(chunk.index));
        };
        const auto status = for_each_chunk(context, {}, 30, 1, work, share_values(values));
        where[static_cast<std::size_t>(rank)] = status ? "" : status.error().where;
    });
    for (const auto& place : where) RC_ASSERT(place == where[0]);
    RC_ASSERT(!where[0].empty());
    if (ranks == 1) return;
    // A rank stops at its own first failure: of these the first counts.
    RC_ASSERT(std::stoi(where[0]) >= bad);
    RC_ASSERT(std::stoi(where[0]) < bad + ranks);
}

}  // namespace
}  // namespace leaven
