# leaven_module(NAME USES module... LINKS target... PUBLIC target... TEST_LINKS target...)
#
# Declares the module that lives in src/*/NAME: one static library `leaven_NAME` from its operations.cpp, src/*.cpp and
# kernel/*.cpp, one test program `NAME_test` from test/*.cpp.
#
#   src/        what reads, words and shows: optimised less, and compiled in three quarters of the time
#   kernel/     what computes: optimised in full, and compiled in small batches, so that a change is soon tried
#
#   USES        modules whose public headers it may include; what is not named is not found
#   LINKS       third-party targets, private to this module
#   PUBLIC      third-party targets that its public headers need (base/core and base/op only)
#   TEST_LINKS  third-party targets of its tests alone
function(leaven_module name)
    cmake_parse_arguments(arg "" "" "USES;LINKS;PUBLIC;TEST_LINKS" ${ARGN})
    file(GLOB folder CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*/${name})
    file(GLOB sources CONFIGURE_DEPENDS ${folder}/operations.cpp ${folder}/src/*.cpp)
    file(GLOB kernels CONFIGURE_DEPENDS ${folder}/kernel/*.cpp)
    list(TRANSFORM arg_USES PREPEND leaven::)
    set(private_folders ${folder}/src ${folder}/kernel)

    add_library(leaven_${name} STATIC ${sources})
    add_library(leaven::${name} ALIAS leaven_${name})
    target_include_directories(leaven_${name} PUBLIC ${folder}/include PRIVATE ${private_folders})
    target_link_libraries(leaven_${name} PUBLIC ${arg_USES} ${arg_PUBLIC} PRIVATE ${arg_LINKS} leaven_settings)
    set_target_properties(leaven_${name} PROPERTIES LINKER_LANGUAGE CXX)  # where all its sources are kernels, too
    set_source_files_properties(${folder}/operations.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    if(CMAKE_BUILD_TYPE STREQUAL "Release")
        target_compile_options(leaven_${name} PRIVATE -O1)
    endif()

    if(kernels)
        add_library(leaven_${name}_kernel OBJECT ${kernels})
        target_include_directories(leaven_${name}_kernel PRIVATE ${folder}/include ${private_folders})
        target_link_libraries(leaven_${name}_kernel PRIVATE ${arg_USES} ${arg_PUBLIC} ${arg_LINKS} leaven_settings)
        set_target_properties(leaven_${name}_kernel PROPERTIES UNITY_BUILD_BATCH_SIZE 4)
        target_sources(leaven_${name} PRIVATE $<TARGET_OBJECTS:leaven_${name}_kernel>)
    endif()

    file(GLOB tests CONFIGURE_DEPENDS ${folder}/test/*.cpp)
    if(LEAVEN_TESTS AND tests)
        add_executable(${name}_test ${tests})
        target_include_directories(${name}_test PRIVATE ${private_folders} ${PROJECT_SOURCE_DIR}/src/testing)
        target_link_libraries(${name}_test PRIVATE leaven::${name} ${arg_LINKS} ${arg_TEST_LINKS} leaven_settings
            rapidcheck rapidcheck_gtest GTest::gtest GTest::gtest_main)
        target_compile_definitions(${name}_test PRIVATE LEAVEN_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
            LEAVEN_PROGRAM_DIR="${PROJECT_BINARY_DIR}")
        add_test(NAME ${name} COMMAND ${name}_test --gtest_brief=1 WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    endif()
endfunction()
