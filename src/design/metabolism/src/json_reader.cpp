#include "json_reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include "json_model.hpp"
#include "number.hpp"
#include "reading_rules.hpp"
#include "sbml_annotation.hpp"
#include "sbml_xml.hpp"
#include "utf8.hpp"

namespace leaven::metabolism {
namespace {

/// A value that is neither object nor array.
struct Scalar {
    enum class Kind { nothing, boolean, number, text };
    Kind kind = Kind::nothing;
    double number = 0;
    std::string text;

    /// As a number; texts such as "inf" count. None for anything else, NaN included.
    [[nodiscard]] std::optional<double> as_number() const {
        const auto value = kind == Kind::number ? number
                           : kind == Kind::text ? xml_number(text).value_or(std::nan(""))
                                                : std::nan("");
        return std::isnan(value) ? std::nullopt : std::optional(value);
    }
};

/// Takes the parser's events and fills the RawModel; keeps where it is in the file as a stack of frames.
class Events : public nlohmann::json_sax<nlohmann::json> {
public:
    Events(std::string_view text, std::string name) : text_(text), name_(std::move(name)) {}

    RawModel raw;
    std::optional<Error> error;

    bool null() override { return scalar({}); }
    bool boolean(bool value) override { return scalar({Scalar::Kind::boolean, value ? 1.0 : 0.0, {}}); }
    bool number_integer(number_integer_t value) override { return number(static_cast<double>(value)); }
    bool number_unsigned(number_unsigned_t value) override { return number(static_cast<double>(value)); }
    bool number_float(number_float_t value, const string_t&) override { return number(value); }
    bool string(string_t& value) override;
    bool binary(binary_t&) override { return scalar({}); }

    bool key(string_t& value) override {
        key_ = std::move(value);
        return true;
    }
    bool start_object(std::size_t) override { return open(true); }
    bool start_array(std::size_t) override { return open(false); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool parse_error(std::size_t position, const std::string& token, const nlohmann::json::exception& fault) override;

private:
    enum class Frame : char {
        root,
        metabolites,
        metabolite,
        reactions,
        reaction,
        genes,
        gene,
        terms,
        compartments,
        annotation,
        annotation_list,
        skipped,
    };

    bool number(double value) { return scalar({Scalar::Kind::number, value, {}}); }
    bool open(bool object);
    bool close();
    [[nodiscard]] Frame inside(bool object) const;
    bool scalar(Scalar value);
    bool take_metabolite(const Scalar& value);
    bool take_reaction(const Scalar& value);
    bool take_term(const Scalar& value);
    bool take_annotation(const Scalar& value);
    bool fail(Failure failure, const std::string& where);
    [[nodiscard]] std::string place() const;
    [[nodiscard]] std::vector<Annotation>& annotations();

    std::string_view text_;
    std::string name_;
    std::vector<Frame> frames_;
    std::string key_;
    std::string annotation_key_;
    std::size_t marks_ = 0;
};

bool Events::string(string_t& value) {
    if (key_ != "id" && find_not_xml(value) != std::string::npos) {
        value = xml_text(value);
        raw.has_control_characters = true;
    }
    return scalar({Scalar::Kind::text, 0, std::move(value)});
}

bool Events::fail(Failure failure, const std::string& where) {
    error = std::move(failure).at(where).error;
    return false;
}

/// The element that is being read: by identifier where that came already, else by number.
std::string Events::place() const {
    const auto named = [&](const char* kind, const auto& items, const std::string& id) {
        return id.empty() ? fmt::format("{}, {} {}", name_, kind, items.size()) : fmt::format("{}, {}", name_, id);
    };
    for (const auto frame : frames_) {
        if (frame == Frame::metabolite)
            return named("metabolite", raw.model.metabolites, raw.model.metabolites.back().id);
        if (frame == Frame::reaction) return named("reaction", raw.reactions, raw.reactions.back().reaction.id);
        if (frame == Frame::gene) return named("gene", raw.model.genes, raw.model.genes.back().id);
    }
    return name_;
}

bool Events::parse_error(std::size_t position, const std::string& token, const nlohmann::json::exception& fault) {
    const auto before = text_.substr(0, position == 0 ? 0 : position - 1);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
    const bool ended = std::string_view(fault.what()).find("unexpected end of input") != std::string_view::npos;
    constexpr std::size_t shown = 60;
    const auto near = xml_text(std::string_view(token).substr(token.size() - std::min(shown, token.size())));
    return fail(bad_input(ended ? Doc{"the JSON ends before it is complete", "JSON 未写完即结束"}
                                : Doc{"the JSON is broken at {}", "JSON 在 {} 处有误"},
                          near)
                    .advise({"correct the file at this place, or fetch it again", "请在此处更正文件，或重新获取"}),
                fmt::format("{}, line {}, column {}", name_, line, column));
}

Events::Frame Events::inside(bool object) const {
    if (frames_.empty()) return Frame::root;
    switch (frames_.back()) {
        case Frame::root:
            if (object) return key_ == "compartments" ? Frame::compartments : Frame::skipped;
            return key_ == "metabolites" ? Frame::metabolites
                   : key_ == "reactions" ? Frame::reactions
                   : key_ == "genes"     ? Frame::genes
                                         : Frame::skipped;
        case Frame::metabolites:
            return object ? Frame::metabolite : Frame::skipped;
        case Frame::reactions:
            return object ? Frame::reaction : Frame::skipped;
        case Frame::genes:
            return object ? Frame::gene : Frame::skipped;
        case Frame::reaction:
            if (object && key_ == "metabolites") return Frame::terms;
            [[fallthrough]];
        case Frame::metabolite:
        case Frame::gene:
            return object && key_ == "annotation" ? Frame::annotation : Frame::skipped;
        case Frame::annotation:
            return object ? Frame::skipped : Frame::annotation_list;
        default:
            return Frame::skipped;
    }
}

bool Events::open(bool object) {
    if (++marks_ > most_marks) return fail(too_many_marks(), name_);
    if (frames_.empty() && !object)
        return fail(bad_input({"the JSON is not a model", "该 JSON 不是模型"})
                        .advise({"give a model as BiGG or COBRApy write it", "请提供 BiGG 或 COBRApy 格式的模型"}),
                    name_);
    const auto frame = inside(object);
    frames_.push_back(frame);
    if (frame == Frame::metabolites) raw.has_metabolites = true;
    if (frame == Frame::reactions) raw.has_reactions = true;
    if (frame == Frame::metabolite) raw.model.metabolites.emplace_back();
    if (frame == Frame::reaction) raw.reactions.emplace_back();
    if (frame == Frame::gene) raw.model.genes.emplace_back();
    if (frame == Frame::annotation_list) annotation_key_ = key_;
    return true;
}

bool Events::close() {
    frames_.pop_back();
    return true;
}

bool Events::scalar(Scalar value) {
    if (++marks_ > most_marks) return fail(too_many_marks(), name_);
    const bool is_text = value.kind == Scalar::Kind::text;
    switch (frames_.empty() ? Frame::skipped : frames_.back()) {
        case Frame::root:
            if (is_text && key_ == "id") raw.model.id = value.text;
            if (is_text && key_ == "name") raw.model.name = value.text;
            return true;
        case Frame::metabolite:
            return take_metabolite(value);
        case Frame::reaction:
            return take_reaction(value);
        case Frame::gene: {
            auto& gene = raw.model.genes.back();
            if (is_text && key_ == "id") gene.id = value.text;
            if (is_text && key_ == "name") gene.name = value.text;
            return true;
        }
        case Frame::terms:
            return take_term(value);
        case Frame::compartments:
            raw.model.compartments.push_back({key_, std::move(value.text)});
            return true;
        case Frame::annotation:
            annotation_key_ = key_;
            return take_annotation(value);
        case Frame::annotation_list:
            return take_annotation(value);
        default:
            return true;
    }
}

bool Events::take_metabolite(const Scalar& value) {
    auto& metabolite = raw.model.metabolites.back();
    if (key_ == "charge") metabolite.charge = value.as_number();
    if (value.kind != Scalar::Kind::text) return true;
    if (key_ == "id") metabolite.id = value.text;
    if (key_ == "name") metabolite.name = value.text;
    if (key_ == "compartment") metabolite.compartment = value.text;
    if (key_ == "formula") metabolite.formula = trimmed(value.text);
    return true;
}

bool Events::take_reaction(const Scalar& value) {
    auto& [reaction, terms, lower, upper, objective] = raw.reactions.back();
    const bool bound = key_ == "lower_bound" || key_ == "upper_bound";
    if (bound || key_ == "objective_coefficient") {
        const auto number = value.as_number();
        const bool usable = number ? bound || std::isfinite(*number) : value.kind == Scalar::Kind::nothing;
        if (!usable)
            return fail(bad_input(bound ? Doc{"{} is not a number", "{} 不是数"}
                                        : Doc{"{} is not a finite number", "{} 不是有限数"},
                                  key_)
                            .advise(bound ? Doc{"give a number, or Infinity where there is no bound",
                                                "请给出一个数；无界时写 Infinity"}
                                          : Doc{"give a number", "请给出一个数"}),
                        place());
        if (key_ == "lower_bound") lower = number;
        if (key_ == "upper_bound") upper = number;
        if (!bound) objective = number.value_or(0);
        return true;
    }
    if (value.kind != Scalar::Kind::text) return true;
    if (key_ == "id") reaction.id = value.text;
    if (key_ == "name") reaction.name = value.text;
    if (key_ == "subsystem") reaction.subsystem = trimmed(value.text);
    if (key_ == "gene_reaction_rule") reaction.rule.text = trimmed(value.text);
    return true;
}

bool Events::take_term(const Scalar& value) {
    const auto number = value.as_number();
    if (!number || !std::isfinite(*number))
        return fail(bad_input({"the coefficient of {} is not a finite number", "{} 的化学计量系数不是有限数"}, key_)
                        .advise({"give a number", "请给出一个数"}),
                    place());
    raw.reactions.back().terms.emplace_back(key_, *number);
    return true;
}

std::vector<Annotation>& Events::annotations() {
    for (const auto frame : frames_) {
        if (frame == Frame::metabolite) return raw.model.metabolites.back().annotation;
        if (frame == Frame::reaction) return raw.reactions.back().reaction.annotation;
    }
    return raw.model.genes.back().annotation;
}

bool Events::take_annotation(const Scalar& value) {
    if (value.kind != Scalar::Kind::text) return true;
    auto& known = annotations();
    const Annotation term{"sbo", value.text};
    if (annotation_key_ == "sbo" && !leading_sbo_term({term}).empty() && leading_sbo_term(known).empty())
        known.insert(known.begin(), term);
    else if (value.text.starts_with("http"))
        known.push_back({"is", value.text});
    else
        known.push_back({"is", fmt::format("https://identifiers.org/{}/{}", annotation_key_, value.text)});
    return true;
}

/// `text` with the words Infinity and NaN, which JSON does not have, as texts of the same length: places stay true.
std::string without_bare_words(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> words{
        {{"-Infinity", "\"-inf\"   "}, {"Infinity", "\"inf\"   "}, {"NaN", "\"?\""}}};
    std::string out;
    out.reserve(text.size());
    bool inside_text = false;
    while (out.size() < text.size()) {
        const auto rest = text.substr(out.size());
        const auto word =
            std::find_if(words.begin(), words.end(), [&](const auto& w) { return rest.starts_with(w.first); });
        if (!inside_text && word != words.end()) {
            out += word->second;
            continue;
        }
        const bool escaped = inside_text && rest[0] == '\\' && rest.size() > 1;
        if (rest[0] == '"') inside_text = !inside_text;
        out += rest.substr(0, escaped ? 2 : 1);
    }
    return out;
}

}  // namespace

Result<Model> read_bigg_json(std::string_view text, const std::string& name) {
    const bool odd = text.find("Infinity") != std::string_view::npos || text.find("NaN") != std::string_view::npos;
    const auto plain = odd ? without_bare_words(text) : std::string();
    Events events(text, name);
    if (!nlohmann::json::sax_parse(odd ? std::string_view(plain) : text, &events))
        return tl::unexpected(*std::move(events.error));
    return assemble(std::move(events.raw), name);
}

}  // namespace leaven::metabolism
