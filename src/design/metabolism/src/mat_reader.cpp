// Reads the structure of the COBRA Toolbox, COBRApy or RAVEN from a MAT-file.

#include <algorithm>
#include <cmath>
#include <functional>

#include "json_extras.hpp"
#include "mat_file.hpp"
#include "mat_model.hpp"
#include "number.hpp"
#include "raw_model.hpp"
#include "remarks.hpp"
#include "sbml_annotation.hpp"
#include "utf8.hpp"
#include "xml_text.hpp"

namespace leaven::metabolism {
namespace {

using Texts = std::vector<std::string>;
using Kind = MatArray::Kind;

std::string number_as_text(double value) { return std::isnan(value) ? std::string() : number_text(value); }

/// A cell as one text: what is nested is joined, a number is written out.
std::string text_of(const MatArray& cell) {
    if (cell.kind == Kind::text) return cell.text;
    if (cell.kind == Kind::numbers && cell.numbers.size() == 1) return number_as_text(cell.numbers[0]);
    std::string out;
    if (cell.kind == Kind::cells)
        for (const auto& inner : cell.cells) {
            const auto part = inner.kind == Kind::text ? trimmed(inner.text) : std::string_view();
            if (!out.empty() && !part.empty()) out += "; ";
            out += part;
        }
    return out;
}

/// Texts in the rows of an array of characters, as old files have them.
Texts rows_of(const MatArray& array) {
    Texts rows(static_cast<std::size_t>(array.rows));
    const auto height = rows.size();
    for (std::size_t i = 0; i < array.text.size(); ++i) rows[i % height] += array.text[i];
    for (auto& row : rows) row = std::string(trimmed(row));
    return rows;
}

/// The parts of a list written in one text.
Texts split(std::string_view text, const std::vector<std::string_view>& separators) {
    Texts parts;
    while (!text.empty()) {
        auto end = text.size();
        std::size_t skip = 0;
        for (const auto separator : separators)
            if (const auto at = text.find(separator); at < end) end = at, skip = separator.size();
        if (const auto part = trimmed(text.substr(0, end)); !part.empty()) parts.emplace_back(part);
        text.remove_prefix(std::min(end + std::max<std::size_t>(skip, 1), text.size()));
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

class Reader {
public:
    Reader(const MatVariable& variable, const std::string& name)
        : struct_(variable.value), variable_(variable.name), name_(name) {}

    Result<Model> run() {
        raven_ = has("rxnMiriams") || has("metMiriams") || has("geneShortNames") || has("eccodes");
        if (auto status = check_constraints(); !status) return pass(status);
        for (const auto step : {&Reader::read_metabolites, &Reader::read_genes, &Reader::read_reactions,
                                &Reader::read_matrix, &Reader::read_objective})
            if (auto status = (this->*step)(); !status) return pass(status);
        read_model();
        note_rest();
        raw_.has_metabolites = raw_.has_reactions = true;
        raw_.model.format = raven_ ? "RAVEN MAT" : "COBRA MAT";
        return assemble(std::move(raw_), name_);
    }

private:
    [[nodiscard]] bool has(std::string_view field) const { return struct_.field(field) != nullptr; }

    [[nodiscard]] Failure fault(std::string_view field, Failure failure) const {
        return std::move(failure).at(fmt::format("{}, {}.{}", name_, variable_, field));
    }

    [[nodiscard]] Failure wrong_size(std::string_view field, std::size_t found, std::size_t expected) const {
        return fault(field, bad_input({"the field has {} entries where there are {}", "该字段有 {} 项，应为 {} 项"},
                                      found, expected)
                                .advise({"save the model again", "请重新保存模型"}));
    }

    [[nodiscard]] Failure wrong_kind(std::string_view field) const {
        return fault(field, bad_input({"the field holds something else than is expected", "该字段的内容类型不对"})
                                .advise({"save the model again", "请重新保存模型"}));
    }

    const MatArray* use(std::string_view field) {
        used_.emplace_back(field);
        return struct_.field(field);
    }

    /// The texts of a field, one for each element; empty texts where there is no such field.
    Result<Texts> texts(std::string_view field, std::size_t count) {
        const auto* array = use(field);
        if (array == nullptr) return Texts(count);
        Texts out;
        if (array->kind == Kind::cells)
            for (const auto& cell : array->cells) out.push_back(text_of(cell));
        else if (array->kind == Kind::text && array->rows > 1 &&
                 array->text.size() == static_cast<std::size_t>(array->rows * array->columns))
            out = rows_of(*array);
        else if (array->kind == Kind::text && !array->text.empty())
            out = {array->text};
        else if (array->kind == Kind::numbers)
            for (const double value : array->numbers) out.push_back(number_as_text(value));
        else if (array->kind == Kind::sparse || array->kind == Kind::structure)
            return wrong_kind(field);
        if (out.size() != count) return wrong_size(field, out.size(), count);
        return out;
    }

    /// The numbers of a field, one for each element; none where there is no such field, or it is empty.
    Result<std::vector<double>> numbers(std::string_view field, std::size_t count) {
        const auto* array = use(field);
        if (array == nullptr) return std::vector<double>();
        std::vector<double> out;
        if (array->kind == Kind::numbers) {
            out = array->numbers;
        } else if (array->kind == Kind::sparse && array->columns == 1) {
            out.assign(static_cast<std::size_t>(array->rows) == count ? count : 0, 0);
            if (out.empty() && count > 0) return wrong_size(field, static_cast<std::size_t>(array->rows), count);
            for (std::size_t i = 0; i < array->numbers.size(); ++i) out[array->row_of[i]] = array->numbers[i];
        } else if (array->kind == Kind::cells) {
            for (const auto& cell : array->cells)
                out.push_back(cell.kind == Kind::numbers && cell.numbers.size() == 1 ? cell.numbers[0] : std::nan(""));
        } else {
            return wrong_kind(field);
        }
        if (out.empty()) return out;
        if (out.size() != count) return wrong_size(field, out.size(), count);
        return out;
    }

    /// Fields that make more than a balance of zero: without them it would be another model.
    Status check_constraints() {
        const auto refused = [&](std::string_view field) {
            return fault(field, bad_input({"the model has constraints beside its balances, which are not read",
                                           "模型除物料平衡外还有其他约束，目前不支持"})
                                    .advise({"remove them, or write each as a metabolite with a reaction",
                                             "请删除这些约束，或将其改写为代谢物与反应"}));
        };
        if (const auto* senses = use("csense"))
            if (senses->kind == Kind::text && senses->text.find_first_not_of("Ee ") != std::string::npos)
                return refused("csense");
        if (const auto* sides = use("b"))
            if (std::any_of(sides->numbers.begin(), sides->numbers.end(), [](double b) { return b != 0; }))
                return refused("b");
        for (const char* field : {"C", "A"})
            if (const auto* matrix = struct_.field(field); matrix != nullptr && !matrix->numbers.empty())
                return refused(field);
        return {};
    }

    template <class Item>
    Status fill(std::vector<Item>& items, std::string_view field, std::string Item::*member) {
        auto values = texts(field, items.size());
        if (!values) return pass(values);
        if (!has(field)) return {};
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
        if (!has(field)) return {};
        const auto values = texts(field, items.size());
        if (!values) return pass(values);
        for (std::size_t i = 0; i < items.size(); ++i)
            if (!trimmed((*values)[i]).empty()) items[i].remarks.push_back(make_remark(xml_text(key), (*values)[i]));
        return {};
    }

    template <class Item>
    Status collect(std::vector<Item>& items, std::string_view field, std::string_view collection) {
        if (!has(field)) return {};
        const auto values = texts(field, items.size());
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
        const auto* array = use(field);
        if (array == nullptr) return {};
        if (array->kind != Kind::cells) return wrong_kind(field);
        if (array->cells.size() != items.size()) return wrong_size(field, array->cells.size(), items.size());
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
        for (const auto& [field, value] : struct_.fields) {
            const bool ours = field.starts_with(prefix) && std::find(used_.begin(), used_.end(), field) == used_.end();
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

    std::size_t size_of(std::string_view field) {
        const auto* array = struct_.field(field);
        if (array == nullptr) return 0;
        if (array->kind == Kind::cells) return array->cells.size();
        return array->kind == Kind::text && !array->text.empty() ? static_cast<std::size_t>(array->rows) : 0;
    }

    Status read_metabolites() {
        auto& items = raw_.model.metabolites;
        items.resize(size_of("mets"));
        const auto charges = numbers(has("metCharges") ? "metCharges" : "metCharge", items.size());
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
        model.compartments.resize(size_of("comps"));
        auto status = first_error({fill(model.compartments, "comps", &Compartment::id),
                                   fill(model.compartments, "compNames", &Compartment::name)});
        if (!status) return status;
        const auto places = numbers("metComps", model.metabolites.size());
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
                return fault("metComps", bad_input({"metabolite {} lies in compartment number {}, which there is not",
                                                    "代谢物 {} 的区室编号 {} 不存在"},
                                                   metabolite.id, place)
                                             .advise({"save the model again", "请重新保存模型"}));
            metabolite.compartment = model.compartments[static_cast<std::size_t>(place) - 1].id;
        }
        return {};
    }

    Status read_genes() {
        auto& items = raw_.model.genes;
        items.resize(size_of("genes"));
        auto status = first_error({fill(items, "genes", &Gene::id), fill(items, "geneNames", &Gene::name),
                                   fill(items, "geneShortNames", &Gene::name), collect(items, gene_collections),
                                   miriams(items, "geneMiriams")});
        return status ? others(items, "gene") : status;
    }

    Status read_reactions() {
        std::vector<Reaction> items(size_of("rxns"));
        const auto lower = numbers("lb", items.size());
        if (!lower) return pass(lower);
        const auto upper = numbers("ub", items.size());
        if (!upper) return pass(upper);
        const auto objective = numbers("c", items.size());
        if (!objective) return pass(objective);
        auto status = first_error(
            {fill(items, "rxns", &Reaction::id), fill(items, "rxnNames", &Reaction::name),
             fill_trimmed(items, "subSystems", &Reaction::subsystem), collect(items, "eccodes", "ec-code"),
             collect(items, reaction_collections), collect(items, "rxnSBOTerms", "sbo"), miriams(items, "rxnMiriams"),
             remark(items, "rxnDeltaG", "deltaG"), remark(items, "rxnConfidenceScores", "Confidence Level"),
             remark(items, "rxnNotes", "NOTES"), remark(items, "rxnReferences", "References"), read_rules(items)});
        use("rxnGeneMat"), use("rev");
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
                return fault("c", bad_input({"the objective coefficient of {} is not a finite number",
                                             "{} 的目标系数不是有限数"},
                                            raw.reaction.id)
                                      .advise({"give a number", "请给出一个数"}));
        }
        return {};
    }

    /// Rules as texts; or over numbers of genes, as "x(1) & x(2)", where that is all there is.
    Status read_rules(std::vector<Reaction>& items) {
        const bool named = has("grRules");
        const auto rules = texts(named ? "grRules" : "rules", items.size());
        if (!rules) return pass(rules);
        use("rules");
        for (std::size_t i = 0; i < items.size(); ++i)
            items[i].rule.text = trimmed(named ? (*rules)[i] : with_names((*rules)[i]));
        return {};
    }

    [[nodiscard]] std::string with_names(std::string_view rule) const {
        std::string out;
        for (std::size_t at = 0; at < rule.size();) {
            const auto close = rule.find(')', at);
            if (rule.substr(at).starts_with("x(") && close != std::string_view::npos) {
                const auto number = read_number(trimmed(rule.substr(at + 2, close - at - 2)));
                const auto& genes = raw_.model.genes;
                if (number && *number >= 1 && *number <= static_cast<double>(genes.size())) {
                    out += genes[static_cast<std::size_t>(*number) - 1].id;
                    at = close + 1;
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
            return fault("S", bad_input({"a coefficient of {} is not a finite number", "{} 的化学计量系数不是有限数"},
                                        raw.reaction.id)
                                  .advise({"give a number", "请给出一个数"}));
        raw.terms.emplace_back(raw_.model.metabolites[row].id, value);
        return {};
    }

    Status read_matrix() {
        const auto* matrix = use("S");
        const auto rows = raw_.model.metabolites.size();
        const auto columns = raw_.reactions.size();
        if (matrix->kind != Kind::sparse && matrix->kind != Kind::numbers) return wrong_kind("S");
        const auto height = static_cast<std::size_t>(matrix->rows);
        const auto width = static_cast<std::size_t>(matrix->columns);
        if (rows * columns > 0 && (height != rows || width != columns))
            return wrong_size("S", height * width, rows * columns);
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
        if (const auto* word = use("osenseStr"); word != nullptr && word->kind != Kind::numbers)
            raw_.model.objective.maximize = !text_of(*word).starts_with("min");
        else if (const auto* number = use("osense"); number != nullptr && number->numbers.size() == 1)
            raw_.model.objective.maximize = number->numbers[0] != 1;
        return {};
    }

    std::string text_field(std::string_view field) {
        const auto* array = use(field);
        return array == nullptr ? std::string() : text_of(*array);
    }

    void read_model() {
        auto& model = raw_.model;
        const auto description = text_field("description");
        const auto own_id = has("id") ? text_field("id") : text_field("modelID");
        const auto own_name = has("name") ? text_field("name") : text_field("modelName");
        const bool has_id = has("id") || has("modelID");
        model.id = has_id ? own_id : description.empty() ? xml_text(variable_) : description;
        model.name = own_name;
        if (has_id && !description.empty() && description != model.id) {
            if (own_name.empty())
                model.name = description;
            else
                model.remarks.push_back(make_remark("description", description));
        }
        for (const char* field : {"version", "date"})
            if (auto text = text_field(field); !text.empty()) model.remarks.push_back(make_remark(field, text));
        if (const auto* about = use("annotation"); about != nullptr)
            for (const auto& [field, value] : about->fields)
                if (auto text = text_of(value); !text.empty()) model.remarks.push_back(make_remark(field, text));
        if (const auto* extras = use(extras_key)) raw_.extras = extras->text;
    }

    /// Fields that are nothing to any element.
    void note_rest() {
        constexpr std::size_t enough = 20;
        for (const auto& [field, value] : struct_.fields) {
            const bool empty =
                value.numbers.empty() && value.cells.empty() && value.text.empty() && value.fields.empty();
            const bool used = std::find(used_.begin(), used_.end(), field) != used_.end();
            if (!used && !empty && raw_.left_out.size() < enough)
                raw_.left_out.push_back(without_control_characters(field));
        }
    }

    const MatArray& struct_;
    const std::string& variable_;
    const std::string& name_;
    RawModel raw_;
    bool raven_ = false;
    Texts used_;
};

}  // namespace

Result<Model> read_mat_model(std::string_view bytes, const std::string& name) {
    const auto variables = read_mat_file(bytes, name);
    if (!variables) return pass(variables);
    for (const auto& variable : *variables)
        if (is_model(variable.value)) return Reader(variable, name).run();
    return bad_input({"the MAT-file holds no structure with the fields rxns, mets and S",
                      "该 MAT 文件中没有含 rxns、mets 与 S 字段的结构体"})
        .at(name)
        .advise({"save the structure of the model itself", "请保存模型结构体本身"});
}

}  // namespace leaven::metabolism
