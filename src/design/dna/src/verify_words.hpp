// What verification says, in words for people.
#pragma once

#include <string>
#include <string_view>

#include <leaven/dna/verify.hpp>

namespace leaven::dna {

Doc doc_of(CloneVerdict verdict);
Doc doc_of_effect(std::string_view effect);

/// As people write changes, counted from 1: "1731T>A", "1321_1490del", "2316_2317insACG", "2316_2317ins150".
std::string short_form(const Variant& variant, std::int64_t length);

}  // namespace leaven::dna
