// Off-targets on real genomes and on a synthetic one of any size, against the straightforward scan; prints ratios.
//
//     crispr_bench MG1655.fna.gz guides_ecoli_1000.txt [sacCer3.2bit guides_sacCer3_1000.txt]
//     crispr_bench --synthetic 3000
//
// The scan is what one writes first: every PAM site as a 2-bit word, XOR and popcount with every guide. Both sides get
// the packed genome and give every site with its number of mismatches.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <set>
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
#include <leaven/seq/sequence.hpp>

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

/// A guide with at most one bulge of each kind, inner bases only, from the PAM on: what is read and what counts.
struct Laid {
    std::uint64_t word = 0;
    std::uint64_t counts = 0;  // the low bit of each base that counts
};

std::vector<Laid> laid_out(std::string_view guide) {
    std::set<std::string> texts;
    for (std::size_t gap = 0; gap < guide.size(); ++gap)  // 0: none
        for (std::size_t unpaired = 0; unpaired + 1 < guide.size(); ++unpaired) {
            std::string text;
            for (std::size_t i = 0; i < guide.size(); ++i) {
                if (i == gap && gap > 0) text += 'N';
                if (i != unpaired || unpaired == 0) text += guide[i];
            }
            texts.insert(text);
        }
    std::vector<Laid> all;
    for (const auto& text : texts) {
        Laid laid;
        for (auto c = text.rbegin(); c != text.rend(); ++c) {
            const auto place = 2 * (c - text.rbegin());
            if (*c == 'N') continue;
            laid.word |= std::uint64_t{std::string_view("ACGT").find(*c)} << place;
            laid.counts |= std::uint64_t{1} << place;
        }
        all.push_back(laid);
    }
    return all;
}

/// The straightforward scan with bulges: every guide laid out in every way at every site. Alignments, not rows.
[[gnu::target("popcnt")]] std::size_t bulge_scan(const std::vector<std::uint64_t>& sites,
                                                 const std::vector<std::string>& guides, int mismatches) {
    std::size_t found = 0;
    for (const auto& guide : guides)
        for (const auto& laid : laid_out(guide))
            for (const auto site : sites) {
                const auto x = site ^ laid.word;
                found += __builtin_popcountll((x | x >> 1) & laid.counts) <= mismatches ? 1 : 0;
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

/// One bulge of each kind; the scan, being slow, on 20 guides.
void bulges(const Genome& genome, const std::vector<std::string>& guides) {
    const auto list = list_sites(genome, nucleases()[0], {}, std::int64_t{1} << 40, Context());
    std::vector<std::uint64_t> sites;
    for (const auto& site : list->sites) {
        const auto at = site_at(genome, nucleases()[0], site).at;  // a base more for a bulge of the genome
        const auto more =
            genome.letters(site.contig, site.reverse ? seq::Interval{at.start, at.end + 1}
                                                     : seq::Interval{std::max<std::int64_t>(0, at.start - 1), at.end});
        const auto read = site.reverse ? seq::reverse_complement(more) : more;
        sites.push_back(word_of(std::string_view(read).substr(0, read.size() - 3)));
    }
    const SearchOptions options{.nuclease = nucleases()[0], .mismatches = 3, .dna_bulges = 1, .rna_bulges = 1};
    const std::vector<std::string> few(guides.begin(), guides.begin() + 20);
    std::size_t hits = 0;
    const double scan = timed(1, [&] { hits = bulge_scan(sites, few, 3); });
    report("scan: 20 guides, 3 mismatches, one bulge of each kind", scan, hits);
    const double same = timed(3, [&] { hits = ours(genome, few, options, 1); });
    report("Leaven: the same, as rows", same, hits);
    std::printf("ratio to the scan %.0f\n", scan / same);
    const double thousand = timed(3, [&] { hits = ours(genome, guides, options, 1); });
    report("Leaven: 1,000 guides (goal 3 s)", thousand, hits);
}

/// CPU time beside the time on the clock: what a busy machine costs is not what two threads cost.
void all_guides(const Genome& genome) {
    const auto list = list_sites(genome, nucleases()[0], {}, std::int64_t{1} << 40, Context());
    std::set<std::string> distinct;
    for (const auto& site : list->sites) distinct.insert(site_at(genome, nucleases()[0], site).site);
    const std::vector<std::string> all(distinct.begin(), distinct.end());
    std::array<double, 2> wall{};
    std::array<double, 2> cpu{};
    for (const int threads : {1, 2}) {
        const double begin = wall_seconds();
        const double begin_cpu = cpu_seconds();
        const auto hits = ours(genome, all, {.nuclease = nucleases()[0]}, threads);
        const auto at = static_cast<std::size_t>(threads - 1);
        wall[at] = wall_seconds() - begin;
        cpu[at] = cpu_seconds() - begin_cpu;
        std::printf(
            "all %zu NGG guides, 4 mismatches, CFD, MIT, %d threads (goal 30 s): %.2f s wall, %.2f s CPU, %zu hits\n",
            all.size(), threads, wall[at], cpu[at], hits);
    }
    std::printf("2 threads: %.2f times as fast by the clock, %.2f by CPU time were the machine idle (goal 1.8)\n",
                wall[0] / wall[1], 2 * cpu[0] / cpu[1]);
}

void coli(const char* path, const char* guides_path) {
    Genome genome;
    const double build = timed(1, [&] { genome = genome_of(path, "all"); });
    report("read and pack (goal 0.3 s)", build, 0);
    const auto guides = *read_guides({guides_path});
    against_scan(genome, guides);
    bulges(genome, guides);
    all_guides(genome);
}

void yeast(const char* path, const char* guides_path) {
    const auto genome = genome_of(path, "auto");
    auto guides = *read_guides({guides_path});
    guides.resize(100);
    std::size_t hits = 0;
    const double six = timed(3, [&] { hits = ours(genome, guides, {.nuclease = nucleases()[0], .mismatches = 6}, 1); });
    report("yeast: 100 guides, 6 mismatches (goal 1 s)", six, hits);
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
