// Writes a model as the structure of the COBRA Toolbox, with the fields that COBRApy writes.

#include <cmath>
#include <functional>
#include <limits>

#include <leaven/core/join.hpp>

#include "json_dictionary.hpp"
#include "json_extras.hpp"
#include "mat_file.hpp"
#include "mat_model.hpp"
#include "sbml_annotation.hpp"

namespace leaven::metabolism {
namespace {

MatArray text_array(std::string text) {
    MatArray array;
    array.kind = MatArray::Kind::text;
    array.text = std::move(text);
    return array;
}

MatArray column_of(std::vector<double> numbers) {
    MatArray array;
    array.kind = MatArray::Kind::numbers;
    array.rows = static_cast<std::int64_t>(numbers.size());
    array.columns = 1;
    array.numbers = std::move(numbers);
    return array;
}

template <class Item, class Get>
MatArray texts_of(const std::vector<Item>& items, const Get& get) {
    MatArray array;
    array.kind = MatArray::Kind::cells;
    array.rows = static_cast<std::int64_t>(items.size());
    array.columns = 1;
    for (const auto& item : items) array.cells.push_back(text_array(std::string(get(item))));
    return array;
}

template <class Item, class Get>
MatArray numbers_of(const std::vector<Item>& items, const Get& get) {
    std::vector<double> numbers;
    for (const auto& item : items) numbers.push_back(get(item));
    return column_of(std::move(numbers));
}

std::string joined(const std::vector<Annotation>& annotation, std::string_view collection, std::string_view between) {
    std::vector<std::string> entries;
    for (const auto& [qualifier, address] : annotation) {
        auto resource = resource_of(address);
        if (qualifier == "is" && resource.collection == collection) entries.push_back(std::move(resource.entry));
    }
    return join(entries, between);
}

std::string first_remark(const std::vector<Remark>& remarks, std::string_view key) {
    for (const auto& remark : remarks)
        if (remark.key == key) return remark.text;
    return {};
}

/// A name that MATLAB takes for a variable.
std::string variable_name(const std::string& id) {
    constexpr std::size_t longest = 63;
    std::string name;
    for (const char c : id) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool digit = c >= '0' && c <= '9';
        if (name.empty() && !letter) name = "model_";
        name += letter || digit ? c : '_';
    }
    return name.empty() ? "model" : name.substr(0, longest);
}

class Writer {
public:
    explicit Writer(const Model& model) : model_(model) { out_.kind = MatArray::Kind::structure; }

    MatArray write(const std::string& extras) {
        write_metabolites();
        write_genes();
        write_reactions();
        write_matrix();
        add("modelID", text_array(model_.id));
        add("modelName", text_array(model_.name));
        add("description", text_array(model_.id));
        if (!extras.empty()) add(extras_key, text_array(extras));
        return std::move(out_);
    }

private:
    void add(std::string_view name, MatArray value) { out_.fields.emplace_back(std::string(name), std::move(value)); }

    /// Left out where no element has any.
    template <class Item, class Get>
    void add_texts(std::string_view name, const std::vector<Item>& items, const Get& get) {
        auto cells = texts_of(items, get);
        for (const auto& cell : cells.cells)
            if (!cell.text.empty()) return add(name, std::move(cells));
    }

    template <class Item, std::size_t count>
    void add_collections(const std::vector<Item>& items, const std::array<MatCollection, count>& collections,
                         std::string_view sbo_field) {
        for (const auto& [field, collection] : collections)
            add_texts(field, items, [&, collection = collection](const Item& item) {
                return joined(item.annotation, collection, collection == "ec-code" ? " or " : ", ");
            });
        if (!sbo_field.empty())
            add_texts(sbo_field, items, [](const Item& item) { return leading_sbo_term(item.annotation); });
    }

    void write_metabolites() {
        const auto& items = model_.metabolites;
        std::unordered_map<std::string, double> place;
        for (const auto& compartment : model_.compartments)
            place.emplace(compartment.id, static_cast<double>(place.size() + 1));
        add("mets", texts_of(items, [](const Metabolite& m) { return m.id; }));
        add("comps", texts_of(model_.compartments, [](const Compartment& c) { return c.id; }));
        add("compNames", texts_of(model_.compartments, [](const Compartment& c) { return c.name; }));
        auto places = numbers_of(items, [&](const Metabolite& m) { return place.at(m.compartment); });
        places.whole = true;  // COBRApy takes them for positions
        add("metComps", std::move(places));
        add("metNames", texts_of(items, [](const Metabolite& m) { return m.name; }));
        add("metFormulas", texts_of(items, [](const Metabolite& m) { return m.formula; }));
        constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
        add("metCharges", numbers_of(items, [&](const Metabolite& m) { return m.charge.value_or(unknown); }));
        add_collections(items, metabolite_collections, "metSBOTerms");
        add_texts("metNotes", items, [](const Metabolite& m) { return first_remark(m.remarks, "NOTES"); });
        add("b", column_of(std::vector<double>(items.size(), 0)));
        auto senses = text_array(std::string(items.size(), 'E'));
        senses.rows = static_cast<std::int64_t>(items.size());
        add("csense", std::move(senses));
    }

    void write_genes() {
        add("genes", texts_of(model_.genes, [](const Gene& g) { return g.id; }));
        add_texts("geneNames", model_.genes, [](const Gene& g) { return g.name; });
        add_collections(model_.genes, gene_collections, {});
    }

    void write_reactions() {
        const auto& items = model_.reactions;
        add("rxns", texts_of(items, [](const Reaction& r) { return r.id; }));
        add("rxnNames", texts_of(items, [](const Reaction& r) { return r.name; }));
        add("grRules", texts_of(items, [](const Reaction& r) { return r.rule.text; }));
        add("subSystems", texts_of(items, [](const Reaction& r) { return r.subsystem; }));
        add_collections(items, reaction_collections, "rxnSBOTerms");
        add_texts("rxnNotes", items, [](const Reaction& r) { return first_remark(r.remarks, "NOTES"); });
        add("lb", numbers_of(items, [](const Reaction& r) { return r.lower; }));
        add("ub", numbers_of(items, [](const Reaction& r) { return r.upper; }));
        add("rev", numbers_of(items, [](const Reaction& r) { return r.lower < 0 ? 1.0 : 0.0; }));
        std::vector<double> objective(items.size(), 0);
        for (const auto& [reaction, coefficient] : model_.objective.terms) objective[reaction] = coefficient;
        add("c", column_of(std::move(objective)));
        add("osenseStr", text_array(model_.objective.maximize ? "max" : "min"));
    }

    /// S, and which genes each reaction names.
    void write_matrix() {
        MatArray matrix;
        matrix.kind = MatArray::Kind::sparse;
        matrix.rows = static_cast<std::int64_t>(model_.metabolites.size());
        matrix.columns = static_cast<std::int64_t>(model_.reactions.size());
        matrix.starts = {0};
        for (const auto& reaction : model_.reactions) {
            for (const auto& [metabolite, coefficient] : reaction.terms) {
                matrix.row_of.push_back(metabolite);
                matrix.numbers.push_back(coefficient);
            }
            matrix.starts.push_back(static_cast<std::int64_t>(matrix.numbers.size()));
        }
        add("S", std::move(matrix));
        std::vector<std::vector<std::int64_t>> reactions_of(model_.genes.size());
        for (std::size_t r = 0; r < model_.reactions.size(); ++r)
            for (const auto gene : genes_of(model_.reactions[r].rule))
                reactions_of[gene].push_back(static_cast<std::int64_t>(r));
        MatArray genes;
        genes.kind = MatArray::Kind::sparse;
        genes.rows = static_cast<std::int64_t>(model_.reactions.size());
        genes.columns = static_cast<std::int64_t>(model_.genes.size());
        genes.starts = {0};
        for (const auto& reactions : reactions_of) {
            genes.row_of.insert(genes.row_of.end(), reactions.begin(), reactions.end());
            genes.starts.push_back(static_cast<std::int64_t>(genes.row_of.size()));
        }
        genes.numbers.assign(genes.row_of.size(), 1);
        add("rxnGeneMat", std::move(genes));
    }

    const Model& model_;
    MatArray out_;
};

}  // namespace

std::string write_mat_model(const Model& model, const std::string& extras) {
    return write_mat_file({variable_name(model.id), Writer(model).write(extras)});
}

}  // namespace leaven::metabolism
