// An operation: a capability declared once and offered on every surface.
//
//     std::vector<Operation> operations() {
//         return {
//             make("metabolism fva", {"Flux variability", "通量变异性分析"}, fva),
//         };
//     }
//
// where `fva` is `Result<FvaResult> fva(const FvaParams&, Context&)` and both structs have `describe`.
// A result struct may add, and the surfaces then use:
//
//     bool solved() const                       false: exit status 4, and the object is printed all the same
//     static constexpr ErrorCode unsolved       the status in that case, where it is another
//     std::vector<Text> headline() const        the answer in a few lines, shown to people before the tables
//     static constexpr bool brief = true        people are shown the headline alone
//     static constexpr std::string_view endings endings it can be written as besides those all have: ".svg"
//     Result<std::string> file(std::string_view ending, Lang lang) const
//
// A parameter struct may add `static constexpr bool writes = true` where the operation changes files and that does not
// show in a parameter of format "folder".
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/op/described.hpp>
#include <leaven/op/read.hpp>

namespace leaven {

/// What an operation gave back, as it is in memory: for surfaces that do not want all of it as JSON.
struct Outcome {
    std::shared_ptr<const void> result;
    const Type* type = nullptr;  // of the result
    bool solved = true;
    ErrorCode unsolved = ErrorCode::infeasible;
    std::vector<Text> headline = {};
    bool brief = false;
    std::function<Result<std::string>(std::string_view ending, Lang lang)> file = {};

    /// As Answer::result, but whole.
    [[nodiscard]] Json json() const;
};

struct Answer;  // op/answer.hpp

struct Operation {
    std::string module;  // empty for the main job
    std::string verb;
    Doc doc;
    std::vector<FieldInfo> parameters;
    std::vector<FieldInfo> results;
    std::string_view endings;  // endings of its own, "|" between them
    bool writes = false;       // changes files
    std::function<Result<Outcome>(const Json& parameters, Context& context)> compute;

    /// "metabolism fva"
    [[nodiscard]] std::string path() const { return module.empty() ? verb : module + " " + verb; }

    /// Computes, and gives the outcome as JSON.
    Result<Answer> run(const Json& parameters, Context& context) const;
};

namespace detail {

/// All of an operation but what it computes. `path` is "module verb", or one word for the main job.
Operation declared(std::string_view path, Doc doc, const Type& parameters, const Type& results);

template <class R>
Outcome outcome_of(R&& result) {
    const auto held = std::make_shared<const R>(std::forward<R>(result));
    Outcome outcome{.result = held, .type = &type_of<R>};
    if constexpr (requires { held->solved(); }) outcome.solved = held->solved();
    if constexpr (requires { R::unsolved; }) outcome.unsolved = R::unsolved;
    if constexpr (requires { held->headline(); }) outcome.headline = held->headline();
    if constexpr (requires { R::brief; }) outcome.brief = R::brief;
    if constexpr (requires { R::endings; })
        outcome.file = [held](std::string_view ending, Lang lang) { return held->file(ending, lang); };
    return outcome;
}

template <class P, class R, class F>
Operation make(std::string_view path, Doc doc, F function) {
    auto operation = declared(path, doc, type_of<P>, type_of<R>);
    if constexpr (requires { R::endings; }) operation.endings = R::endings;
    if constexpr (requires { P::writes; }) operation.writes |= P::writes;
    operation.compute = [function = std::move(function)](const Json& json, Context& context) -> Result<Outcome> {
        auto parameters = P();
        if (auto status = read_into(type_of<P>, &parameters, json); !status) return pass(status);
        auto result = function(parameters, context);
        if (!result) return pass(result);
        return outcome_of(*std::move(result));
    };
    return operation;
}

}  // namespace detail

/// `path` is "module verb", or one word for the main job.
template <class P, class R>
Operation make(std::string_view path, Doc doc, Result<R> (*function)(const P&, Context&)) {
    return detail::make<P, R>(path, doc, function);
}

using Registry = std::vector<Operation>;

/// The operation with this path, or nullptr.
const Operation* find_operation(const Registry& registry, std::string_view module, std::string_view verb);

}  // namespace leaven
