// Where tests find the public data sets, which are no part of this repository.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

namespace leaven::testing {

/// The path of a file of the shared data sets, such as "metabolism/models/iML1515.xml.gz"; empty where absent.
inline std::filesystem::path data_set(const std::string& name) {
    const char* given = std::getenv("LEAVEN_DATA");
    const std::filesystem::path root =
        given != nullptr ? std::filesystem::path(given) : std::filesystem::path(LEAVEN_SOURCE_DIR) / "../shared/data";
    const auto path = root / name;
    return std::filesystem::exists(path) ? path : std::filesystem::path();
}

}  // namespace leaven::testing

/// Declares `path`; skips the test, naming the data set, where it is absent: skipped tests are counted.
#define LEAVEN_DATA_SET(path, name)                    \
    const auto path = leaven::testing::data_set(name); \
    if (path.empty()) GTEST_SKIP() << "no data set " << name
