#include "rule_words.hpp"

#include <fmt/core.h>

namespace leaven::dna {
namespace {

std::string shown(const Pattern& pattern) {
    if (pattern.word.empty() || pattern.word == pattern.name) return pattern.name;
    return fmt::format("{} ({})", pattern.word, pattern.name);
}

Text side(double value, bool least) {
    return least ? text({"at least {:g} °C", "不低于 {:g} °C"}, value)
                 : text({"at most {:g} °C", "不高于 {:g} °C"}, value);
}

struct Wording {
    Text operator()(const Translation& rule) const {
        if (rule.protein.size() <= 12) return text({"codes for {}", "编码 {}"}, rule.protein);
        return text({"codes for {}… ({} codons)", "编码 {}…（{} 个密码子）"}, rule.protein.substr(0, 10),
                    rule.protein.size());
    }
    Text operator()(const Keep&) const { return {"stays as it is", "保持不变"}; }
    Text operator()(const Avoid& rule) const {
        if (rule.forward && rule.reverse)
            return text({"{} does not occur, on either strand", "两条链上均不出现 {}"}, shown(rule.pattern));
        return rule.forward ? text({"{} does not occur on the + strand", "正链上不出现 {}"}, shown(rule.pattern))
                            : text({"{} does not occur on the − strand", "负链上不出现 {}"}, shown(rule.pattern));
    }
    Text operator()(const Require& rule) const {
        return text({"{} occurs at least {} times", "{} 至少出现 {} 次"}, shown(rule.pattern), rule.count);
    }
    Text operator()(const GcRange& rule) const {
        if (rule.window == 0) return text({"GC {:g} to {:g}", "GC {:g} 至 {:g}"}, rule.min, rule.max);
        return text({"GC {:g} to {:g} in every window of {} bases", "每个 {2} 碱基窗口的 GC 为 {0:g} 至 {1:g}"},
                    rule.min, rule.max, rule.window);
    }
    Text operator()(const GcSpread& rule) const {
        return text({"GC of windows of {} bases differs by at most {:g}", "{} 碱基窗口之间的 GC 相差不超过 {:g}"},
                    rule.window, rule.max);
    }
    Text operator()(const Homopolymer& rule) const {
        std::string runs;
        for (std::size_t base = 0; base < 4; ++base)
            if (rule.max[base] >= 0)
                runs += fmt::format("{}{} {}", runs.empty() ? "" : ", ", std::string_view("ACGT").substr(base, 1),
                                    rule.max[base]);
        return text({"longest runs: {}", "最长连续：{}"}, runs);
    }
    Text operator()(const Repeat& rule) const {
        return rule.both
                   ? text({"no {} bases occur twice, on either strand", "任意 {} 碱基不得重复出现（含互补链）"}, rule.k)
                   : text({"no {} bases occur twice", "任意 {} 碱基不得重复出现"}, rule.k);
    }
    Text operator()(const RepeatShare& rule) const {
        return text({"at most {1:g} of the bases lie in repeats of {0}", "位于 {} 碱基重复中的碱基不超过 {:g}"}, rule.k,
                    rule.max);
    }
    Text operator()(const TerminalRepeat& rule) const {
        return text({"no {1} bases of the first {0} again in the last {0}",
                     "首 {0} 碱基中的任意 {1} 碱基不在末 {0} 碱基中重现"},
                    rule.window, rule.k);
    }
    Text operator()(const Hairpin& rule) const {
        return text({"no hairpin with a stem of {} bases within {}", "{1} 碱基内没有 {0} 碱基茎的发夹"}, rule.stem,
                    rule.span);
    }
    Text operator()(const NoMatch& rule) const {
        return text({"no {} bases in common with {}", "与 {1} 没有 {0} 碱基的相同片段"}, rule.k, rule.file);
    }
    Text operator()(const Rare& rule) const {
        return text({"no codon of a fraction below {:g} in {}", "不用 {1} 中比例低于 {0:g} 的密码子"},
                    rule.min_fraction, rule.table.name);
    }
    Text operator()(const MeltingRange& rule) const {
        const auto least = rule.min_c ? side(*rule.min_c, true) : Text();
        const auto most = rule.max_c ? side(*rule.max_c, false) : Text();
        const bool both = rule.min_c && rule.max_c;
        return {"melts at " + least.en + (both ? " and " : "") + most.en,
                "解链温度" + least.zh + (both ? "、" : "") + most.zh};
    }
    Text operator()(const Folding& rule) const {
        if (rule.window == 0)
            return text({"folds to no less than {:g} kcal/mol", "折叠能不低于 {:g} kcal/mol"}, rule.least_kcal);
        return text({"no window of {1} bases folds to less than {0:g} kcal/mol",
                     "每个 {1} 碱基窗口的折叠能不低于 {0:g} kcal/mol"},
                    rule.least_kcal, rule.window);
    }
    Text operator()(const Length& rule) const {
        return text({"{} to {} bases", "{} 至 {} 个碱基"}, rule.min, rule.max);
    }

    Text operator()(const CodonGoal& goal) const {
        const auto& name = goal.table.name;
        switch (goal.method) {
            case CodonMethod::cai:
                return text({"codon adaptation index in {}", "在 {} 中的密码子适应指数"}, name);
            case CodonMethod::match:
                return text({"codons used as often as in {}", "密码子频率与 {} 一致"}, name);
            case CodonMethod::harmonise:
                return text({"codons as rare in {} as where the gene comes from", "在 {} 中的稀有程度与来源宿主一致"},
                            name);
            case CodonMethod::tai:
                break;
        }
        return text({"tRNA adaptation index in {}", "在 {} 中的 tRNA 适应指数"}, name);
    }
    Text operator()(const ChangeGoal&) const { return {"few bases changed", "改动的碱基尽量少"}; }
    Text operator()(const GcGoal& goal) const { return text({"GC near {:g}", "GC 接近 {:g}"}, goal.target); }
};

}  // namespace

Text words_of(const Rule& rule) { return std::visit(Wording(), rule); }

Text words_of(const Goal& goal) { return std::visit(Wording(), goal); }

Text words_of(const Place& place) {
    if (place.whole) return {};
    std::string runs;
    for (const auto& piece : place.pieces)
        runs += fmt::format("{}{}–{}{}", runs.empty() ? "" : ", ", piece.at.start + 1, piece.at.end,
                            piece.strand == seq::Strand::reverse ? " (−)" : "");
    return text({"bases {}", "碱基 {}"}, runs);
}

}  // namespace leaven::dna
