// Linear expressions over reactions: "A + 2 B - 0.5 C".
#include <cmath>
#include <map>
#include <optional>
#include <sstream>

#include <leaven/metabolism/scenario.hpp>

#include "number.hpp"

namespace leaven::metabolism {
namespace {

/// Reads one word after the other. An identifier may hold any sign, so signs count only where they stand alone, or
/// before the first term.
class ExpressionReader {
public:
    ExpressionReader(const Model& model, const ModelIndex& index, std::string_view text)
        : model_(model), index_(index), text_(text) {}

    Result<std::vector<ObjectiveTerm>> run() {
        std::istringstream words{std::string(text_)};
        std::string word;
        while (words >> word)
            if (auto status = read(word); !status) return pass(status);
        if (state_ != State::after_term) return incomplete();
        std::vector<ObjectiveTerm> terms;
        for (const auto& [reaction, coefficient] : sum_)
            if (coefficient != 0) terms.push_back({reaction, coefficient});
        if (terms.empty())
            return bad_input({"the expression is zero", "表达式为零"}).at("objective: " + std::string(text_));
        return terms;
    }

private:
    enum class State { start, after_sign, after_number, after_term };

    Status read(std::string word) {
        if (word == "+" || word == "-") return read_sign(word == "-" ? -1 : 1);
        if (word == "*" && state_ == State::after_number) return {};
        if (state_ == State::after_term) return misplaced(word);
        const bool signed_word = state_ == State::start && (word[0] == '-' || word[0] == '+');
        if (signed_word && !index_.reactions.contains(word)) {
            factor_ = word[0] == '-' ? -1 : 1;
            word.erase(0, 1);
        }
        const auto number = read_number(word);
        if (number && std::isfinite(*number) && state_ != State::after_number && !index_.reactions.contains(word)) {
            factor_ *= *number;
            state_ = State::after_number;
            return {};
        }
        return read_reaction(word);
    }

    Status read_sign(double sign) {
        if (state_ != State::start && state_ != State::after_term) return misplaced(sign < 0 ? "-" : "+");
        factor_ = sign;
        state_ = State::after_sign;
        return {};
    }

    Status read_reaction(std::string_view id) {
        const auto reaction = find_reaction(model_, index_, id);
        if (!reaction) return pass(reaction);
        sum_[*reaction] += factor_;
        factor_ = 1;
        state_ = State::after_term;
        return {};
    }

    [[nodiscard]] Failure misplaced(std::string_view word) const {
        return bad_input({"\"{}\" is out of place in \"{}\"", "“{1}”中的“{0}”位置不对"}, word, text_)
            .at("objective: " + std::string(text_))
            .advise({"write terms as in A + 2 B - 0.5 C, with blanks around the signs",
                     "按 A + 2 B - 0.5 C 的形式书写，正负号两边留空格"});
    }
    [[nodiscard]] Failure incomplete() const {
        return bad_input({"\"{}\" ends where a reaction should follow", "“{}”在应写反应处中断"}, text_)
            .at("objective: " + std::string(text_))
            .advise({"write terms as in A + 2 B - 0.5 C", "按 A + 2 B - 0.5 C 的形式书写"});
    }

    const Model& model_;
    const ModelIndex& index_;
    std::string_view text_;
    State state_ = State::start;
    double factor_ = 1;
    std::map<std::int32_t, double> sum_;
};

}  // namespace

Result<std::vector<ObjectiveTerm>> parse_expression(const Model& model, const ModelIndex& index,
                                                    std::string_view text) {
    return ExpressionReader(model, index, text).run();
}

}  // namespace leaven::metabolism
