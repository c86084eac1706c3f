// A result shown member by member, without a copy: for surfaces that build their own tables from it.
//
// The same values in the same order as `to_json`. Views are valid during the call: a list may make its elements as they
// are looked at. Cost: one virtual call a value, a few nanoseconds.
#pragma once

#include <cstdint>
#include <string_view>

#include <leaven/op/described.hpp>

namespace leaven {

/// What is told of a result. An object is members, each a `name` and a value; a list is values.
class Visitor {
public:
    Visitor() = default;
    Visitor(const Visitor&) = delete;
    Visitor& operator=(const Visitor&) = delete;
    virtual ~Visitor() = default;

    virtual void null() = 0;
    virtual void boolean(bool value) = 0;
    virtual void integer(std::int64_t value) = 0;
    virtual void number(double value) = 0;  // may be infinite or not a number
    virtual void string(std::string_view value) = 0;
    virtual void text(const Text& value) = 0;
    virtual void begin_list(std::size_t size) = 0;
    virtual void end_list() = 0;
    virtual void begin_object() = 0;
    virtual void name(std::string_view name) = 0;
    virtual void end_object() = 0;
};

template <class T>
void visit(const T& value, Visitor& visitor) {
    if constexpr (std::same_as<T, bool>) {
        visitor.boolean(value);
    } else if constexpr (std::integral<T>) {
        visitor.integer(static_cast<std::int64_t>(value));
    } else if constexpr (std::floating_point<T>) {
        visitor.number(value);
    } else if constexpr (std::same_as<T, std::string>) {
        visitor.string(value);
    } else if constexpr (std::same_as<T, Text>) {
        visitor.text(value);
    } else if constexpr (OptionalOf<T>::value) {
        if (value)
            visit(*value, visitor);
        else
            visitor.null();
    } else if constexpr (ListOf<T>::value) {
        visitor.begin_list(value.size());
        for (const auto& element : value) visit<typename ListOf<T>::Inner>(element, visitor);
        visitor.end_list();
    } else if constexpr (std::same_as<T, Counts>) {
        visitor.begin_object();
        for (const auto& [name, count] : value) {
            visitor.name(name);
            visitor.integer(count);
        }
        visitor.end_object();
    } else {
        static_assert(Described<T>, "a field is a plain value or a struct with describe()");
        visitor.begin_object();
        T::describe(value, [&](const auto& member, const Field& field) {
            visitor.name(field.name);
            visit(member, visitor);
        });
        visitor.end_object();
    }
}

}  // namespace leaven
