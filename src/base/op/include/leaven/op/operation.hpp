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
#include <leaven/op/visit.hpp>

namespace leaven {

/// A list at the top of a result that is too long to be held as JSON: its elements are made when they are looked at.
struct LongList {
    std::string name;
    std::size_t size = 0;
    std::function<Json(std::size_t)> element;
};

/// What an operation gave back, as plain data.
struct Answer {
    Json result;  // the result struct; texts as {en, zh}; lists that are too long are empty here and stand in
                  // `long_lists`
    bool solved = true;
    ErrorCode unsolved = ErrorCode::infeasible;  // exit status where it is not solved
    std::vector<Text> headline = {};
    bool brief = false;  // the headline says all that a person needs
    std::function<Result<std::string>(std::string_view ending, Lang lang)> file = {};  // empty where `endings` is
    std::vector<LongList> long_lists = {};
};

/// What an operation gave back, as it is in memory: for surfaces that do not want all of it as JSON.
struct Outcome {
    std::shared_ptr<const void> result;  // keeps alive what `visit` shows
    bool solved = true;
    std::vector<Text> headline = {};
    std::function<Json()> json;  // as Answer::result
    std::function<void(Visitor&)> visit;
};

struct Operation {
    std::string module;  // empty for the main job
    std::string verb;
    Doc doc;
    std::vector<FieldInfo> parameters;
    std::vector<FieldInfo> results;
    std::string_view endings;  // endings of its own, "|" between them
    bool writes = false;       // changes files
    std::function<Result<Answer>(const Json& parameters, Context& context)> run;
    std::function<Result<Outcome>(const Json& parameters, Context& context)> compute;  // the same, nothing as JSON yet

    /// "metabolism fva"
    [[nodiscard]] std::string path() const { return module.empty() ? verb : module + " " + verb; }
};

namespace detail {

/// The result as JSON, but for lists that make their elements and have more than fit.
template <class R>
void write_fields(const std::shared_ptr<const R>& held, Answer& answer) {
    constexpr std::size_t longest = 20'000;
    answer.result = Json::object();
    R::describe(*held, [&]<class T>(const T& member, const Field& field) {
        auto& place = answer.result[std::string(field.name)];
        if constexpr (requires { typename T::Element; })
            if (member.size() > longest) {
                place = Json::array();
                answer.long_lists.push_back({std::string(field.name), member.size(),
                                             [held, list = &member](std::size_t i) { return to_json((*list)[i]); }});
                return;
            }
        place = to_json(member);
    });
}

template <class R>
Answer answer_of(R&& result) {
    const auto held = std::make_shared<const R>(std::forward<R>(result));
    Answer answer;
    write_fields(held, answer);
    if constexpr (requires { held->solved(); }) answer.solved = held->solved();
    if constexpr (requires { R::unsolved; }) answer.unsolved = R::unsolved;
    if constexpr (requires { R::brief; }) answer.brief = R::brief;
    if constexpr (requires { held->headline(); }) answer.headline = held->headline();
    if constexpr (requires { R::endings; })
        answer.file = [held](std::string_view ending, Lang lang) { return held->file(ending, lang); };
    return answer;
}

}  // namespace detail

namespace detail {

template <class R>
Outcome outcome_of(R&& result) {
    const auto held = std::make_shared<const R>(std::forward<R>(result));
    Outcome outcome;
    outcome.result = held;
    outcome.json = [held] { return to_json(*held); };
    outcome.visit = [held](Visitor& visitor) { visit(*held, visitor); };
    if constexpr (requires { held->solved(); }) outcome.solved = held->solved();
    if constexpr (requires { held->headline(); }) outcome.headline = held->headline();
    return outcome;
}

template <class P, class R>
Result<R> read_and_run(Result<R> (*function)(const P&, Context&), const Json& json, Context& context) {
    auto parameters = read<P>(json);
    if (!parameters) return pass(parameters);
    return function(*parameters, context);
}

}  // namespace detail

/// `path` is "module verb", or one word for the main job.
template <class P, class R>
Operation make(std::string_view path, Doc doc, Result<R> (*function)(const P&, Context&)) {
    const auto blank = path.find(' ');
    Operation operation;
    operation.module = blank == std::string_view::npos ? "" : path.substr(0, blank);
    operation.verb = blank == std::string_view::npos ? path : path.substr(blank + 1);
    operation.doc = doc;
    operation.parameters = fields_of<P>();
    operation.results = fields_of<R>();
    if constexpr (requires { R::endings; }) operation.endings = R::endings;
    if constexpr (requires { P::writes; }) operation.writes = P::writes;
    for (const auto& info : operation.parameters) operation.writes |= info.field.format == "folder";
    operation.run = [function](const Json& json, Context& context) -> Result<Answer> {
        auto result = detail::read_and_run(function, json, context);
        if (!result) return pass(result);
        return detail::answer_of(*std::move(result));
    };
    operation.compute = [function](const Json& json, Context& context) -> Result<Outcome> {
        auto result = detail::read_and_run(function, json, context);
        if (!result) return pass(result);
        return detail::outcome_of(*std::move(result));
    };
    return operation;
}

using Registry = std::vector<Operation>;

/// The operation with this path, or nullptr.
const Operation* find_operation(const Registry& registry, std::string_view module, std::string_view verb);

}  // namespace leaven
