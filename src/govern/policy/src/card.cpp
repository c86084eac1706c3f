#include <algorithm>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/policy/card.hpp>

#include "people.hpp"
#include "question.hpp"
#include "separated.hpp"
#include "shipped.hpp"

namespace leaven::policy {
namespace {

void add_agencies(CardItem& item, const Article& article) {
    for (const auto& agency : article.agencies)
        if (std::find(item.agencies.begin(), item.agencies.end(), agency) == item.agencies.end())
            item.agencies.push_back(agency);
}

class CardMaker {
public:
    CardMaker(RuleSet& rules, const Profile& profile, const Subject& project, Date on)
        : rules_(rules), profile_(profile), project_(project), on_(on) {}

    Result<CardItem> make(const std::map<std::string, std::string>& row) {
        CardItem item;
        item.id = row.at("item");
        item.text = {row.at("title_en"), row.at("title_zh")};
        if (item.id == "support") return support(std::move(item));
        const std::array scopes{Scope::applicant, Scope::project};
        Condition condition;
        if (!row.at("applies_when").empty()) {
            auto parsed = parse_condition(row.at("applies_when"), rules_.facts, scopes);
            if (!parsed)
                return failure(ErrorCode::bug, {"{0}", "{1}"}, parsed.error().message.en, parsed.error().message.zh)
                    .at(item.id);
            condition = *std::move(parsed);
        }
        const std::vector<Cell> none(profile_.applicant.cells.size());
        const Known known{profile_.applicant.cells.data(), project_.cells.data(), none.data()};
        const auto applies = condition.evaluate(known);
        item.status = applies == Truth::no ? "not_applicable" : "applies";
        if (applies == Truth::no) return item;
        if (applies == Truth::unknown) {
            item.status = "needs_facts";
            for (const auto slot : condition.deciding(known)) item.missing.push_back(named(rules_.facts.facts()[slot]));
        }
        const bool unsure = cite(item, split(row.at("articles"), ';'));
        if (applies == Truth::yes && item.citations.empty()) item.status = unsure ? "needs_facts" : "not_in_documents";
        if (unsure && item.status == "needs_facts") item.missing.emplace_back("applicant.region");
        std::sort(item.missing.begin(), item.missing.end());
        return item;
    }

private:
    [[nodiscard]] std::string named(const Fact& fact) const {
        return fact.scope() == Scope::applicant ? fact.name : fmt::format("projects.{}.{}", project_.id, fact.key());
    }

    /// True where a document might hold the applicant, were the region known.
    bool cite(CardItem& item, const std::vector<std::string>& articles) {
        bool unsure = false;
        for (const auto& id : articles) {
            const auto* article = rules_.article(id);
            const auto* document = article == nullptr ? nullptr : rules_.document(article->document);
            if (document == nullptr) continue;
            const auto held = profile_.region ? inside(*profile_.region, document->region) : Truth::unknown;
            unsure = unsure || held == Truth::unknown;
            if (held != Truth::yes) continue;
            item.citations.push_back(
                {id, article->quote, std::string(word_of(standing_of(*document, &profile_, on_)))});
            add_agencies(item, *article);
        }
        return unsure;
    }

    CardItem support(CardItem item) {
        for (const auto& fit : fits(rules_, profile_, on_)) {
            const bool here = fit.measure->subject == Scope::applicant || fit.subject == &project_;
            if (!here || fit.verdict == Truth::no) continue;
            if (fit.verdict == Truth::unknown) {
                for (const auto& fact : row_of(rules_, profile_, on_, fit).missing) item.missing.push_back(fact);
                continue;
            }
            item.measures.push_back(fit.measure->id);
            item.citations.push_back({fit.measure->article, fit.measure->quote, std::string(word_of(fit.standing))});
            if (const auto* article = rules_.article(fit.measure->article)) add_agencies(item, *article);
        }
        std::sort(item.missing.begin(), item.missing.end());
        item.missing.erase(std::unique(item.missing.begin(), item.missing.end()), item.missing.end());
        item.status = !item.measures.empty() ? "applies" : !item.missing.empty() ? "needs_facts" : "not_in_documents";
        if (item.status == "applies") item.missing.clear();
        return item;
    }

    RuleSet& rules_;
    const Profile& profile_;
    const Subject& project_;
    Date on_;
};

Text status_words(const std::string& status) {
    if (status == "applies") return {"[x] applies", "[√] 适用"};
    if (status == "not_applicable") return {"[-] does not apply", "[-] 不适用"};
    if (status == "needs_facts") return {"[?] needs facts", "[?] 尚缺事实"};
    return {"[ ] not in the documents", "[ ] 文件未涉及"};
}

}  // namespace

std::vector<Text> CardResult::headline() const {
    std::vector<Text> lines{text({"Admission checklist of project {}", "项目 {} 准入核对单"}, project),
                            {"Built from cited articles; the official card (明白卡) is named in cp-health 10 and its "
                             "content is nowhere published",
                             "依据所引条文编制；官方“明白卡”仅在 cp-health 第（十）条提及，内容未见公布"}};
    for (const auto& item : items) {
        const auto status = status_words(item.status);
        lines.push_back({"", ""});
        lines.push_back(
            {fmt::format("{}  {}", status.en, item.text.en), fmt::format("{}  {}", status.zh, item.text.zh)});
        if (!item.missing.empty())
            lines.push_back(text({"      missing: {}", "      缺少：{}"}, join(item.missing, ", ")));
        if (!item.agencies.empty()) lines.push_back(plain("      " + join(item.agencies, "、")));
        for (std::size_t i = 0; i < item.citations.size(); ++i) {
            const auto& one = item.citations[i];
            const auto id = item.measures.empty() ? one.article : item.measures[i];
            lines.push_back(plain(fmt::format("      {} ({})", id, one.standing)));
        }
    }
    return lines;
}

Result<CardResult> card(const CardParams& params, Context& context) {
    static_cast<void>(context);
    auto asked = read_question(params);
    if (!asked) return pass(asked);
    const auto& profile = asked->profile;
    std::vector<std::string> ids;
    if (profile.projects)
        for (const auto& one : *profile.projects) ids.push_back(one.id);
    const auto wanted = params.project.empty() && ids.size() == 1 ? ids.front() : params.project;
    const auto* project = profile.project(wanted);
    if (project == nullptr)
        return not_found({"the profile has no project \"{}\"", "资料中没有项目“{}”"}, wanted)
            .at("project")
            .advise(ids.empty() ? Doc{"the profile gives no project{}", "资料未给出项目{}"}
                                : Doc{"its projects are: {}", "其项目为：{}"},
                    join(ids, ", "));
    CardResult result;
    result.project = wanted;
    CardMaker maker(asked->rules, profile, *project, asked->on);
    for (const auto& row : separated_rows(shipped_file("card.tsv"))) {
        auto item = maker.make(row);
        if (!item) return pass(item);
        result.items.push_back(*std::move(item));
    }
    return result;
}

}  // namespace leaven::policy
