// The ranks of an MPI run as a Team. A library of its own, loaded only where a launcher started several ranks.
#include <algorithm>
#include <climits>

#include <mpi.h>

#include <leaven/core/team.hpp>

namespace {

/// Ends with the process; a rank that leaves early takes the others along, so that none waits for it.
class MpiTeam final : public leaven::Team {
public:
    MpiTeam() {
        MPI_Init(nullptr, nullptr);
        MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
        MPI_Comm_size(MPI_COMM_WORLD, &size_);
    }
    ~MpiTeam() override { MPI_Finalize(); }

    [[nodiscard]] int rank() const override { return rank_; }
    [[nodiscard]] int size() const override { return size_; }

    std::vector<std::string> exchange(const std::string& mine) override {
        std::vector<long long> sizes(static_cast<std::size_t>(size_));
        const auto own = static_cast<long long>(mine.size());
        MPI_Allgather(&own, 1, MPI_LONG_LONG, sizes.data(), 1, MPI_LONG_LONG, MPI_COMM_WORLD);
        std::vector<std::string> all;
        for (int from = 0; from < size_; ++from) {
            std::string bytes = from == rank_ ? mine : std::string(static_cast<std::size_t>(sizes[from]), '\0');
            broadcast(bytes, from);
            all.push_back(std::move(bytes));
        }
        return all;
    }

private:
    /// In pieces: a count of MPI is an int.
    static void broadcast(std::string& bytes, int from) {
        constexpr std::size_t piece = INT_MAX / 2;
        for (std::size_t begin = 0; begin < bytes.size(); begin += piece) {
            const auto count = static_cast<int>(std::min(piece, bytes.size() - begin));
            MPI_Bcast(bytes.data() + begin, count, MPI_BYTE, from, MPI_COMM_WORLD);
        }
    }

    int rank_ = 0;
    int size_ = 1;
};

}  // namespace

extern "C" [[gnu::visibility("default")]] leaven::Team* leaven_join_team() { return new MpiTeam; }
