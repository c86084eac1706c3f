// An operation that is given something by whoever puts the registry together, and not by its caller: what a module on a
// lower floor cannot name itself.
//
//     Operation edit_operation(GuideFinder find) {
//         return make_bound<EditParams, EditResult>("dna edit", {"…", "…"}, [find = std::move(find)](
//             const EditParams& parameters, Context& context) { return edit(parameters, find, context); });
//     }
#pragma once

#include <functional>
#include <string_view>
#include <utility>

#include <leaven/op/operation.hpp>

namespace leaven {

/// As `make`, of a function that holds what it was given.
template <class P, class R>
Operation make_bound(std::string_view path, Doc doc, std::function<Result<R>(const P&, Context&)> function) {
    Result<R> (*const nothing)(const P&, Context&) = nullptr;  // parameters and results are those of the types alone
    auto operation = make(path, doc, nothing);
    operation.run = [function](const Json& json, Context& context) -> Result<Answer> {
        const auto parameters = read<P>(json);
        if (!parameters) return pass(parameters);
        auto result = function(*parameters, context);
        if (!result) return pass(result);
        return detail::answer_of(*std::move(result));
    };
    operation.compute = [function = std::move(function)](const Json& json, Context& context) -> Result<Outcome> {
        const auto parameters = read<P>(json);
        if (!parameters) return pass(parameters);
        auto result = function(*parameters, context);
        if (!result) return pass(result);
        return detail::outcome_of(*std::move(result));
    };
    return operation;
}

}  // namespace leaven
