// Ranks played by threads.
#pragma once

#include <barrier>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <leaven/core/context.hpp>

namespace leaven::testing {

struct TeamTable {
    explicit TeamTable(int ranks) : given(static_cast<std::size_t>(ranks)), all_are_there(ranks) {}
    std::vector<std::string> given;
    std::barrier<> all_are_there;
};

class ThreadTeam final : public Team {
public:
    ThreadTeam(TeamTable& table, int rank) : table_(table), rank_(rank) {}
    [[nodiscard]] int rank() const override { return rank_; }
    [[nodiscard]] int size() const override { return static_cast<int>(table_.given.size()); }
    std::vector<std::string> exchange(const std::string& mine) override {
        table_.given[static_cast<std::size_t>(rank_)] = mine;
        table_.all_are_there.arrive_and_wait();
        auto all = table_.given;
        table_.all_are_there.arrive_and_wait();
        return all;
    }

private:
    TeamTable& table_;
    int rank_;
};

/// Calls `run(context, rank)` on every rank of a team.
template <class Run>
void on_ranks(int ranks, Run run) {
    TeamTable table(ranks);
    std::vector<std::jthread> threads;
    for (int rank = 0; rank < ranks; ++rank)
        threads.emplace_back([&, rank] {
            Context context;
            context.threads = 2;
            context.team = std::make_shared<ThreadTeam>(table, rank);
            run(context, rank);
        });
}

}  // namespace leaven::testing
