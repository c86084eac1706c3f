#include "collisions.hpp"

#include <algorithm>
#include <unordered_map>

#include "violations.hpp"

namespace leaven::dna {
namespace {

/// A molecule written twice, and its other strand, so that every word is a view.
class Views {
public:
    explicit Views(std::string_view letters)
        : length_(static_cast<std::int64_t>(letters.size())),
          twice_(std::string(letters) + std::string(letters)),
          other_(seq::reverse_complement(twice_)) {}

    [[nodiscard]] std::string_view forward(std::int64_t at, std::int64_t k) const {
        return std::string_view(twice_).substr(static_cast<std::size_t>(at), static_cast<std::size_t>(k));
    }
    [[nodiscard]] std::string_view reverse(std::int64_t at, std::int64_t k) const {
        return std::string_view(other_).substr(static_cast<std::size_t>(2 * length_ - at - k),
                                               static_cast<std::size_t>(k));
    }

private:
    std::int64_t length_;
    std::string twice_;
    std::string other_;
};

std::vector<std::int64_t> starts_of(const WordRule& rule, std::int64_t length) {
    std::vector<std::int64_t> starts;
    for (const auto& piece : rule.pieces) {
        if (rule.k > piece.length()) continue;
        for (auto p = piece.start; p < (rule.around ? piece.end : piece.end - rule.k + 1); ++p)
            starts.push_back(p % length);
    }
    return starts;
}

void add_repeats(const WordRule& rule, const Views& views, std::int64_t length, std::vector<Collision>& out) {
    std::unordered_map<std::string_view, std::int64_t> seen;
    for (const auto p : starts_of(rule, length)) {
        std::optional<std::int64_t> before;
        if (rule.both)
            if (const auto other = seen.find(views.reverse(p, rule.k)); other != seen.end()) before = other->second;
        const auto [place, first] = seen.try_emplace(views.forward(p, rule.k), p);
        if (!first) before = place->second;
        if (before) out.push_back({*before, p, rule.k});
    }
}

void add_terminal(const WordRule& rule, const Views& views, std::int64_t length, std::vector<Collision>& out) {
    std::unordered_map<std::string_view, std::int64_t> first;
    const auto starts = starts_of(rule, length);
    for (const auto p : starts)
        if (p + rule.k <= rule.span) first.try_emplace(views.forward(p, rule.k), p);
    for (const auto p : starts) {
        if (p < length - rule.span) continue;
        for (const auto& word : {views.forward(p, rule.k), views.reverse(p, rule.k)})
            if (const auto found = first.find(word); found != first.end() && found->second != p) {
                out.push_back({found->second, p, rule.k});
                break;
            }
    }
}

void add_hairpins(const WordRule& rule, const Views& views, std::int64_t length, std::vector<Collision>& out) {
    std::unordered_map<std::string_view, std::vector<std::int64_t>> places;
    const auto starts = starts_of(rule, length);
    for (const auto p : starts) places[views.forward(p, rule.k)].push_back(p);
    for (const auto p : starts) {
        const auto found = places.find(views.reverse(p, rule.k));
        if (found == places.end()) continue;
        for (const auto other : found->second) {
            const auto gap = rule.around ? (other - p + length) % length : other - p;
            if (gap < 0 || gap + rule.k > rule.span) continue;
            out.push_back({p, other, rule.k});
            break;
        }
    }
}

}  // namespace

std::string word_at(std::string_view letters, std::int64_t position, std::int64_t k) {
    return seq::letters_at(letters, {position, position + k});
}

std::vector<Collision> collisions(const Model& model, std::string_view letters) {
    std::vector<Collision> out;
    if (model.words.empty()) return out;
    const Views views(letters);
    for (const auto& rule : model.words) {
        if (rule.k > model.length) continue;
        if (rule.kind == WordRule::Kind::repeat) add_repeats(rule, views, model.length, out);
        if (rule.kind == WordRule::Kind::terminal) add_terminal(rule, views, model.length, out);
        if (rule.kind == WordRule::Kind::hairpin) add_hairpins(rule, views, model.length, out);
    }
    return out;
}

std::vector<ForeignWord> foreign_words(const Model& model, std::string_view letters) {
    std::vector<ForeignWord> out;
    for (const auto& [place, rule] : model.foreign) {
        const bool around = model.circular && place.whole;
        for (const auto& piece : place.pieces) {
            if (rule.k > piece.at.length()) continue;
            for (auto p = piece.at.start; p < (around ? piece.at.end : piece.at.end - rule.k + 1); ++p) {
                auto word = word_at(letters, p % model.length, rule.k);
                if (rule.words->contains(word)) out.push_back({p % model.length, std::move(word), place.whole});
            }
        }
    }
    return out;
}

const WholeRule* broken_rule(const Model& model, std::string_view letters, const Context& context) {
    const Judged molecule{*model.problem, letters, context};
    const auto broken = std::find_if(model.whole.begin(), model.whole.end(), [&](const WholeRule& whole) {
        const auto found =
            std::visit([&](const auto& rule) { return violations(molecule, whole.place, rule); }, whole.rule);
        return !found || !found->empty();
    });
    return broken == model.whole.end() ? nullptr : &*broken;
}

}  // namespace leaven::dna
