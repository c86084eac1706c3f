// One call from Python: an operation on a thread of its own, the interpreter free meanwhile.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <pybind11/pybind11.h>

#include <leaven/metabolism/model.hpp>
#include <leaven/op/operation.hpp>

namespace leaven::python {

/// A model that stays in memory between calls.
struct HeldByName {
    std::string name;
    std::shared_ptr<const metabolism::Model> model;
};

/// Runs the operation. `progress` is called as (step in English, in Chinese, done, total) where there is news, and may
/// return False to stop the run. Ctrl-C stops the run and is raised.
///
/// Threads: may be called from several at once. Requires  the interpreter lock is held.
Result<Outcome> run(const Operation& operation, const std::string& parameters, const std::vector<HeldByName>& models,
                    const pybind11::object& progress, Lang lang);

}  // namespace leaven::python
