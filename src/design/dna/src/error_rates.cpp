#include "error_rates.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <leaven/dna/bases.hpp>

namespace leaven::dna {
namespace {

constexpr std::size_t longest_run = 8;

struct Sum {
    double errors = 0;
    double reads = 0;

    void add(double more, double of) {
        if (more * 2 >= of) return;  // that is no error
        errors += more;
        reads += of;
    }
    [[nodiscard]] double rate(double least) const { return std::max(least, reads > 0 ? errors / reads : least); }
};

}  // namespace

std::size_t run_at(const seq::Record& design, std::int64_t position) {
    const auto n = design.length;
    const auto letter = [&](std::int64_t at) {
        if (design.circular()) return design.sequence.letters[static_cast<std::size_t>((at % n + n) % n)];
        return at < 0 || at >= n ? '\0' : design.sequence.letters[static_cast<std::size_t>(at)];
    };
    const char base = letter(position);
    if (letter(position - 1) == base) return 0;
    std::size_t run = 1;
    while (run < longest_run && letter(position + static_cast<std::int64_t>(run)) == base) ++run;
    return run;
}

ErrorRates::ErrorRates(const seq::Record& design, const Pileup& pileup) {
    Sum substitution;
    std::array<Sum, longest_run + 1> deletion;
    std::array<Sum, longest_run + 1> insertion;
    Sum extended;
    std::map<std::int64_t, double> shorter;
    std::map<std::int64_t, double> longer;
    for (const auto& one : pileup.insertions) ++(one.letters.size() < 3 ? shorter : longer)[one.position];
    for (std::int64_t at = 0; at < design.length; ++at) {
        const auto& counts = pileup.bases[static_cast<std::size_t>(at)];
        const auto depth = static_cast<double>(counts.depth());
        const auto none = static_cast<double>(counts.count(BaseCounts::deleted));
        const int base = base_index(design.sequence.letters[static_cast<std::size_t>(at)]);
        const double same = base < 0 ? 0 : counts.count(static_cast<std::size_t>(base));
        const auto run = run_at(design, at);
        substitution.add(depth - none - same, depth);
        deletion[run].add(none, depth);
        const auto count_in = [&](const auto& map) {
            const auto found = map.find(at);
            return found == map.end() ? 0.0 : found->second;
        };
        insertion[run].add(count_in(shorter), depth);
        extended.add(count_in(longer), depth);
    }
    substitution_ = substitution.rate(least);
    long_insertion_ = extended.rate(least);
    for (std::size_t run = 0; run <= longest_run; ++run) {
        deletion_[run] = deletion[run].rate(least);
        insertion_[run] = insertion[run].rate(least);
    }
}

double chance_of(std::int64_t count, std::int64_t depth, double rate) {
    const auto k = static_cast<double>(count);
    const auto n = static_cast<double>(depth);
    if (k <= n * rate) return 1;  // no more than there must be
    double term = std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(rate) +
                           (n - k) * std::log1p(-rate));
    double sum = 0;
    for (auto i = k; i <= n && term > sum * 1e-12; ++i) {
        sum += term;
        term *= (n - i) / (i + 1) * rate / (1 - rate);
    }
    return sum;
}

}  // namespace leaven::dna
