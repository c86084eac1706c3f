// Reaction equations as people write them.

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <leaven/metabolism/insert.hpp>

#include "sbml_xml.hpp"
#include "utf8.hpp"

namespace leaven::metabolism {
namespace {

struct Word {
    std::string_view text;
    std::size_t at;
};

std::vector<Word> words_of(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    std::vector<Word> words;
    for (auto begin = text.find_first_not_of(blanks); begin != std::string_view::npos;) {
        const auto end = std::min(text.find_first_of(blanks, begin), text.size());
        words.push_back({text.substr(begin, end - begin), begin});
        begin = text.find_first_not_of(blanks, end);
    }
    return words;
}

std::optional<Direction> arrow(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, Direction>, 13> arrows{{
        {"-->", Direction::forward},
        {"->", Direction::forward},
        {"=>", Direction::forward},
        {"→", Direction::forward},
        {"<=>", Direction::reversible},
        {"<==>", Direction::reversible},
        {"<->", Direction::reversible},
        {"<-->", Direction::reversible},
        {"⇌", Direction::reversible},
        {"↔", Direction::reversible},
        {"<--", Direction::backward},
        {"<-", Direction::backward},
        {"←", Direction::backward},
    }};
    const auto* found =
        std::find_if(arrows.begin(), arrows.end(), [&](const auto& known) { return known.first == word; });
    return found == arrows.end() ? std::nullopt : std::optional(found->second);
}

/// "2", "0.5" or "(2)".
std::optional<double> coefficient(std::string_view word) {
    if (word.size() > 2 && word.front() == '(' && word.back() == ')') word = word.substr(1, word.size() - 2);
    const bool numeric = word.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
    return numeric ? xml_number(word) : std::nullopt;
}

/// Takes the words of an equation from left to right.
class EquationReader {
public:
    explicit EquationReader(std::string_view text) : text_(text) {}

    Result<Equation> read() {
        for (const auto& word : words_of(text_))
            if (auto status = take(word); !status) return pass(status);
        if (auto status = end_side(text_.size()); !status) return pass(status);
        if (!arrow_) return fault({"the equation has no arrow", "反应式中没有箭头"}, text_.size());
        equation_.direction = *arrow_;
        equation_.one_sided = terms_of_side_[0] == 0 || terms_of_side_[1] == 0;
        std::erase_if(equation_.terms, [](const EquationTerm& term) { return term.coefficient == 0; });
        if (equation_.terms.empty())
            return fault({"nothing is left on either side", "反应式两侧相抵，没有剩余物质"}, 0);
        return std::move(equation_);
    }

private:
    Status take(const Word& word) {
        if (const auto direction = arrow(word.text)) return take_arrow(*direction, word);
        if (word.text == "+") {
            if (!term_ended_) return fault({"a metabolite is missing before \"+\"", "“+” 之前缺少代谢物"}, word.at);
            term_ended_ = false;
            plus_before_ = true;
            return {};
        }
        const auto number = coefficient(word.text);
        if (number && !amount_ && !term_ended_) {
            if (!(*number > 0) || std::isinf(*number))
                return fault({"a coefficient must be above zero", "系数必须大于零"}, word.at);
            amount_ = number;
            return {};
        }
        if (term_ended_) return fault({"\"+\" is missing before this word", "此处之前缺少 “+”"}, word.at);
        add(std::string(word.text));
        return {};
    }

    Status take_arrow(Direction direction, const Word& word) {
        if (arrow_) return fault({"the equation has a second arrow", "反应式中有第二个箭头"}, word.at);
        if (auto status = end_side(word.at); !status) return status;
        arrow_ = direction;
        return {};
    }

    /// A side is empty, or ends with a metabolite.
    Status end_side(std::size_t at) {
        if (amount_ || plus_before_) return fault({"a metabolite is missing here", "此处缺少代谢物"}, at);
        term_ended_ = false;
        return {};
    }

    void add(std::string metabolite) {
        const double amount = amount_.value_or(1) * (arrow_ ? 1 : -1);
        auto& terms = equation_.terms;
        const auto same =
            std::find_if(terms.begin(), terms.end(), [&](const auto& term) { return term.metabolite == metabolite; });
        if (same == terms.end())
            terms.push_back({std::move(metabolite), amount});
        else
            same->coefficient += amount;
        ++terms_of_side_[arrow_ ? 1 : 0];
        amount_.reset();
        plus_before_ = false;
        term_ended_ = true;
    }

    [[nodiscard]] Failure fault(Doc what, std::size_t at) const {
        return bad_input(what)
            .at(fmt::format("column {}", 1 + count_characters(text_.substr(0, at))))
            .advise({"write it like: a + 2 b --> c, with blanks around + and the arrow",
                     "请写成 a + 2 b --> c 的形式，“+” 与箭头两侧留空格"});
    }

    std::string_view text_;
    Equation equation_;
    std::optional<Direction> arrow_;
    std::optional<double> amount_;        // read, and waiting for its metabolite
    bool term_ended_ = false;             // a metabolite was read, and no "+" since
    bool plus_before_ = false;            // a "+" waits for its metabolite
    std::array<int, 2> terms_of_side_{};  // before and after the arrow
};

}  // namespace

Result<Equation> parse_equation(std::string_view text) { return EquationReader(text).read(); }

}  // namespace leaven::metabolism
