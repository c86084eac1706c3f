// Off-targets on real genomes and on a synthetic one of any size, against the straightforward scan; prints ratios.
//
//     crispr_bench MG1655.fna.gz guides_ecoli_1000.txt [sacCer3.2bit guides_sacCer3_1000.txt]
//     crispr_bench --synthetic 3000
//
// The scan is what one writes first: every PAM site as a 2-bit word, XOR and popcount with every guide. Both sides get
// the packed genome and give every site with its number of mismatches.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>

#include <leaven/core/random.hpp>
#include <leaven/crispr/genes.hpp>
#include <leaven/crispr/guides.hpp>
#include <leaven/crispr/search.hpp>
#include <leaven/crispr/sites.hpp>

namespace {

using namespace leaven;  // NOLINT(google-build-using-namespace): a program of one file
using namespace leaven::crispr;

double cpu_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double wall_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double peak_mb() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// CPU seconds of one call, the best of `rounds`.
template <class Work>
double timed(int rounds, Work work) {
    double best = 1e300;
    for (int i = 0; i < rounds; ++i) {
        const double begin = cpu_seconds();
        work();
        best = std::min(best, cpu_seconds() - begin);
    }
    return best;
}

std::uint64_t word_of(std::string_view bases) {
    std::uint64_t word = 0;
    for (const char c : bases) word = word << 2 | std::string_view("ACGT").find(c);
    return word;
}

/// The straightforward scan.
[[gnu::target("popcnt")]] std::size_t offtarget_scan(const std::vector<std::uint64_t>& sites,
                                                     const std::vector<std::uint64_t>& guides, int mismatches) {
    std::size_t found = 0;
    constexpr std::uint64_t odd = 0x5555555555555555U;
    std::vector<std::uint32_t> hits;
    for (const auto guide : guides) {
        hits.clear();
        for (std::size_t i = 0; i < sites.size(); ++i) {
            const auto x = sites[i] ^ guide;
            if (__builtin_popcountll((x | x >> 1) & odd) <= mismatches) hits.push_back(static_cast<std::uint32_t>(i));
        }
        found += hits.size();
    }
    return found;
}

std::size_t ours(const Genome& genome, const std::vector<std::string>& guides, const SearchOptions& options,
                 int threads) {
    Context context;
    context.threads = threads;
    std::size_t found = 0;
    const Search search(genome, guides, options);
    (void)search.run(context, [&](std::size_t, std::size_t, std::span<const Hit> hits) -> Status {
        found += hits.size();
        return {};
    });
    return found;
}

Genome genome_of(const char* path, const char* circular) {
    auto file = read_genome(path, Topologies::of({circular}), Context());
    if (!file) std::fprintf(stderr, "%s: %s\n", path, file.error().message.en.c_str()), std::exit(2);
    return std::move(file->genome);
}

void report(const char* what, double seconds, std::size_t hits) {
    std::printf("%-58s %8.3f s  %9zu hits  peak %.0f MB\n", what, seconds, hits, peak_mb());
    std::fflush(stdout);
}

void against_scan(const Genome& genome, const std::vector<std::string>& guides) {
    const auto list = list_sites(genome, nucleases()[0], {}, std::int64_t{1} << 40, Context());
    std::vector<std::uint64_t> sites;
    for (const auto& site : list->sites) sites.push_back(word_of(site_at(genome, nucleases()[0], site).site));
    std::vector<std::uint64_t> words;
    for (const auto& guide : guides) words.push_back(word_of(guide));
    std::size_t hits = 0;
    const double scan = timed(3, [&] { hits = offtarget_scan(sites, words, 4); });
    report("scan: 1,000 guides, 4 mismatches", scan, hits);
    const double mine = timed(5, [&] { hits = ours(genome, guides, {.nuclease = nucleases()[0]}, 1); });
    report("Leaven: the same, with CFD and MIT", mine, hits);
    const double portable =
        timed(5, [&] { hits = ours(genome, guides, {.nuclease = nucleases()[0], .portable = true}, 1); });
    report("Leaven: the same, portable instructions", portable, hits);
    std::printf("ratio to the scan %.1f, portable %.1f\n", scan / mine, scan / portable);
}

void coli(const char* path, const char* guides_path) {
    Genome genome;
    const double build = timed(1, [&] { genome = genome_of(path, "all"); });
    report("read and pack", build, 0);
    const auto guides = *read_guides({guides_path});
    against_scan(genome, guides);
    std::size_t hits = 0;
    const SearchOptions bulged{.nuclease = nucleases()[0], .mismatches = 3, .dna_bulges = 1, .rna_bulges = 1};
    const double bulges = timed(1, [&] { hits = ours(genome, guides, bulged, 1); });
    report("1,000 guides, 3 mismatches, one bulge of each kind", bulges, hits);
    const auto list = list_sites(genome, nucleases()[0], {}, std::int64_t{1} << 40, Context());
    std::vector<std::string> all;
    for (const auto& site : list->sites)
        if (!site.repeat) all.push_back(site_at(genome, nucleases()[0], site).site);
    for (const int threads : {1, 2}) {
        const double begin = wall_seconds();
        hits = ours(genome, all, {.nuclease = nucleases()[0]}, threads);
        std::printf("%zu guides of the genome, 4 mismatches, %d threads: %.2f s wall, %zu hits\n", all.size(), threads,
                    wall_seconds() - begin, hits);
    }
}

void yeast(const char* path, const char* guides_path) {
    const auto genome = genome_of(path, "auto");
    auto guides = *read_guides({guides_path});
    guides.resize(100);
    std::size_t hits = 0;
    const double six = timed(3, [&] { hits = ours(genome, guides, {.nuclease = nucleases()[0], .mismatches = 6}, 1); });
    report("yeast: 100 guides, 6 mismatches", six, hits);
}

/// 24 contigs, GC 0.41, written packed; then searched from the file.
void synthetic(double megabases) {
    Random random(1);
    const std::string path = "/tmp/leaven-synthetic.lgx";
    const auto length = static_cast<std::size_t>(megabases * 1e6 / 24);
    std::vector<std::string> guides;
    const double begin = wall_seconds();
    {
        GenomeBuilder builder;
        std::string letters(length, 'A');
        for (int contig = 0; contig < 24; ++contig) {
            for (auto& c : letters) {
                const auto u = random.next() >> 40;
                const bool gc = (u & 0xffff) < 26870;
                c = gc ? "GC"[u >> 16 & 1] : "AT"[u >> 16 & 1];
            }
            for (std::size_t i = 1'000; guides.size() < static_cast<std::size_t>(42 * (contig + 1)) && i + 23 < length;
                 ++i)
                if (letters[i + 21] == 'G' && letters[i + 22] == 'G') guides.push_back(letters.substr(i, 20)), i += 999;
            builder.add("chr" + std::to_string(contig + 1), letters, false);
        }
        const auto image = std::move(builder).finish().image();
        std::FILE* file = std::fopen(path.c_str(), "wb");
        if (file == nullptr || std::fwrite(image.data(), 1, image.size(), file) != image.size()) std::exit(2);
        std::fclose(file);
        std::printf("synthetic %.0f Mb: %.1f s to make and write, %zu bytes", megabases, wall_seconds() - begin,
                    image.size());
    }
    guides.resize(1'000);
    auto genome = *Genome::open(path);
    const Search search(genome, guides, {.nuclease = nucleases()[0]});
    const auto sites = *search.searched_sites(Context());
    std::printf(", %lld sites, peak %.0f MB\n", static_cast<long long>(sites), peak_mb());
    const double start = wall_seconds();
    const auto hits = ours(*Genome::open(path), guides, {.nuclease = nucleases()[0]}, 2);
    std::printf("opened, checked, 1,000 guides, 4 mismatches, 2 threads: %.2f s wall, %zu hits, peak %.0f MB\n",
                wall_seconds() - start, hits, peak_mb());
    std::remove(path.c_str());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--synthetic") return synthetic(std::stod(argv[2])), 0;
    if (argc != 3 && argc != 5)
        return std::fprintf(stderr, "crispr_bench GENOME GUIDES [YEAST GUIDES] | --synthetic MEGABASES\n"), 2;
    coli(argv[1], argv[2]);
    if (argc == 5) yeast(argv[3], argv[4]);
    return 0;
}
