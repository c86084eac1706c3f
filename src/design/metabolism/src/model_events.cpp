#include "model_events.hpp"

#include <algorithm>
#include <array>

#include "json_extras.hpp"
#include "number.hpp"
#include "reading_rules.hpp"
#include "remarks.hpp"
#include "sbml_annotation.hpp"
#include "sbml_id.hpp"
#include "utf8.hpp"
#include "xml_text.hpp"

namespace leaven::metabolism {
namespace {

/// What RAVEN calls otherwise than COBRApy.
std::string remark_key(const std::string& key) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> names{
        {{"rxnNotes", "NOTES"}, {"confidence_score", "Confidence Level"}, {"references", "References"}}};
    for (const auto& [raven, usual] : names)
        if (key == raven) return std::string(usual);
    return key;
}

Failure no_balance(const std::string& id) {
    return bad_input({"metabolite {} has a right-hand side other than zero, which is not read",
                      "代谢物 {} 的平衡右端项不为零，目前不支持"},
                     id)
        .advise({"write it as a reaction that makes or uses the metabolite at that rate",
                 "请改写为以该速率生成或消耗该代谢物的反应"});
}

/// A reaction without its metabolites would be another reaction.
Failure no_stoichiometry() {
    return bad_input({"the metabolites of a reaction are not given by name with their coefficients",
                      "反应的代谢物未按“名称：系数”给出"})
        .advise({"give an object such as {{\"glc__D_e\": -1}}", "请写成对象，例如 {{\"glc__D_e\": -1}}"});
}

}  // namespace

std::string Scalar::as_text() const {
    if (kind == Kind::text) return text;
    if (kind == Kind::number) return text.empty() ? number_text(number) : text;
    if (kind == Kind::boolean) return number != 0 ? "true" : "false";
    return {};
}

bool ModelEvents::fail(Failure failure, const std::string& where) {
    error = std::move(failure).at(where).error;
    return false;
}

ModelEvents::Frame ModelEvents::element() const {
    for (const auto frame : frames_)
        if (frame == Frame::metabolite || frame == Frame::reaction || frame == Frame::gene) return frame;
    return Frame::root;
}

/// The element that is being read: by identifier where that came already, else by number.
std::string ModelEvents::place() const {
    const auto named = [&](const char* kind, const auto& items, const std::string& id) {
        return id.empty() ? fmt::format("{}, {} {}", name_, kind, items.size()) : fmt::format("{}, {}", name_, id);
    };
    switch (element()) {
        case Frame::metabolite:
            return named("metabolite", raw.model.metabolites, raw.model.metabolites.back().id);
        case Frame::reaction:
            return named("reaction", raw.reactions, raw.reactions.back().reaction.id);
        case Frame::gene:
            return named("gene", raw.model.genes, raw.model.genes.back().id);
        default:
            return name_;
    }
}

std::vector<Annotation>& ModelEvents::annotations() {
    switch (element()) {
        case Frame::metabolite:
            return raw.model.metabolites.back().annotation;
        case Frame::reaction:
            return raw.reactions.back().reaction.annotation;
        case Frame::gene:
            return raw.model.genes.back().annotation;
        default:
            return raw.model.annotation;
    }
}

std::vector<Remark>& ModelEvents::remarks() {
    switch (element()) {
        case Frame::metabolite:
            return raw.model.metabolites.back().remarks;
        case Frame::reaction:
            return raw.reactions.back().reaction.remarks;
        case Frame::gene:
            return raw.model.genes.back().remarks;
        default:
            return raw.model.remarks;
    }
}

ModelEvents::Frame ModelEvents::inside_element(bool object) const {
    if (object) return key_ == "annotation" ? Frame::annotation : key_ == "notes" ? Frame::notes : Frame::skipped;
    return key_ == "annotation" ? Frame::skipped : Frame::values;
}

ModelEvents::Frame ModelEvents::inside(bool object) const {
    if (frames_.empty()) return Frame::root;
    switch (frames_.back()) {
        case Frame::root:
            if (object && key_ == "compartments") return Frame::compartments;
            if (object && key_ == "metaData") return Frame::metadata;
            if (object) return inside_element(true);
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
            return inside_element(object);
        case Frame::annotation:
            return object ? Frame::skipped : Frame::annotation_list;
        case Frame::annotation_list:
            return object ? Frame::skipped : Frame::annotation_pair;
        case Frame::notes:
            return object ? Frame::skipped : Frame::notes_list;
        default:
            return Frame::skipped;
    }
}

bool ModelEvents::mark() {
    constexpr std::size_t marks_between_looks = 4096;
    if (++marks_ > most_marks) return fail(too_many_marks(), name_);
    if (marks_ % marks_between_looks == 0 && stopped(stop_)) return fail(cancelled(), {});
    return true;
}

bool ModelEvents::open(bool object) {
    if (!mark()) return false;
    if (frames_.empty() && !object)
        return fail(bad_input({"the file is not a model", "该文件不是模型"})
                        .advise({"give a model as BiGG, COBRApy or RAVEN write it",
                                 "请提供 BiGG、COBRApy 或 RAVEN 格式的模型"}),
                    name_);
    if (!object && !frames_.empty() && frames_.back() == Frame::reaction && key_ == "metabolites")
        return fail(no_stoichiometry(), place());
    const auto frame = inside(object);
    if (frame == Frame::skipped && frames_.back() != Frame::skipped)
        skipped_part_ = without_control_characters(xml_text(key_));
    frames_.push_back(frame);
    if (frame == Frame::metabolites) raw.has_metabolites = true;
    if (frame == Frame::reactions) raw.has_reactions = true;
    if (frame == Frame::metadata) is_raven = true;
    if (frame == Frame::metabolite) raw.model.metabolites.emplace_back();
    if (frame == Frame::reaction) raw.reactions.emplace_back();
    if (frame == Frame::gene) raw.model.genes.emplace_back();
    if (frame == Frame::annotation_list || frame == Frame::values || frame == Frame::notes_list) list_key_ = key_;
    if (frame == Frame::annotation_pair) pair_size_ = 0;
    return true;
}

/// Says once that a part of the file holds something that is not read.
void ModelEvents::note_skipped() {
    constexpr std::size_t enough = 20;
    auto& known = raw.left_out;
    if (known.size() < enough && std::find(known.begin(), known.end(), skipped_part_) == known.end())
        known.push_back(skipped_part_);
}

bool ModelEvents::close() {
    frames_.pop_back();
    return true;
}

bool ModelEvents::scalar(Scalar value) {
    if (!mark()) return false;
    if (frames_.empty()) return open(false);  // says that it is no model
    if (key_ != "id" && find_not_xml(value.text) != std::string::npos) {
        value.text = xml_text(value.text);
        raw.has_control_characters = true;
    }
    switch (frames_.back()) {
        case Frame::root:
            if (key_ == extras_key && value.kind == Scalar::Kind::text)
                raw.extras = std::move(value.text);
            else if (key_ == "id" || key_ == "name")
                take_metadata(value);
            else if (key_ != "version")  // of the format
                take_remark(key_, value);
            return true;
        case Frame::metadata:
            take_metadata(value);
            return true;
        case Frame::metabolites:
        case Frame::reactions:
            return fail(bad_input({"a list of metabolites or reactions holds something else: {}",
                                   "代谢物或反应列表中有其他内容：{}"},
                                  without_control_characters(xml_text(value.as_text())))
                            .advise({"give each as an object with an id", "请将每一项写成带 id 的对象"}),
                        name_);
        case Frame::metabolite:
            return take_metabolite(value);
        case Frame::reaction:
            return take_reaction(value);
        case Frame::gene:
            take_gene(value);
            return true;
        case Frame::terms:
            return take_term(value);
        case Frame::compartments:
            raw.model.compartments.push_back({key_, value.as_text()});
            return true;
        case Frame::annotation:
            if (value.kind != Scalar::Kind::nothing) take_resource(key_, "is", value.as_text());
            return true;
        case Frame::annotation_list:
            if (value.kind != Scalar::Kind::nothing) take_resource(list_key_, "is", value.as_text());
            return true;
        case Frame::annotation_pair:
            if (++pair_size_ == 1) qualifier_ = value.as_text();
            if (pair_size_ == 2) take_resource(list_key_, qualifier_, value.as_text());
            return true;
        case Frame::notes:
            remarks().push_back(make_remark(xml_text(key_), value.as_text()));
            return true;
        case Frame::notes_list:
            remarks().push_back(make_remark(xml_text(list_key_), value.as_text()));
            return true;
        case Frame::values:
            take_other(list_key_, value);
            return true;
        default:
            note_skipped();
            return true;
    }
}

void ModelEvents::take_metadata(const Scalar& value) {
    if (key_ == "id" || key_ == "short_name")
        raw.model.id = value.as_text();
    else if (key_ == "name" || key_ == "full_name")
        raw.model.name = value.as_text();
    else
        take_remark(key_, value);
}

bool ModelEvents::take_metabolite(const Scalar& value) {
    auto& metabolite = raw.model.metabolites.back();
    if (key_ == "id")
        metabolite.id = value.as_text();
    else if (key_ == "name")
        metabolite.name = value.as_text();
    else if (key_ == "compartment")
        metabolite.compartment = value.as_text();
    else if (key_ == "formula")
        metabolite.formula = trimmed(value.as_text());
    else if (key_ == "charge")
        metabolite.charge = value.as_number();
    else if (key_ == "_bound" && value.as_number().value_or(0) != 0)
        return fail(no_balance(metabolite.id), place());
    else if (key_ != "_bound")
        take_other(key_, value);
    if (metabolite.charge && !std::isfinite(*metabolite.charge)) metabolite.charge.reset();
    return true;
}

bool ModelEvents::take_reaction(const Scalar& value) {
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
    if (key_ == "metabolites" && value.kind != Scalar::Kind::nothing) return fail(no_stoichiometry(), place());
    if (key_ == "id")
        reaction.id = value.as_text();
    else if (key_ == "name")
        reaction.name = value.as_text();
    else if (key_ == "gene_reaction_rule")
        reaction.rule.text = trimmed(value.as_text());
    else if (key_ != "reversibility" && key_ != "rev" && key_ != "reversible")  // the bounds say it
        take_other(key_, value);
    return true;
}

void ModelEvents::take_gene(const Scalar& value) {
    auto& gene = raw.model.genes.back();
    if (key_ == "id")
        gene.id = value.as_text();
    else if (key_ == "name")
        gene.name = value.as_text();
    else
        take_other(key_, value);
}

/// What an element has beside the fields of COBRApy, or in a list where those have one value.
void ModelEvents::take_other(const std::string& key, const Scalar& value) {
    if (element() == Frame::reaction && key == "subsystem") {
        auto& subsystem = raw.reactions.back().reaction.subsystem;
        const auto text = value.as_text();
        if (!subsystem.empty() && !trimmed(text).empty()) subsystem += "; ";
        subsystem += trimmed(text);
    } else if (key == "eccodes" && !value.as_text().empty()) {
        take_resource("ec-code", "is", value.as_text());
    } else {
        take_remark(key, value);
    }
}

void ModelEvents::take_remark(const std::string& key, const Scalar& value) {
    if (const auto text = value.as_text(); !text.empty())
        remarks().push_back(make_remark(xml_text(remark_key(key)), text));
}

bool ModelEvents::take_term(const Scalar& value) {
    const auto number = value.as_number();
    if (!number || !std::isfinite(*number))
        return fail(bad_input({"the coefficient of {} is not a finite number", "{} 的化学计量系数不是有限数"}, key_)
                        .advise({"give a number", "请给出一个数"}),
                    place());
    raw.reactions.back().terms.emplace_back(key_, *number);
    return true;
}

void ModelEvents::take_resource(const std::string& provider, std::string_view qualifier, const std::string& value) {
    auto& known = annotations();
    const Annotation term{"sbo", value};
    if (provider == "sbo" && !leading_sbo_term({term}).empty() && leading_sbo_term(known).empty()) {
        known.insert(known.begin(), term);
        return;
    }
    std::string usable(is_sbml_id(qualifier) && qualifier != "sbo" ? qualifier : "is");
    if (value.starts_with("http"))
        known.push_back({std::move(usable), value});
    else
        known.push_back({std::move(usable), fmt::format("{}{}/{}", identifiers_org, xml_text(provider), value)});
}

}  // namespace leaven::metabolism
