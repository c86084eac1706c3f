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
    return detail::make<P, R>(path, doc, std::move(function));
}

}  // namespace leaven
