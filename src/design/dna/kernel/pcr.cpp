#include <algorithm>
#include <tuple>

#include <leaven/dna/digest.hpp>
#include <leaven/dna/pcr.hpp>
#include <leaven/seq/pattern.hpp>

namespace leaven::dna {
namespace {

using seq::Interval;
using seq::Strand;

constexpr std::size_t most_products = 100'000;
constexpr std::int64_t locked = 3;  // bases at the 3' end that always pair

bool pairs(char template_base, char primer_base) {
    const auto bits = seq::bases_of(template_base);
    return bits != 0 && (bits & (bits - 1)) == 0 && (bits & seq::bases_of(primer_base)) != 0;
}

/// One strand of the template, read so that a primer's letters lie on it as they are.
class TemplateStrands {
public:
    explicit TemplateStrands(const seq::Record& record) : record_(record) {}

    [[nodiscard]] std::int64_t length() const { return record_.length; }

    /// The letter `back` bases before the 3' end of a primer whose paired bases are `at`; 0 beyond a linear end.
    [[nodiscard]] char letter(Interval at, Strand strand, std::int64_t back) const {
        auto place = strand == Strand::forward ? at.end - 1 - back : at.start + back;
        const auto n = record_.length;
        if (record_.circular())
            place = (place % n + n) % n;
        else if (place < 0 || place >= n)
            return '\0';
        const char c = record_.sequence.letters[static_cast<std::size_t>(place)];
        return strand == Strand::forward ? c : seq::complement(c);
    }

private:
    const seq::Record& record_;
};

/// The annealing that ends at a match of the primer's 3' word, drawn out to its 5' side as far as bases pair.
Annealing drawn_out(const TemplateStrands& strands, const Primer& primer, std::size_t index, const seq::Match& match,
                    Strand strand) {
    Annealing found{index, match.at, strand, match.mismatches};
    const auto size = static_cast<std::int64_t>(primer.letters.size());
    auto paired = match.at.length();
    while (paired < size && paired < strands.length()) {
        const auto letter = strands.letter(match.at, strand, paired);
        if (letter == '\0' || !pairs(letter, primer.letters[static_cast<std::size_t>(size - 1 - paired)])) break;
        ++paired;
    }
    if (strand == Strand::forward)
        found.at.start = found.at.end - paired;
    else
        found.at.end = found.at.start + paired;
    return found;
}

bool locked_bases_pair(const TemplateStrands& strands, const Primer& primer, const seq::Match& match, Strand strand) {
    for (std::int64_t back = 0; back < locked; ++back)
        if (!pairs(strands.letter(match.at, strand, back), primer.letters[primer.letters.size() - 1 - back]))
            return false;
    return true;
}

Result<std::vector<Annealing>> anneal(const seq::Record& record, const Primer& primer, std::size_t index,
                                      const PcrOptions& options, PcrResult& result, const Context& context) {
    std::vector<Annealing> found;
    const auto size = static_cast<std::int64_t>(primer.letters.size());
    if (size < options.anneal_min) {
        ++result.rejected["primer_shorter_than_anneal_min"];
        return found;
    }
    const auto word = primer.letters.substr(static_cast<std::size_t>(size - options.anneal_min));
    const auto matches =
        seq::find_word(record.sequence, record.topology, word, {.mismatches = options.mismatches}, context);
    if (!matches) return pass(matches);
    const TemplateStrands strands(record);
    const bool palindrome = word == seq::reverse_complement(word);
    for (const auto& match : *matches)
        for (const auto strand : {Strand::forward, Strand::reverse}) {
            if (strand != match.strand && !palindrome) continue;
            if (!locked_bases_pair(strands, primer, match, strand)) {
                ++result.rejected["mismatch_at_the_3_prime_end"];
                continue;
            }
            found.push_back(drawn_out(strands, primer, index, match, strand));
        }
    if (found.empty()) ++result.rejected["primer_without_site"];
    return found;
}

/// Bases of the template from the forward primer's 3' end to the reverse primer's; none where the primers do not face
/// each other. On a circle the way goes on over the origin.
std::optional<std::int64_t> gap_between(const seq::Record& record, const Annealing& forward, const Annealing& reverse) {
    const auto gap = reverse.at.start - forward.at.end;
    if (!record.circular()) return gap >= 0 ? std::optional(gap) : std::nullopt;
    const auto n = record.length;
    return (gap % n + n) % n;
}

std::string letters_between(const seq::Record& record, std::span<const Primer> primers, const Annealing& forward,
                            const Annealing& reverse, std::int64_t gap) {
    return primers[forward.primer].letters + letters_of(record, {forward.at.end, forward.at.end + gap}) +
           seq::reverse_complement(primers[reverse.primer].letters);
}

}  // namespace

Result<PcrResult> amplify(const seq::Record& record, std::span<const Primer> primers, const PcrOptions& options,
                          const Context& context) {
    PcrResult result;
    std::vector<Annealing> forward;
    std::vector<Annealing> reverse;
    for (std::size_t i = 0; i < primers.size(); ++i) {
        const auto found = anneal(record, primers[i], i, options, result, context);
        if (!found) return pass(found);
        for (const auto& one : *found) (one.strand == Strand::forward ? forward : reverse).push_back(one);
    }
    for (const auto& left : forward)
        for (const auto& right : reverse) {
            if (context.stopped()) return cancelled();
            const auto gap = gap_between(record, left, right);
            if (!gap) {
                ++result.rejected["primers_do_not_face_each_other"];
                continue;
            }
            const auto length = *gap + static_cast<std::int64_t>(primers[left.primer].letters.size() +
                                                                 primers[right.primer].letters.size());
            if (length > options.max_product) {
                ++result.rejected["longer_than_max_product"];
                continue;
            }
            if (result.products.size() == most_products)
                return bad_input({"{} gives more than {} products", "{} 的产物超过 {} 个"}, record.name, most_products)
                    .at("primers")
                    .advise({"use longer primers, or raise anneal_min", "请使用更长的引物，或提高 anneal_min"});
            result.products.push_back(
                {left, right, left.at.start, letters_between(record, primers, left, right, *gap)});
        }
    const auto n = record.length;
    for (auto& product : result.products) product.start = (product.start % n + n) % n;
    std::sort(result.products.begin(), result.products.end(), [](const PcrProduct& a, const PcrProduct& b) {
        return std::tuple(a.start, a.letters.size(), a.forward.primer, a.reverse.primer) <
               std::tuple(b.start, b.letters.size(), b.forward.primer, b.reverse.primer);
    });
    return result;
}

}  // namespace leaven::dna
