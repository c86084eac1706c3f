# leaven_embed(TARGET NAME FOLDER pattern... EXCLUDE regex)
#
# Compiles the bytes of files of FOLDER into TARGET, as `std::span<const leaven::EmbeddedFile> leaven::embedded_NAME()`,
# in order of name; see leaven/core/embedded.hpp. A file that changes is compiled again. No file: an empty set.
function(leaven_embed target name folder)
    cmake_parse_arguments(arg "" "EXCLUDE" "" ${ARGN})
    set(root ${PROJECT_SOURCE_DIR}/${folder})
    list(TRANSFORM arg_UNPARSED_ARGUMENTS PREPEND ${root}/ OUTPUT_VARIABLE patterns)
    file(GLOB files CONFIGURE_DEPENDS ${patterns})
    if(arg_EXCLUDE)
        list(FILTER files EXCLUDE REGEX "${arg_EXCLUDE}")
    endif()
    set(source ${PROJECT_BINARY_DIR}/embedded/${name}.cpp)
    set(entries "")
    list(LENGTH files count)
    foreach(file ${files})
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
        file(READ ${file} bytes HEX)
        string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${bytes}")
        # In pieces: a long line is hard on the tools.
        string(REGEX REPLACE "(................................................................)" "\\1\"\n     \"" bytes "${bytes}")
        file(RELATIVE_PATH short ${root} ${file})
        string(APPEND entries "    {\"${short}\"sv,\n     \"${bytes}\"sv},\n")
    endforeach()
    file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
"#include <array>

#include <leaven/core/embedded.hpp>

namespace leaven {
namespace {
using namespace std::string_view_literals;

constexpr std::array<EmbeddedFile, ${count}> files{{
${entries}}};
}  // namespace

std::span<const EmbeddedFile> embedded_${name}();
std::span<const EmbeddedFile> embedded_${name}() { return files; }

}  // namespace leaven
")
    target_sources(${target} PRIVATE ${source})
    set_source_files_properties(${source} TARGET_DIRECTORY ${target} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
