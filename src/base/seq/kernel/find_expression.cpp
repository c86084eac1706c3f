#include <algorithm>
#include <array>

#include <leaven/seq/expression.hpp>
#include <leaven/seq/pattern.hpp>

#include "base_sets.hpp"

namespace leaven::seq {
namespace {

constexpr std::int64_t nowhere = -1;

class Finder {
public:
    Finder(const Expression& expression, const Sequence& sequence, Topology topology, const FindOptions& options,
           const Context& context)
        : expression_(expression),
          letters_(sequence.letters),
          n_(sequence.length()),
          total_(topology == Topology::circular ? 2 * n_ : n_),
          options_(options),
          context_(context) {
        for (std::size_t text = 0; text < 16; ++text)
            for (std::size_t s = 0; s < expression.letters.size(); ++s)
                if (fits(static_cast<std::uint8_t>(text), expression.letters[s], options.ambiguous))
                    states_[text].push_back(static_cast<std::int32_t>(s));
    }

    /// For every start below n the farthest end of a match, from right to left.
    Status run(Strand strand, std::vector<Match>& matches) {
        std::vector<std::int64_t> after(expression_.letters.size(), nowhere);
        auto here = after;
        std::vector<std::int32_t> touched;
        std::vector<std::int32_t> touched_after;
        for (auto i = total_; i-- > 0;) {
            if ((i & 0xFFF) == 0 && context_.stopped()) return cancelled();
            touched.clear();
            for (const auto s : states_[bases_at(i)]) {
                auto best = expression_.last[static_cast<std::size_t>(s)] ? i + 1 : nowhere;
                for (const auto next : expression_.follow[static_cast<std::size_t>(s)])
                    best = std::max(best, after[static_cast<std::size_t>(next)]);
                if (best == nowhere) continue;
                here[static_cast<std::size_t>(s)] = best;
                touched.push_back(s);
            }
            if (i < n_)
                if (auto status = report(i, here, strand, matches); !status) return status;
            for (const auto s : touched_after) after[static_cast<std::size_t>(s)] = nowhere;
            std::swap(here, after);
            std::swap(touched, touched_after);
        }
        return {};
    }

private:
    [[nodiscard]] std::uint8_t bases_at(std::int64_t i) const {
        return bases_of(letters_[static_cast<std::size_t>(i < n_ ? i : i - n_)]);
    }

    Status report(std::int64_t start, const std::vector<std::int64_t>& here, Strand strand,
                  std::vector<Match>& matches) {
        auto end = nowhere;
        for (const auto s : expression_.first) end = std::max(end, here[static_cast<std::size_t>(s)]);
        if (end > start + n_) {  // more than once around
            if (++rounds_ > 1000)
                return bad_input({"the expression matches more than once around the circle",
                                  "正则表达式的匹配超过环形分子一周"})
                    .at("pattern")
                    .advise({"bound its repeats: {{m,n}} for *", "请限定重复次数：用 {{m,n}} 代替 *"});
            end = longest_within(start);
        }
        if (end > start) matches.push_back({{start, end}, strand, 0});
        return {};
    }

    /// The longest match from one start that is no longer than the circle.
    [[nodiscard]] std::int64_t longest_within(std::int64_t start) const {
        std::vector<bool> active(expression_.letters.size());
        std::vector<std::int32_t> entering(expression_.first);
        auto end = nowhere;
        for (auto i = start; i < start + n_ && !entering.empty(); ++i) {
            std::vector<std::int32_t> next;
            std::fill(active.begin(), active.end(), false);
            for (const auto s : entering) {
                const auto state = static_cast<std::size_t>(s);
                if (!fits(bases_at(i % n_), expression_.letters[state], options_.ambiguous)) continue;
                if (expression_.last[state]) end = i + 1;
                for (const auto follower : expression_.follow[state])
                    if (!active[static_cast<std::size_t>(follower)]) {
                        active[static_cast<std::size_t>(follower)] = true;
                        next.push_back(follower);
                    }
            }
            entering = std::move(next);
        }
        return end;
    }

    const Expression& expression_;
    const std::string& letters_;
    std::int64_t n_;
    std::int64_t total_;
    const FindOptions& options_;
    const Context& context_;
    std::array<std::vector<std::int32_t>, 16> states_;
    std::int64_t rounds_ = 0;
};

}  // namespace

Result<std::vector<Match>> find_expression(const Sequence& sequence, Topology topology, std::string_view text,
                                           const FindOptions& options, const Context& context) {
    const auto expression = parse_expression(text);
    if (!expression) return pass(expression);
    std::vector<Match> matches;
    if (options.forward)
        if (auto status = Finder(*expression, sequence, topology, options, context).run(Strand::forward, matches);
            !status)
            return pass(status);
    if (options.reverse) {
        // On the other strand the longest match from each of its starts: the expression runs over the reverse
        // complement.
        const auto other = reverse_complement(sequence);
        std::vector<Match> found;
        if (auto status = Finder(*expression, other, topology, options, context).run(Strand::reverse, found); !status)
            return pass(status);
        const auto n = sequence.length();
        for (auto& match : found) {
            match.at = {n - match.at.end, n - match.at.start};
            if (match.at.start < 0) match.at = {match.at.start + n, match.at.end + n};
            const Match forward{match.at, Strand::forward, 0};
            // A place that reads the same on both strands is one place.
            const auto read = letters_at(sequence.letters, match.at);
            const bool twice = options.forward && read == reverse_complement(read, sequence.alphabet) &&
                               std::find(matches.begin(), matches.end(), forward) != matches.end();
            if (!twice) matches.push_back(match);
        }
    }
    std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
        return a.at != b.at ? a.at < b.at : a.strand == Strand::forward && b.strand == Strand::reverse;
    });
    return matches;
}

}  // namespace leaven::seq
