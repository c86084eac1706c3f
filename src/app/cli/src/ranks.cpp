#include "ranks.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <dlfcn.h>

namespace leaven::cli {
namespace {

/// What the launchers say of the number of ranks: Open MPI, MPICH and Intel MPI, Slurm with PMIx.
int ranks_launched() {
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"})
        if (const char* value = std::getenv(name)) return std::atoi(value);
    const char* tasks = std::getenv("SLURM_NTASKS");
    return std::getenv("PMIX_RANK") != nullptr && tasks != nullptr ? std::atoi(tasks) : 1;
}

}  // namespace

Result<std::shared_ptr<Team>> join_team() {
    if (ranks_launched() <= 1) return std::shared_ptr<Team>();
    const auto library = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "libleaven_mpi.so";
    void* handle = ::dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL);
    using Join = Team* (*)();
    auto* const join = handle == nullptr ? nullptr : reinterpret_cast<Join>(::dlsym(handle, "leaven_join_team"));
    if (join == nullptr)
        return bad_input({"started as one of several ranks, but this build has no MPI",
                          "由 MPI 启动器启动，但此版本不含 MPI"})
            .at(library.string())
            .advise({"install libopenmpi-dev and build again, or run without the launcher",
                     "请安装 libopenmpi-dev 后重新构建，或不经启动器运行"});
    return std::shared_ptr<Team>(join());
}

}  // namespace leaven::cli
