#include <algorithm>

#include <fmt/core.h>

#include <leaven/indicators/status.hpp>

namespace leaven::indicators {
namespace {

TargetRow row_of(const policy::RuleSet& rules, const policy::Indicator& one) {
    TargetRow row;
    row.id = one.id;
    row.name_zh = one.name_zh;
    row.name_en = one.name_en;
    row.type = one.type;
    row.comparator = one.comparator;
    row.low = one.low;
    row.high = one.high;
    row.unit = one.unit;
    row.kind = one.kind;
    row.start = policy::date_text(one.start);
    row.deadline = policy::date_text(one.deadline);
    if (!one.responsible.empty()) row.responsible = one.responsible;
    row.related_articles = one.related_articles;
    for (const auto& id : one.related_articles)
        if (const auto* article = rules.article(id))
            for (const auto& agency : article->agencies)
                if (std::find(row.related_agencies.begin(), row.related_agencies.end(), agency) ==
                    row.related_agencies.end())
                    row.related_agencies.push_back(agency);
    row.quote = one.quote;
    row.note = one.note;
    return row;
}

std::string target_text(const policy::Indicator& one) {
    const auto sign = one.comparator == "exceed"  ? "> "
                      : one.comparator == "about" ? "≈ "
                      : one.comparator == "range" ? ""
                                                  : "≥ ";
    return one.high ? fmt::format("{}–{}", one.low, *one.high) : fmt::format("{}{}", sign, one.low);
}

}  // namespace

Result<ListResult> list(const ListParams& params, Context& context) {
    static_cast<void>(context);
    const auto rules = policy::load_rules(params.rules);
    if (!rules) return pass(rules);
    if (!params.document.empty() && rules->document(params.document) == nullptr)
        return not_found({"there is no document \"{}\"", "没有文件“{}”"}, params.document)
            .at("document")
            .advise({"leaven policy list shows them", "leaven policy list 列出全部"});
    ListResult result;
    for (const auto& document : rules->documents)
        if (params.document.empty() || document.id == params.document) result.counts.by_document[document.id] = 0;
    for (const auto& one : rules->indicators) {
        if (!params.document.empty() && one.document != params.document) continue;
        result.indicators.push_back(row_of(*rules, one));
        const bool milestone = one.type == "milestone";
        (milestone ? result.counts.milestones : result.counts.numbers) += 1;
        result.counts.by_document[one.document] += milestone ? 0 : 1;
        const auto target = target_text(one);
        result.lines.push_back(text({"  {0:<16}{3:<16}{4:<10}by {5}   {1}", "  {0:<16}{3:<16}{4:<10}{5} 前   {2}"},
                                    one.id, one.name_en, one.name_zh, target, one.unit,
                                    policy::date_text(one.deadline)));
    }
    result.lines.insert(result.lines.begin(),
                        {text({"{} quantitative targets, {} milestones; no text names a responsible body for one",
                               "{} 项定量目标，{} 项节点目标；文本均未写明责任单位"},
                              result.counts.numbers, result.counts.milestones),
                         Text{"", ""}});
    return result;
}

}  // namespace leaven::indicators
