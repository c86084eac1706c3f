#include "people.hpp"

#include <algorithm>
#include <map>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/op/show.hpp>

namespace leaven::policy {
namespace {

std::string aligned(const std::vector<std::vector<Text>>& rows, std::size_t row, Lang lang) {
    constexpr int widest = 40;
    std::string line;
    for (std::size_t column = 0; column < rows[row].size(); ++column) {
        int width = 0;
        for (const auto& one : rows) width = std::max(width, std::min(widest, display_width(one[column].in(lang))));
        const auto cell = clipped(rows[row][column].in(lang), widest);
        line += "  " + cell + std::string(static_cast<std::size_t>(std::max(0, width - display_width(cell))), ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

Text name_of(const RuleSet& rules, const std::string& id) {
    const auto* measure = rules.measure(id);
    return measure == nullptr ? plain(id) : text({"{0} {1}", "{0} {2}"}, id, measure->name_en, measure->name_zh);
}

Text label_of(const ClaimRow& claim) {
    return plain(claim.subject + (claim.year ? fmt::format(" {}", *claim.year) : std::string()));
}

void add_match_table(const RuleSet& rules, const MatchResult& result, std::string_view wanted, Doc title,
                     std::vector<Text>& lines) {
    PeopleTable table({{"measure", "措施"},
                       {"subject", "主体"},
                       {"amount", "金额"},
                       {"article", "条文"},
                       {"agency", "责任单位"},
                       {"days left", "剩余天数"}});
    PeopleTable asks(
        {{"measure", "措施"}, {"subject", "主体"}, {"amount", "金额"}, {"article", "条文"}, {"missing", "缺少的事实"}});
    for (const auto& row : result.rows) {
        const bool draft = row.standing == "draft" && row.if_issued != "no";
        if ((draft ? "draft" : row.verdict) != wanted) continue;
        const auto amount = draft ? Text{"draft: nothing to claim", "草案：不可申请"} : amount_words(row.amount);
        if (wanted == "needs_facts")
            asks.add({name_of(rules, row.measure), plain(row.subject), amount, plain(row.citation.number),
                      plain(join(row.missing, ", "))});
        else
            table.add({name_of(rules, row.measure), plain(row.subject), amount, plain(row.citation.number),
                       plain(join(row.citation.agencies, "、")),
                       plain(row.days_left ? fmt::format("{}", *row.days_left) : "–")});
    }
    const auto& shown = wanted == "needs_facts" ? asks : table;
    if (shown.empty()) return;
    lines.push_back({"", ""});
    lines.push_back({std::string(title.en), std::string(title.zh)});
    shown.print(lines);
}

/// The fact that is missing in most verdicts.
std::optional<std::pair<std::string, int>> best_question(const MatchResult& result) {
    std::map<std::string, int> asked;
    for (const auto& row : result.rows)
        if (row.verdict == "needs_facts")
            for (const auto& fact : row.missing) ++asked[fact];
    std::optional<std::pair<std::string, int>> best;
    for (const auto& one : asked)
        if (!best || one.second > best->second) best = one;
    return best;
}

}  // namespace

Text plain(const std::string& words) { return {words, words}; }

std::string_view word_of(Period period) {
    return period == Period::once ? "once" : period == Period::per_year ? "per_year" : "per_contract";
}

Text standing_words(Standing standing) {
    switch (standing) {
        case Standing::in_force:
            return {"in force", "执行中"};
        case Standing::unknown:
            return {"start not established", "起始日未确定"};
        case Standing::not_started:
            return {"not started", "未开始"};
        case Standing::expired:
            return {"ended", "已到期"};
        case Standing::draft:
            break;
    }
    return {"draft, no force", "草案，无效力"};
}

Text amount_words(const AmountFound& amount) {
    const auto each = amount.period == "per_year"       ? Text{" a year", "／年"}
                      : amount.period == "per_contract" ? Text{" a contract", "／合同"}
                                                        : Text{};
    const auto yuan = amount.yuan ? amount_text(*amount.yuan) : std::string();
    if (amount.kind == "exact") return {yuan + each.en, yuan + each.zh};
    if (amount.kind == "ceiling") return {"at most " + yuan + each.en, "至多 " + yuan + each.zh};
    if (amount.kind == "needs_facts") return text({"needs {}", "需 {}"}, join(amount.missing, ", "));
    if (amount.kind == "by_reference") return {"by another policy", "按其他政策"};
    if (amount.kind == "rate_unpublished" && amount.cap_yuan)
        return text({"rate not published, cap {0}", "比例未公布，上限 {0}"}, amount_text(*amount.cap_yuan));
    if (amount.kind == "none") return {"–", "–"};
    return {"amount not published", "金额未公布"};
}

void PeopleTable::print(std::vector<Text>& lines) const {
    for (std::size_t row = 0; row < rows_.size(); ++row)
        lines.push_back({aligned(rows_, row, Lang::en), aligned(rows_, row, Lang::zh)});
}

std::vector<Text> match_lines(const RuleSet& rules, const MatchResult& result) {
    int fit = 0;
    int ask = 0;
    int drafts = 0;
    int ended = 0;
    for (const auto& row : result.rows) {
        fit += row.verdict == "yes" ? 1 : 0;
        ask += row.verdict == "needs_facts" ? 1 : 0;
        drafts += row.standing == "draft" && row.if_issued != "no" ? 1 : 0;
        ended += row.standing == "expired" ? 1 : 0;
    }
    std::vector<Text> lines{text({"On {}: {} fit now, {} need facts, {} drafts would fit, {} ended",
                                  "{}：{} 项现在适用，{} 项尚缺事实，{} 项草案可能适用，{} 项已到期"},
                                 result.on, fit, ask, drafts, ended)};
    add_match_table(rules, result, "yes", {"Fit now", "现在适用"}, lines);
    add_match_table(rules, result, "needs_facts", {"Need facts", "尚缺事实"}, lines);
    add_match_table(rules, result, "draft", {"Drafts, if issued unchanged", "草案（若原样发布）"}, lines);
    if (const auto question = best_question(result)) {
        const auto slot = rules.facts.find(question->first);
        const auto label = slot ? rules.facts.facts()[*slot].label : Text{};
        lines.push_back({"", ""});
        lines.push_back(text({"Ask next: {0}{1} (decides or narrows {3})", "下一个问题：{0}{2}（关系到 {3} 项）"},
                             question->first, label.empty() ? "" : ", " + label.en,
                             label.empty() ? "" : "，" + label.zh, question->second));
    }
    return lines;
}

std::vector<Text> combine_lines(const RuleSet& rules, const CombineResult& result) {
    std::vector<Text> lines{
        text({"Apply for {0} with a known amount: {1} certain, {2} at most, {3} in all ({4} to {5})",
              "建议申请 {0} 项金额已知的支持：确定 {1}，至多 {2}，合计 {3}（{4} 至 {5}）"},
             result.chosen.size(), amount_text(result.exact_yuan), amount_text(result.ceiling_yuan),
             amount_text(result.total_yuan), result.on, result.through)};
    lines.push_back(text({"Proof: bound {0} = total {1}", "证明：上界 {0} = 合计 {1}"},
                         amount_text(result.proof.upper_bound_yuan), amount_text(result.total_yuan)));
    PeopleTable table({{"apply for", "建议申请"}, {"subject", "主体"}, {"amount", "金额"}, {"article", "条文"}});
    const auto article = [&](const std::string& id) {
        const auto* measure = rules.measure(id);
        const auto* found = measure == nullptr ? nullptr : rules.article(measure->article);
        return plain(found == nullptr ? "" : found->number);
    };
    for (const auto& one : result.chosen) {
        const auto yuan = amount_text(one.yuan);
        table.add({name_of(rules, one.measure), label_of(one),
                   one.kind == "exact" ? plain(yuan) : text({"at most {}", "至多 {}"}, yuan), article(one.measure)});
    }
    for (const auto& one : result.unvalued)
        table.add({name_of(rules, one.measure), label_of(one), {"amount not known", "金额未知"}, article(one.measure)});
    if (!table.empty()) {
        lines.push_back({"", ""});
        table.print(lines);
    }
    bool first = true;
    for (const auto& conflict : result.conflicts)
        for (const auto& dropped : conflict.dropped) {
            if (first) lines.push_back({"", ""}), lines.push_back({"Left out", "舍去"});
            first = false;
            lines.push_back(text({"  {0}, {1}: {2}", "  {0}，{1}：{3}"}, dropped.option, conflict.matter,
                                 dropped.reason.en, dropped.reason.zh));
        }
    for (const auto& one : result.undecided)
        lines.push_back(text({"Undecided: {0} {1} is the better choice if it pays more than {2}",
                              "未决：若 {0} {1} 的金额高于 {2}，则应改选该项"},
                             one.measure, label_of(one).en, amount_text(one.take_instead_if_above_yuan)));
    for (const auto& one : result.capped)
        lines.push_back(text({"Capped: {0} pays {1} instead of {2}", "封顶：{0} 由 {2} 降至 {1}"}, one.group,
                             amount_text(one.cap_yuan), amount_text(one.before_yuan)));
    if (result.if_drafts_issued.total_yuan != result.total_yuan)
        lines.push_back(text({"Were the drafts issued unchanged: {} in all. Nothing of it can be claimed today",
                              "若草案原样发布：合计 {}。目前不可申请"},
                             amount_text(result.if_drafts_issued.total_yuan)));
    return lines;
}

}  // namespace leaven::policy
