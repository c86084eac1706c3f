# leaven_module(NAME [SURFACE] USES module... LINKS target... PUBLIC target... TEST_LINKS target...)
#
# Declares the module that lives in src/*/NAME (or src/NAME): one static library `leaven_NAME` from its
# operations.cpp and src/*.cpp, one test program `NAME_test` from test/*.cpp.
#
#   SURFACE     it shows and waits, and computes little: optimised less, and compiled in three quarters of the time
#   USES        modules whose public headers it may include; what is not named is not found
#   LINKS       third-party targets, private to this module
#   PUBLIC      third-party targets that its public headers need (base/core and base/op only)
#   TEST_LINKS  third-party targets of its tests alone
function(leaven_module name)
    cmake_parse_arguments(arg "SURFACE" "" "USES;LINKS;PUBLIC;TEST_LINKS" ${ARGN})
    file(GLOB folder CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*/${name} ${CMAKE_CURRENT_SOURCE_DIR}/${name})
    file(GLOB sources CONFIGURE_DEPENDS ${folder}/operations.cpp ${folder}/src/*.cpp)

    if(NOT sources)
        return()
    endif()
    add_library(leaven_${name} STATIC ${sources})
    set_source_files_properties(${folder}/operations.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    add_library(leaven::${name} ALIAS leaven_${name})
    target_include_directories(leaven_${name} PUBLIC ${folder}/include PRIVATE ${folder}/src)
    list(TRANSFORM arg_USES PREPEND leaven::)
    target_link_libraries(leaven_${name} PUBLIC ${arg_USES} ${arg_PUBLIC} PRIVATE ${arg_LINKS} leaven_settings)

    if(arg_SURFACE AND CMAKE_BUILD_TYPE STREQUAL "Release")
        target_compile_options(leaven_${name} PRIVATE -O1)
    endif()

    file(GLOB tests CONFIGURE_DEPENDS ${folder}/test/*.cpp)
    if(LEAVEN_TESTS AND tests)
        add_executable(${name}_test ${tests})
        target_include_directories(${name}_test PRIVATE ${folder}/src ${PROJECT_SOURCE_DIR}/src/testing)
        target_link_libraries(${name}_test PRIVATE leaven::${name} ${arg_LINKS} ${arg_TEST_LINKS} leaven_settings
            rapidcheck rapidcheck_gtest GTest::gtest GTest::gtest_main)
        target_compile_definitions(${name}_test PRIVATE LEAVEN_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
            LEAVEN_PROGRAM_DIR="${PROJECT_BINARY_DIR}")
        add_test(NAME ${name} COMMAND ${name}_test --gtest_brief=1 WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    endif()
endfunction()
