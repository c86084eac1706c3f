// leaven._core: the registry, calls, models and results, for the Python part of the package to dress.
//
// Errors come back as JSON text {code, message, where, hint} in place of a result; the Python part raises them.
#include <cmath>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <leaven/core/version.hpp>
#include <leaven/metabolism/load.hpp>
#include <leaven/metabolism/read.hpp>
#include <leaven/op/call_options.hpp>
#include <leaven/op/json.hpp>
#include <leaven/op/show.hpp>
#include <leaven/pipeline/registry.hpp>

#include "run.hpp"
#include "table.hpp"
#include "tell.hpp"

namespace leaven::python {
namespace py = pybind11;
namespace {

Lang lang_of(const std::string& name) { return name == "zh" ? Lang::zh : Lang::en; }

std::string to_text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

struct Declared {
    Operation operation;
    FieldInfo result;
};

/// As long as the interpreter: results point into it.
const std::vector<Declared>& declared() {
    static const auto all = [] {
        std::vector<Declared> list;
        for (auto& operation : pipeline::registry()) {
            FieldInfo result{.field = {.name = "result", .doc = {"result", "结果"}}, .kind = Kind::object};
            result.fields = operation.results;
            list.push_back({std::move(operation), std::move(result)});
        }
        return list;
    }();
    return all;
}

std::string_view name_of(Kind kind) {
    constexpr std::string_view names[] = {"boolean", "integer", "number", "string", "text", "list", "object"};
    return names[static_cast<int>(kind)];
}

Json declaration(const std::vector<FieldInfo>& fields) {
    auto list = Json::array();
    for (const auto& info : fields) {
        const auto& field = info.field;
        Json entry{{"name", field.name}, {"doc", {field.doc.en, field.doc.zh}}, {"kind", name_of(info.kind)}};
        if (!field.unit.empty()) entry["unit"] = field.unit;
        if (!field.format.empty()) entry["format"] = field.format;
        if (!field.choices.empty()) entry["choices"] = choices_of(field);
        if (std::isfinite(field.min)) entry["min"] = field.min;
        if (std::isfinite(field.max)) entry["max"] = field.max;
        if (field.required) entry["required"] = true;
        if (field.input) entry["input"] = true;
        if (info.nullable) entry["nullable"] = true;
        if (info.kind != Kind::object) entry["default"] = info.initial();
        if (!info.fields.empty()) entry["fields"] = declaration(info.fields);
        list.push_back(std::move(entry));
    }
    return list;
}

/// All that the Python part and the stub files are made from.
std::string declarations() {
    auto operations = Json::array();
    for (const auto& [operation, result] : declared())
        operations.push_back(Json{{"module", operation.module},
                                  {"verb", operation.verb},
                                  {"doc", {operation.doc.en, operation.doc.zh}},
                                  {"parameters", declaration(operation.parameters)},
                                  {"results", declaration(operation.results)}});
    return to_text(Json{{"version", version},
                        {"options", declaration(fields_of<CallOptions>())},
                        {"operations", std::move(operations)}});
}

std::string error_text(const Error& error, const std::string& lang) {
    return to_text(error_to_json(error, lang_of(lang)));
}

/// What a call gave, with its declaration.
struct Answered {
    const Declared* declared;
    Outcome outcome;

    [[nodiscard]] std::vector<std::string> headline(const std::string& lang) const {
        std::vector<std::string> lines;
        for (const auto& line : outcome.headline) lines.push_back(line.in(lang_of(lang)));
        return lines;
    }
    [[nodiscard]] std::string json(const std::string& lang) const {
        return to_text(localize(outcome.json(), lang_of(lang)));
    }
    [[nodiscard]] py::dict members(const std::string& lang) const { return members_of(outcome, lang_of(lang)); }
};

py::object call(std::size_t index, const std::string& parameters, const std::vector<HeldByName>& models,
                const py::object& progress, const std::string& lang) {
    const auto& chosen = declared().at(index);
    auto outcome = run(chosen.operation, parameters, models, progress, lang_of(lang));
    if (!outcome) return py::str(error_text(outcome.error(), lang));
    return py::cast(Answered{&chosen, *std::move(outcome)});
}

py::object held(Result<metabolism::Model> model, const std::string& name, const std::string& lang) {
    if (!model) return py::str(error_text(model.error(), lang));
    return py::cast(HeldByName{name, std::make_shared<const metabolism::Model>(*std::move(model))});
}

py::object load(const std::string& name, const std::string& lang) {
    Result<metabolism::Model> model = cancelled();
    {
        const py::gil_scoped_release free;
        model = metabolism::load_model(name);
    }
    return held(std::move(model), name, lang);
}

py::object parse(const py::bytes& bytes, const std::string& name, const std::string& lang) {
    const std::string_view view(bytes);
    Result<metabolism::Model> model = cancelled();
    {
        const py::gil_scoped_release free;
        model = metabolism::read_model(view, name);
    }
    return held(std::move(model), name, lang);
}

py::object assemble(const py::dict& document, const std::string& name, const std::string& lang) {
    metabolism::ModelTeller teller(name);
    tell(teller, document);
    Result<metabolism::Model> model = cancelled();
    {
        const py::gil_scoped_release free;
        model = std::move(teller).finish();
    }
    return held(std::move(model), name, lang);
}

}  // namespace
}  // namespace leaven::python

PYBIND11_MODULE(_core, module) {
    using namespace leaven::python;
    namespace py = pybind11;
    module.doc() = "The registry of Leaven and what it computes.";
    module.def("declarations", &declarations);
    module.def("call", &call);
    module.def("load", &load);
    module.def("parse", &parse);
    module.def("assemble", &assemble);
    py::class_<HeldByName>(module, "Model")
        .def_readonly("name", &HeldByName::name)
        .def_property_readonly("id", [](const HeldByName& held) { return held.model->id; })
        .def_property_readonly("reactions", [](const HeldByName& held) { return held.model->reactions.size(); })
        .def_property_readonly("metabolites", [](const HeldByName& held) { return held.model->metabolites.size(); })
        .def_property_readonly("genes", [](const HeldByName& held) { return held.model->genes.size(); });
    py::class_<Answered>(module, "Outcome")
        .def_property_readonly("solved", [](const Answered& answered) { return answered.outcome.solved; })
        .def("headline", &Answered::headline)
        .def("json", &Answered::json)
        .def("members", &Answered::members);
    py::class_<Table, std::shared_ptr<Table>>(module, "Table")
        .def("__len__", &Table::size)
        .def("names", &Table::names)
        .def("column", &Table::column)
        .def("cell", &Table::cell);
}
