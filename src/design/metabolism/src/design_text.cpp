// What a design says to people before its tables.
#include <map>

#include <leaven/metabolism/design.hpp>

namespace leaven::metabolism {
namespace {

/// What is done to the cell, by name: "without ADH1 (adh1), with PDC".
Text deeds(const Design& design) {
    std::map<std::string, std::string> named;
    for (const auto& one : design.interventions) {
        auto& names = named[one.kind];
        names += (names.empty() ? "" : " + ") +
                 (one.name.empty() || one.name == one.id ? one.id : fmt::format("{} ({})", one.name, one.id));
    }
    Text out;
    if (!named["knockout"].empty()) out = text({"without {}", "敲除 {}"}, named["knockout"]);
    if (named["insertion"].empty()) return out;
    auto with = text({"with {}", "插入 {}"}, named["insertion"]);
    if (out.en.empty()) return with;
    return {out.en + ", " + with.en, out.zh + "，" + with.zh};
}

Text best(const DesignResult& result) {
    const auto& design = result.designs.front();
    const auto done = deeds(design);
    const double growth = design.growth.value_or(0);
    if (design.growth_lost)
        return text({"Best: {0}, growth {2:.4g} 1/h, of which {3:.4g} is lost when no product is made",
                     "最优：{1}，生长速率 {2:.4g} 1/h，不合成产物则损失 {3:.4g}"},
                    done.en, done.zh, growth, *design.growth_lost);
    if (result.strategy == "optknock")
        return text({"Best: {0}, growth {2:.4g} 1/h, up to {3:.4g} mmol/gDW/h of product, at least {4:.4g}",
                     "最优：{1}，生长速率 {2:.4g} 1/h，产物至多 {3:.4g} mmol/gDW/h，至少 {4:.4g}"},
                    done.en, done.zh, growth, design.maximum.value_or(0), design.guaranteed.value_or(0));
    return text({"Best: {0}, growth {2:.4g} 1/h, at least {3:.4g} mmol/gDW/h of product",
                 "最优：{1}，生长速率 {2:.4g} 1/h，产物不少于 {3:.4g} mmol/gDW/h"},
                done.en, done.zh, growth, design.guaranteed.value_or(0));
}

/// "7 of size 1, 53 of size 2".
Text sizes(const std::vector<Design>& designs) {
    std::map<std::size_t, std::int64_t> count;
    for (const auto& one : designs) ++count[one.interventions.size()];
    Text out;
    for (const auto& [size, sets] : count) {
        const auto part = text({"{} of size {}", "规模 {1} 的 {0} 个"}, sets, size);
        out.en += (out.en.empty() ? "" : ", ") + part.en;
        out.zh += (out.zh.empty() ? "" : "，") + part.zh;
    }
    return out;
}

std::vector<Text> of_cut_sets(const DesignResult& result) {
    std::vector<Text> lines;
    const auto& proof = result.proof;
    if (result.designs.empty()) {
        lines.push_back(result.complete ? Text{"No cut set within the limit", "限定数目内没有割集"}
                                        : Text{"No cut set found yet", "尚未找到割集"});
    } else {
        const auto by_size = sizes(result.designs);
        lines.push_back(text({"Minimal cut sets listed: {0} ({1})", "列出最小割集 {0} 个（{2}）"}, result.count,
                             by_size.en, by_size.zh));
    }
    lines.push_back(text(result.complete
                             ? Doc{"Complete: {} sets looked at, {} linear programs, {} settled by a known flux; no "
                                   "other minimal set of at most {:g}",
                                   "搜索完备：考察 {} 个组合，求解 {} 个线性规划，{} 个由已知通量判定；规模不超过 {:g} "
                                   "的最小割集再无其他"}
                             : Doc{"Incomplete: {} sets looked at, {} linear programs, {} settled by a known flux; all "
                                   "minimal sets of at most {:g} are known",
                                   "搜索未完成：考察 {} 个组合，求解 {} 个线性规划，{} 个由已知通量判定；规模不超过 "
                                   "{:g} 的最小割集均已知"},
                         proof.nodes, proof.lps, proof.witnessed, proof.bound));
    return lines;
}

}  // namespace

std::vector<Text> DesignResult::headline() const {
    if (!solved() && !cause.en.empty()) return {cause};
    if (!solved()) return {{"No growth: there is nothing to design", "模型不能生长：无从设计"}};
    if (strategy == "mcs") return of_cut_sets(*this);
    std::vector<Text> lines;
    if (!designs.empty())
        lines.push_back(best(*this));
    else if (complete)
        lines.push_back(
            strategy == "search" || strategy == "robustknock"
                ? Text{"No knock-out set within the limit forces the product", "限定数目内没有能强制产出的敲除组合"}
                : Text{"No set within the limit does better than the wild type", "限定数目内没有优于野生型的组合"});
    else
        lines.push_back({"No design found yet", "尚未找到设计"});
    const Doc finished = strategy == "search" || strategy == "robustknock"
                             ? Doc{"Complete: {} sets looked at, {} linear programs, {} settled by a known flux; "
                                   "nothing within the limit guarantees more than {:.4g}",
                                   "搜索完备：考察 {} 个组合，求解 {} 个线性规划，{} "
                                   "个由已知通量判定；限定数目内无组合能保证超过 {:.4g}"}
                             : Doc{"Complete: {} sets looked at, {} linear programs, {} settled by a known flux; "
                                   "nothing within the limit reaches more than {:.4g}",
                                   "搜索完备：考察 {} 个组合，求解 {} 个线性规划，{} "
                                   "个由已知通量判定；限定数目内无组合能超过 {:.4g}"};
    lines.push_back(complete ? text(finished, proof.nodes, proof.lps, proof.witnessed, proof.bound)
                             : text({"Incomplete: {} sets looked at; nothing is worth more than {:.4g}",
                                     "搜索未完成：已考察 {} 个组合；上界为 {:.4g}"},
                                    proof.nodes, proof.bound));
    return lines;
}

}  // namespace leaven::metabolism
