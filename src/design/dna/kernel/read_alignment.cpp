#include "read_alignment.hpp"

#include <algorithm>

#include <leaven/dna/digest.hpp>

namespace leaven::dna {
namespace {

constexpr std::int64_t given_back = 3;  // bases at both ends of a run that are aligned anew with what is beside them
constexpr std::int64_t longest_end = 500;
constexpr std::int64_t most_unlike = 400;  // longer stretches without a common word are replaced, not aligned
constexpr std::int64_t most_cells = 2'000'000;
constexpr std::size_t least_judged = 40;

std::size_t matches_of(const Columns& columns) {
    std::size_t count = 0;
    for (std::size_t k = 0; k < columns.read.size(); ++k) count += columns.read[k] == columns.design[k] ? 1 : 0;
    return count;
}

Columns replaced(std::string_view design, std::string_view read) {
    Columns columns;
    columns.add_deleted(design);
    columns.add_inserted(read);
    return columns;
}

/// A long gap on one side: the short side is parted where most of its letters match on the left and on the right.
Columns parted(std::string_view design, std::string_view read) {
    const bool short_read = read.size() < design.size();
    const auto least = short_read ? read : design;
    const auto most = short_read ? design : read;
    std::size_t right = 0;
    for (std::size_t k = 0; k < least.size(); ++k) right += least[k] == most[most.size() - least.size() + k] ? 1 : 0;
    std::size_t left = 0;
    std::size_t best = right;
    std::size_t cut = 0;
    for (std::size_t k = 0; k < least.size(); ++k) {
        left += least[k] == most[k] ? 1 : 0;
        right -= least[k] == most[most.size() - least.size() + k] ? 1 : 0;
        if (left + right > best) best = left + right, cut = k + 1;
    }
    Columns columns;
    columns.add(design.substr(0, cut), read.substr(0, cut));
    const auto gap = most.substr(cut, most.size() - least.size());
    short_read ? columns.add_deleted(gap) : columns.add_inserted(gap);
    const auto rest = least.size() - cut;
    columns.add(design.substr(design.size() - rest), read.substr(read.size() - rest));
    return columns;
}

Columns between(std::string_view design, std::string_view read, PairAligner& aligner) {
    const auto least = static_cast<std::int64_t>(std::min(design.size(), read.size()));
    if (least > most_unlike) return replaced(design, read);
    if (static_cast<std::int64_t>(design.size() * read.size()) > most_cells) return parted(design, read);
    auto columns = aligner.align(design, read);
    const bool judged = std::min(design.size(), read.size()) >= least_judged;
    if (judged && matches_of(columns) * 5 < std::min(design.size(), read.size()) * 3) return replaced(design, read);
    return columns;
}

class Layer {
public:
    Layer(const DesignIndex& index, const ReadChain& chain, PairAligner& aligner, const Context& context)
        : record_(index.record()), chain_(chain), aligner_(aligner), context_(context) {}

    ReadAlignment lay() {
        const auto& first = chain_.runs.front();
        out_.strand = chain_.strand;
        out_.length = static_cast<std::int64_t>(chain_.letters.size());
        const auto head = head_before(first);
        const auto bases = std::count_if(head.design.begin(), head.design.end(), [](char c) { return c != '-'; });
        out_.start = first.design - bases;
        out_.columns = head;
        lay_runs();
        lay_tail(chain_.runs.back());
        shift_gaps_left(out_.columns);
        if (record_.circular()) out_.start = (out_.start % record_.length + record_.length) % record_.length;
        out_.laid = std::count_if(out_.columns.read.begin(), out_.columns.read.end(), [](char c) { return c != '-'; });
        return std::move(out_);
    }

private:
    [[nodiscard]] std::string design(std::int64_t from, std::int64_t to) const {
        return letters_of(record_, {from, to});
    }
    [[nodiscard]] std::string_view read(std::int64_t from, std::int64_t to) const {
        return std::string_view(chain_.letters)
            .substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
    }

    Columns head_before(const CommonRun& run) {
        const auto size = std::min(run.read, longest_end);
        auto room = size + size / 4 + 20;
        if (!record_.circular()) room = std::min(room, run.design);
        auto before = design(run.design - room, run.design);
        std::string letters(read(run.read - size, run.read));
        std::reverse(before.begin(), before.end());
        std::reverse(letters.begin(), letters.end());
        auto columns = aligner_.extend(before, letters);
        std::reverse(columns.design.begin(), columns.design.end());
        std::reverse(columns.read.begin(), columns.read.end());
        return columns;
    }

    void lay_tail(const CommonRun& run) {
        const auto from = run.read + run.size;
        const auto size = std::min(static_cast<std::int64_t>(chain_.letters.size()) - from, longest_end);
        auto room = size + size / 4 + 20;
        const auto place = run.design + run.size;
        if (!record_.circular()) room = std::min(room, record_.length - place);
        out_.columns.add(aligner_.extend(design(place, place + room), read(from, from + size)));
    }

    void lay_runs() {
        const auto& runs = chain_.runs;
        for (std::size_t i = 0; i < runs.size() && !context_.stopped(); ++i) {
            auto run = runs[i];
            const bool spare = run.size > 3 * given_back;
            if (i > 0) {
                const auto& last = runs[i - 1];
                const auto kept = last.size > 3 * given_back ? given_back : 0;
                const auto taken = spare ? given_back : 0;
                const auto place = last.design + last.size - kept;
                const auto from = last.read + last.size - kept;
                out_.columns.add(between(design(place, run.design + taken), read(from, run.read + taken), aligner_));
                run = {run.read + taken, run.design + taken, run.size - taken};
            }
            if (i + 1 < runs.size() && spare) run.size -= given_back;
            out_.columns.add(design(run.design, run.design + run.size), read(run.read, run.read + run.size));
        }
    }

    const seq::Record& record_;
    const ReadChain& chain_;
    PairAligner& aligner_;
    const Context& context_;
    ReadAlignment out_{};
};

}  // namespace

double ReadAlignment::identity() const {
    std::size_t matches = 0;
    std::size_t others = 0;
    for (std::size_t k = 0; k < columns.read.size(); ++k) {
        const bool gap = columns.read[k] == '-' || columns.design[k] == '-';
        const bool goes_on = k > 0 && ((columns.read[k] == '-' && columns.read[k - 1] == '-') ||
                                       (columns.design[k] == '-' && columns.design[k - 1] == '-'));
        if (columns.read[k] == columns.design[k])
            ++matches;
        else if (!gap || !goes_on)
            ++others;
    }
    return matches == 0 ? 0 : static_cast<double>(matches) / static_cast<double>(matches + others);
}

std::optional<ReadAlignment> lay_on(const DesignIndex& index, std::string_view read, PairAligner& aligner,
                                    const Context& context) {
    const auto chain = index.map(read, context);
    if (!chain) return std::nullopt;
    return Layer(index, *chain, aligner, context).lay();
}

}  // namespace leaven::dna
