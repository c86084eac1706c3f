// The reference page of an operation, in Markdown, from its declaration.
#pragma once

#include <string>
#include <string_view>

#include <leaven/op/operation.hpp>

namespace leaven {

/// `example` is a golden case, quoted as it stands; may be empty.
std::string reference_page(const Operation& operation, std::string_view example, Lang lang);

/// The list of all operations with links to their pages, and the error codes.
std::string reference_index(const Registry& registry, Lang lang);

/// What `--help` prints for an operation.
std::string help_text(const Operation& operation, Lang lang);

/// How a value of the field is typed on the command line: "NUMBER", "fba|pfba", "TEXT,…".
std::string value_hint(const FieldInfo& info, Lang lang);

/// The endings of files that the result can be written to: ".json .csv .tsv .html .svg".
std::string endings_of(const Operation& operation);

/// The option's name: "growth_fraction" is written "--growth-fraction".
std::string option_name(std::string_view field);

}  // namespace leaven
