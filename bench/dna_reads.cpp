// Seconds of verification and of primer design, on data made here.
//
//     dna_reads_bench [THREADS]    96 samples of 200 reads of 5,000 bases with 5 % errors against a circle of 8,000; a
//                                  pair for each of 100 places of a genome of 4,600,000 bases, with that genome
//                                  searched
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include <leaven/core/random.hpp>
#include <leaven/dna/primers.hpp>
#include <leaven/dna/verify.hpp>
#include <leaven/seq/sequence.hpp>

namespace {

using namespace leaven;

class Clock {
public:
    void tell(const char* task, int count, const char* unit) const {
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin_;
        const double cpu = static_cast<double>(std::clock() - cpu_) / CLOCKS_PER_SEC;
        std::printf("%-44s %7.2f s, CPU %7.2f s, %9.1f %s/s\n", task, wall.count(), cpu, count / wall.count(), unit);
    }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::clock_t cpu_ = std::clock();
};

std::string drawn(Random& random, std::size_t size) {
    std::string letters;
    for (std::size_t i = 0; i < size; ++i) letters += "ACGT"[random.below(4)];
    return letters;
}

seq::Record circle(const std::string& letters) {
    seq::Record record;
    record.name = "circle";
    record.topology = seq::Topology::circular;
    record.set_sequence({letters, {}, seq::Alphabet::dna});
    return record;
}

/// A stretch of the circle with substitutions, deletions and insertions alike.
std::string read_of(const std::string& circle, std::size_t size, double errors, Random& random) {
    const auto start = random.below(static_cast<std::uint32_t>(circle.size()));
    std::string read;
    for (std::size_t i = 0; i < size; ++i) {
        const char letter = circle[(start + i) % circle.size()];
        const auto chance = random.uniform() / errors;
        if (chance < 1.0 / 3) continue;
        if (chance < 2.0 / 3) read += "ACGT"[random.below(4)];
        read += chance < 1 && chance >= 2.0 / 3 ? "ACGT"[random.below(4)] : letter;
    }
    return random.below(2) == 0 ? read : seq::reverse_complement(read);
}

void verify_plates(const Context& context) {
    Random random(1);
    const auto letters = drawn(random, 8000);
    const dna::DesignCheck check(circle(letters));
    std::vector<dna::SampleReads> samples(96);
    for (auto& sample : samples)
        for (int i = 0; i < 200; ++i) sample.reads.push_back(read_of(letters, 5000, 0.05, random));
    const Clock clock;
    int correct = 0;
    for (const auto& sample : samples) {
        const auto made = check.verify(sample, {}, context);
        correct += made && made->verdict == dna::CloneVerdict::correct ? 1 : 0;
    }
    clock.tell("verify 96 samples of 200 reads of 5 kb", 96, "samples");
    if (correct != 96) std::printf("%d samples are not correct\n", 96 - correct);
}

void design_primers(const Context& context) {
    Random random(2);
    const auto genome = circle(drawn(random, 4'600'000));
    const Clock clock;
    int found = 0;
    for (std::int64_t i = 0; i < 100; ++i) {
        const dna::PrimerTarget target{{i * 40'000, i * 40'000 + 1000}};
        const auto made = dna::design_primers(genome, target, {.mode = dna::PrimerMode::check}, {}, context);
        found += made && !made->pairs.empty() ? 1 : 0;
    }
    clock.tell("check primers of 100 places on 4.6 Mb", found, "places");
}

}  // namespace

int main(int argc, char** argv) {
    Context context;
    context.threads = argc > 1 ? std::atoi(argv[1]) : 2;
    verify_plates(context);
    design_primers(context);
    return 0;
}
