// What bench/metabolism.py measures of Leaven: one benchmark a row of its table, wall time. Models are in memory, but
// for the rows that read them; each run begins with a copy that nothing was computed of yet, and the copying does not
// count.
//
//     metabolism_bench MODELS_FOLDER [Google Benchmark options]
#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <utility>

#include <benchmark/benchmark.h>

#include <leaven/metabolism/blocked.hpp>
#include <leaven/metabolism/deletions.hpp>
#include <leaven/metabolism/design.hpp>
#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/fva.hpp>
#include <leaven/metabolism/read.hpp>
#include <leaven/metabolism/sample.hpp>

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
        state.PauseTiming();
        auto fresh = loaded;
        state.ResumeTiming();
        auto context = all_cores();
        benchmark::DoNotOptimize(work(std::move(fresh), params, context).value());
    }
}

DesignParams succinate(std::int64_t knockouts) {
    DesignParams params;
    params.target = "EX_succ_e";
    params.bounds = {"EX_o2_e=0:1000"};
    params.max_interventions = knockouts;
    return params;
}

/// The minimal cut sets of growth, of at most three genes.
DesignParams growth_cuts(const std::string& biomass) {
    DesignParams params;
    params.strategy = "mcs";
    params.exclude = {"none"};
    params.max_designs = 0;
    params.suppress = {biomass + " >= 0.001"};
    return params;
}

DesignParams bilevel(const std::string& strategy) {
    auto params = succinate(3);
    params.strategy = strategy;
    params.interventions = "reactions";
    return params;
}

FbaParams nearest(const std::string& method, const std::string& gene) {
    FbaParams params;
    params.method = method;
    params.knockouts = {gene};
    return params;
}

const std::string core = "e_coli_core.xml.gz";
const std::string iml = "iML1515.xml.gz";
const std::string human = "Human-GEM.json.gz";

auto row(const std::string& name, auto work) {
    return benchmark::RegisterBenchmark(name.c_str(), work)->Unit(benchmark::kMillisecond)->UseRealTime();
}

/// One row: `function` on the model of `file`, which is in memory.
template <class Params, class Result>
auto row(const std::string& name, const std::string& file, const Params& params,
         Result (*function)(Model, const Params&, Context&)) {
    return row(name, [=](auto& state) {
        run(state, file, params,
            [function](Model m, const Params& p, Context& context) { return function(std::move(m), p, context); });
    });
}

/// ROOM of every knock-out of the oracle, one after the other.
void room(benchmark::State& state) {
    for (auto _ : state)
        for (const char* gene : {"b0114", "b0720", "b0767", "b1852", "b2926", "b3956", "b4025"}) {
            auto context = all_cores();
            benchmark::DoNotOptimize(fba(model(core), nearest("room", gene), context).value());
        }
}

/// Coordinate steps a second, on one core.
void sampling(benchmark::State& state) {
    SampleParams params;
    params.count = 1000;
    std::int64_t steps = 0;
    for (auto _ : state) {
        Context context;
        const auto result = sample(model(core), params, context).value();
        steps += params.count * result.thinning;
    }
    state.counters["steps"] = benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
}

void declare_first_part() {
    FvaParams ninety;
    ninety.fraction = 0.9;
    FbaParams parsimonious;
    parsimonious.method = "pfba";
    DeletionsParams reactions;
    reactions.of = "reactions";
    row("read iML1515", [](auto& s) { read_file(s, iml); });
    row("read Human-GEM", [](auto& s) { read_file(s, human); });
    row("read Human-GEM.mat", [](auto& s) { read_file(s, "Human-GEM.mat"); });
    row("fba iML1515", iml, FbaParams(), fba);
    row("fba Human-GEM", human, FbaParams(), fba);
    row("pfba iML1515", iml, parsimonious, fba);
    row("fva 90 % iML1515", iml, ninety, fva);
    row("fva Human-GEM", human, FvaParams(), fva)->Iterations(1);
    row("gene deletions iML1515", iml, DeletionsParams(), deletions);
    row("reaction deletions iML1515", iml, reactions, deletions);
    row("blocked iML1515", iml, BlockedParams(), blocked);
}

void declare_second_part() {
    FvaParams loopless;
    loopless.loopless = "exact";
    DeletionsParams pairs;
    pairs.order = 2;
    pairs.report = "all";
    row("loopless fva core", core, loopless, fva);
    row("loopless fva iML1515", iml, loopless, fva)->Iterations(1);
    row("double gene deletions iML1515", iml, pairs, deletions)->Iterations(1);
    row("moma core", core, nearest("moma", "b0720"), fba);
    row("moma iML1515", iml, nearest("moma", "b0720"), fba);
    row("room core, 7 knock-outs", room);
    row("cut sets core, 455", core, growth_cuts("BIOMASS_Ecoli_core_w_GAM"), design);
    row("cut sets iML1515, 393", iml, growth_cuts("BIOMASS_Ec_iML1515_core_75p37M"), design)->Iterations(1);
    row("optknock core", core, bilevel("optknock"), design);
    row("robustknock core", core, bilevel("robustknock"), design);
    row("design 2 genes iML1515", iml, succinate(2), design)->Iterations(1);
    row("design 3 genes iML1515", iml, succinate(3), design)->Iterations(1);
    row("sampling core", sampling);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    folder = argv[1];
    declare_first_part();
    declare_second_part();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
