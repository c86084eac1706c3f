// Reads the structure of the COBRA Toolbox, COBRApy or RAVEN from a MAT-file.

#include <algorithm>
#include <cmath>
#include <functional>

#include "json_extras.hpp"
#include "mat_fields.hpp"
#include "mat_model.hpp"
#include "number.hpp"
#include "raw_model.hpp"
#include "reading_rules.hpp"
#include "remarks.hpp"
#include "sbml_annotation.hpp"
#include "utf8.hpp"
#include "xml_text.hpp"

namespace leaven::metabolism {
namespace {

using Kind = MatArray::Kind;

/// The parts of a list written in one text.
Texts split(std::string_view text, const std::vector<std::string_view>& separators) {
    Texts parts;
    for (std::size_t begin = 0, at = 0; at <= text.size();) {
        const auto found = std::find_if(separators.begin(), separators.end(),
                                        [&](auto separator) { return text.substr(at).starts_with(separator); });
        if (found == separators.end() && at < text.size()) {
            ++at;
            continue;
        }
        if (const auto part = trimmed(text.substr(begin, at - begin)); !part.empty()) parts.emplace_back(part);
        at += found == separators.end() ? 1 : found->size();
        begin = at;
    }
    return parts;
}

/// Identifiers such as "glc[c]", "glc(c)", "glc_c" and "glc_e_boundary" name their compartment, as COBRApy takes it.
std::string compartment_in(std::string_view id) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto letters = [&](std::string_view text) {
        return !text.empty() && std::all_of(text.begin(), text.end(), is_letter) ? std::string(text) : std::string();
    };
    if (id.ends_with(']') || id.ends_with(')')) {
        const auto open = id.find_last_of("[(");
        return open == std::string_view::npos ? std::string() : letters(id.substr(open + 1, id.size() - open - 2));
    }
    if (id.ends_with("_boundary")) id.remove_suffix(9);
    const auto dash = id.rfind('_');
    return dash == std::string_view::npos ? std::string() : letters(id.substr(dash + 1));
}

bool is_model(const MatArray& value) {
    return value.kind == Kind::structure && value.field("rxns") != nullptr && value.field("mets") != nullptr &&
           value.field("S") != nullptr;
}

void take_resource(std::vector<Annotation>& annotation, std::string_view collection, const std::string& entry) {
    const Annotation term{"sbo", entry};
    if (collection == "sbo" && !leading_sbo_term({term}).empty() && leading_sbo_term(annotation).empty())
        annotation.insert(annotation.begin(), term);
    else
        annotation.push_back(
            {"is", entry.starts_with("http") ? entry : fmt::format("{}{}/{}", identifiers_org, collection, entry)});
}

class MatModelReader {
public:
    MatModelReader(const MatVariable& variable, const std::string& name, StopFlag stop)
        : fields_(variable, name), variable_(variable.name), name_(name), stop_(stop) {}

    Result<Model> run() {
        raven_ = fields_.has("rxnMiriams") || fields_.has("metMiriams") || fields_.has("geneShortNames") ||
                 fields_.has("eccodes");
        if (auto status = check_constraints(); !status) return pass(status);
        for (const auto step :
             {&MatModelReader::read_metabolites, &MatModelReader::read_genes, &MatModelReader::read_reactions,
              &MatModelReader::read_matrix, &MatModelReader::read_objective}) {
            if (stopped(stop_)) return cancelled();
            if (auto status = (this->*step)(); !status) return pass(status);
        }
        read_model();
        note_rest();
        raw_.has_metabolites = raw_.has_reactions = true;
        raw_.model.format = raven_ ? "RAVEN MAT" : "COBRA MAT";
        return assemble(std::move(raw_), name_);
    }

private:
    /// Fields that make more than a balance of zero: without them it would be another model.
    Status check_constraints() {
        const auto refused = [&](std::string_view field) {
            return fields_.fault(field, bad_input({"the model has constraints beside its balances, which are not read",
                                                   "模型除物料平衡外还有其他约束，目前不支持"})
                                            .advise({"remove them, or write each as a metabolite with a reaction",
                                                     "请删除这些约束，或将其改写为代谢物与反应"}));
        };
        const auto unequal = [](const MatArray& part) {
            return part.text.find_first_not_of("Ee ") != std::string::npos;
        };
        if (const auto* senses = fields_.use("csense"))
            if (unequal(*senses) || std::any_of(senses->cells.begin(), senses->cells.end(), unequal))
                return refused("csense");
        if (const auto* sides = fields_.use("b"))
            if (std::any_of(sides->numbers.begin(), sides->numbers.end(), [](double b) { return b != 0; }))
                return refused("b");
        for (const char* field : {"C", "A"})
            if (const auto* matrix = fields_.find(field); matrix != nullptr && !matrix->numbers.empty())
                return refused(field);
        return {};
    }

    template <class Item>
    Status fill(std::vector<Item>& items, std::string_view field, std::string Item::*member) {
        auto values = fields_.texts(field, items.size());
        if (!values) return pass(values);
        if (!fields_.has(field)) return {};
        for (std::size_t i = 0; i < items.size(); ++i) items[i].*member = std::move((*values)[i]);
        return {};
    }

    template <class Item>
    Status fill_trimmed(std::vector<Item>& items, std::string_view field, std::string Item::*member) {
        auto status = fill(items, field, member);
        for (auto& item : items) item.*member = std::string(trimmed(item.*member));
        return status;
    }

    template <class Item>
    Status remark(std::vector<Item>& items, std::string_view field, std::string_view key) {
        if (!fields_.has(field)) return {};
        const auto values = fields_.texts(field, items.size());
        if (!values) return pass(values);
        for (std::size_t i = 0; i < items.size(); ++i)
            if (!trimmed((*values)[i]).empty()) items[i].remarks.push_back(make_remark(xml_text(key), (*values)[i]));
        return {};
    }

    template <class Item>
    Status collect(std::vector<Item>& items, std::string_view field, std::string_view collection) {
        if (!fields_.has(field)) return {};
        const auto values = fields_.texts(field, items.size());
        if (!values) return pass(values);
        const auto separators = collection == "ec-code" ? std::vector<std::string_view>{" or ", ";", ","}
                                                        : std::vector<std::string_view>{", ", ";"};
        for (std::size_t i = 0; i < items.size(); ++i)
            for (const auto& entry : split((*values)[i], separators))
                take_resource(items[i].annotation, collection, entry);
        return {};
    }

    template <class Item, std::size_t count>
    Status collect(std::vector<Item>& items, const std::array<MatCollection, count>& collections) {
        for (const auto& [field, collection] : collections)
            if (auto status = collect(items, field, collection); !status) return status;
        return {};
    }

    /// RAVEN keeps annotations as pairs of lists: names and values.
    template <class Item>
    Status miriams(std::vector<Item>& items, std::string_view field) {
        const auto* array = fields_.use(field);
        if (array == nullptr) return {};
        if (array->kind != Kind::cells) return fields_.wrong_kind(field);
        if (array->cells.size() != items.size()) return fields_.wrong_size(field, array->cells.size(), items.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            const auto* names = array->cells[i].field("name");
            const auto* values = array->cells[i].field("value");
            if (names == nullptr || values == nullptr) continue;
            for (std::size_t k = 0; k < std::min(names->cells.size(), values->cells.size()); ++k)
                take_resource(items[i].annotation, trimmed(text_of(names->cells[k])),
                              std::string(trimmed(text_of(values->cells[k]))));
        }
        return {};
    }

    /// What else there is for each element: kept as remarks under the name of the field.
    template <class Item>
    Status others(std::vector<Item>& items, std::string_view prefix) {
        for (const auto& [field, value] : fields_.all()) {
            const bool ours = field.starts_with(prefix) && !fields_.was_used(field);
            const auto size = value.kind == Kind::cells ? value.cells.size() : value.numbers.size();
            if (!ours || size != items.size() || value.kind == Kind::sparse) continue;
            if (auto status = remark(items, field, field); !status) return status;
        }
        return {};
    }

    static Status first_error(std::initializer_list<Status> steps) {
        for (const auto& step : steps)
            if (!step) return step;
        return {};
    }

    Status read_metabolites() {
        auto& items = raw_.model.metabolites;
        items.resize(fields_.size_of("mets"));
        const auto charges = fields_.numbers(fields_.has("metCharges") ? "metCharges" : "metCharge", items.size());
        if (!charges) return pass(charges);
        for (std::size_t i = 0; i < charges->size(); ++i)
            if (std::isfinite((*charges)[i])) items[i].charge = (*charges)[i];
        auto status = first_error({fill(items, "mets", &Metabolite::id), fill(items, "metNames", &Metabolite::name),
                                   fill_trimmed(items, "metFormulas", &Metabolite::formula), read_compartments(),
                                   collect(items, metabolite_collections), collect(items, "metSBOTerms", "sbo"),
                                   miriams(items, "metMiriams"), remark(items, "metNotes", "NOTES"),
                                   remark(items, raven_ ? "metSmiles" : "metSMILES", "smiles"),
                                   remark(items, "metDeltaG", "deltaG"), remark(items, "inchis", "inchis")});
        return status ? others(items, "met") : status;
    }

    Status read_compartments() {
        auto& model = raw_.model;
        model.compartments.resize(fields_.size_of("comps"));
        auto status = first_error({fill(model.compartments, "comps", &Compartment::id),
                                   fill(model.compartments, "compNames", &Compartment::name)});
        if (!status) return status;
        const auto places = fields_.numbers("metComps", model.metabolites.size());
        if (!places) return pass(places);
        for (std::size_t i = 0; i < model.metabolites.size(); ++i) {
            auto& metabolite = model.metabolites[i];
            if (places->empty()) {
                metabolite.compartment = compartment_in(metabolite.id);
                continue;
            }
            const double place = (*places)[i];
            const bool known = place >= 1 && place <= static_cast<double>(model.compartments.size());
            if (!known)
                return fields_.fault("metComps",
                                     bad_input({"metabolite {} lies in compartment number {}, which there is not",
                                                "代谢物 {} 的区室编号 {} 不存在"},
                                               metabolite.id, place)
                                         .advise({"save the model again", "请重新保存模型"}));
            metabolite.compartment = model.compartments[static_cast<std::size_t>(place) - 1].id;
        }
        return {};
    }

    Status read_genes() {
        auto& items = raw_.model.genes;
        items.resize(fields_.size_of("genes"));
        auto status = first_error({fill(items, "genes", &Gene::id), fill(items, "geneNames", &Gene::name),
                                   fill(items, "geneShortNames", &Gene::name), collect(items, gene_collections),
                                   miriams(items, "geneMiriams")});
        return status ? others(items, "gene") : status;
    }

    Status read_reactions() {
        std::vector<Reaction> items(fields_.size_of("rxns"));
        const auto lower = fields_.numbers("lb", items.size());
        if (!lower) return pass(lower);
        const auto upper = fields_.numbers("ub", items.size());
        if (!upper) return pass(upper);
        const auto objective = fields_.numbers("c", items.size());
        if (!objective) return pass(objective);
        auto status = first_error(
            {fill(items, "rxns", &Reaction::id), fill(items, "rxnNames", &Reaction::name),
             fill_trimmed(items, "subSystems", &Reaction::subsystem), collect(items, "eccodes", "ec-code"),
             collect(items, reaction_collections), collect(items, "rxnSBOTerms", "sbo"), miriams(items, "rxnMiriams"),
             remark(items, "rxnDeltaG", "deltaG"), remark(items, "rxnConfidenceScores", "Confidence Level"),
             remark(items, "rxnNotes", "NOTES"), remark(items, "rxnReferences", "References"), read_rules(items)});
        fields_.use("rxnGeneMat"), fields_.use("rev");
        if (status) status = others(items, "rxn");
        if (!status) return status;
        raw_.reactions.resize(items.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            auto& raw = raw_.reactions[i];
            raw.reaction = std::move(items[i]);
            if (!lower->empty()) raw.lower = (*lower)[i];
            if (!upper->empty()) raw.upper = (*upper)[i];
            if (!objective->empty()) raw.objective = (*objective)[i];
            if (!std::isfinite(raw.objective))
                return fields_.fault("c", bad_input({"the objective coefficient of {} is not a finite number",
                                                     "{} 的目标系数不是有限数"},
                                                    raw.reaction.id)
                                              .advise({"give a number", "请给出一个数"}));
        }
        return {};
    }

    /// Rules as texts; or over numbers of genes, as "x(1) & x(2)", where that is all there is.
    Status read_rules(std::vector<Reaction>& items) {
        const bool named = fields_.has("grRules");
        const auto rules = fields_.texts(named ? "grRules" : "rules", items.size());
        if (!rules) return pass(rules);
        fields_.use("rules");
        for (std::size_t i = 0; i < items.size(); ++i)
            items[i].rule.text = trimmed(named ? (*rules)[i] : with_names((*rules)[i]));
        return {};
    }

    /// Genes stand in the rule by their place: "x(2) & x(5)".
    [[nodiscard]] std::string with_names(std::string_view rule) const {
        constexpr std::size_t longest_place = 24;
        std::string out;
        for (std::size_t at = 0; at < rule.size();) {
            const auto word = rule.substr(at, longest_place);
            const auto close = word.starts_with("x(") ? word.find(')') : std::string_view::npos;
            if (close != std::string_view::npos) {
                const auto number = read_number(trimmed(word.substr(2, close - 2)));
                const auto& genes = raw_.model.genes;
                if (number && *number >= 1 && *number <= static_cast<double>(genes.size())) {
                    out += genes[static_cast<std::size_t>(*number) - 1].id;
                    at += close + 1;
                    continue;
                }
            }
            out += rule[at++];
        }
        return out;
    }

    Status take_coefficient(std::size_t row, std::size_t column, double value) {
        if (value == 0) return {};
        auto& raw = raw_.reactions[column];
        if (!std::isfinite(value))
            return fields_.fault(
                "S", bad_input({"a coefficient of {} is not a finite number", "{} 的化学计量系数不是有限数"},
                               raw.reaction.id)
                         .advise({"give a number", "请给出一个数"}));
        raw.terms.emplace_back(raw_.model.metabolites[row].id, value);
        return {};
    }

    Status read_matrix() {
        const auto* matrix = fields_.use("S");
        const auto rows = raw_.model.metabolites.size();
        const auto columns = raw_.reactions.size();
        if (matrix->kind != Kind::sparse && matrix->kind != Kind::numbers) return fields_.wrong_kind("S");
        const auto height = static_cast<std::size_t>(matrix->rows);
        const auto width = static_cast<std::size_t>(matrix->columns);
        if (rows * columns > 0 && (height != rows || width != columns))
            return fields_.wrong_size("S", height * width, rows * columns);
        if (rows * columns == 0) return {};
        for (std::size_t column = 0; column < columns; ++column) {
            const bool full = matrix->kind == Kind::numbers;
            const auto begin = full ? column * rows : static_cast<std::size_t>(matrix->starts[column]);
            const auto end = full ? begin + rows : static_cast<std::size_t>(matrix->starts[column + 1]);
            for (auto k = begin; k < end; ++k) {
                const auto row = full ? k - begin : static_cast<std::size_t>(matrix->row_of[k]);
                if (auto status = take_coefficient(row, column, matrix->numbers[k]); !status) return status;
            }
        }
        return {};
    }

    /// The COBRA Toolbox minimises where osense is 1, or osenseStr begins with "min".
    Status read_objective() {
        if (const auto* word = fields_.use("osenseStr"); word != nullptr && word->kind != Kind::numbers)
            raw_.model.objective.maximize = !text_of(*word).starts_with("min");
        else if (const auto* number = fields_.use("osense"); number != nullptr && number->numbers.size() == 1)
            raw_.model.objective.maximize = number->numbers[0] != 1;
        return {};
    }

    void read_model() {
        auto& model = raw_.model;
        const auto description = fields_.text("description");
        const auto own_id = fields_.has("id") ? fields_.text("id") : fields_.text("modelID");
        const auto own_name = fields_.has("name") ? fields_.text("name") : fields_.text("modelName");
        const bool has_id = fields_.has("id") || fields_.has("modelID");
        model.id = has_id ? own_id : description.empty() ? xml_text(variable_) : description;
        model.name = own_name;
        if (has_id && !description.empty() && description != model.id) {
            if (own_name.empty())
                model.name = description;
            else
                model.remarks.push_back(make_remark("description", description));
        }
        for (const char* field : {"version", "date"})
            if (auto text = fields_.text(field); !text.empty()) model.remarks.push_back(make_remark(field, text));
        if (const auto* about = fields_.use("annotation"); about != nullptr)
            for (const auto& [field, value] : about->fields)
                if (auto text = text_of(value); !text.empty()) model.remarks.push_back(make_remark(field, text));
        if (const auto* extras = fields_.use(extras_key)) raw_.extras = extras->text;
    }

    /// Fields that are nothing to any element.
    void note_rest() {
        constexpr std::size_t enough = 20;
        for (const auto& [field, value] : fields_.all()) {
            const bool empty =
                value.numbers.empty() && value.cells.empty() && value.text.empty() && value.fields.empty();
            if (!fields_.was_used(field) && !empty && raw_.left_out.size() < enough)
                raw_.left_out.push_back(without_control_characters(field));
        }
    }

    MatFields fields_;
    const std::string& variable_;
    const std::string& name_;
    StopFlag stop_;
    RawModel raw_;
    bool raven_ = false;
};

}  // namespace

Result<Model> read_mat_model(std::string_view bytes, const std::string& name, StopFlag stop) {
    const auto variables = read_mat_file(bytes, name, stop);
    if (!variables) return pass(variables);
    for (const auto& variable : *variables)
        if (is_model(variable.value)) return MatModelReader(variable, name, stop).run();
    return bad_input({"the MAT-file holds no structure with the fields rxns, mets and S",
                      "该 MAT 文件中没有含 rxns、mets 与 S 字段的结构体"})
        .at(name)
        .advise({"save the structure of the model itself", "请保存模型结构体本身"});
}

}  // namespace leaven::metabolism
