// The ranks that share one run: processes on one or many machines, each with all of the input.
//
// Every rank runs the same operation. Loops over independent pieces divide the chunks among the ranks and then tell
// each other what they found (see parallel.hpp), so that all ranks go on alike, and the answer is that of one process
// alone. Threads: one call at a time, from the thread that runs the operation.
#pragma once

#include <string>
#include <vector>

namespace leaven {

class Team {
public:
    Team() = default;
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;
    virtual ~Team() = default;

    [[nodiscard]] virtual int rank() const = 0;
    [[nodiscard]] virtual int size() const = 0;

    /// Gives `mine` to every rank; what each one gave, by rank. Waits until all have called it.
    virtual std::vector<std::string> exchange(const std::string& mine) = 0;
};

}  // namespace leaven
