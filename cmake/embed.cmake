# leaven_embed(TARGET NAME FILE...)
#
# Compiles the bytes of files into TARGET, as `std::span<const leaven::EmbeddedFile> leaven::embedded_NAME()`; see
# leaven/core/embedded.hpp. A file that changes is compiled again.
function(leaven_embed target name)
    set(source ${PROJECT_BINARY_DIR}/embedded/${name}.cpp)
    set(entries "")
    foreach(file ${ARGN})
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${file})
        file(READ ${PROJECT_SOURCE_DIR}/${file} bytes HEX)
        string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${bytes}")
        # In pieces: a long line is hard on the tools.
        string(REGEX REPLACE "(................................................................)" "\\1\"\n     \"" bytes "${bytes}")
        get_filename_component(base ${file} NAME)
        string(APPEND entries "    {\"${base}\"sv,\n     \"${bytes}\"sv},\n")
    endforeach()
    file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
"#include <leaven/core/embedded.hpp>

namespace leaven {
namespace {
using namespace std::string_view_literals;

constexpr EmbeddedFile files[] = {
${entries}};
}  // namespace

std::span<const EmbeddedFile> embedded_${name}() { return files; }

}  // namespace leaven
")
    target_sources(${target} PRIVATE ${source})
endfunction()
