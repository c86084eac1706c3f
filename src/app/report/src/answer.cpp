#include <algorithm>

#include <fmt/core.h>

#include <leaven/op/json.hpp>

#include "dossier.hpp"
#include "sections.hpp"

namespace leaven::report {
namespace {

constexpr std::string_view rate_unit = "1/h";

/// What the sentences need to know.
struct Facts {
    const Json& best;
    std::size_t position;  // of the best design in the list
    const Json& found;     // the result of the design operation
    Html product;
    std::optional<double> wild_growth;
    std::optional<std::int64_t> most;  // interventions asked for
    bool genes = true;
    std::string strategy;

    explicit Facts(const Json& dossier)
        : best(best_design(dossier)),
          position(best_position(dossier).value_or(0)),
          found(part(dossier, "designs")),
          product(plain(product_name(dossier))),
          wild_growth(number(part(found, "wild_type"), "growth")) {
        const auto& asked = part(part(part(dossier, "provenance"), "parameters"), "design");
        most = count(asked, "max_interventions");
        genes = words(asked, "interventions") != "reactions";
        strategy = words(found, "strategy");
        if (!wild_growth) wild_growth = number(part(dossier, "host"), "growth");
    }
};

/// "knock out A and B and insert C", and the same in Chinese.
Text deeds(const Json& design) {
    std::vector<Html> out;
    std::vector<Html> in;
    for (const auto& intervention : items(design, "interventions"))
        (words(intervention, "kind") == "insertion" ? in : out).push_back(named(intervention));
    const auto removed = listed(out);
    const auto added = listed(in);
    if (in.empty()) return {fmt::format("Knock out {}", removed.en), fmt::format("敲除 {}", removed.zh)};
    if (out.empty()) return {fmt::format("Insert {}", added.en), fmt::format("插入 {}", added.zh)};
    return {fmt::format("Knock out {} and insert {}", removed.en, added.en),
            fmt::format("敲除 {} 并插入 {}", removed.zh, added.zh)};
}

/// Of cut sets, which need not be about the product.
Html cut_headline(const Facts& facts) {
    const auto& sets = items(facts.found, "designs");
    if (sets.empty())
        return both({"No set within the limits closes what was to be suppressed.",
                     "在给定限制内，没有组合能关闭要抑制的区域。"});
    const auto done = deeds(sets.front());
    return both_html({fmt::format("{}: what was to be suppressed is then impossible. Minimal cut sets listed: {}.",
                                  done.en, grouped(static_cast<std::int64_t>(sets.size()))),
                      fmt::format("{}：要抑制的状态便不再可能。共列出 {} 个最小割集。", done.zh,
                                  grouped(static_cast<std::int64_t>(sets.size())))});
}

Html headline(const Facts& facts) {
    if (facts.strategy == "mcs") return cut_headline(facts);
    if (facts.best.is_null()) {
        if (facts.wild_growth.value_or(0) <= 0)
            return both({"The cell cannot grow under these conditions.", "在这些条件下，细胞不能生长。"});
        if (facts.most && is_true(facts.found, "complete"))
            return sentence({"No set of up to {1} {2} makes the growing cell produce {0}.",
                             "在不超过 {1} 个{3}的任何敲除组合下，生长的细胞都不必合成 {0}。"},
                            facts.product, *facts.most, facts.genes ? "knocked-out genes" : "switched-off reactions",
                            facts.genes ? "基因" : "反应");
        return sentence(
            {"No design was found that makes the growing cell produce {}.", "未找到能迫使生长的细胞合成 {} 的设计。"},
            facts.product);
    }
    const auto done = deeds(facts.best);
    if (items(facts.best, "interventions").empty())
        return sentence(
            {"The wild type makes {} as it is: no intervention is needed.", "野生型本身就合成 {}：无需任何干预。"},
            facts.product);
    const bool strong = words(facts.best, "coupling") == "strong";
    const Text condition =
        strong ? Text{"at any rate of growth", "无论生长快慢"} : Text{"growing as fast as it can", "以最大速率生长时"};
    return both_html({fmt::format("{}: {}, the cell then has to make {}.", done.en, condition.en, facts.product),
                      fmt::format("{}：细胞{}，必然合成 {}。", done.zh, condition.zh, facts.product)});
}

Html meter(std::optional<double> part, std::optional<double> whole) {
    if (!part || !whole || !(*whole > 0)) return {};
    return fmt::format("<span class=\"meter\"><span style=\"width:{:.1f}%\"></span></span>",
                       100 * std::clamp(*part / *whole, 0.0, 1.0));
}

Html tile(Doc label, const Html& value, const Html& under, const Html& gauge = {}) {
    return fmt::format(
        "<div class=\"tile\"><dt>{}</dt><dd><span class=\"value\">{}</span>{}<span "
        "class=\"under\">{}</span></dd></div>\n",
        both(label), value, gauge, under);
}

Html best_yield_tile(const Json& yield) {
    return tile({"Best possible yield", "理论最大得率"}, quantity(number(yield, "yield_mol"), "mol/mol"),
                fmt::format("{}<br/>{}", quantity(number(yield, "yield_cmol"), "C-mol/C-mol"),
                            quantity(number(yield, "yield_mass"), "g/g")));
}

Html tiles(const Facts& facts, const Json& yield) {
    const auto& best = facts.best;
    Html out = "<dl class=\"tiles\">\n";
    if (!best.is_null() && facts.strategy != "mcs") {
        const auto design_yield = number(best, "yield_mol");
        const auto possible = number(yield, "yield_mol");
        out += tile({"Guaranteed product flux", "保证产物通量"}, quantity(number(best, "guaranteed"), flux_unit),
                    sentence({"at most {}", "至多 {}"}, quantity(number(best, "maximum"), flux_unit)),
                    meter(number(best, "guaranteed"), number(best, "maximum")));
        out += tile({"Guaranteed yield", "保证得率"}, quantity(design_yield, "mol/mol"),
                    sentence({"{} of the best possible", "理论最大值的 {}"}, percent(design_yield, possible)),
                    meter(design_yield, possible));
        out +=
            tile({"Growth kept", "保留的生长速率"}, quantity(number(best, "growth"), rate_unit),
                 sentence({"{} of the wild type’s {}", "野生型 {1} 的 {0}"},
                          percent(number(best, "growth"), facts.wild_growth), quantity(facts.wild_growth, rate_unit)),
                 meter(number(best, "growth"), facts.wild_growth));
    } else {
        out += tile({"Growth of the wild type", "野生型生长速率"}, quantity(facts.wild_growth, rate_unit),
                    both({"before any intervention", "干预之前"}));
    }
    return out + best_yield_tile(yield) + "</dl>\n";
}

/// What the proof proves. `limit`: "of up to 3 genes ".
Text claimed(const Facts& facts, const Text& limit) {
    if (facts.strategy == "mcs")
        return text({"there is no other minimal set {0}", "{1}最小割集再无其他"}, limit.en, limit.zh);
    if (facts.strategy == "optknock")
        return text({"no other set {0}makes more product possible at maximal growth",
                     "{1}其他组合在最大生长下都不可能合成更多产物"},
                    limit.en, limit.zh);
    if (facts.strategy == "optcouple")
        return text({"no other set {0}costs more growth where no product is made",
                     "{1}其他组合在不合成产物时损失的生长都不会更多"},
                    limit.en, limit.zh);
    return facts.best.is_null()
               ? text({"no set {0}guarantees any product", "{1}任何组合都不能保证产物"}, limit.en, limit.zh)
               : text({"no other set {0}guarantees more", "{1}其他组合都不能保证更多产物"}, limit.en, limit.zh);
}

/// What is left open by a search that was stopped.
Html unproved(const Facts& facts, const Html& solved) {
    const auto bound = number(part(facts.found, "proof"), "bound");
    if (facts.strategy == "mcs")
        return sentence({"Not proved: the search stopped early after {} linear programs. All minimal sets of at most "
                         "{} are known.",
                         "未证明：搜索在求解 {} 个线性规划后提前停止。规模不超过 {} 的最小割集均已知。"},
                        solved, figure(bound));
    if (facts.strategy == "optknock")
        return sentence({"Not proved: the search stopped early after {} linear programs. No set can make more than {} "
                         "possible.",
                         "未证明：搜索在求解 {} 个线性规划后提前停止。任何组合可能的通量都不超过 {}。"},
                        solved, quantity(bound, flux_unit));
    if (facts.strategy == "optcouple")
        return sentence({"Not proved: the search stopped early after {} linear programs. No set can cost more growth "
                         "than {}.",
                         "未证明：搜索在求解 {} 个线性规划后提前停止。任何组合损失的生长都不超过 {}。"},
                        solved, quantity(bound, rate_unit));
    return sentence(
        {"Not proved: the search stopped early after {} linear programs. No set can guarantee more than {}.",
         "未证明：搜索在求解 {} 个线性规划后提前停止。任何组合保证的通量都不超过 {}。"},
        solved, quantity(bound, flux_unit));
}

Html believe(const Facts& facts) {
    const auto& proof = part(facts.found, "proof");
    const auto solved = grouped(count(proof, "lps").value_or(0));
    const auto witnessed = grouped(count(proof, "witnessed").value_or(0));
    const auto limit = facts.most ? text({"of up to {0} {1} ", "不超过 {0} 个{2}的"}, *facts.most,
                                         facts.genes ? "genes" : "reactions", facts.genes ? "基因" : "反应")
                                  : Text{};
    Html out = "<ul class=\"checks\">\n";
    const auto claim = claimed(facts, limit);
    if (is_true(facts.found, "complete"))
        out += "<li class=\"good\">" +
               sentence({"Proved: {0}. The search is complete, with {2} linear programs solved and {3} cases settled "
                         "by a flux already "
                         "known.",
                         "已证明：{1}。搜索是完整的：求解了 {2} 个线性规划，另有 {3} 种情形由已知通量判定。"},
                        claim.en, claim.zh, solved, witnessed) +
               "</li>\n";
    else if (facts.found.is_object())
        out += "<li class=\"open\">" + unproved(facts, solved) + "</li>\n";
    const auto& sets = items(facts.found, "designs");
    const auto verified = [](const Json& one) { return is_true(one, "verified"); };
    if (facts.strategy == "mcs") {
        if (!sets.empty() && std::all_of(sets.begin(), sets.end(), verified))
            out += "<li class=\"good\">" +
                   both({"Verified: every set was decided again on the original model.",
                         "已验证：每个组合都在原始模型上重新判定。"}) +
                   "</li>\n";
        return out + "</ul>\n";
    }
    if (is_true(facts.best, "verified"))
        out += "<li class=\"good\">" +
               sentence(
                   {"Verified: the best design was solved again from nothing, on the original model with its {0} off. ",
                    "已验证：在原始模型上关闭相应{1}后，最优设计从头重新求解。"},
                   facts.genes ? "genes" : "reactions", facts.genes ? "基因" : "反应") +
               certificate_link(facts.best, facts.position, "word", both({"See the certificate.", "查看证书。"})) +
               "</li>\n";
    else if (!facts.best.is_null())
        out += "<li class=\"open\">" +
               both({"Not verified: solving again did not confirm the best design.",
                     "未验证：重新求解未能确认最优设计。"}) +
               "</li>\n";
    return out + "</ul>\n";
}

}  // namespace

Html answer(const Json& dossier) {
    const Facts facts(dossier);
    return fmt::format(
        "<section id=\"answer\" class=\"answer\" aria-labelledby=\"answer-title\">\n"
        "<h2 id=\"answer-title\" class=\"kicker\">{}</h2>\n<p class=\"headline\">{}</p>\n{}{}</section>\n",
        both({"The answer", "结论"}), headline(facts), tiles(facts, part(dossier, "yield")), believe(facts));
}

}  // namespace leaven::report
