#include <charconv>
#include <cmath>

#include <leaven/metabolism/formula.hpp>

#include "number.hpp"

namespace leaven::metabolism {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

void add(std::map<std::string, double>& sums, const std::map<std::string, double>& counts, double times) {
    for (const auto& [symbol, count] : counts) sums[symbol] += times * count;
}

/// Reads a formula from left to right; a stack holds the counts of the brackets that are open.
class FormulaReader {
public:
    explicit FormulaReader(std::string_view text) : text_(text) {}

    Result<Formula> read() {
        while (at_ < text_.size())
            if (auto status = take(); !status) return pass(status);
        if (open_.size() > 1)
            return fault({"a bracket is opened and never closed", "左括号没有对应的右括号"}, text_.size());
        formula_.counts = std::move(open_.front());
        return std::move(formula_);
    }

private:
    Status take() {
        const char c = text_[at_];
        if (is_upper(c)) return take_symbol();
        if (c == '*') return take_count(text_.substr(at_++, 1));
        if (c == '(') {
            open_.emplace_back();
            ++at_;
            return {};
        }
        if (c == ')') return take_close();
        return fault({"a formula has no such character here", "化学式此处不应有该字符"}, at_);
    }

    Status take_symbol() {
        const auto begin = at_++;
        while (at_ < text_.size() && is_lower(text_[at_])) ++at_;
        return take_count(text_.substr(begin, at_ - begin));
    }

    Status take_count(std::string_view symbol) {
        if (!is_element(symbol)) formula_.has_placeholder = true;
        open_.back()[std::string(symbol)] += number().value_or(1);
        return {};
    }

    Status take_close() {
        if (open_.size() == 1)
            return fault({"a bracket is closed that was never opened", "右括号没有对应的左括号"}, at_);
        ++at_;
        const auto inside = std::move(open_.back());
        open_.pop_back();
        add(open_.back(), inside, repeat());
        return {};
    }

    /// The number after a bracket; a letter, as in "(C6H10O5)n" or "(CH2)2n+1", leaves it open.
    double repeat() {
        const auto times = number().value_or(1);
        if (at_ == text_.size() || !is_lower(text_[at_])) return times;
        formula_.has_repeat = true;
        while (at_ < text_.size() &&
               (is_lower(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '+' || text_[at_] == '-'))
            ++at_;
        return times;
    }

    std::optional<double> number() {
        if (at_ == text_.size() || (!is_digit(text_[at_]) && text_[at_] != '.')) return std::nullopt;
        double value = 0;
        const auto [end, code] =
            std::from_chars(text_.data() + at_, text_.data() + text_.size(), value, std::chars_format::fixed);
        if (code != std::errc()) return std::nullopt;
        at_ = static_cast<std::size_t>(end - text_.data());
        return value;
    }

    [[nodiscard]] Failure fault(Doc what, std::size_t at) const {
        return bad_input(what)
            .at(fmt::format("column {}", at + 1))
            .advise({"write it like C6H12O6", "请写成 C6H12O6 的形式"});
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Formula formula_;
    std::vector<std::map<std::string, double>> open_{1};
};

/// A metabolite's formula where it can be counted.
std::optional<Formula> countable(const Metabolite& metabolite) {
    auto formula = parse_formula(metabolite.formula);
    if (!formula || formula->counts.empty() || formula->has_repeat) return std::nullopt;
    return *std::move(formula);
}

struct Tally {
    double left = 0;
    double turned_over = 0;

    void add(double amount) {
        left += amount;
        turned_over += std::abs(amount);
    }
    [[nodiscard]] bool cancels() const {
        constexpr double forgiven = 1e-6;
        return std::abs(left) <= forgiven * std::fmax(1, turned_over);
    }
};

template <class FormulaOf>
Balance balance(const Model& model, const Reaction& reaction, const FormulaOf& formula_of) {
    Balance out;
    std::map<std::string, Tally> atoms;
    Tally charge;
    for (const auto& [index, coefficient] : reaction.terms) {
        const auto& metabolite = model.metabolites[static_cast<std::size_t>(index)];
        const std::optional<Formula>& formula = formula_of(index);
        out.atoms_known = out.atoms_known && formula.has_value();
        out.charge_known = out.charge_known && metabolite.charge.has_value();
        if (formula)
            for (const auto& [symbol, count] : formula->counts) atoms[symbol].add(coefficient * count);
        charge.add(coefficient * metabolite.charge.value_or(0));
    }
    for (const auto& [symbol, tally] : atoms)
        if (!tally.cancels()) out.atoms.emplace(symbol, tally.left);
    out.charge = charge.cancels() ? 0 : charge.left;
    return out;
}

}  // namespace

Result<Formula> parse_formula(std::string_view text) { return FormulaReader(trimmed(text)).read(); }

std::optional<double> molar_mass_g_per_mol(const Formula& formula) {
    if (formula.counts.empty() || formula.has_placeholder || formula.has_repeat) return std::nullopt;
    double mass = 0;
    for (const auto& [symbol, count] : formula.counts) {
        const auto weight = atomic_weight(symbol);
        if (!weight) return std::nullopt;
        mass += count * *weight;
    }
    return mass;
}

std::optional<double> carbon_count(const Formula& formula) {
    if (formula.counts.empty() || formula.has_repeat) return std::nullopt;
    const auto carbon = formula.counts.find("C");
    return carbon == formula.counts.end() ? 0 : carbon->second;
}

std::string Balance::text() const {
    std::string out;
    const auto append = [&](std::string_view what, double amount) {
        out += fmt::format("{}{} {:+.6g}", out.empty() ? "" : ", ", what, amount);
    };
    if (atoms_known)
        for (const auto& [symbol, amount] : atoms) append(symbol, amount);
    if (charge_known && charge != 0) append("charge", charge);
    return out;
}

Balance balance_of(const Model& model, const Reaction& reaction) {
    std::optional<Formula> formula;
    return balance(model, reaction, [&](std::int32_t index) -> const std::optional<Formula>& {
        return formula = countable(model.metabolites[static_cast<std::size_t>(index)]);
    });
}

std::vector<Balance> balances(const Model& model) {
    std::vector<std::optional<Formula>> formulas;
    for (const auto& metabolite : model.metabolites) formulas.push_back(countable(metabolite));
    std::vector<Balance> out;
    for (const auto& reaction : model.reactions)
        out.push_back(balance(model, reaction, [&](std::int32_t index) -> const std::optional<Formula>& {
            return formulas[static_cast<std::size_t>(index)];
        }));
    return out;
}

}  // namespace leaven::metabolism
