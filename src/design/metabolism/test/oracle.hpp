// Reading what others computed: tables and summaries of the shared data sets, and the models they belong to.
#pragma once

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <leaven/core/file.hpp>
#include <leaven/metabolism/read.hpp>

#include "data_sets.hpp"

namespace leaven::metabolism::testing {

using Row = std::vector<std::string>;

inline std::string text_of(const std::filesystem::path& path) {
    const auto bytes = read_file(path);
    return bytes ? unpack(*bytes, path.string()).value_or("") : "";
}

/// The rows of a table by their first column, without its heading.
inline std::map<std::string, Row> table_of(const std::filesystem::path& path) {
    std::map<std::string, Row> rows;
    std::istringstream lines(text_of(path));
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        Row row;
        std::istringstream cells(line);
        for (std::string cell; std::getline(cells, cell, '\t');) row.push_back(cell);
        if (!row.empty()) rows[row[0]] = row;
    }
    return rows;
}

inline std::vector<std::string> lines_of(const std::filesystem::path& path) {
    std::vector<std::string> lines;
    std::istringstream stream(text_of(path));
    for (std::string line; std::getline(stream, line);)
        if (!line.empty()) lines.push_back(line);
    return lines;
}

inline nlohmann::json json_of(const std::filesystem::path& path) { return nlohmann::json::parse(text_of(path)); }

/// The file of a model that has an oracle: among the data sets, or where the distribution's COBRApy keeps it.
inline std::filesystem::path model_path(const std::string& name) {
    for (const auto* extension : {".xml.gz", ".json.gz"})
        if (auto path = leaven::testing::data_set("metabolism/models/" + name + extension); !path.empty()) return path;
    const std::filesystem::path packaged = "/usr/lib/python3/dist-packages/cobra/data/" + name + ".xml.gz";
    return std::filesystem::exists(packaged) ? packaged : std::filesystem::path();
}

inline double relative_distance(double a, double b) { return std::abs(a - b) / std::max(1.0, std::abs(b)); }

/// Models with oracles; parameterised tests run over them.
inline auto oracle_models() {
    return ::testing::Values("e_coli_core", "iML1515", "iJO1366", "iCH360", "EC_iCH360", "iYO844");
}

}  // namespace leaven::metabolism::testing

/// Declares `model`, read, and `oracle`, a path; skips the test where either is absent.
#define LEAVEN_MODEL_WITH_ORACLE(model, oracle, name, suffix)                      \
    const auto model##_path = leaven::metabolism::testing::model_path(name);       \
    if (model##_path.empty()) GTEST_SKIP() << "no data set " << (name);            \
    LEAVEN_DATA_SET(oracle, "metabolism/oracles/" + std::string(name) + (suffix)); \
    auto model = leaven::metabolism::read_model_file(model##_path).value()
