// What bench/metabolism.py measures of Leaven: one benchmark a row of its table, wall time, models in memory where the
// row says "after load".
//
//     metabolism_bench MODELS_FOLDER [Google Benchmark options]
#include <filesystem>
#include <map>
#include <string>
#include <thread>

#include <benchmark/benchmark.h>

#include <leaven/metabolism/deletions.hpp>
#include <leaven/metabolism/design.hpp>
#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/fva.hpp>
#include <leaven/metabolism/read.hpp>

namespace {

using namespace leaven;
using namespace leaven::metabolism;

std::filesystem::path folder;

Context all_cores() {
    Context context;
    context.threads = static_cast<int>(std::thread::hardware_concurrency());
    return context;
}

const Model& model(const std::string& file) {
    static std::map<std::string, Model> models;
    const auto found = models.find(file);
    return found != models.end() ? found->second
                                 : models.emplace(file, read_model_file(folder / file).value()).first->second;
}

void read_file(benchmark::State& state, const std::string& file) {
    for (auto _ : state) benchmark::DoNotOptimize(read_model_file(folder / file).value());
}

template <class Params, class Work>
void run(benchmark::State& state, const std::string& file, const Params& params, Work work) {
    const auto& loaded = model(file);
    for (auto _ : state) {
        auto context = all_cores();
        benchmark::DoNotOptimize(work(loaded, params, context).value());
    }
}

DesignParams succinate(std::int64_t knockouts) {
    DesignParams params;
    params.target = "EX_succ_e";
    params.bounds = {"EX_o2_e=0:1000"};
    params.max_interventions = knockouts;
    return params;
}

void declare() {
    const auto row = [](const std::string& name, auto work) {
        benchmark::RegisterBenchmark(name.c_str(), work)->Unit(benchmark::kMillisecond)->UseRealTime();
    };
    const auto call = [](auto function) {
        return [function](const Model& m, const auto& p, Context& c) { return function(m, p, c); };
    };
    FvaParams ninety;
    ninety.fraction = 0.9;
    FbaParams parsimonious;
    parsimonious.method = "pfba";
    DeletionsParams reactions;
    reactions.of = "reactions";
    const std::string iml = "iML1515.xml.gz";
    const std::string human = "Human-GEM.json.gz";
    const auto fba_of = call([](auto m, auto p, auto& c) { return fba(std::move(m), p, c); });
    const auto fva_of = call([](auto m, auto p, auto& c) { return fva(std::move(m), p, c); });
    const auto deletions_of = call([](auto m, auto p, auto& c) { return deletions(std::move(m), p, c); });
    const auto design_of = call([](auto m, auto p, auto& c) { return design(std::move(m), p, c); });
    row("read iML1515", [=](auto& s) { read_file(s, iml); });
    row("read Human-GEM", [=](auto& s) { read_file(s, human); });
    row("fba iML1515", [=](auto& s) { run(s, iml, FbaParams(), fba_of); });
    row("fba Human-GEM", [=](auto& s) { run(s, human, FbaParams(), fba_of); });
    row("pfba iML1515", [=](auto& s) { run(s, iml, parsimonious, fba_of); });
    row("fva 90 % iML1515", [=](auto& s) { run(s, iml, ninety, fva_of); });
    row("gene deletions iML1515", [=](auto& s) { run(s, iml, DeletionsParams(), deletions_of); });
    row("reaction deletions iML1515", [=](auto& s) { run(s, iml, reactions, deletions_of); });
    row("design 2 genes iML1515", [=](auto& s) { run(s, iml, succinate(2), design_of); });
    row("design 3 genes iML1515", [=](auto& s) { run(s, iml, succinate(3), design_of); });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    folder = argv[1];
    declare();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
