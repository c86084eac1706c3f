#include <algorithm>
#include <cctype>
#include <iterator>

#include <leaven/metabolism/gene_rule.hpp>

#include "gene_rule_tree.hpp"
#include "sort_unique.hpp"
#include "utf8.hpp"

namespace leaven::metabolism {
namespace {

enum class TokenKind { name, both, either, open, close };

struct Token {
    TokenKind kind;
    std::string_view text;
    std::size_t at;
};

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

bool ends_name(char c) { return is_space(c) || c == '(' || c == ')' || c == '&' || c == '|'; }

bool same_word(std::string_view word, std::string_view lower) {
    return std::equal(word.begin(), word.end(), lower.begin(), lower.end(),
                      [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
}

TokenKind kind_of_word(std::string_view word) {
    if (same_word(word, "and")) return TokenKind::both;
    if (same_word(word, "or")) return TokenKind::either;
    return TokenKind::name;
}

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        const auto begin = at++;
        if (is_space(c)) continue;
        if (c == '(' || c == ')') {
            tokens.push_back({c == '(' ? TokenKind::open : TokenKind::close, text.substr(begin, 1), begin});
        } else if (c == '&' || c == '|') {
            if (at < text.size() && text[at] == c) ++at;
            tokens.push_back({c == '&' ? TokenKind::both : TokenKind::either, text.substr(begin, at - begin), begin});
        } else {
            while (at < text.size() && !ends_name(text[at])) ++at;
            const auto word = text.substr(begin, at - begin);
            tokens.push_back({kind_of_word(word), word, begin});
        }
    }
    return tokens;
}

/// Turns infix into postfix with a stack of pending operators (Dijkstra's shunting yard); "and" binds tighter.
class Postfix {
public:
    explicit Postfix(std::string_view text) : text_(text) {}

    Status take(const Token& token) {
        switch (token.kind) {
            case TokenKind::name:
                return take_name(token);
            case TokenKind::open:
                return take_open(token);
            case TokenKind::close:
                return take_close(token);
            default:
                return take_operator(token);
        }
    }

    Status finish() {
        if (!operand_before_)
            return fault({"the rule ends where a gene is expected", "规则在应有基因之处结束"}, text_.size());
        while (!pending_.empty()) {
            if (pending_.back().kind == TokenKind::open)
                return fault({"a bracket is opened and never closed", "左括号没有对应的右括号"}, pending_.back().at);
            output_.push_back(pending_.back()), pending_.pop_back();
        }
        return {};
    }

    [[nodiscard]] const std::vector<Token>& output() const { return output_; }

private:
    [[nodiscard]] Failure fault(Doc what, std::size_t at) const {
        return bad_input(what)
            .at(fmt::format("column {}", 1 + count_characters(text_.substr(0, at))))
            .advise({"write it like: b0001 and (b0002 or b0003)", "请写成如下形式：b0001 and (b0002 or b0003)"});
    }

    Status take_name(const Token& token) {
        if (operand_before_)
            return fault({"\"and\" or \"or\" is missing before this name", "此名称之前缺少 “and” 或 “or”"}, token.at);
        output_.push_back(token);
        operand_before_ = true;
        return {};
    }

    Status take_open(const Token& token) {
        if (operand_before_)
            return fault({"\"and\" or \"or\" is missing before this bracket", "此括号之前缺少 “and” 或 “or”"},
                         token.at);
        pending_.push_back(token);
        return {};
    }

    Status take_close(const Token& token) {
        if (!operand_before_) return fault({"a gene is missing before this bracket", "此括号之前缺少基因"}, token.at);
        while (!pending_.empty() && pending_.back().kind != TokenKind::open)
            output_.push_back(pending_.back()), pending_.pop_back();
        if (pending_.empty())
            return fault({"a bracket is closed that was never opened", "右括号没有对应的左括号"}, token.at);
        pending_.pop_back();
        return {};
    }

    Status take_operator(const Token& token) {
        if (!operand_before_)
            return fault({"a gene is missing before this operator", "此运算符之前缺少基因"}, token.at);
        const auto binds_first = [&](TokenKind before) { return before == TokenKind::both || before == token.kind; };
        while (!pending_.empty() && pending_.back().kind != TokenKind::open && binds_first(pending_.back().kind))
            output_.push_back(pending_.back()), pending_.pop_back();
        pending_.push_back(token);
        operand_before_ = false;
        return {};
    }

    std::string_view text_;
    std::vector<Token> output_;
    std::vector<Token> pending_;
    bool operand_before_ = false;
};

/// Up to 64 values without an allocation: rules are evaluated millions of times in a search.
class BitStack {
public:
    void push(bool value) { bits_ = bits_ << 1U | static_cast<std::uint64_t>(value); }
    bool pop() {
        const bool value = (bits_ & 1U) != 0;
        bits_ >>= 1U;
        return value;
    }

private:
    std::uint64_t bits_ = 0;
};

class AnyStack {
public:
    void push(bool value) { values_.push_back(value); }
    bool pop() {
        const bool value = values_.back();
        values_.pop_back();
        return value;
    }

private:
    std::vector<bool> values_;
};

template <class Stack>
bool evaluate(const std::vector<std::int32_t>& postfix, const std::vector<bool>& absent) {
    Stack stack;
    for (const auto entry : postfix) {
        if (entry >= 0) {
            stack.push(!absent[static_cast<std::size_t>(entry)]);
            continue;
        }
        const bool right = stack.pop();
        const bool left = stack.pop();
        stack.push(entry == GeneRule::both ? left && right : left || right);
    }
    return stack.pop();
}

using Cut = std::vector<std::int32_t>;
using Cuts = std::vector<Cut>;

/// Keeps the sets that contain no other one of the list.
Cuts minimal(Cuts cuts) {
    std::sort(cuts.begin(), cuts.end(),
              [](const Cut& a, const Cut& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    Cuts kept;
    std::size_t shorter = 0;  // the first so many of `kept` have fewer genes than the one looked at
    for (auto& cut : cuts) {
        while (shorter < kept.size() && kept[shorter].size() < cut.size()) ++shorter;
        const bool contains_one = std::any_of(
            kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(shorter),
            [&](const Cut& small) { return std::includes(cut.begin(), cut.end(), small.begin(), small.end()); });
        if (!contains_one) kept.push_back(std::move(cut));
    }
    return kept;
}

/// "either" fails when both sides fail: one set of each side together.
Cuts joined(const Cuts& left, const Cuts& right, std::size_t limit) {
    Cuts all;
    for (const auto& a : left)
        for (const auto& b : right) {
            Cut together;
            std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(together));
            if (together.size() <= limit) all.push_back(std::move(together));
        }
    return minimal(std::move(all));
}

}  // namespace

Result<GeneRule> parse_gene_rule(std::string_view text,
                                 const std::function<std::int32_t(std::string_view)>& gene_index) {
    GeneRule rule;
    rule.text = text;
    const auto tokens = tokens_of(text);
    if (tokens.empty()) return rule;

    Postfix postfix(text);
    for (const auto& token : tokens)
        if (auto status = postfix.take(token); !status) return pass(status);
    if (auto status = postfix.finish(); !status) return pass(status);

    rule.postfix.reserve(postfix.output().size());
    for (const auto& token : postfix.output())
        rule.postfix.push_back(token.kind == TokenKind::both     ? GeneRule::both
                               : token.kind == TokenKind::either ? GeneRule::either
                                                                 : gene_index(token.text));
    return rule;
}

bool runs_without(const GeneRule& rule, const std::vector<bool>& absent) {
    if (rule.postfix.empty()) return true;
    // A rule of n entries has (n + 1) / 2 genes, and no more values than genes are ever stacked.
    constexpr std::size_t most_entries_in_bits = 127;
    return rule.postfix.size() <= most_entries_in_bits ? evaluate<BitStack>(rule.postfix, absent)
                                                       : evaluate<AnyStack>(rule.postfix, absent);
}

std::vector<std::int32_t> genes_of(const GeneRule& rule) {
    std::vector<std::int32_t> genes;
    std::copy_if(rule.postfix.begin(), rule.postfix.end(), std::back_inserter(genes),
                 [](auto entry) { return entry >= 0; });
    sort_unique(genes);
    return genes;
}

std::vector<std::vector<std::int32_t>> minimal_cuts(const GeneRule& rule, std::size_t limit) {
    if (rule.postfix.empty() || limit == 0) return {};
    std::vector<Cuts> stack;
    for (const auto entry : rule.postfix) {
        if (entry >= 0) {
            stack.push_back({{entry}});
            continue;
        }
        auto right = std::move(stack.back());
        stack.pop_back();
        auto& left = stack.back();
        if (entry == GeneRule::either) {
            left = joined(left, right, limit);
        } else {
            std::move(right.begin(), right.end(), std::back_inserter(left));
            left = minimal(std::move(left));
        }
    }
    std::sort(stack.back().begin(), stack.back().end());
    return std::move(stack.back());
}

std::string to_text(const GeneRule& rule, const std::vector<std::string>& names) {
    std::string out;
    walk(rule, [&](const RuleStep& step) {
        // "and" binds tighter; a group of one kind inside another of that kind stays a group.
        const bool bracket = step.inside == GeneRule::both || (step.inside != 0 && step.inside == step.entry);
        if (step.kind == RuleStep::Kind::gene) out += names[static_cast<std::size_t>(step.entry)];
        if (step.kind == RuleStep::Kind::begin && bracket) out += '(';
        if (step.kind == RuleStep::Kind::end && bracket) out += ')';
        if (step.kind == RuleStep::Kind::between) out += step.entry == GeneRule::both ? " and " : " or ";
    });
    return out;
}

}  // namespace leaven::metabolism
