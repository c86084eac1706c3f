#include <algorithm>
#include <charconv>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/policy/condition.hpp>
#include <leaven/policy/money.hpp>

namespace leaven::policy {
namespace {

enum class Kind { end, word, string, number, sign };

struct Token {
    Kind kind = Kind::end;
    std::string text;
};

ConditionError fault(Doc pattern, std::string_view detail = {}) { return {"bad_expression", text(pattern, detail)}; }

bool starts_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

tl::expected<std::vector<Token>, ConditionError> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    std::size_t at = 0;
    while (at < text.size()) {
        const char c = text[at];
        const auto from = at;
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++at;
        } else if (starts_word(c)) {
            while (at < text.size() && (starts_word(text[at]) || is_digit(text[at]) || text[at] == '.')) ++at;
            tokens.push_back({Kind::word, std::string(text.substr(from, at - from))});
        } else if (is_digit(c) || (c == '-' && at + 1 < text.size() && is_digit(text[at + 1]))) {
            ++at;
            while (at < text.size() && (is_digit(text[at]) || text[at] == '.')) ++at;
            while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) ++at;  // the unit
            tokens.push_back({Kind::number, std::string(text.substr(from, at - from))});
        } else if (c == '"') {
            const auto end = text.find('"', at + 1);
            if (end == std::string_view::npos)
                return tl::unexpected(fault({"a text has no closing quotation mark", "文本缺少右引号"}));
            tokens.push_back({Kind::string, std::string(text.substr(at + 1, end - at - 1))});
            at = end + 1;
        } else {
            const auto two = text.substr(at, 2);
            const bool wide = two == "==" || two == "!=" || two == "<=" || two == ">=";
            if (!wide && std::string_view("<>()[],").find(c) == std::string_view::npos)
                return tl::unexpected(fault({"\"{}\" has no meaning here", "此处“{}”没有意义"}, text.substr(at, 12)));
            at += wide ? 2 : 1;
            tokens.push_back({Kind::sign, std::string(text.substr(from, at - from))});
        }
    }
    return tokens;
}

}  // namespace

class ConditionParser {
public:
    ConditionParser(std::vector<Token> tokens, FactTable& facts, std::span<const Scope> scopes)
        : tokens_(std::move(tokens)), facts_(facts), scopes_(scopes) {}

    tl::expected<Condition, ConditionError> parse(std::string_view text) {
        made_.text_ = text;
        const auto root = either();
        if (!root) return tl::unexpected(root.error());
        if (at_ < tokens_.size())
            return tl::unexpected(fault({"\"{}\" is one word too many", "“{}”多余"}, tokens_[at_].text));
        return std::move(made_);
    }

private:
    using Index = tl::expected<std::uint32_t, ConditionError>;
    using Op = Condition::Op;
    using Term = Condition::Term;

    const Token& next() const {
        static const Token end;
        return at_ < tokens_.size() ? tokens_[at_] : end;
    }
    bool take(std::string_view word) {
        if (next().kind == Kind::string || next().kind == Kind::end || next().text != word) return false;
        ++at_;
        return true;
    }
    std::uint32_t add(Term term) {
        made_.terms_.push_back(std::move(term));
        return static_cast<std::uint32_t>(made_.terms_.size() - 1);
    }

    template <class Part>
    Index chain(std::string_view word, Op op, Part part) {
        auto first = part();
        if (!first) return first;
        std::vector<std::uint32_t> parts{*first};
        while (take(word)) {
            auto more = part();
            if (!more) return more;
            parts.push_back(*more);
        }
        if (parts.size() == 1) return parts.front();
        Term term;
        term.op = op;
        term.parts = std::move(parts);
        return add(std::move(term));
    }
    Index either() {
        return chain("or", Op::any, [this] { return both(); });
    }
    Index both() {
        return chain("and", Op::all, [this] { return single(); });
    }

    Index single() {
        constexpr int deepest = 100;
        if (++depth_ > deepest) return tl::unexpected(fault({"brackets are nested too deeply", "括号嵌套过深"}));
        auto made = negated_or_bracket();
        --depth_;
        return made;
    }
    Index negated_or_bracket() {
        if (take("not")) {
            auto inner = single();
            if (!inner) return inner;
            Term term;
            term.op = Op::negate;
            term.parts = {*inner};
            return add(std::move(term));
        }
        if (take("(")) {
            auto inner = either();
            if (!inner) return inner;
            if (!take(")")) return tl::unexpected(fault({"a bracket is not closed", "括号未闭合"}));
            return inner;
        }
        return comparison();
    }

    Index comparison() {
        if (next().kind != Kind::word)
            return tl::unexpected(
                next().kind == Kind::end
                    ? fault({"the condition ends too early", "条件不完整"})
                    : fault({"a fact was expected, not \"{}\"", "此处应为事实，而不是“{}”"}, next().text));
        const auto slot = fact();
        if (!slot) return tl::unexpected(slot.error());
        Term term;
        term.slot = *slot;
        term.scope = facts_.facts()[*slot].scope();
        if (take("has")) return has(std::move(term));
        if (take("in")) return one_of(std::move(term));
        static constexpr std::array<std::string_view, 6> signs{"==", "!=", "<", "<=", ">", ">="};
        for (std::size_t i = 0; i < signs.size(); ++i)
            if (take(signs[i])) return compared(std::move(term), static_cast<Op>(i));
        return bare(std::move(term));
    }

    tl::expected<std::uint32_t, ConditionError> fact() {
        const auto name = next().text;
        const auto slot = facts_.find(name);
        if (!slot) {
            const auto near = nearest(name, facts_.names(), 1);
            if (near.empty())
                return tl::unexpected(
                    ConditionError{"unknown_fact", text({"there is no fact \"{}\"", "没有事实“{}”"}, name)});
            return tl::unexpected(ConditionError{
                "unknown_fact",
                text({"there is no fact \"{}\"; did you mean {}?", "没有事实“{}”，是否指 {}？"}, name, near.front())});
        }
        const auto scope = facts_.facts()[*slot].scope();
        if (std::find(scopes_.begin(), scopes_.end(), scope) == scopes_.end())
            return tl::unexpected(fault({"{} is no fact of this subject", "{} 不是该主体的事实"}, name));
        ++at_;
        return static_cast<std::uint32_t>(*slot);
    }

    [[nodiscard]] FactType type_of(const Term& term) const { return facts_.facts()[term.slot].type; }
    [[nodiscard]] const std::string& name_of(const Term& term) const { return facts_.facts()[term.slot].name; }

    Index bare(Term term) {
        if (type_of(term) != FactType::boolean)
            return tl::unexpected(
                fault({"{} is not true or false: compare it with something", "{} 不是布尔事实，须与某值比较"},
                      name_of(term)));
        term.value = 1;
        return add(std::move(term));
    }
    Index has(Term term) {
        if (type_of(term) != FactType::set)
            return tl::unexpected(
                fault({"`has` asks a set; {} is none", "has 只用于集合，{} 不是集合"}, name_of(term)));
        const auto value = literal(term);
        if (!value) return tl::unexpected(value.error());
        term.op = Op::has;
        term.value = *value;
        return add(std::move(term));
    }
    Index one_of(Term term) {
        if (type_of(term) == FactType::set)
            return tl::unexpected(fault({"{} is a set: ask it with `has`", "{} 是集合，请用 has"}, name_of(term)));
        term.op = Op::one_of;
        if (!take("[")) return tl::unexpected(fault({"`in` needs a list in [ ]", "in 之后须为 [ ] 列表"}));
        do {
            const auto value = literal(term);
            if (!value) return tl::unexpected(value.error());
            term.values.push_back(*value);
        } while (take(","));
        if (!take("]")) return tl::unexpected(fault({"a list is not closed", "列表未闭合"}));
        return add(std::move(term));
    }
    Index compared(Term term, Op op) {
        const auto type = type_of(term);
        const bool number = type == FactType::money || type == FactType::integer;
        if (type == FactType::set)
            return tl::unexpected(fault({"{} is a set: ask it with `has`", "{} 是集合，请用 has"}, name_of(term)));
        if (op != Op::equal && op != Op::not_equal && !number)
            return tl::unexpected(fault({"{} has no order", "{} 没有大小之分"}, name_of(term)));
        term.op = op;
        if (next().kind == Kind::word && next().text != "true" && next().text != "false") {
            const auto other = fact();
            if (!other) return tl::unexpected(other.error());
            const auto& fact = facts_.facts()[*other];
            if (fact.type != type || !number)
                return tl::unexpected(fault({"{} is of another kind", "{} 的类型不同"}, fact.name));
            term.against_fact = true;
            term.other_scope = fact.scope();
            term.value = *other;
            return add(std::move(term));
        }
        const auto value = literal(term);
        if (!value) return tl::unexpected(value.error());
        term.value = *value;
        return add(std::move(term));
    }

    /// A value of the fact's kind.
    tl::expected<std::int64_t, ConditionError> literal(const Term& term) {
        const auto token = next();
        if (token.kind == Kind::end) return tl::unexpected(fault({"the condition ends too early", "条件不完整"}));
        ++at_;
        const auto& fact = facts_.facts()[term.slot];
        const bool chosen = fact.type == FactType::choice || fact.type == FactType::set;
        if (chosen && token.kind == Kind::string) {
            const auto found = std::find(fact.choices.begin(), fact.choices.end(), token.text);
            if (found != fact.choices.end()) return found - fact.choices.begin();
            return tl::unexpected(
                ConditionError{"bad_expression", text({"\"{}\" is no choice of {}: {}", "“{}”不是 {} 的选项：{}"},
                                                      token.text, fact.name, join(fact.choices, ", "))});
        }
        if (fact.type == FactType::boolean && token.kind == Kind::word &&
            (token.text == "true" || token.text == "false"))
            return token.text == "true" ? 1 : 0;
        if (fact.type == FactType::text && token.kind == Kind::string) return facts_.intern(token.text);
        if (token.kind == Kind::number && (fact.type == FactType::money || fact.type == FactType::integer)) {
            if (fact.type == FactType::money)
                if (const auto yuan = parse_amount(token.text)) return *yuan;
            std::int64_t value = 0;
            const char* last = token.text.data() + token.text.size();
            const auto [end, code] = std::from_chars(token.text.data(), last, value);
            if (code == std::errc() && end == last) return value;
        }
        return tl::unexpected(
            ConditionError{"bad_expression", text({"{} is {} and cannot be \"{}\"", "{} 的类型为 {}，不能是“{}”"},
                                                  fact.name, word_of(fact.type), token.text)});
    }

    std::vector<Token> tokens_;
    FactTable& facts_;
    std::span<const Scope> scopes_;
    Condition made_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

tl::expected<Condition, ConditionError> parse_condition(std::string_view text, FactTable& facts,
                                                        std::span<const Scope> scopes) {
    auto tokens = tokens_of(text);
    if (!tokens) return tl::unexpected(tokens.error());
    if (tokens->empty())
        return tl::unexpected(
            fault({"the condition is empty; leave it out for `always`", "条件为空；无条件请省略该项"}));
    return ConditionParser(*std::move(tokens), facts, scopes).parse(text);
}

}  // namespace leaven::policy
