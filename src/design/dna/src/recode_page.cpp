#include "recode_page.hpp"

#include <algorithm>

#include <fmt/core.h>

#include <leaven/core/html.hpp>
#include <leaven/core/markup.hpp>
#include <leaven/op/show.hpp>

#include "recode_tracks.hpp"
#include "rows.hpp"
#include "rule_words.hpp"

namespace leaven::dna {
namespace {

constexpr std::string_view page_style = R"css(
:root { --bad: #b03a00; } @media (prefers-color-scheme: dark) { :root { --bad: #ff9a5c; } }
table { font-size: .9rem; } td { min-width: 4rem; overflow-wrap: anywhere; } td.words { min-width: 15rem; }
.bad { color: var(--bad); font-weight: 600; }
.bases { font: 13px/1.7 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre; margin: 0; }
.bases mark { background: none; color: inherit; font-weight: 700; text-decoration: underline;
  text-decoration-thickness: 2px; text-underline-offset: 3px; }
.bases i { font-style: normal; color: var(--quiet); user-select: none; }
)css";

constexpr std::size_t most_shown = 20'000;  // bases
constexpr std::size_t most_places = 200;    // of violations
constexpr std::size_t line = 60;
constexpr std::size_t block = 10;

class Page {
public:
    Page(const Recoding& recoding, Lang lang) : recoding_(recoding), problem_(recoding.problem), lang_(lang) {}

    [[nodiscard]] std::string body(Doc title) const {
        std::string out = fmt::format("<h1>{}</h1>\n<div class=\"answer\">\n", escape_markup(word(title)));
        for (const auto& one : recoding_.verdict) out += fmt::format("<p>{}</p>\n", escape_markup(one.in(lang_)));
        return out + "</div>\n" + conflict() + picture() + rules() + goals() + places() + sequence();
    }

private:
    [[nodiscard]] std::string word(Doc doc) const { return std::string(doc.in(lang_)); }
    [[nodiscard]] HtmlHead head(Doc doc) const { return {word(doc)}; }
    [[nodiscard]] HtmlHead number(Doc doc) const { return {word(doc), true}; }
    [[nodiscard]] std::string heading(Doc doc) const { return fmt::format("<h2>{}</h2>\n", word(doc)); }
    [[nodiscard]] static std::string words_cell(const std::string& words) {
        return html_cell(escape_markup(words), "words");
    }

    /// What all rules of a constraint say, and where.
    [[nodiscard]] std::string words_of_constraint(const Constraint& constraint) const {
        std::string words;
        for (const auto& rule : constraint.rules)
            words += (words.empty() ? "" : word({"; ", "；"})) + words_of(rule).in(lang_);
        const auto where = words_of(constraint.place).in(lang_);
        return where.empty() ? words : words + word({", ", "，"}) + where;
    }

    [[nodiscard]] std::string conflict() const {
        if (recoding_.conflict.empty()) return {};
        std::vector<std::string> lines;
        for (const auto& constraint : problem_.constraints)
            if (std::find(recoding_.conflict.begin(), recoding_.conflict.end(), constraint.id) !=
                recoding_.conflict.end())
                lines.push_back(constraint.id + word({": ", "："}) + words_of_constraint(constraint));
        std::string meeting;
        for (const auto& at : meeting_of(problem_, recoding_.conflict))
            meeting += fmt::format("{}{}–{}", meeting.empty() ? "" : ", ", at.start + 1, at.end);
        std::string out = heading({"Rules that cannot hold together", "无法同时满足的规则"}) + html_list(lines);
        if (!meeting.empty())
            out += fmt::format("<p>{}{}</p>\n", word({"All of them apply to bases ", "共同作用于碱基 "}), meeting);
        return out;
    }

    [[nodiscard]] std::string picture() const {
        const auto drawn = draw_recoding(recoding_, lang_);
        if (drawn.empty()) return {};
        return heading({"Along the molecule", "沿分子"}) +
               html_frame(word({"Tracks along the molecule", "分子轨道图"}), drawn);
    }

    [[nodiscard]] std::string state_cell(const std::optional<Evaluation>& judged, std::size_t index) const {
        if (!judged) return html_cell("–");
        const auto& verdict = judged->constraints[index];
        if (verdict.pass) return html_cell(word({"✓ holds", "✓ 满足"}));
        return html_cell(fmt::format(fmt::runtime(word({"✗ broken, {}", "✗ 违反 {} 处"})), verdict.violations.size()),
                         "bad");
    }

    [[nodiscard]] std::string rules() const {
        std::vector<std::string> rows;
        for (std::size_t i = 0; i < problem_.constraints.size(); ++i) {
            const auto& constraint = problem_.constraints[i];
            rows.push_back(html_cell(escape_markup(constraint.id)) + html_cell(escape_markup(constraint.kind)) +
                           words_cell(words_of_constraint(constraint)) + state_cell(recoding_.before_judged, i) +
                           (recoded() ? state_cell(recoding_.after_judged, i) : std::string()));
        }
        std::vector<HtmlHead> heads{head({"Rule", "规则"}), head({"Kind", "种类"}), head({"What holds", "内容"}),
                                    recoded() ? head({"Before", "改前"}) : head({"State", "状态"})};
        if (recoded()) heads.push_back(head({"After", "改后"}));
        return rows.empty() ? std::string()
                            : heading({"Rules", "规则"}) +
                                  html_table(word({"Every rule of the problem", "问题中的全部规则"}), heads, rows);
    }

    [[nodiscard]] bool recoded() const { return recoding_.after_judged.has_value(); }

    [[nodiscard]] static std::string value_cell(std::optional<double> value) {
        return html_cell(value ? significant(*value, 6) : "–", "number");
    }
    [[nodiscard]] static std::optional<double> value_of(const std::optional<Evaluation>& judged, std::size_t index) {
        return judged ? judged->objectives[index].value : std::nullopt;
    }

    [[nodiscard]] std::string goals() const {
        std::vector<std::string> rows;
        for (std::size_t i = 0; i < problem_.objectives.size(); ++i) {
            const auto& objective = problem_.objectives[i];
            auto row = html_cell(escape_markup(objective.id)) + words_cell(words_of(objective.goal).in(lang_)) +
                       html_cell(significant(objective.weight, 3), "number") +
                       value_cell(value_of(recoding_.before_judged, i));
            if (recoded())
                row += value_cell(value_of(recoding_.after_judged, i)) +
                       value_cell(i < recoding_.bounds.size() ? recoding_.bounds[i].bound : std::nullopt);
            rows.push_back(std::move(row));
        }
        std::vector<HtmlHead> heads{head({"Objective", "目标"}), head({"What is wanted", "含义"}),
                                    number({"Weight", "权重"}),
                                    recoded() ? number({"Before", "改前"}) : number({"Value", "值"})};
        if (recoded()) heads.insert(heads.end(), {number({"After", "改后"}), number({"Cannot exceed", "上界"})});
        return rows.empty()
                   ? std::string()
                   : heading({"Objectives", "目标"}) + html_table(word({"Larger is better", "越大越好"}), heads, rows);
    }

    [[nodiscard]] std::string place_row(const std::string& id, const Violation& violation) const {
        return html_cell(escape_markup(id)) + html_cell(std::to_string(violation.at.start + 1), "number") +
               html_cell(std::to_string(violation.at.end), "number") +
               html_cell(violation.strand == seq::Strand::reverse ? "−" : "+") +
               words_cell(violation.message.in(lang_));
    }

    /// Where rules are broken: of a conflict what it breaks, else the molecule as given.
    [[nodiscard]] std::string places() const {
        std::vector<std::string> rows;
        std::size_t all = recoding_.violations.size();
        for (const auto& [id, violation] : recoding_.violations)
            if (rows.size() < most_places) rows.push_back(place_row(id, violation));
        if (recoding_.conflict.empty() && recoding_.before_judged)
            for (const auto& verdict : recoding_.before_judged->constraints)
                for (const auto& violation : verdict.violations)
                    if (++all; rows.size() < most_places) rows.push_back(place_row(verdict.id, violation));
        if (rows.empty()) return {};
        const auto title =
            recoded() ? word({"Broken before", "改前的违反之处"}) : word({"Where rules are broken", "违反规则之处"});
        auto out = html_table(word({"Bases are counted from 1", "碱基从 1 起计"}),
                              {head({"Rule", "规则"}), number({"From", "起"}), number({"To", "止"}),
                               head({"Strand", "链"}), head({"What is there", "说明"})},
                              rows);
        if (all > rows.size())
            out += fmt::format(fmt::runtime(word({"<p>… {} more</p>\n", "<p>… 另有 {} 处</p>\n"})), all - rows.size());
        return fmt::format("<h2>{}</h2>\n", title) + out;
    }

    [[nodiscard]] std::string sequence() const {
        const auto& letters = recoding_.after.empty() ? recoding_.before : recoding_.after;
        if (letters.empty()) return {};
        const bool compared = !recoding_.before.empty() && !recoding_.after.empty();
        std::string text;
        for (std::size_t at = 0; at < std::min(letters.size(), most_shown); at += line)
            text += sequence_line(letters, at, compared);
        auto out = heading({"Sequence", "序列"});
        if (compared)
            out += fmt::format("<p>{}</p>\n", word({"Changed bases are underlined.", "改动的碱基带下划线。"}));
        out += html_frame(word({"Sequence", "序列"}), "<pre class=\"bases\">" + text + "</pre>");
        if (letters.size() > most_shown)
            out += fmt::format(fmt::runtime(word({"<p>… {} more bases: --out FILE.fasta writes all</p>\n",
                                                  "<p>… 另有 {} 个碱基：用 --out 文件.fasta 导出全部</p>\n"})),
                               letters.size() - most_shown);
        return out;
    }

    [[nodiscard]] std::string sequence_line(const std::string& letters, std::size_t at, bool compared) const {
        auto out = fmt::format("<i>{:>7}</i> ", at + 1);
        for (auto i = at; i < std::min(at + line, letters.size()); ++i) {
            if (i % block == 0) out += ' ';
            const bool changed = compared && recoding_.before[i] != letters[i];
            out += changed ? fmt::format("<mark>{}</mark>", letters[i]) : std::string(1, letters[i]);
        }
        return out + "\n";
    }

    const Recoding& recoding_;
    const Problem& problem_;
    Lang lang_;
};

}  // namespace

std::string page_of(const Recoding& recoding, Doc title, Lang lang) {
    return frame_page(title, Page(recoding, lang).body(title), lang,
                      std::string(page_style) + std::string(recode_style()));
}

}  // namespace leaven::dna
