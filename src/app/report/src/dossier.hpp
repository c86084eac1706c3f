// Reading a dossier without trust: what is absent or of another type counts as not known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <leaven/core/text.hpp>
#include <leaven/op/json.hpp>

namespace leaven::report {

/// The member, or null.
const Json& part(const Json& object, const char* key);

/// The elements of a member that is an array; none otherwise.
const std::vector<Json>& items(const Json& object, const char* key);

/// Infinities and NaN are strings in a dossier.
std::optional<double> number(const Json& object, const char* key);
std::optional<std::int64_t> count(const Json& object, const char* key);
std::string words(const Json& object, const char* key);
bool is_true(const Json& object, const char* key);

/// {en, zh}, or one text for both.
Text text_in(const Json& value);
Text both_texts(const Json& object, const char* key);

/// The product as people call it: its name, else the metabolite, else the reaction.
std::string product_name(const Json& dossier);

/// The first design that guarantees some product: its position in the list, or none.
std::optional<std::size_t> best_position(const Json& dossier);

/// That design, or null.
const Json& best_design(const Json& dossier);

}  // namespace leaven::report
