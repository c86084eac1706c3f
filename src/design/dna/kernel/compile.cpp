// Constraints as what the search works with; objectives are in goals.cpp.
#include <algorithm>
#include <cmath>

#include "goals.hpp"
#include "model.hpp"
#include "sum_limits.hpp"

namespace leaven::dna {
namespace {

constexpr double count_slack = 1e-9;

std::vector<seq::Interval> intervals_of(const Place& place) {
    std::vector<seq::Interval> out;
    for (const auto& piece : place.pieces) out.push_back(piece.at);
    return out;
}

class Compiler {
public:
    Compiler(const Problem& problem, Model& model) : problem_(problem), model_(model) {}

    Status add(const Place& place, const Translation& rule) {
        const auto sites = sites_of(place, model_.length);
        for (std::size_t i = 0; i < sites.size(); ++i) {
            std::uint64_t set = 0;
            for (unsigned c = 0; c < codon_count; ++c)
                if (fits(rule, i, static_cast<Codon>(c)))
                    set |= std::uint64_t{1} << (sites[i].reverse ? reverse_complement(static_cast<Codon>(c)) : c);
            model_.allowed[static_cast<std::size_t>(sites[i].end)] &= set;
        }
        return {};
    }

    Status add(const Place& place, const Keep& rule) {
        for (const auto& [p, strand] : positions_of(place, model_.length))
            restrict_base(model_.allowed, p, seq::bases_of(rule.letters[static_cast<std::size_t>(p)]));
        return {};
    }

    Status add(const Place& place, const Rare& rule) {
        for (const auto& site : sites_of(place, model_.length))
            for (unsigned t = 0; t < codon_count; ++t)
                if (rule.table.fraction[codon_at(site, static_cast<Codon>(t))] < rule.min_fraction)
                    model_.allowed[static_cast<std::size_t>(site.end)] &= ~(std::uint64_t{1} << t);
        return {};
    }

    Status add(const Place& place, const Avoid& rule) {
        const auto forward = rule.pattern.word.empty() ? *seq::parse_expression(rule.pattern.expression)
                                                       : expression_of(rule.pattern.word);
        const bool palindrome =
            !rule.pattern.word.empty() && rule.pattern.word == seq::reverse_complement(rule.pattern.word);
        if (rule.forward || palindrome)
            if (auto status = watch(place, forward, rule.pattern, -1, true); !status) return status;
        if (rule.reverse && !palindrome) return watch(place, reverse_complement(forward), rule.pattern, -1, true);
        return {};
    }

    Status add(const Place& place, const Require& rule) {
        const auto number = static_cast<int>(model_.required.size());
        model_.required.push_back(rule.count);
        const auto forward = rule.pattern.word.empty() ? *seq::parse_expression(rule.pattern.expression)
                                                       : expression_of(rule.pattern.word);
        const bool palindrome =
            !rule.pattern.word.empty() && rule.pattern.word == seq::reverse_complement(rule.pattern.word);
        if (auto status = watch(place, forward, rule.pattern, number, false); !status) return status;
        return palindrome ? Status() : watch(place, reverse_complement(forward), rule.pattern, number, false);
    }

    Status add(const Place& place, const Homopolymer& rule) {
        for (int base = 0; base < 4; ++base) {
            const auto most = rule.max[static_cast<std::size_t>(base)];
            if (most < 0 || most > 4 * (model_.length + 1)) continue;
            const std::string run(static_cast<std::size_t>(most) + 1, base_letter(base));
            if (auto status = watch(place, expression_of(run), {run, run, {}}, -1, true); !status) return status;
        }
        return {};
    }

    Status add(const Place& place, const GcRange& rule) {
        GcLimits limits{.pieces = intervals_of(place), .window = rule.window};
        limits.around = model_.circular && place.whole;
        std::int64_t bases = rule.window;
        if (rule.window == 0)
            for (const auto& piece : limits.pieces) bases += piece.length();
        const auto size = static_cast<double>(bases);
        limits.least = static_cast<std::int64_t>(std::ceil(rule.min * size - count_slack));
        limits.most = static_cast<std::int64_t>(std::floor(rule.max * size + count_slack));
        if (rule.window > 0)
            std::erase_if(limits.pieces, [&](seq::Interval piece) { return piece.length() < rule.window; });
        if (!limits.pieces.empty()) model_.gc.push_back(std::move(limits));
        return {};
    }

    Status add(const Place& place, const Repeat& rule) {
        model_.words.push_back(
            {WordRule::Kind::repeat, rule.k, 0, rule.both, intervals_of(place), model_.circular && place.whole});
        return {};
    }
    Status add(const Place& place, const Hairpin& rule) {
        for (const auto& piece : intervals_of(place))
            model_.words.push_back(
                {WordRule::Kind::hairpin, rule.stem, rule.span, true, {piece}, model_.circular && place.whole});
        return {};
    }
    Status add(const Place&, const TerminalRepeat& rule) {
        if (!model_.circular)
            model_.words.push_back({WordRule::Kind::terminal, rule.k, rule.window, true, {{0, model_.length}}, false});
        return {};
    }
    Status add(const Place& place, const NoMatch& rule) {
        model_.foreign.emplace_back(place, rule);
        return {};
    }
    Status add(const Place& place, const GcSpread& rule) {
        model_.whole.push_back({place, rule});
        return {};
    }
    Status add(const Place& place, const RepeatShare& rule) {
        model_.whole.push_back({place, rule});
        return {};
    }
    Status add(const Place& place, const MeltingRange& rule) {
        add_sum_limits(model_, place, rule);
        model_.whole.push_back({place, rule});
        return {};
    }
    Status add(const Place& place, const Folding& rule) {
        model_.foldings.emplace_back(place, rule);
        return {};
    }
    Status add(const Place&, const Length& rule) {
        model_.impossible = model_.impossible || model_.length < rule.min || model_.length > rule.max;
        return {};
    }

private:
    static bool fits(const Translation& rule, std::size_t i, Codon codon) {
        if (i == 0 && !rule.start_codon.empty()) return codon == *codon_of(rule.start_codon);
        const char wanted = rule.protein[i];
        if (wanted == 'U') return text_of(codon) == "TGA";
        const char amino_acid = rule.amino_acids[codon];
        return wanted == 'X' ? amino_acid != '*' : amino_acid == wanted;
    }

    /// Watches for an expression in every part of a place; into the flanks where `flanks`.
    Status watch(const Place& place, const seq::Expression& expression, const Pattern& pattern, int required,
                 bool flanks) {
        const auto longest = longest_match(expression);
        if (longest == 0) return {};
        if (model_.circular && place.whole) {
            if (!pattern.word.empty() && longest > model_.length) return {};
            if (longest < 0 || longest > model_.length)
                return bad_input({"{} may match once around the circle and more", "{} 的匹配可能超过环形分子一周"},
                                 pattern.name)
                    .at(pattern.name)
                    .advise({"bound its repeats: {{m,n}} for *", "请限定重复次数：用 {{m,n}} 代替 *"});
            model_.watches.push_back({expression, required, {0, model_.length}, {}, true});
            return {};
        }
        for (const auto& piece : place.pieces) {
            auto within = piece.at;
            if (flanks && !model_.circular) {
                if (within.start == 0) within.start -= static_cast<std::int64_t>(problem_.left_flank.size());
                if (within.end == model_.length) within.end += static_cast<std::int64_t>(problem_.right_flank.size());
            }
            const auto last_start =
                pattern.word.empty() ? within.end : within.end - longest + 1;  // a word of known length fits or not
            const seq::Interval starts{within.start,
                                       std::min(last_start, model_.circular ? last_start : model_.length)};
            if (!starts.empty())
                model_.watches.push_back(
                    {expression, required, starts, pattern.word.empty() ? within : seq::Interval{}, false});
        }
        return {};
    }

    const Problem& problem_;
    Model& model_;
};

/// What no codon can follow is taken away before it, so that no path is begun in vain.
void propagate(Model& model) {
    const auto n = model.length;
    for (std::int64_t round = 0; round < (model.circular ? 2 : 1); ++round)
        for (auto p = n - 1; p >= (model.circular ? 0 : 1); --p) {
            const auto here = model.allowed[static_cast<std::size_t>(p)];
            auto& before = model.allowed[static_cast<std::size_t>((p + n - 1) % n)];
            for (unsigned pair = 0; pair < 16; ++pair)
                if ((here >> (4 * pair) & 15U) == 0)  // no base may follow these two
                    for (unsigned first = 0; first < 4; ++first) before &= ~(std::uint64_t{1} << (first * 16 + pair));
        }
}

}  // namespace

std::vector<CodonSite> sites_of(const Place& place, std::int64_t length) {
    const auto positions = positions_of(place, length);
    std::vector<CodonSite> out;
    for (std::size_t i = 0; i + 3 <= positions.size(); i += 3) {
        const bool reverse = positions[i].second == seq::Strand::reverse;
        out.push_back({reverse ? positions[i].first : positions[i + 2].first, reverse});
    }
    return out;
}

void restrict_base(std::vector<std::uint64_t>& allowed, std::int64_t position, std::uint8_t bases) {
    std::uint64_t set = 0;
    for (unsigned t = 0; t < codon_count; ++t)
        if ((bases >> (t & 3U) & 1U) != 0) set |= std::uint64_t{1} << t;
    allowed[static_cast<std::size_t>(position)] &= set;
}

Result<Model> compile(const Problem& problem, const std::vector<bool>& active, bool scored) {
    Model model;
    model.problem = &problem;
    model.length = problem.length;
    model.circular = problem.circular();
    model.allowed.assign(static_cast<std::size_t>(problem.length), ~std::uint64_t{0});
    Compiler compiler(problem, model);
    for (std::size_t i = 0; i < problem.constraints.size(); ++i) {
        if (!active[i]) continue;
        const auto& constraint = problem.constraints[i];
        for (const auto& rule : constraint.rules) {
            auto status = std::visit([&](const auto& one) { return compiler.add(constraint.place, one); }, rule);
            if (!status) return pass(status);
        }
    }
    propagate(model);
    if (scored)
        if (auto status = add_goals(problem, model); !status) return pass(status);
    return model;
}

}  // namespace leaven::dna
