#include <stdexcept>

#include <fmt/core.h>

#include <leaven/op/described.hpp>

namespace leaven {

void MemberList::add(const void* member, const Type& type, const Field& field) {
    const auto offset = static_cast<const char*>(member) - static_cast<const char*>(whole_);
    if (offset < 0 || static_cast<std::size_t>(offset) + type.size > size_)
        throw std::logic_error(fmt::format("the field \"{}\" is no part of the struct that describes it", field.name));
    members_.push_back({field, static_cast<std::size_t>(offset), &type});
}

namespace {

/// What is known of a field whose value is first as given.
FieldInfo info_of(const Field& field, const Type& type, const void* initial) {
    if (type.form == Form::optional) {
        auto info = info_of(field, *type.inner(), type.inner()->initial());
        info.nullable = true;
        info.type = &type;
        info.first = initial;
        return info;
    }
    FieldInfo info{.field = field, .kind = kind_of(type), .type = &type, .first = initial};
    if (type.form == Form::object) info.fields = fields_of(type);
    if (type.form == Form::list) info.fields.push_back(info_of(field, *type.inner(), type.inner()->initial()));
    return info;
}

}  // namespace

Kind kind_of(const Type& type) {
    switch (type.form) {
        case Form::boolean:
            return Kind::boolean;
        case Form::integer:
            return Kind::integer;
        case Form::number:
            return Kind::number;
        case Form::string:
            return Kind::string;
        case Form::text:
            return Kind::text;
        case Form::list:
            return Kind::list;
        case Form::optional:
            return kind_of(*type.inner());
        case Form::counts:
        case Form::object:
            break;
    }
    return Kind::object;
}

std::vector<FieldInfo> fields_of(const Type& object) {
    std::vector<FieldInfo> fields;
    const auto* initial = object.initial();
    for (const auto& member : object.members())
        fields.push_back(info_of(member.field, *member.type, member.in(initial)));
    return fields;
}

std::vector<std::string> choices_of(const Field& field) {
    std::vector<std::string> words;
    for (std::string_view rest = field.choices; !rest.empty();) {
        const auto bar = rest.find('|');
        words.emplace_back(rest.substr(0, bar));
        rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
    }
    return words;
}

}  // namespace leaven
