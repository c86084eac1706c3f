// Files that are part of the program: `leaven_embed` in CMake compiles them in, so that they are found wherever it
// runs.
//
// Each set has a function of its own, `std::span<const EmbeddedFile> leaven::embedded_NAME()`, declared by the module
// that uses it.
#pragma once

#include <span>
#include <string_view>

namespace leaven {

struct EmbeddedFile {
    std::string_view name;  // below the folder of the set, such as "rules/bj-synbio.toml"
    std::string_view bytes;
};

}  // namespace leaven
