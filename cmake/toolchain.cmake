# Compiler and linker settings that hold for every target.

add_library(leaven_settings INTERFACE)
target_compile_options(leaven_settings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast
    $<$<BOOL:${LEAVEN_WERROR}>:-Werror>)

# Files of a unity build are included, yet no headers, and see each other's names.
if(CMAKE_UNITY_BUILD)
    target_compile_options(leaven_settings INTERFACE -Wshadow=local -Wno-subobject-linkage)
else()
    target_compile_options(leaven_settings INTERFACE -Wshadow)
endif()

# Sums are not reordered and fused: the same bytes on every machine of one architecture.
target_compile_options(leaven_settings INTERFACE -ffp-contract=off)

# The Python extension is made of the same objects as the program. With hidden symbols that costs the program nothing.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

# The compiler keeps more before it tidies up (up to 1 GB), which is quicker; as many run at once as memory holds at
# 1,200 MiB each. Ninja alone heeds the pool.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(leaven_settings INTERFACE
        "SHELL:--param ggc-min-expand=400" "SHELL:--param ggc-min-heapsize=1000000")
endif()
cmake_host_system_information(RESULT LEAVEN_MEMORY QUERY TOTAL_PHYSICAL_MEMORY)
math(EXPR LEAVEN_COMPILERS "${LEAVEN_MEMORY} / 1200 + 1")
set_property(GLOBAL PROPERTY JOB_POOLS compilers=${LEAVEN_COMPILERS})
set(CMAKE_JOB_POOL_COMPILE compilers)

if(LEAVEN_SANITIZE)
    target_compile_options(leaven_settings INTERFACE -fsanitize=${LEAVEN_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
    target_link_options(leaven_settings INTERFACE -fsanitize=${LEAVEN_SANITIZE})
endif()

find_program(LEAVEN_CCACHE ccache)
if(LEAVEN_CCACHE)
    # Paths relative to the source tree, so that the Python package finds the objects of the program.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} ${LEAVEN_CCACHE})
endif()

find_program(LEAVEN_MOLD mold)
if(LEAVEN_MOLD)
    add_link_options(-fuse-ld=mold)
endif()
