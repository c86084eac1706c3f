// Reading a genome, the part of the work that Biopython's SeqIO.read does; bench/seq.py prints the ratio.
#include <cstdio>
#include <filesystem>
#include <string>

#include <benchmark/benchmark.h>

#include <leaven/seq/read.hpp>
#include <leaven/seq/write.hpp>

namespace {

void read_genbank(benchmark::State& state, const std::string& path) {
    for (auto _ : state) {
        auto document = leaven::seq::read_document(std::filesystem::path(path));
        if (!document) return state.SkipWithError("the file cannot be read");
        benchmark::DoNotOptimize(document->records.data());
    }
}

void write_genbank(benchmark::State& state, const std::string& path) {
    const auto document = leaven::seq::read_document(std::filesystem::path(path));
    if (!document) return state.SkipWithError("the file cannot be read");
    for (auto _ : state) {
        auto written = leaven::seq::write_document(*document, leaven::seq::Format::genbank);
        benchmark::DoNotOptimize(written->bytes.data());
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return std::fprintf(stderr, "seq_bench GENBANK_FILE\n"), 2;
    const std::string path = argv[1];
    benchmark::RegisterBenchmark("read", read_genbank, path);
    benchmark::RegisterBenchmark("write", write_genbank, path);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
