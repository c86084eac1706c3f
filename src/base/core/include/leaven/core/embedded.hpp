// Files that are part of the program: `leaven_embed` in CMake compiles them in.
#pragma once

#include <span>
#include <string_view>

namespace leaven {

struct EmbeddedFile {
    std::string_view name;  // without the folder
    std::string_view bytes;
};

/// The user guide in both languages; linked into the module that shows it.
std::span<const EmbeddedFile> embedded_guide();

}  // namespace leaven
