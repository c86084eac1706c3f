#include <leaven/op/answer.hpp>
#include <leaven/op/operation.hpp>

namespace leaven {
namespace {

/// The result as JSON, but for lists that make their elements and have more than fit.
void write_fields(const Outcome& outcome, Answer& answer) {
    constexpr std::size_t longest = 20'000;
    answer.result = Json::object();
    for (const auto& member : outcome.type->members()) {
        const std::string name(member.field.name);
        const auto& type = *member.type;
        const auto* value = member.in(outcome.result.get());
        if (type.make == nullptr || type.count(value) <= longest) {
            answer.result[name] = json_of(type, value);
            continue;
        }
        answer.result[name] = Json::array();
        answer.long_lists.push_back({name, type.count(value), [result = outcome.result, &type, value](std::size_t i) {
                                         return json_of(*type.inner(), element_of(type, value, i).get());
                                     }});
    }
}

}  // namespace

Json Outcome::json() const { return json_of(*type, result.get()); }

Result<Answer> Operation::run(const Json& json, Context& context) const {
    auto outcome = compute(json, context);
    if (!outcome) return pass(outcome);
    Answer answer{.result = {},
                  .solved = outcome->solved,
                  .unsolved = outcome->unsolved,
                  .headline = std::move(outcome->headline),
                  .brief = outcome->brief,
                  .file = std::move(outcome->file)};
    write_fields(*outcome, answer);
    return answer;
}

Operation detail::declared(std::string_view path, Doc doc, const Type& parameters, const Type& results) {
    const auto blank = path.find(' ');
    Operation operation;
    operation.module = blank == std::string_view::npos ? "" : path.substr(0, blank);
    operation.verb = blank == std::string_view::npos ? path : path.substr(blank + 1);
    operation.doc = doc;
    operation.parameters = fields_of(parameters);
    operation.results = fields_of(results);
    for (const auto& info : operation.parameters) operation.writes |= info.field.format == "folder";
    return operation;
}

const Operation* find_operation(const Registry& registry, std::string_view module, std::string_view verb) {
    for (const auto& operation : registry)
        if (operation.module == module && operation.verb == verb) return &operation;
    return nullptr;
}

}  // namespace leaven
