# Third-party libraries, all from the distribution (apt.txt); licences in THIRD_PARTY.md.

find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(pugixml REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(CLI11 REQUIRED)

find_package(Eigen3 REQUIRED NO_MODULE)

find_package(PkgConfig REQUIRED)
pkg_check_modules(clp REQUIRED IMPORTED_TARGET clp)
pkg_check_modules(cbc REQUIRED IMPORTED_TARGET cbc)

if(LEAVEN_TESTS)
    find_package(GTest REQUIRED)
    find_package(rapidcheck REQUIRED)
    find_library(LEAVEN_SBML sbml REQUIRED)
endif()
