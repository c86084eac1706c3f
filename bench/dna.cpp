// CPU seconds of recoding, for bench/dna_optimise.py: of each problem file, or of removing a site from every gene.
//
//     dna_bench PROBLEM.json…            a line each: seconds, status, objective
//     dna_bench --remove BsaI GENOME     one line: seconds, genes, genes changed, genes where it cannot be done
#include <cstdio>
#include <ctime>
#include <string>

#include <leaven/dna/optimise.hpp>
#include <leaven/seq/extract.hpp>
#include <leaven/seq/read.hpp>

namespace {

using namespace leaven;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

int solve(const char* path) {
    const auto problem = dna::load_problem(path, "");
    if (!problem) return std::fprintf(stderr, "%s: %s\n", path, problem.error().message.en.c_str()), 2;
    const double begin = cpu_seconds();
    const auto optimum = dna::optimise(*problem, {}, Context());
    const double seconds = cpu_seconds() - begin;
    if (!optimum) return std::fprintf(stderr, "%s: %s\n", path, optimum.error().message.en.c_str()), 2;
    std::printf("%.6f %d %.9f\n", seconds, static_cast<int>(optimum->status), optimum->objective.value_or(0));
    return 0;
}

/// The gene keeps its protein and as many bases as it can, and loses the site.
Result<dna::Problem> without_site(const std::string& letters, const dna::Pattern& pattern) {
    dna::Problem problem{.start = letters, .length = static_cast<std::int64_t>(letters.size())};
    dna::Place place;
    place.pieces.push_back({{0, problem.length}, seq::Strand::forward, {}});
    const auto code = seq::genetic_code(11);
    if (!code) return tl::unexpected(code.error());
    dna::Translation rule{.protein = seq::translate(letters, *code), .amino_acids = dna::amino_acids_of(*code)};
    const auto first = letters.substr(0, 3);
    if (first != "ATG") rule.start_codon = first;
    problem.constraints.push_back({"cds", "translation", place, {rule}});
    problem.constraints.push_back({"site", "avoid", place, {dna::Avoid{pattern, true, true}}});
    problem.objectives.push_back({"change", "change", 1, place, dna::ChangeGoal{}});
    return problem;
}

int remove_site(const std::string& enzyme, const char* path) {
    const auto pattern = dna::parse_pattern(enzyme, "enzyme");
    const auto document = seq::read_document(std::filesystem::path(path));
    if (!pattern || !document) return std::fprintf(stderr, "%s cannot be read\n", path), 2;
    int genes = 0;
    int changed = 0;
    int impossible = 0;
    double seconds = 0;
    for (const auto& record : document->records)
        for (const auto& feature : record.features) {
            if (feature.type != "CDS") continue;
            const auto letters = seq::extract(record, feature.location).letters;
            if (letters.size() % 3 != 0) continue;
            const double begin = cpu_seconds();
            const auto problem = without_site(letters, *pattern);
            const auto optimum = dna::optimise(*problem, {}, Context());
            seconds += cpu_seconds() - begin;
            ++genes;
            changed += optimum && !optimum->changes.empty() ? 1 : 0;
            impossible += !optimum || !optimum->objective ? 1 : 0;
        }
    std::printf("%.6f %d %d %d\n", seconds, genes, changed, impossible);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 4 && std::string(argv[1]) == "--remove") return remove_site(argv[2], argv[3]);
    if (argc < 2) return std::fprintf(stderr, "dna_bench PROBLEM.json… | --remove ENZYME GENOME\n"), 2;
    for (int i = 1; i < argc; ++i)
        if (const int status = solve(argv[i]); status != 0) return status;
    return 0;
}
