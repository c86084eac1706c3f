#include "tell.hpp"

namespace leaven::python {
namespace {

namespace py = pybind11;

std::string text_of(py::handle value) {
    Py_ssize_t size = 0;
    const char* bytes = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
    if (bytes == nullptr) throw py::error_already_set();
    return {bytes, static_cast<std::size_t>(size)};
}

bool tell_items(metabolism::ModelTeller& teller, py::handle list, int depth) {
    if (!teller.open_list()) return false;
    for (const auto item : list)
        if (!tell(teller, item, depth)) return false;
    return teller.close();
}

bool tell_members(metabolism::ModelTeller& teller, const py::dict& members, int depth) {
    if (!teller.open_object()) return false;
    for (const auto [name, value] : members)
        if (!teller.key(text_of(py::isinstance<py::str>(name) ? name : py::str(name))) || !tell(teller, value, depth))
            return false;
    return teller.close();
}

}  // namespace

bool tell(metabolism::ModelTeller& teller, py::handle value, int depth) {
    constexpr int deepest = 50;
    if (depth > deepest) throw py::value_error("nested too deeply");
    auto* object = value.ptr();
    if (PyUnicode_Check(object)) return teller.text(text_of(value));
    if (PyFloat_Check(object)) return teller.number(PyFloat_AS_DOUBLE(object));
    if (PyDict_Check(object)) return tell_members(teller, py::reinterpret_borrow<py::dict>(value), depth + 1);
    if (PyList_Check(object) || PyTuple_Check(object)) return tell_items(teller, value, depth + 1);
    if (value.is_none()) return teller.nothing();
    if (PyBool_Check(object)) return teller.boolean(object == Py_True);
    if (PyLong_Check(object)) {
        const auto number = PyLong_AsDouble(object);
        if (number == -1 && PyErr_Occurred() != nullptr) throw py::error_already_set();
        return teller.number(number);
    }
    if (py::hasattr(value, "tolist")) return tell(teller, value.attr("tolist")(), depth + 1);
    if (PyAnySet_Check(object)) return tell(teller, py::module_::import("builtins").attr("sorted")(value), depth + 1);
    throw py::type_error(py::str("{!r} is neither text nor number").format(value));
}

}  // namespace leaven::python
