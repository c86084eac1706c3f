// The JSON of the surfaces: members keep the order in which a struct describes them.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include <leaven/core/text.hpp>
#include <leaven/op/json_name.hpp>
#include <leaven/op/type.hpp>

// Made once, in src/json.cpp.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace leaven {

/// Throws  Json::parse_error  the text is not JSON
Json parse_json(std::string_view text);

/// As before, but `is_discarded()` where the text is not JSON.
Json parse_json_or_nothing(std::string_view text);

/// A value as JSON. A number that is not finite is the string "NaN", "Infinity" or "-Infinity"; minus zero is zero.
/// A Text is an object {en, zh}; see `localize`.
Json number_to_json(double value);

/// The value of that type at that address.
Json json_of(const Type& type, const void* value);

template <class T>
Json to_json(const T& value) {
    return json_of(type_of<T>, &value);
}

/// `value` with every {en, zh} object replaced by its text in one language, as results are shown to a person.
Json localize(const Json& value, Lang lang);

}  // namespace leaven
