// What a type of parameters or results looks like at run time: made once from its `describe`, walked by every surface.
//
//     const Type& type = type_of<FvaParams>;
//     for (const auto& member : type.members()) show(member.field.name, *member.type, member.in(&parameters));
//
// Readers, writers, schemas and tables are written once over `Type` and hold no code for each struct. Values are handed
// over as addresses; whoever holds a Type and an address must have them from the same value.
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <leaven/core/field.hpp>
#include <leaven/core/text.hpp>

namespace leaven {

struct Type;

/// A field of a struct, and where in it the field lies.
struct Member {
    Field field;
    std::size_t offset = 0;
    const Type* type = nullptr;

    [[nodiscard]] const void* in(const void* whole) const { return static_cast<const char*>(whole) + offset; }
    [[nodiscard]] void* in(void* whole) const { return static_cast<char*>(whole) + offset; }
};

enum class Form { boolean, integer, number, string, text, counts, optional, list, object };

/// What can be done with a value of a form; functions of other forms are nullptr.
struct Type {
    Form form = Form::object;
    std::size_t size = 0;                // bytes, and the distance of elements in a list
    const void* (*initial)() = nullptr;  // a value as its struct leaves it

    std::int64_t (*integer)(const void*) = nullptr;
    void (*set_integer)(void*, std::int64_t) = nullptr;
    double (*number)(const void*) = nullptr;
    void (*set_number)(void*, double) = nullptr;

    const Type* (*inner)() = nullptr;             // of an optional and of a list's elements
    const void* (*value)(const void*) = nullptr;  // of an optional; nullptr where it is empty
    std::size_t (*count)(const void*) = nullptr;  // of a list
    const void* (*first)(const void*) = nullptr;  // of a list whose elements lie one behind the other
    void (*clear)(void*) = nullptr;               // of an optional and a list
    void* (*add)(void*) = nullptr;                // gives an optional a value, a list one more; not where `make` is
    std::shared_ptr<const void> (*make)(const void* list, std::size_t i) = nullptr;  // an element, made to be looked at

    const std::vector<Member>& (*members)() = nullptr;  // of an object, in the order it describes them
};

template <class T>
struct OptionalOf : std::false_type {};
template <class T>
struct OptionalOf<std::optional<T>> : std::true_type {
    using Inner = T;
};
template <class T>
struct ListOf : std::false_type {};
template <class T>
struct ListOf<std::vector<T>> : std::true_type {
    using Inner = T;
};
template <class T>
requires requires { typename T::Element; }
struct ListOf<T> : std::true_type {  // makes its elements when they are looked at; results only
    using Inner = typename T::Element;
};

/// Whole numbers by names that are known only at run time: an object in JSON.
using Counts = std::map<std::string, std::int64_t>;

template <class T>
constexpr Type make_type();

/// The one description of T.
template <class T>
inline constexpr Type type_of = make_type<T>();

/// Takes down what a struct describes.
class MemberList {
public:
    MemberList(const void* whole, std::size_t size) : whole_(whole), size_(size) {}

    template <class T>
    void operator()(T& member, const Field& field) {
        add(&member, type_of<std::remove_const_t<T>>, field);
    }
    std::vector<Member> take() { return std::move(members_); }

private:
    /// Throws  std::logic_error  the member is no part of the struct
    void add(const void* member, const Type& type, const Field& field);

    const void* whole_;
    std::size_t size_;
    std::vector<Member> members_{};
};

template <class T>
concept Described = requires(T value, MemberList list) {
    T::describe(value, list);
};

namespace detail {

template <class T>
const T& at(const void* address) {
    return *static_cast<const T*>(address);
}
template <class T>
T& at(void* address) {
    return *static_cast<T*>(address);
}

template <class T>
const void* initial_of() {
    static const auto value = T();
    return &value;
}

template <class T>
const std::vector<Member>& members_of() {
    static const auto members = [] {
        const auto& value = at<T>(initial_of<T>());
        MemberList list(&value, sizeof(T));
        T::describe(value, list);
        return list.take();
    }();
    return members;
}

template <class T>
constexpr void be_number(Type& type) {
    if constexpr (std::integral<T>) {
        type.form = Form::integer;
        type.integer = [](const void* value) { return static_cast<std::int64_t>(at<T>(value)); };
        type.set_integer = [](void* value, std::int64_t number) { at<T>(value) = static_cast<T>(number); };
    } else {
        type.form = Form::number;
        type.number = [](const void* value) { return static_cast<double>(at<T>(value)); };
        type.set_number = [](void* value, double number) { at<T>(value) = static_cast<T>(number); };
    }
}

template <class T>
constexpr void be_optional(Type& type) {
    type.form = Form::optional;
    type.inner = [] { return &type_of<typename OptionalOf<T>::Inner>; };
    type.value = [](const void* value) -> const void* { return at<T>(value) ? &*at<T>(value) : nullptr; };
    type.clear = [](void* value) { at<T>(value).reset(); };
    type.add = [](void* value) -> void* { return &at<T>(value).emplace(); };
}

template <class T>
constexpr void be_list(Type& type) {
    using Inner = typename ListOf<T>::Inner;
    type.form = Form::list;
    type.inner = [] { return &type_of<Inner>; };
    type.count = [](const void* list) { return static_cast<std::size_t>(at<T>(list).size()); };
    if constexpr (std::same_as<T, std::vector<Inner>>) {
        static_assert(!std::same_as<Inner, bool>, "a list of bool has no elements to point at");
        type.first = [](const void* list) -> const void* { return at<T>(list).data(); };
        type.clear = [](void* list) { at<T>(list).clear(); };
        type.add = [](void* list) -> void* { return &at<T>(list).emplace_back(); };
    } else {
        type.make = [](const void* list, std::size_t i) -> std::shared_ptr<const void> {
            return std::make_shared<const Inner>(at<T>(list)[i]);
        };
    }
}

}  // namespace detail

template <class T>
constexpr Type make_type() {
    Type type{.size = sizeof(T), .initial = &detail::initial_of<T>};
    if constexpr (std::same_as<T, bool>) {
        type.form = Form::boolean;
    } else if constexpr (std::integral<T> || std::floating_point<T>) {
        detail::be_number<T>(type);
    } else if constexpr (std::same_as<T, std::string>) {
        type.form = Form::string;
    } else if constexpr (std::same_as<T, Text>) {
        type.form = Form::text;
    } else if constexpr (std::same_as<T, Counts>) {
        type.form = Form::counts;
    } else if constexpr (OptionalOf<T>::value) {
        detail::be_optional<T>(type);
    } else if constexpr (ListOf<T>::value) {
        detail::be_list<T>(type);
    } else {
        static_assert(Described<T>, "a field is a plain value or a struct with describe()");
        type.form = Form::object;
        type.members = &detail::members_of<T>;
    }
    return type;
}

/// One element of a list, valid as long as the list and what comes back are.
inline std::shared_ptr<const void> element_of(const Type& type, const void* list, std::size_t i) {
    if (type.make != nullptr) return type.make(list, i);
    const auto* at = static_cast<const char*>(type.first(list)) + i * type.inner()->size;
    return {std::shared_ptr<const void>(), at};  // owns nothing: the list does
}

}  // namespace leaven
