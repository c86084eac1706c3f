#include <algorithm>
#include <charconv>
#include <set>

#include <leaven/seq/expression.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::seq {
namespace {

constexpr std::size_t most_letters = 4000;
constexpr std::size_t most_transitions = 20'000;
constexpr int deepest_group = 200;
constexpr std::int64_t most_repeats = 1000;

/// A piece of the automaton under construction: the states it may begin and end with.
struct Fragment {
    std::vector<std::int32_t> first;
    std::vector<std::int32_t> last;
    bool nullable = true;
};

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Result<Expression> parse() {
        auto whole = alternatives(0);
        if (!large_ && at_ < text_.size()) sound_ = false;
        if (large_)
            return bad_input({"the expression is too large", "正则表达式过大"})
                .at("pattern")
                .advise({"use fewer or smaller repeats", "请减少重复次数"});
        if (!sound_)
            return bad_input({"this is not an expression, at \"{}\"", "自“{}”起不是有效的正则表达式"},
                             text_.substr(std::min(at_, text_.size()), 20))
                .at("pattern")
                .advise({"use IUPAC letters . [ ] ( ) | * + ? {{m,n}}", "可用 IUPAC 字母及 . [ ] ( ) | * + ? {{m,n}}"});
        out_.first = std::move(whole.first);
        out_.last.assign(out_.letters.size(), false);
        for (const auto state : whole.last) out_.last[static_cast<std::size_t>(state)] = true;
        for (auto& next : out_.follow) {
            std::sort(next.begin(), next.end());
            next.erase(std::unique(next.begin(), next.end()), next.end());
        }
        return std::move(out_);
    }

private:
    bool ended() const { return at_ >= text_.size() || large_ || !sound_; }

    Fragment alternatives(int depth) {
        if (depth > deepest_group) {
            sound_ = false;
            return {};
        }
        auto out = sequence(depth);
        while (!ended() && text_[at_] == '|') {
            ++at_;
            const auto other = sequence(depth);
            out.nullable = out.nullable || other.nullable;
            out.first.insert(out.first.end(), other.first.begin(), other.first.end());
            out.last.insert(out.last.end(), other.last.begin(), other.last.end());
        }
        return out;
    }

    Fragment sequence(int depth) {
        Fragment out;
        while (!ended() && text_[at_] != '|' && text_[at_] != ')') out = then(std::move(out), repeated(depth));
        return out;
    }

    void link(const std::vector<std::int32_t>& from, const std::vector<std::int32_t>& to) {
        transitions_ += from.size() * to.size();
        if (transitions_ > most_transitions) large_ = true;
        if (large_) return;
        for (const auto state : from) {
            auto& next = out_.follow[static_cast<std::size_t>(state)];
            next.insert(next.end(), to.begin(), to.end());
        }
    }

    Fragment then(Fragment a, const Fragment& b) {
        link(a.last, b.first);
        Fragment out;
        out.nullable = a.nullable && b.nullable;
        out.first = std::move(a.first);
        if (a.nullable) out.first.insert(out.first.end(), b.first.begin(), b.first.end());
        out.last = b.last;
        if (b.nullable) out.last.insert(out.last.end(), a.last.begin(), a.last.end());
        return out;
    }

    /// An atom and what says how often. A repeat is read again for every time, as each needs states of its own.
    Fragment repeated(int depth) {
        const auto begin = at_;
        auto out = atom(depth);
        const auto atom_end = at_;
        while (!ended()) {
            const char c = text_[at_];
            if (c == '*' || c == '+' || c == '?') {
                ++at_;
                if (c != '?') link(out.last, out.first);
                if (c != '+') out.nullable = true;
            } else if (c == '{') {
                out = counted(begin, atom_end, depth);
                break;
            } else {
                break;
            }
        }
        return out;
    }

    bool number(std::int64_t& out) {
        const auto [end, code] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), out);
        if (code != std::errc() || out < 0 || out > most_repeats) return false;
        at_ = static_cast<std::size_t>(end - text_.data());
        return true;
    }

    Fragment counted(std::size_t begin, std::size_t atom_end, int depth) {
        // The states of the atom that was read first stay unused; they cost nothing.
        if (atom_end != at_) {  // "A*{2}"
            sound_ = false;
            return {};
        }
        ++at_;
        std::int64_t least = 0;
        if (!number(least)) sound_ = false;
        std::int64_t most = least;
        bool open = false;
        if (!ended() && text_[at_] == ',') {
            ++at_;
            open = !ended() && text_[at_] == '}';
            if (!open && !number(most)) sound_ = false;
        }
        if (ended() || text_[at_] != '}' || most < least) sound_ = false;
        const auto after = at_ + 1;
        Fragment out;
        for (std::int64_t i = 0; i < (open ? least + 1 : most) && sound_ && !large_; ++i) {
            at_ = begin;
            auto copy = atom(depth);
            if (open && i == least) link(copy.last, copy.first);
            if (i >= least) copy.nullable = true;
            out = then(std::move(out), copy);
        }
        if (sound_) at_ = after;
        return out;
    }

    Fragment state(std::uint8_t bases) {
        if (out_.letters.size() >= most_letters) large_ = true;
        if (large_) return {};
        const auto index = static_cast<std::int32_t>(out_.letters.size());
        out_.letters.push_back(bases);
        out_.follow.emplace_back();
        return {{index}, {index}, false};
    }

    Fragment atom(int depth) {
        if (ended()) return {};
        const char c = text_[at_];
        if (c == '(') {
            ++at_;
            auto inner = alternatives(depth + 1);
            if (at_ >= text_.size() || text_[at_] != ')')
                sound_ = false;
            else
                ++at_;
            return inner;
        }
        if (c == '[') return letter_class();
        const auto bases = c == '.' ? std::uint8_t{15} : bases_of(c);
        if (bases == 0) {
            sound_ = false;
            return {};
        }
        ++at_;
        return state(bases);
    }

    Fragment letter_class() {
        ++at_;
        const bool negated = at_ < text_.size() && text_[at_] == '^';
        if (negated) ++at_;
        unsigned bases = 0;
        while (at_ < text_.size() && text_[at_] != ']') {
            if (bases_of(text_[at_]) == 0) sound_ = false;
            bases |= bases_of(text_[at_++]);
        }
        if (negated) bases = ~bases & 15U;
        if (at_ >= text_.size() || bases == 0) {
            sound_ = false;
            return {};
        }
        ++at_;
        return state(static_cast<std::uint8_t>(bases));
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t transitions_ = 0;
    bool sound_ = true;
    bool large_ = false;
    Expression out_;
};

}  // namespace

Result<Expression> parse_expression(std::string_view text) { return Parser(text).parse(); }

Expression reverse_complement(const Expression& expression) {
    const auto size = expression.letters.size();
    Expression out;
    out.follow.resize(size);
    out.last.assign(size, false);
    for (const auto bases : expression.letters) out.letters.push_back(bases_of(complement(letter_of(bases))));
    for (std::size_t s = 0; s < size; ++s) {
        for (const auto next : expression.follow[s])
            out.follow[static_cast<std::size_t>(next)].push_back(static_cast<std::int32_t>(s));
        if (expression.last[s]) out.first.push_back(static_cast<std::int32_t>(s));
    }
    for (const auto state : expression.first) out.last[static_cast<std::size_t>(state)] = true;
    return out;
}

}  // namespace leaven::seq
