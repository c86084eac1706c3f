// What a person typed as a pattern, and the sets of synthesis rules.
#include <algorithm>

#include <leaven/core/file.hpp>
#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/dna/problem.hpp>
#include <leaven/op/json.hpp>
#include <leaven/op/read.hpp>
#include <leaven/seq/enzyme.hpp>
#include <leaven/seq/expression.hpp>

#include "problem_json.hpp"

namespace leaven::dna {
namespace {

/// A set of rules as the table writes it.
struct WindowForm {
    std::int64_t window = 50;
    double min = 0;
    double max = 1;
    static void describe(auto& p, auto&& v) {
        v(p.window, {.name = "window", .doc = {"bases", "碱基数"}, .min = 1, .required = true});
        v(p.min, {.name = "min", .doc = {"least", "最低"}, .min = 0, .max = 1});
        v(p.max, {.name = "max", .doc = {"greatest", "最高"}, .min = 0, .max = 1});
    }
};
struct SpreadForm {
    std::int64_t window = 50;
    double max = 1;
    static void describe(auto& p, auto&& v) {
        v(p.window, {.name = "window", .doc = {"bases", "碱基数"}, .min = 1, .required = true});
        v(p.max, {.name = "max", .doc = {"greatest", "最高"}, .min = 0, .max = 1, .required = true});
    }
};
struct RepeatForm {
    std::int64_t k = 20;
    double max_fraction = 1;
    std::int64_t max_length = 1'000'000;
    static void describe(auto& p, auto&& v) {
        v(p.k, {.name = "k", .doc = {"word", "词长"}, .min = 2, .required = true});
        v(p.max_fraction, {.name = "max_fraction", .doc = {"share", "比例"}, .min = 0, .max = 1});
        v(p.max_length, {.name = "max_length", .doc = {"longest", "最长"}, .min = 1});
    }
};
struct HairpinForm {
    std::int64_t stem = 12;
    std::int64_t span = 50;
    static void describe(auto& p, auto&& v) {
        v(p.stem, {.name = "stem", .doc = {"stem", "茎长"}, .min = 2, .required = true});
        v(p.span, {.name = "span", .doc = {"span", "跨度"}, .min = 2, .required = true});
    }
};
struct TerminalForm {
    std::int64_t window = 60;
    std::int64_t k = 12;
    static void describe(auto& p, auto&& v) {
        v(p.window, {.name = "window", .doc = {"bases", "碱基数"}, .min = 1, .required = true});
        v(p.k, {.name = "k", .doc = {"word", "词长"}, .min = 2, .required = true});
    }
};
struct SetForm {
    std::string id{};
    std::string product{};
    std::vector<double> length{};
    double price_per_bp = 0;
    double price_fixed = 0;
    std::string currency{};
    double days = 0;
    std::vector<double> gc{};
    std::vector<WindowForm> gc_windows{};
    std::optional<SpreadForm> gc_spread{};
    form::Runs homopolymer{};
    std::optional<RepeatForm> repeat{};
    std::optional<HairpinForm> hairpin{};
    std::optional<TerminalForm> terminal_repeat{};
    std::vector<std::string> forbidden{};

    static void describe(auto& p, auto&& v) {
        constexpr Doc doc{"rule", "规则"};
        v(p.id, {.name = "id", .doc = doc, .required = true});
        v(p.product, {.name = "product", .doc = doc});
        v(p.length, {.name = "length", .doc = doc});
        v(p.price_per_bp, {.name = "price_per_bp", .doc = doc});
        v(p.price_fixed, {.name = "price_fixed", .doc = doc});
        v(p.currency, {.name = "currency", .doc = doc});
        v(p.days, {.name = "days", .doc = doc});
        v(p.gc, {.name = "gc", .doc = doc});
        v(p.gc_windows, {.name = "gc_windows", .doc = doc});
        v(p.gc_spread, {.name = "gc_spread", .doc = doc});
        v(p.homopolymer, {.name = "homopolymer", .doc = doc});
        v(p.repeat, {.name = "repeat", .doc = doc});
        v(p.hairpin, {.name = "hairpin", .doc = doc});
        v(p.terminal_repeat, {.name = "terminal_repeat", .doc = doc});
        v(p.forbidden, {.name = "forbidden", .doc = doc});
    }
};

Result<std::vector<Rule>> rules_of_set(const SetForm& set, const std::string& where) {
    std::vector<Rule> rules;
    if (set.length.size() == 2)
        rules.emplace_back(Length{static_cast<std::int64_t>(set.length[0]), static_cast<std::int64_t>(set.length[1])});
    if (set.gc.size() == 2) rules.emplace_back(GcRange{set.gc[0], set.gc[1], 0});
    for (const auto& window : set.gc_windows) rules.emplace_back(GcRange{window.min, window.max, window.window});
    if (set.gc_spread) rules.emplace_back(GcSpread{set.gc_spread->window, set.gc_spread->max});
    const auto limit = [](const std::optional<std::int64_t>& value) { return value.value_or(-1); };
    rules.emplace_back(Homopolymer{
        {limit(set.homopolymer.a), limit(set.homopolymer.c), limit(set.homopolymer.g), limit(set.homopolymer.t)}});
    if (set.repeat) {
        rules.emplace_back(Repeat{set.repeat->max_length + 1, true});
        rules.emplace_back(RepeatShare{set.repeat->k, set.repeat->max_fraction});
    }
    if (set.hairpin) rules.emplace_back(Hairpin{set.hairpin->stem, set.hairpin->span});
    if (set.terminal_repeat) rules.emplace_back(TerminalRepeat{set.terminal_repeat->window, set.terminal_repeat->k});
    for (const auto& typed : set.forbidden) {
        auto pattern = parse_pattern(typed, where);
        if (!pattern) return pass(pattern);
        rules.emplace_back(Avoid{*std::move(pattern), true, true});
    }
    return rules;
}

/// REBASE, read once: thousands of problems name the same few enzymes.
const Result<std::vector<seq::Enzyme>>& all_enzymes() {
    static const auto enzymes = seq::load_enzymes();
    return enzymes;
}

}  // namespace

Result<Pattern> parse_pattern(const std::string& typed, const std::string& where) {
    Pattern pattern{.name = typed};
    if (typed.size() > 2 && typed.starts_with('/') && typed.ends_with('/')) {
        pattern.expression = typed.substr(1, typed.size() - 2);
        const auto parsed = seq::parse_expression(pattern.expression);
        if (parsed) return pattern;
        auto error = parsed.error();
        error.where = where;
        return tl::unexpected(error);
    }
    pattern.word = typed;
    if (!typed.empty() && std::all_of(typed.begin(), typed.end(), seq::is_nucleotide)) {
        for (auto& c : pattern.word) c = seq::letter_of(seq::bases_of(c));
        return pattern;
    }
    const auto& enzymes = all_enzymes();
    if (!enzymes) return pass(enzymes);
    const auto enzyme = seq::find_enzyme(*enzymes, typed);
    if (!enzyme || enzyme->site.empty()) {
        auto error =
            enzyme ? bad_input({"the site of {} is not known", "{} 的识别位点未知"}, typed).error : enzyme.error();
        error.where = where;
        return tl::unexpected(error);
    }
    pattern.word = enzyme->site;
    return pattern;
}

Result<std::vector<Rule>> load_synthesis_rules(const std::string& id, const std::string& where) {
    const auto path = data::resolve("synthesis_rules");
    if (!path) return pass(path);
    const auto bytes = read_file(*path, 1U << 24U);
    if (!bytes) return pass(bytes);
    const auto name = path->filename().string();
    const auto json = parse_json_or_nothing(*bytes);
    if (!json.is_object() || !json.contains("rules") || !json["rules"].is_array())
        return bad_input({"this is not a table of synthesis rules", "这不是合成规则表"})
            .at(name)
            .advise({"get the table again", "请重新获取该表"});
    std::vector<std::string> names;
    for (const auto& entry : json["rules"]) {
        const auto set = read<SetForm>(entry, name);
        if (!set) return pass(set);
        if (set->id == id) return rules_of_set(*set, where);
        names.push_back(set->id);
    }
    auto near = nearest(id, names);
    if (near.empty()) near = names;
    return bad_input({"there is no set of synthesis rules \"{}\"", "没有合成规则集“{}”"}, id)
        .at(where)
        .advise({"use {}", "可用 {}"}, join(near, ", "));
}

}  // namespace leaven::dna
