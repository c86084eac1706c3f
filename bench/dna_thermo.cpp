// Folding, melting temperatures and initiation rates: the work of RNAfold, Biopython's Tm_NN and OSTIR;
// bench/dna_thermo.py prints the ratios.
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <leaven/dna/fold.hpp>
#include <leaven/dna/oligo.hpp>
#include <leaven/dna/rbs.hpp>

namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const char* path) {
    Lines lines;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

void fold(benchmark::State& state, const Lines& sequences) {
    leaven::dna::Folder folder(*leaven::dna::EnergyModel::at({}));
    for (auto _ : state)
        for (const auto& sequence : sequences) {
            const auto best = folder.fold(sequence, leaven::Context());
            if (!best) return state.SkipWithError("a sequence cannot be folded");
            benchmark::DoNotOptimize(best->mfe_kcal);
        }
}

void melt(benchmark::State& state, const Lines& oligos) {
    const auto model = *leaven::dna::OligoModel::at({});
    for (auto _ : state)
        for (const auto& oligo : oligos) benchmark::DoNotOptimize(model.melting(oligo)->tm_c);
}

void initiate(benchmark::State& state, const Lines& sites) {
    auto predictor = *leaven::dna::RbsPredictor::with({});
    for (auto _ : state)
        for (const auto& site : sites) benchmark::DoNotOptimize(predictor.at_start(site, 35, leaven::Context())->rate);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 5) return std::fprintf(stderr, "dna_thermo_bench LONG WINDOWS OLIGOS SITES\n"), 2;
    benchmark::RegisterBenchmark("long", fold, lines_of(argv[1]))->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("windows", fold, lines_of(argv[2]))->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("oligos", melt, lines_of(argv[3]))->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("sites", initiate, lines_of(argv[4]))->Unit(benchmark::kMillisecond);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
