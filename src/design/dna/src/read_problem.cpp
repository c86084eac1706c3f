// Problems in JSON.
#include <algorithm>
#include <set>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/dna/problem.hpp>
#include <leaven/op/json.hpp>
#include <leaven/op/read.hpp>

#include "problem_json.hpp"
#include "problem_parts.hpp"

namespace leaven::dna {
namespace {

const std::vector<std::string> constraint_kinds{"translation", "keep",   "avoid",   "require", "gc",
                                                "homopolymer", "repeat", "hairpin", "melting", "structure",
                                                "no_match",    "rare",   "rules"};
const std::vector<std::string> objective_kinds{"codon", "change", "gc"};

Failure unknown_kind(const std::string& kind, const std::vector<std::string>& known, const std::string& where) {
    auto near = nearest(kind, known);
    if (near.empty()) near = known;
    return bad_input({"there is no kind \"{}\" here", "此处没有种类“{}”"}, kind)
        .at(where)
        .advise({"use {}", "可用 {}"}, join(near, ", "));
}

class Reader {
public:
    Reader(const Json& json, std::string name, std::filesystem::path folder)
        : json_(json), name_(std::move(name)), folder_(std::move(folder)) {}

    Result<Problem> read() {
        if (auto status = molecule(); !status) return pass(status);
        if (auto status = each("constraints",
                               [this](const Json& item, const std::string& where) { return constraint(item, where); });
            !status)
            return pass(status);
        if (auto status = each("objectives",
                               [this](const Json& item, const std::string& where) { return objective(item, where); });
            !status)
            return pass(status);
        return std::move(problem_);
    }

private:
    std::string at(const std::string& field) const { return fmt::format("{}: {}", name_, field); }

    Status molecule() {
        if (!json_.is_object())
            return bad_input({"the problem is not a JSON object", "问题文件不是 JSON 对象"})
                .at(name_)
                .advise({"give sequence, constraints and objectives", "请给出 sequence、constraints 和 objectives"});
        auto scalars = json_;
        scalars.erase("constraints");
        scalars.erase("objectives");
        auto form = leaven::read<form::Molecule>(scalars);
        if (!form) {
            auto error = form.error();
            error.where = at(error.where);
            return tl::unexpected(error);
        }
        return set_molecule(problem_, *form, name_);
    }

    template <class Read>
    Status each(const char* list, Read read_item) {
        const auto found = json_.find(list);
        if (found == json_.end()) return {};
        if (!found->is_array())
            return bad_input({"{} is not a list", "{} 不是列表"}, list)
                .at(at(list))
                .advise({"write [ … ]", "请写成 [ … ]"});
        for (std::size_t i = 0; i < found->size(); ++i)
            if (auto status = read_item((*found)[i], at(fmt::format("{}[{}]", list, i))); !status) return status;
        return {};
    }

    /// The id and the kind of an item, which must be new and known.
    Result<std::string> kind_of(const Json& item, const std::vector<std::string>& known, const std::string& where) {
        const auto text_at = [&](const char* field) {
            const auto found = item.is_object() ? item.find(field) : item.end();
            return found != item.end() && found->is_string() ? found->get<std::string>() : std::string();
        };
        const auto kind = text_at("kind");
        if (std::find(known.begin(), known.end(), kind) == known.end())
            return unknown_kind(kind, known, where + ".kind");
        const auto id = text_at("id");
        if (id.empty())
            return bad_input({"the entry has no id", "该条目没有 id"})
                .at(where + ".id")
                .advise({"give each constraint and objective a name of its own", "请为每个约束和目标取一个名称"});
        if (!ids_.insert(id).second)
            return bad_input({"two entries are called \"{}\"", "有两个条目名为“{}”"}, id)
                .at(where + ".id")
                .advise({"give each a name of its own", "请各取一个名称"});
        return kind;
    }

    Status constraint(const Json& item, const std::string& where) {
        const auto kind = kind_of(item, constraint_kinds, where);
        if (!kind) return pass(kind);
        if (*kind == "translation") return add<form::Translation>(item, where);
        if (*kind == "keep") return add<form::Common>(item, where);
        if (*kind == "avoid") return add<form::Avoid>(item, where);
        if (*kind == "require") return add<form::Require>(item, where);
        if (*kind == "gc") return add<form::Gc>(item, where);
        if (*kind == "homopolymer") return add<form::Homopolymer>(item, where);
        if (*kind == "repeat") return add<form::Repeat>(item, where);
        if (*kind == "hairpin") return add<form::Hairpin>(item, where);
        if (*kind == "melting") return add<form::Melting>(item, where);
        if (*kind == "structure") return add<form::Structure>(item, where);
        if (*kind == "no_match") return add<form::NoMatch>(item, where);
        if (*kind == "rare") return add<form::Rare>(item, where);
        return add<form::Rules>(item, where);
    }

    template <class Form>
    Status add(const Json& item, const std::string& where) {
        const auto form = leaven::read<Form>(item, where);
        if (!form) return pass(form);
        auto place = place_of(problem_, form->location, where + ".location");
        if (!place) return pass(place);
        auto rules = rules_of(problem_, *form, *place, where, folder_);
        if (!rules) return pass(rules);
        problem_.constraints.push_back({form->id, form->kind, *std::move(place), *std::move(rules)});
        return {};
    }

    Status objective(const Json& item, const std::string& where) {
        const auto kind = kind_of(item, objective_kinds, where);
        if (!kind) return pass(kind);
        if (*kind == "codon") return add_goal<form::Codon>(item, where);
        if (*kind == "gc") return add_goal<form::GcTarget>(item, where);
        return add_goal<form::Change>(item, where);
    }

    template <class Form>
    Status add_goal(const Json& item, const std::string& where) {
        const auto form = leaven::read<Form>(item, where);
        if (!form) return pass(form);
        auto place = place_of(problem_, form->location, where + ".location");
        if (!place) return pass(place);
        auto goal = goal_of(problem_, *form, *place, where);
        if (!goal) return pass(goal);
        problem_.objectives.push_back({form->id, form->kind, form->weight, *std::move(place), *std::move(goal)});
        return {};
    }

    const Json& json_;
    std::string name_;
    std::filesystem::path folder_;
    Problem problem_;
    std::set<std::string> ids_;
};

}  // namespace

Result<Problem> read_problem(std::string_view json, const std::string& name, const std::filesystem::path& folder) {
    Json parsed;
    try {
        parsed = parse_json(json);
    } catch (const Json::parse_error& fault) {
        const auto before = json.substr(0, std::min(fault.byte == 0 ? 0 : fault.byte - 1, json.size()));
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        return bad_input({"the JSON is broken or cut short", "JSON 有误或不完整"})
            .at(fmt::format("{}, line {}", name, line))
            .advise({"correct the file at this place", "请在此处更正文件"});
    }
    return Reader(parsed, name, folder).read();
}

}  // namespace leaven::dna
