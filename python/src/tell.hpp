// Tells a model that Python holds as dicts, lists, texts and numbers.
#pragma once

#include <pybind11/pybind11.h>

#include <leaven/metabolism/teller.hpp>

namespace leaven::python {

/// Numpy's numbers and arrays count as Python's, a set as a sorted list. False once what was told is no model.
///
/// Throws  ValueError  nested too deeply;  TypeError  a value that is neither text nor number
bool tell(metabolism::ModelTeller& teller, pybind11::handle value, int depth = 0);

}  // namespace leaven::python
